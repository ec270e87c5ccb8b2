# exercise: train_sweep
# mistake: catches the exception and prints it, and then returns without finishing the run
# caught by: test_run_is_closed_when_training_fails

def train_sweep():
    wandb.init(project="tf-binding", config=default_config)
    try:
        config = wandb.config
        torch.manual_seed(seed)
        model = build_model(config).to(device)
        optimizer = build_optimizer(model, config)
        batch_size = config["batch_size"]
        criterion = nn.MSELoss()

        for epoch in range(epochs):
            model.train()
            losses = []
            order = torch.randperm(len(train_x))
            for start in range(0, len(train_x), batch_size):
                batch = order[start:start + batch_size]
                prediction = model(train_x[batch].to(device))
                loss = criterion(prediction, train_y[batch].to(device))
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
        wandb.finish()
    except Exception as error:
        print("run failed:", error)
