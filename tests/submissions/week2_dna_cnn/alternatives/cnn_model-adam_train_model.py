# exercise: cnn_model
# style: the course's own classes with Adam

torch.manual_seed(1)
cnn_model = DNACNN(8, num_filters=48, kernel_size=4).to(device)
optimizer = torch.optim.Adam(cnn_model.parameters(), lr=0.01)
train_losses, val_losses = train_model(
    cnn_model, train_dl, val_dl, optimizer, nn.MSELoss(), device, 120
)
