# exercise: cubic_model
# style: tanh, plain SGD with momentum, its own loop and random x

torch.manual_seed(7)
xs = torch.rand(400, 1).to(device) * 4 - 2
ys = xs * xs * xs

cubic_model = nn.Sequential(nn.Linear(1, 32), nn.Tanh(), nn.Linear(32, 1)).to(device)
opt = torch.optim.SGD(cubic_model.parameters(), lr=0.02, momentum=0.9)
for _ in range(2500):
    opt.zero_grad()
    nn.functional.mse_loss(cubic_model(xs), ys).backward()
    opt.step()
cubic_model.eval()
