# exercise: tuned_model
# mistake: keeps the predictions for the test windows instead of the module
# caught by: test_form

torch.manual_seed(seed)
tuned_model = build_model(best_config).to(device)
optimizer = build_optimizer(tuned_model, best_config)
loss_fn = nn.MSELoss()
batch_size = best_config["batch_size"]

for epoch in range(12):
    tuned_model.train()
    order = torch.randperm(len(train_x))
    for start in range(0, len(order), batch_size):
        batch = order[start:start + batch_size]
        x, y = train_x[batch].to(device), train_y[batch].to(device)
        optimizer.zero_grad()
        loss = loss_fn(tuned_model(x), y)
        loss.backward()
        optimizer.step()
tuned_model.eval()
with torch.no_grad():
    tuned_model = tuned_model(test_x.to(device)).cpu()
