# exercise: train_sweep
# mistake: never sets the gradients to zero, so they add up over all steps
# caught by: test_optimizer_is_the_configurations

from torch.utils.data import DataLoader, TensorDataset


def train_sweep():
    with wandb.init() as run:
        config = run.config
        torch.manual_seed(seed)
        model = build_model(config).to(device)
        optimizer = build_optimizer(model, config)
        loss_fn = nn.MSELoss()
        loader = DataLoader(TensorDataset(train_x, train_y), batch_size=config.batch_size, shuffle=True)

        for epoch in range(1, epochs + 1):
            model.train()
            total = 0.0
            for x, y in loader:
                x, y = x.to(device), y.to(device)
                loss = loss_fn(model(x), y)
                loss.backward()
                optimizer.step()
                total += loss.item() * len(x)

            model.eval()
            with torch.no_grad():
                val_loss = loss_fn(model(val_x.to(device)), val_y.to(device)).item()
            wandb.log({"epoch": epoch, "train_loss": total / len(train_x), "val_loss": val_loss})

        model.eval()
        with torch.no_grad():
            prediction = model(test_x.to(device)).cpu()
        wandb.log({"test_avg_pearsonr": mean_pearson(prediction, test_y)})
