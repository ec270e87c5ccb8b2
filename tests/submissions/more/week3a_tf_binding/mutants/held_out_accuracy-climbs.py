# exercise: held_out_accuracy
# mistake: maximizes the loss
# caught by: test_finds_sites

torch.manual_seed(0)
binding_model = TFBindingCNN().to(device)
optimizer = torch.optim.SGD(binding_model.parameters(), lr=1e-5, maximize=True)
fit(binding_model, train_dl, val_dl, optimizer, nn.MSELoss(), device, 2)
