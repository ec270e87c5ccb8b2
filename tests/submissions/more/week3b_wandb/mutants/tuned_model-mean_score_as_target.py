# exercise: tuned_model
# mistake: trains every position towards the window's mean score
# caught by: test_well_tuned

torch.manual_seed(seed)
tuned_model = build_model(best_config).to(device)
optimizer = build_optimizer(tuned_model, best_config)
loss_fn = nn.MSELoss()
batch_size = best_config["batch_size"]

for epoch in range(6):
    tuned_model.train()
    order = torch.randperm(len(train_x))
    for start in range(0, len(order), batch_size):
        batch = order[start:start + batch_size]
        x, y = train_x[batch].to(device), train_y[batch].mean(dim=1, keepdim=True).expand(-1, 300).to(device)
        optimizer.zero_grad()
        loss = loss_fn(tuned_model(x), y)
        loss.backward()
        optimizer.step()
tuned_model.eval()
