# exercise: cnn_model
# mistake: SGD with a tiny rate for one epoch
# caught by: test_accuracy

torch.manual_seed(0)
cnn_model = DNACNN(8).to(device)
optimizer = torch.optim.SGD(cnn_model.parameters(), lr=1e-5)
train_model(cnn_model, train_dl, val_dl, optimizer, nn.MSELoss(), device, 1)
