# exercise: tuned_model
# mistake: trains filters of width 9, which see too little of the motif
# caught by: test_well_tuned

torch.manual_seed(seed)
config = {**best_config, "kernel_size": 9}
tuned_model = build_model(config).to(device)
optimizer = build_optimizer(tuned_model, config)
loader = DataLoader(TensorDataset(train_x, train_y), batch_size=config["batch_size"], shuffle=True)
for epoch in range(4 * epochs):
    train_epoch(tuned_model, loader, optimizer)
