# exercise: train_sweep
# mistake: the DataLoader does not shuffle
# caught by: test_batch_size_is_the_configurations

def train_sweep():
    with wandb.init(project=project, config=default_config):
        torch.manual_seed(seed)
        model = build_model(wandb.config).to(device)
        optimizer = build_optimizer(model, wandb.config)
        dl = DataLoader(TensorDataset(train_x, train_y), batch_size=wandb.config["batch_size"],
                        shuffle=False)
        for epoch in range(1, epochs + 1):
            train_loss = train_epoch(model, dl, optimizer)
            val_loss = evaluate(model, val_x, val_y)
            wandb.log({"epoch": epoch, "train_loss": train_loss, "val_loss": val_loss})
        wandb.log({"test_avg_pearsonr": mean_pearson(predict_scores(model, test_x), test_y)})
