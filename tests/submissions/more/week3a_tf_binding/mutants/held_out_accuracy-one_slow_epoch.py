# exercise: held_out_accuracy
# mistake: one epoch of Adam at a small rate
# caught by: test_finds_sites

torch.manual_seed(0)
binding_model = TFBindingCNN().to(device)
optimizer = torch.optim.Adam(binding_model.parameters(), lr=1e-5)
fit(binding_model, train_dl, val_dl, optimizer, nn.MSELoss(), device, 1)
