# exercise: held_out_accuracy
# mistake: SGD with a rate at which nothing moves
# caught by: test_finds_sites

torch.manual_seed(0)
binding_model = TFBindingCNN().to(device)
optimizer = torch.optim.SGD(binding_model.parameters(), lr=1e-7)
fit(binding_model, train_dl, val_dl, optimizer, nn.MSELoss(), device, 2)
