# exercise: cubic_model
# mistake: wraps the trained network in a function, which is not an nn.Module
# caught by: test_form

torch.manual_seed(0)
x_cubic = torch.linspace(-2, 2, 200, device=device).reshape(-1, 1)
y_cubic = x_cubic ** 3

net = MLP(1, 64, 1).to(device)
optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
train(net, x_cubic, y_cubic, nn.MSELoss(), optimizer, 1000)

def cubic_model(x):
    with torch.no_grad():
        return net(x)
