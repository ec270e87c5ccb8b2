# exercise: held_out_accuracy
# style: the course's class with Adam

torch.manual_seed(1)
binding_model = TFBindingCNN().to(device)
optimizer = torch.optim.Adam(binding_model.parameters(), lr=0.006)
train_losses, val_losses = fit(
    binding_model, train_dl, val_dl, optimizer, nn.MSELoss(), device, 10
)
