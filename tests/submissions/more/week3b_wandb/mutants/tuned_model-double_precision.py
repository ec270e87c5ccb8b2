# exercise: tuned_model
# mistake: turns the network to double precision, so that it refuses float32 windows
# caught by: test_form

torch.manual_seed(seed)
tuned_model = build_model(best_config).double().to(device)
optimizer = build_optimizer(tuned_model, best_config)
loss_fn = nn.MSELoss()
batch_size = best_config["batch_size"]

for epoch in range(2):
    tuned_model.train()
    order = torch.randperm(len(train_x))
    for start in range(0, len(order), batch_size):
        batch = order[start:start + batch_size]
        x, y = train_x[batch].double().to(device), train_y[batch].double().to(device)
        optimizer.zero_grad()
        loss = loss_fn(tuned_model(x), y)
        loss.backward()
        optimizer.step()
tuned_model.eval()
