# exercise: cnn_model
# style: three convolutions without pooling, AdamW with a one-cycle schedule, its own loop

torch.manual_seed(2)


class Transposed(nn.Module):
    def forward(self, x):
        return x.transpose(1, 2)


cnn_model = nn.Sequential(
    Transposed(),
    nn.Conv1d(4, 32, 3, padding=1), nn.ReLU(),
    nn.Conv1d(32, 32, 3, padding=1), nn.ReLU(),
    nn.Conv1d(32, 32, 3, padding=1), nn.ReLU(),
    nn.Flatten(), nn.Linear(256, 1),
).to(device)
xs, ys = zip(*[(x, y) for x, y in train_dl])
xs, ys = torch.cat(xs).to(device), torch.cat(ys).to(device)
opt = torch.optim.AdamW(cnn_model.parameters(), lr=3e-3)
rounds = 120
plan = torch.optim.lr_scheduler.OneCycleLR(opt, 0.01, total_steps=rounds * -(-len(xs) // 128))
for _ in range(rounds):
    for batch in torch.randperm(len(xs)).split(128):
        opt.zero_grad()
        nn.functional.mse_loss(cnn_model(xs[batch]), ys[batch]).backward()
        opt.step()
        plan.step()
cnn_model.eval()
