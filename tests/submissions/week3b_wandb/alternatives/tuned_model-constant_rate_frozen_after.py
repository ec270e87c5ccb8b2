# exercise: tuned_model
# style: constant rate, 20 epochs, then requires_grad off and eval

torch.manual_seed(seed)
network = build_model(best_config).to(device)
steps = build_optimizer(network, best_config)
batches = DataLoader(TensorDataset(train_x, train_y), best_config["batch_size"], shuffle=True)
history = [train_epoch(network, batches, steps) for _ in range(20)]
tuned_model = network.eval().requires_grad_(False)
