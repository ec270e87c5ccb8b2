# exercise: cnn_model
# mistake: starts all filters and biases at -1, so that every ReLU is dead and stays so
# caught by: test_accuracy

torch.manual_seed(0)
cnn_model = DNACNN(8).to(device)
with torch.no_grad():
    for p in list(cnn_model.parameters())[:2]:
        p.fill_(-1.0)
optimizer = torch.optim.SGD(cnn_model.parameters(), lr=0.005)
train_model(cnn_model, train_dl, val_dl, optimizer, nn.MSELoss(), device, 3)
