# exercise: held_out_accuracy
# mistake: SGD with a rate of 1000, which ends in nan
# caught by: test_finds_sites

torch.manual_seed(0)
binding_model = TFBindingCNN().to(device)
optimizer = torch.optim.SGD(binding_model.parameters(), lr=1000.0)
loss_fn = nn.MSELoss()
for x, y in list(train_dl)[:20]:
    optimizer.zero_grad()
    loss_fn(binding_model(x.to(device)), y.to(device)).backward()
    optimizer.step()
