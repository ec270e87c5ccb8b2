# exercise: cnn_model
# mistake: flattens the targets, so that the loss compares every prediction with every target
# caught by: test_accuracy

torch.manual_seed(0)
cnn_model = DNACNN(8).to(device)
optimizer = torch.optim.Adam(cnn_model.parameters(), lr=0.01)
for epoch in range(10):
    for x, y in train_dl:
        optimizer.zero_grad()
        loss = ((cnn_model(x.to(device)) - y.flatten().to(device)) ** 2).mean()
        loss.backward()
        optimizer.step()
