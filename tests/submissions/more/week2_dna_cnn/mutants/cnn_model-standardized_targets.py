# exercise: cnn_model
# mistake: trains on standardized targets and never undoes the scaling
# caught by: test_accuracy

torch.manual_seed(0)
targets = torch.cat([y for _, y in train_dl])
mean, std = targets.mean(), targets.std()
cnn_model = DNACNN(8).to(device)
optimizer = torch.optim.Adam(cnn_model.parameters(), lr=0.01)
for epoch in range(12):
    for x, y in train_dl:
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(cnn_model(x.to(device)), ((y - mean) / std).to(device))
        loss.backward()
        optimizer.step()
