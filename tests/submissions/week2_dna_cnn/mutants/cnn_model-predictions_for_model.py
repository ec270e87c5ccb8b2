# exercise: cnn_model
# mistake: calls the predictions cnn_model instead of the network
# caught by: test_form

torch.manual_seed(0)
model = DNACNN(8).to(device)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
train_model(model, train_dl, val_dl, optimizer, nn.MSELoss(), device, 10)
with torch.no_grad():
    cnn_model = torch.cat([model(x.to(device)) for x, _ in val_dl])
