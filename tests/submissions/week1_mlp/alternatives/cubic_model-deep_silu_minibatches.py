# exercise: cubic_model
# style: three hidden layers with SiLU, mini batches and a falling rate

torch.manual_seed(11)
generator = np.random.default_rng(11)
x_all = torch.tensor(generator.uniform(-2, 2, size=(512, 1)), dtype=torch.float32, device=device)
y_all = x_all ** 3

layers = []
width = 1
for _ in range(3):
    layers += [nn.Linear(width, 24), nn.SiLU()]
    width = 24
cubic_model = nn.Sequential(*layers, nn.Linear(width, 1)).to(device)

optimizer = torch.optim.Adam(cubic_model.parameters(), lr=0.01)
scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=60)
for _ in range(60):
    order = torch.randperm(len(x_all), device=device)
    for idx in order.split(64):
        optimizer.zero_grad()
        loss = ((cubic_model(x_all[idx]) - y_all[idx]) ** 2).mean()
        loss.backward()
        optimizer.step()
    scheduler.step()
