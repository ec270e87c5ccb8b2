# exercise: cubic_model
# style: the course's own MLP, wider, with Adam

torch.manual_seed(1)
inputs = torch.linspace(-2, 2, 256, device=device)[:, None]
targets = inputs.pow(3)

cubic_model = MLP(1, 100, 1).to(device)
train(cubic_model, inputs, targets, nn.MSELoss(), torch.optim.Adam(cubic_model.parameters(), lr=0.01), 1500)
