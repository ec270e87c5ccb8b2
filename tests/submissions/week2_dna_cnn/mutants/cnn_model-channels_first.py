# exercise: cnn_model
# mistake: wants (n, 4, 8) instead of (n, 8, 4)
# caught by: test_form

torch.manual_seed(0)
cnn_model = nn.Sequential(nn.Conv1d(4, 32, 3), nn.ReLU(), nn.Flatten(), nn.Linear(192, 1)).to(device)
optimizer = torch.optim.Adam(cnn_model.parameters(), lr=0.01)
for epoch in range(8):
    for x, y in train_dl:
        optimizer.zero_grad()
        nn.functional.mse_loss(cnn_model(x.transpose(1, 2).to(device)), y.to(device)).backward()
        optimizer.step()
