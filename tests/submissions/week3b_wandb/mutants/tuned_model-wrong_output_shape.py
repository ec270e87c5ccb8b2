# exercise: tuned_model
# mistake: adds a pooling layer, so the network returns one score for each window
# caught by: test_form

class PerWindow(nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, x):
        return self.inner(x).mean(dim=1, keepdim=True)


torch.manual_seed(seed)
tuned_model = PerWindow(build_model(best_config)).to(device)
optimizer = build_optimizer(tuned_model, best_config)
for epoch in range(3):
    for x, y in zip(train_x.split(64), train_y.split(64)):
        optimizer.zero_grad()
        target = y.mean(dim=1, keepdim=True).to(device)
        nn.functional.mse_loss(tuned_model(x.to(device)), target).backward()
        optimizer.step()
