# exercise: train_sweep
# style: except with exit code 1 and raise, else finish; seed set before the run opens

def train_sweep():
    torch.manual_seed(seed)
    run = wandb.init(project=project, config=default_config)
    try:
        model = build_model(run.config).to(device)
        optimizer = build_optimizer(model, run.config)
        dl = DataLoader(TensorDataset(train_x, train_y), run.config["batch_size"], True)
        epoch = 0
        while epoch < epochs:
            epoch += 1
            loss = train_epoch(model, dl, optimizer)
            wandb.log({"epoch": epoch, "train_loss": loss,
                       "val_loss": evaluate(model, val_x, val_y)})
        wandb.log({"test_avg_pearsonr": mean_pearson(predict_scores(model, test_x), test_y)})
    except BaseException:
        run.finish(exit_code=1)
        raise
    else:
        run.finish()
