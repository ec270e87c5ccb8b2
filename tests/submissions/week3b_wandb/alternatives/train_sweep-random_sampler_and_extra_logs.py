# exercise: train_sweep
# style: RandomSampler in place of shuffle=True; logs the rate and the validation r as well

from torch.utils.data import RandomSampler


def train_sweep():
    with wandb.init(project=project, config=default_config):
        c = wandb.config
        torch.manual_seed(seed)
        net = build_model(c).to(device)
        steps = build_optimizer(net, c)
        data = TensorDataset(train_x, train_y)
        loader = DataLoader(data, batch_size=c["batch_size"], sampler=RandomSampler(data))
        for number in range(1, epochs + 1):
            loss = train_epoch(net, loader, steps)
            wandb.log({
                "epoch": number,
                "train_loss": loss,
                "val_loss": evaluate(net, val_x, val_y),
                "val_pearsonr": mean_pearson(predict_scores(net, val_x), val_y),
                "rate": c["learning_rate"],
            })
        wandb.log({"test_avg_pearsonr": mean_pearson(predict_scores(net, test_x), test_y)})
