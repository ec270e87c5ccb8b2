# exercise: train_sweep
# style: helper functions; an exception is printed, the run marked as failed and closed

import traceback


def batches(x, y, size, shuffle):
    """Yield pairs of a batch, on the device."""
    order = torch.randperm(len(x)) if shuffle else torch.arange(len(x))
    for part in order.split(size):
        yield x[part].to(device), y[part].to(device)


def one_epoch(model, optimizer, size):
    model.train()
    losses, counts = [], []
    for x, y in batches(train_x, train_y, size, shuffle=True):
        loss = nn.functional.smooth_l1_loss(model(x), y)
        model.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        counts.append(len(x))
    return float(np.average(losses, weights=counts))


@torch.inference_mode()
def predict_all(model, x):
    model.eval()
    return torch.cat([model(part.to(device)).cpu() for part in x.split(100)])


def train_sweep():
    run = wandb.init(config=dict(default_config))
    code = 0
    try:
        hyper = {key: wandb.config[key] for key in default_config}
        torch.manual_seed(seed)
        model = build_model(hyper).to(device)
        optimizer = build_optimizer(model, hyper)
        for epoch in range(1, epochs + 1):
            row = {"epoch": epoch, "train_loss": one_epoch(model, optimizer, hyper["batch_size"])}
            row["val_loss"] = nn.functional.smooth_l1_loss(predict_all(model, val_x), val_y).item()
            run.log(row)
        run.log({"test_avg_pearsonr": mean_pearson(predict_all(model, test_x), test_y)})
    except Exception:
        traceback.print_exc()
        code = 1
    finally:
        run.finish(exit_code=code)
