# exercise: cubic_model
# mistake: trains on standardized targets, and predicts on that scale
# caught by: test_accuracy

torch.manual_seed(0)
x_cubic = torch.linspace(-2, 2, 200, device=device).reshape(-1, 1)
y_cubic = x_cubic ** 3
y_scaled = (y_cubic - y_cubic.mean()) / y_cubic.std()

cubic_model = MLP(1, 64, 1).to(device)
optimizer = torch.optim.Adam(cubic_model.parameters(), lr=0.01)
train(cubic_model, x_cubic, y_scaled, nn.MSELoss(), optimizer, 1000)
