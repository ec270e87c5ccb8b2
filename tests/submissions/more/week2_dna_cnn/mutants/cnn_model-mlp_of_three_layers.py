# exercise: cnn_model
# mistake: trains an MLP with two hidden layers in place of a CNN
# caught by: test_accuracy

torch.manual_seed(seed)
cnn_model = nn.Sequential(
    nn.Flatten(), nn.Linear(32, 256), nn.ReLU(), nn.Linear(256, 64), nn.ReLU(), nn.Linear(64, 1)
).to(device)
mean_score = torch.cat([y for _, y in train_dl]).mean().item()
nn.init.constant_(cnn_model[-1].bias, mean_score)
optimizer = torch.optim.Adam(cnn_model.parameters(), lr=0.003, weight_decay=0.001)
cnn_losses = train_model(cnn_model, train_dl, val_dl, optimizer, nn.MSELoss(), device, epochs)
