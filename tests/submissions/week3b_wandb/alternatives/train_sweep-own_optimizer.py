# exercise: train_sweep
# style: makes the optimizer itself from the config; logs the metric in the last epoch's row

from torch.utils.data import DataLoader, TensorDataset


def train_sweep():
    with wandb.init(config=default_config) as run:
        c = run.config.as_dict()
        torch.manual_seed(seed)
        net = build_model(c).to(device)
        make = {"SGD": torch.optim.SGD, "Adam": torch.optim.Adam}[c["optimizer"]]
        optim = make(net.parameters(), lr=c["learning_rate"])
        train_dl = DataLoader(TensorDataset(train_x, train_y), c["batch_size"], shuffle=True)
        val_dl = DataLoader(TensorDataset(val_x, val_y), 256)

        def loss_over(dl, training):
            net.train(training)
            total, seen = 0.0, 0
            with torch.set_grad_enabled(training):
                for xb, yb in dl:
                    loss = nn.functional.mse_loss(net(xb.to(device)), yb.to(device))
                    if training:
                        optim.zero_grad()
                        loss.backward()
                        optim.step()
                    total += loss.item() * len(xb)
                    seen += len(xb)
            return total / seen

        for e in range(epochs):
            row = {"epoch": e, "train_loss": loss_over(train_dl, True), "val_loss": loss_over(val_dl, False)}
            if e + 1 == epochs:
                net.eval()
                with torch.no_grad():
                    row["test_avg_pearsonr"] = mean_pearson(net(test_x.to(device)).cpu(), test_y)
            run.log(row)
