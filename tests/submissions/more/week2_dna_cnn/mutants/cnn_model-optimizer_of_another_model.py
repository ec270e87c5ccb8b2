# exercise: cnn_model
# mistake: gives the optimizer the parameters of a second network
# caught by: test_accuracy

torch.manual_seed(0)
cnn_model = DNACNN(8).to(device)
optimizer = torch.optim.Adam(DNACNN(8).parameters(), lr=0.01)
train_model(cnn_model, train_dl, val_dl, optimizer, nn.MSELoss(), device, 4)
