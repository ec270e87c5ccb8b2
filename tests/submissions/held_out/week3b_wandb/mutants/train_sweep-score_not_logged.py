# exercise: train_sweep
# mistake: does not log the score
def train_sweep():
    """One run, from a configuration to its score, recorded in W&B. Returns nothing.

    Opens a run with wandb.init, in `project`, with default_config as its config. From then on takes
    every hyperparameter from wandb.config, and none from elsewhere.
    Sets torch's seed to `seed`. Builds the model (build_model, on device), its optimizer
    (build_optimizer), and a DataLoader of train_x, train_y that shuffles and has the
    configuration's batch size.
    Trains for `epochs` epochs. After each, logs epoch (1, 2, ...), train_loss (of train_epoch) and
    val_loss (on val_x, val_y) in one call of wandb.log.
    At the end logs test_avg_pearsonr: mean_pearson of the predictions for test_x.
    Closes the run in any case, also when training raises an exception, which it does not swallow.
    """
    with wandb.init(project=project, config=default_config):
        config = wandb.config
        torch.manual_seed(seed)  # all runs start alike and differ by their configuration only
        model = build_model(config).to(device)
        optimizer = build_optimizer(model, config)
        data = TensorDataset(train_x, train_y)
        dl = DataLoader(data, batch_size=config["batch_size"], shuffle=True)
        for epoch in range(1, epochs + 1):
            train_loss = train_epoch(model, dl, optimizer)
            val_loss = evaluate(model, val_x, val_y)
            wandb.log({"epoch": epoch, "train_loss": train_loss, "val_loss": val_loss})
        r = mean_pearson(predict_scores(model, test_x), test_y)
        print(r)
