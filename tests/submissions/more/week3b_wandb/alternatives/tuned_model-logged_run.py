# exercise: tuned_model
# style: trains inside a W&B run of its own, on both strands

with wandb.init(project="tf-binding", name="tuned", config=best_config):
    torch.manual_seed(seed)
    np.random.seed(seed)
    tuned_model = build_model(wandb.config).to(device)
    optimizer = build_optimizer(tuned_model, wandb.config)
    for epoch in range(16):
        tuned_model.train()
        total = 0.0
        rows = np.random.permutation(len(train_x))
        for piece in np.array_split(rows, int(np.ceil(len(rows) / best_config["batch_size"]))):
            x, y = train_x[piece], train_y[piece]
            if np.random.rand() < 0.5:
                x, y = x.flip(1, 2), y.flip(1)
            loss = nn.functional.mse_loss(tuned_model(x.to(device)), y.to(device))
            tuned_model.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
        wandb.log({"epoch": epoch, "train_loss": total / len(rows)})
tuned_model = tuned_model.eval()
