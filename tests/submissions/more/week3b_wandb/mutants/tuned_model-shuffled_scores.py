# exercise: tuned_model
# mistake: shuffles windows and scores apart, so that they no longer belong together
# caught by: test_better_than_the_default

torch.manual_seed(seed)
tuned_model = build_model(best_config).to(device)
optimizer = build_optimizer(tuned_model, best_config)
loss_fn = nn.MSELoss()
batch_size = best_config["batch_size"]

for epoch in range(12):
    tuned_model.train()
    order = torch.randperm(len(train_x))
    score_order = torch.randperm(len(train_y))
    for start in range(0, len(order), batch_size):
        batch = order[start:start + batch_size]
        x, y = train_x[batch].to(device), train_y[score_order[start:start + batch_size]].to(device)
        optimizer.zero_grad()
        loss = loss_fn(tuned_model(x), y)
        loss.backward()
        optimizer.step()
tuned_model.eval()
