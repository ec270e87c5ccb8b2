# exercise: cubic_model
# mistake: has a single hidden unit, which makes one kink
# caught by: test_accuracy

torch.manual_seed(0)
x_cubic = torch.linspace(-2, 2, 200, device=device).reshape(-1, 1)
y_cubic = x_cubic ** 3

cubic_model = MLP(1, 1, 1).to(device)
optimizer = torch.optim.Adam(cubic_model.parameters(), lr=0.02)
train(cubic_model, x_cubic, y_cubic, nn.MSELoss(), optimizer, 1000)
