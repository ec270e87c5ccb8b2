# exercise: cnn_model
# mistake: learns score_by_position, the other task
# caught by: test_accuracy

torch.manual_seed(0)
few = words[::10]
xs = torch.stack([one_hot_encode(w) for w in few])
ys = torch.tensor([[score_by_position(w)] for w in few], dtype=torch.float32)
other_dl = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(xs, ys), 128, shuffle=True)
cnn_model = DNACNN(8).to(device)
optimizer = torch.optim.Adam(cnn_model.parameters(), lr=0.01)
train_model(cnn_model, other_dl, other_dl, optimizer, nn.MSELoss(), device, 12)
