# exercise: cnn_model
# mistake: learns from words encoded in the order A, T, G, C
# caught by: test_accuracy

torch.manual_seed(0)
few = words[::10]
xs = torch.stack([one_hot_encode(w, "ATGC") for w in few])
ys = torch.tensor([[score_sequence(w)] for w in few], dtype=torch.float32)
slide_dl = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(xs, ys), 128, shuffle=True)
cnn_model = DNACNN(8).to(device)
optimizer = torch.optim.Adam(cnn_model.parameters(), lr=0.01)
train_model(cnn_model, slide_dl, slide_dl, optimizer, nn.MSELoss(), device, 12)
