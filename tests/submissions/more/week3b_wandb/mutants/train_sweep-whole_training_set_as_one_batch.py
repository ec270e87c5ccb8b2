# exercise: train_sweep
# mistake: makes one step an epoch with all the windows, so the batch size does nothing
# caught by: test_batch_size_is_the_configurations

def train_sweep():
    wandb.init(project="tf-binding", config=default_config)
    try:
        config = wandb.config
        torch.manual_seed(seed)
        model = build_model(config).to(device)
        optimizer = build_optimizer(model, config)
        criterion = nn.MSELoss()

        for epoch in range(epochs):
            model.train()
            losses = []
            prediction = model(train_x.to(device))
            loss = criterion(prediction, train_y.to(device))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())

            model.eval()
            with torch.no_grad():
                val_loss = criterion(model(val_x.to(device)), val_y.to(device)).item()
            wandb.log({"epoch": epoch, "train_loss": np.mean(losses), "val_loss": val_loss})

        model.eval()
        with torch.no_grad():
            test_prediction = model(test_x.to(device)).cpu()
        wandb.log({"test_avg_pearsonr": mean_pearson(test_prediction, test_y)})
    finally:
        wandb.finish()
