# exercise: cubic_model
# mistake: trains on x from -1 to 1, and has to guess beyond
# caught by: test_accuracy

torch.manual_seed(0)
x_cubic = (torch.rand(500, 1, device=device) * 2 - 1)
y_cubic = x_cubic ** 3

cubic_model = MLP(1, 64, 1).to(device)
optimizer = torch.optim.Adam(cubic_model.parameters(), lr=0.01)
train(cubic_model, x_cubic, y_cubic, nn.MSELoss(), optimizer, 1000)
