# exercise: train_sweep
# mistake: logs the training loss as loss
def train_sweep():
    with wandb.init(project=project, config=default_config):
        config = wandb.config
        torch.manual_seed(seed)
        model = build_model(config).to(device)
        optimizer = build_optimizer(model, config)
        dl = DataLoader(TensorDataset(train_x, train_y), config["batch_size"], shuffle=True)
        for epoch in range(1, epochs + 1):
            train_loss = train_epoch(model, dl, optimizer)
            val_loss = evaluate(model, val_x, val_y)
            wandb.log({"epoch": epoch, "loss": train_loss, "val_loss": val_loss})
        r = mean_pearson(predict_scores(model, test_x), test_y)
        wandb.log({"test_avg_pearsonr": r})
