# exercise: cnn_model
# mistake: SGD with a rate of 5 that blows the weights up
# caught by: test_form

torch.manual_seed(0)
cnn_model = DNACNN(8).to(device)
optimizer = torch.optim.SGD(cnn_model.parameters(), lr=5.0)
train_model(cnn_model, train_dl, val_dl, optimizer, nn.MSELoss(), device, 3)
