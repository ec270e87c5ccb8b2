# exercise: cubic_model
# style: two hidden layers, AdamW, another loss

torch.manual_seed(seed)
cubic_model = nn.Sequential(
    nn.Linear(1, 32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 1)
).to(device)
optimizer = torch.optim.AdamW(cubic_model.parameters(), lr=0.01)
train(cubic_model, x_train, y_train, nn.SmoothL1Loss(), optimizer, 800)
