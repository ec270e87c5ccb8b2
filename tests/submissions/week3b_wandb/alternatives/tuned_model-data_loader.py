# exercise: tuned_model
# style: a data loader, smooth L1 loss and a rate that warms up and falls

from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(2024)
n_epochs = 9
loader = DataLoader(TensorDataset(train_x, train_y), batch_size=best_config["batch_size"], shuffle=True)
tuned_model = build_model(best_config)
tuned_model.to(device)
opt = build_optimizer(tuned_model, best_config)
schedule = torch.optim.lr_scheduler.OneCycleLR(
    opt, max_lr=best_config["learning_rate"], total_steps=n_epochs * len(loader), cycle_momentum=False
)
criterion = nn.SmoothL1Loss(beta=4.0)

for _ in range(n_epochs):
    for windows, scores in loader:
        opt.zero_grad(set_to_none=True)
        criterion(tuned_model(windows.to(device)), scores.to(device)).backward()
        opt.step()
        schedule.step()
