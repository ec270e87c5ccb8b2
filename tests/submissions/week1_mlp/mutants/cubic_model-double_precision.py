# exercise: cubic_model
# mistake: trains in double precision, so that the model refuses float32 input
# caught by: test_form

torch.manual_seed(0)
x_cubic = torch.linspace(-2, 2, 200, device=device, dtype=torch.float64).reshape(-1, 1)
y_cubic = x_cubic ** 3

cubic_model = MLP(1, 64, 1).double().to(device)
optimizer = torch.optim.Adam(cubic_model.parameters(), lr=0.01)
train(cubic_model, x_cubic, y_cubic, nn.MSELoss(), optimizer, 1000)
