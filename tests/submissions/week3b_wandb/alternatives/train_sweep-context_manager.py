# exercise: train_sweep
# style: an ExitStack closes the run; batches by randperm; metric after every epoch under another name as well

import contextlib

sum_of_squares = nn.MSELoss(reduction="sum")


def train_sweep():
    with contextlib.ExitStack() as stack:
        wandb.init(config=default_config)
        stack.callback(wandb.finish)
        cfg = wandb.config
        torch.manual_seed(seed)
        model = build_model(cfg).to(device)
        opt = build_optimizer(model, cfg)
        for epoch in range(1, epochs + 1):
            model.train()
            loss_sum = torch.zeros((), device=device)
            for rows in torch.randperm(len(train_x)).split(cfg["batch_size"]):
                x, y = train_x[rows], train_y[rows]
                opt.zero_grad()
                loss = sum_of_squares(model(x.to(device)), y.to(device)) / y.numel()
                loss.backward()
                opt.step()
                loss_sum += loss.detach() * len(x)
            model.eval()
            with torch.no_grad():
                val_prediction = model(val_x.to(device))
                val_loss = sum_of_squares(val_prediction, val_y.to(device)) / val_y.numel()
            wandb.log({
                "epoch": epoch,
                "train_loss": (loss_sum / len(train_x)).item(),
                "val_loss": val_loss.item(),
                "val_avg_pearsonr": mean_pearson(val_prediction.cpu(), val_y),
            })
        with torch.no_grad():
            final = mean_pearson(model(test_x.to(device)).cpu(), test_y)
        wandb.log({"test_avg_pearsonr": final})
        return final
