# exercise: tuned_model
# mistake: trains for a single epoch with one step for all windows
# caught by: test_better_than_the_default

torch.manual_seed(seed)
tuned_model = build_model(best_config).to(device)
optimizer = build_optimizer(tuned_model, best_config)

optimizer.zero_grad()
loss = nn.functional.mse_loss(tuned_model(train_x.to(device)), train_y.to(device))
loss.backward()
optimizer.step()
