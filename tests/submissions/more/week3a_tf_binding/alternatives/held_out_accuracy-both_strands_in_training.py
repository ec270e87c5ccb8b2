# exercise: held_out_accuracy
# style: a class of its own, trained on a random strand each time

class TFBindingCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.scan = nn.Conv1d(4, 16, 15, padding=7)
        self.join = nn.Conv1d(16, 16, 15, padding=7)
        self.out = nn.Conv1d(16, 1, 1)

    def forward(self, x):
        h = torch.relu(self.scan(x.transpose(1, 2)))
        h = torch.relu(self.join(h))
        return self.out(h).squeeze(1)


torch.manual_seed(3)
binding_model = TFBindingCNN().to(device)
optimizer = torch.optim.Adam(binding_model.parameters(), lr=0.01)
for epoch in range(7):
    if epoch == 5:
        optimizer.param_groups[0]["lr"] = 0.003
    for x, y in train_dl:
        if torch.rand(()) < 0.5:
            x, y = x.flip(1, 2), y.flip(1)
        optimizer.zero_grad()
        loss = ((binding_model(x.to(device)) - y.to(device)) ** 2).mean()
        loss.backward()
        optimizer.step()
