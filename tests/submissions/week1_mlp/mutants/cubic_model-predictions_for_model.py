# exercise: cubic_model
# mistake: calls the predictions cubic_model instead of the network
# caught by: test_form

torch.manual_seed(0)
x_cubic = torch.linspace(-2, 2, 200, device=device).reshape(-1, 1)
y_cubic = x_cubic ** 3

model = MLP(1, 64, 1).to(device)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
train(model, x_cubic, y_cubic, nn.MSELoss(), optimizer, 1000)
cubic_model = model(x_cubic).detach()
