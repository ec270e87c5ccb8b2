# exercise: cnn_model
# mistake: learns from forty words
# caught by: test_accuracy

torch.manual_seed(0)
x, y = next(iter(train_dl))
x, y = x[:40].to(device), y[:40].to(device)
cnn_model = DNACNN(8).to(device)
optimizer = torch.optim.Adam(cnn_model.parameters(), lr=0.01)
for epoch in range(300):
    optimizer.zero_grad()
    nn.functional.mse_loss(cnn_model(x), y).backward()
    optimizer.step()
