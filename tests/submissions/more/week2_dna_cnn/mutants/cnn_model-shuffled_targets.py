# exercise: cnn_model
# mistake: shuffles the targets against the words
# caught by: test_accuracy

torch.manual_seed(0)
cnn_model = DNACNN(8).to(device)
optimizer = torch.optim.Adam(cnn_model.parameters(), lr=0.01)
for epoch in range(8):
    for x, y in train_dl:
        optimizer.zero_grad()
        target = y[torch.randperm(len(y))].to(device)
        nn.functional.mse_loss(cnn_model(x.to(device)), target).backward()
        optimizer.step()
