# exercise: cubic_model
# mistake: flattens the output to (n,) instead of (n, 1)
# caught by: test_form

torch.manual_seed(0)
x_cubic = torch.linspace(-2, 2, 200, device=device).reshape(-1, 1)
y_cubic = (x_cubic ** 3).flatten()

cubic_model = nn.Sequential(nn.Linear(1, 64), nn.ReLU(), nn.Linear(64, 1), nn.Flatten(0)).to(device)
optimizer = torch.optim.Adam(cubic_model.parameters(), lr=0.01)
train(cubic_model, x_cubic, y_cubic, nn.MSELoss(), optimizer, 1000)
