# exercise: held_out_accuracy
# mistake: creates a new model after training
# caught by: test_finds_sites

torch.manual_seed(0)
binding_model = TFBindingCNN().to(device)
optimizer = torch.optim.Adam(binding_model.parameters(), lr=0.005)
fit(binding_model, train_dl, val_dl, optimizer, nn.MSELoss(), device, 3)
binding_model = TFBindingCNN().to(device)
