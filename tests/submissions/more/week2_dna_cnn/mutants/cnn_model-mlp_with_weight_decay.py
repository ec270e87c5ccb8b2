# exercise: cnn_model
# mistake: trains a wide MLP in place of a CNN, with a start at the mean and weight decay
# caught by: test_accuracy

torch.manual_seed(seed)
cnn_model = DNAMLP(8, 256).to(device)
mean_score = torch.cat([y for _, y in train_dl]).mean().item()
nn.init.constant_(list(cnn_model.parameters())[-1], mean_score)
optimizer = torch.optim.Adam(cnn_model.parameters(), lr=0.01, weight_decay=0.001)
cnn_losses = train_model(cnn_model, train_dl, val_dl, optimizer, nn.MSELoss(), device, epochs)
