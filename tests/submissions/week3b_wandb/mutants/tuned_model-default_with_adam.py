# exercise: tuned_model
# mistake: keeps the default's few and narrow filters and changes only the optimizer and its rate
# caught by: test_partly_tuned

torch.manual_seed(seed)
config = {**default_config, "optimizer": "Adam", "learning_rate": 0.003}
tuned_model = build_model(config).to(device)
optimizer = build_optimizer(tuned_model, config)
loader = DataLoader(TensorDataset(train_x, train_y), batch_size=config["batch_size"], shuffle=True)
for epoch in range(4 * epochs):
    train_epoch(tuned_model, loader, optimizer)
