# exercise: train_sweep
# mistake: val_loss is measured on the test windows
def train_sweep():
    with wandb.init(project=project, config=default_config):
        config = wandb.config
        torch.manual_seed(seed)
        model = build_model(config).to(device)
        optimizer = build_optimizer(model, config)
        dl = DataLoader(TensorDataset(train_x, train_y), config["batch_size"], shuffle=True)
        for epoch in range(1, epochs + 1):
            train_loss = train_epoch(model, dl, optimizer)
            val_loss = evaluate(model, test_x, test_y)
            wandb.log({"epoch": epoch, "train_loss": train_loss, "val_loss": val_loss})
        r = mean_pearson(predict_scores(model, test_x), test_y)
        wandb.log({"test_avg_pearsonr": r})
