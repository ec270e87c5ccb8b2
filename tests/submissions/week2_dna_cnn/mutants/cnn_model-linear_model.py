# exercise: cnn_model
# mistake: trains the linear model and calls it cnn_model
# caught by: test_accuracy

torch.manual_seed(0)
cnn_model = DNALinear(8).to(device)
optimizer = torch.optim.Adam(cnn_model.parameters(), lr=0.01)
train_model(cnn_model, train_dl, val_dl, optimizer, nn.MSELoss(), device, 12)
