# exercise: cnn_model
# mistake: calls the trained network model
# caught by: test_form

torch.manual_seed(0)
model = DNACNN(8).to(device)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
train_model(model, train_dl, val_dl, optimizer, nn.MSELoss(), device, 10)
