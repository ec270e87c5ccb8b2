# exercise: train_sweep
# style: builds each epoch's row with commit=False, validates in batches, scores the test windows one by one

def train_sweep():
    with wandb.init(project="tuning", tags=["sweep"]):
        wandb.define_metric("epoch")
        wandb.define_metric("val_loss", step_metric="epoch")
        torch.manual_seed(seed)
        np.random.seed(seed)

        size = int(wandb.config.batch_size)
        network = build_model(wandb.config)
        network = network.to(device)
        opt = build_optimizer(network, wandb.config)

        epoch = 0
        while epoch < epochs:
            wandb.log({"epoch": epoch}, commit=False)

            network.train(True)
            squares = 0.0
            shuffled = np.random.permutation(len(train_x))
            for i in range(int(np.ceil(len(shuffled) / size))):
                rows = torch.from_numpy(shuffled[i * size:(i + 1) * size])
                opt.zero_grad()
                error = network(train_x[rows].to(device)) - train_y[rows].to(device)
                (error ** 2).mean().backward()
                opt.step()
                squares += (error.detach() ** 2).sum().item()
            wandb.log({"train_loss": squares / train_y.numel()}, commit=False)

            network.train(False)
            with torch.no_grad():
                squares = 0.0
                for i in range(0, len(val_x), size):
                    error = network(val_x[i:i + size].to(device)) - val_y[i:i + size].to(device)
                    squares += (error ** 2).sum().item()
            wandb.log({"val_loss": squares / val_y.numel()}, commit=True)
            epoch += 1

        with torch.no_grad():
            rows = [network(window[None].to(device))[0].cpu() for window in test_x]
        wandb.log({"test_avg_pearsonr": mean_pearson(torch.stack(rows), test_y)})
