# exercise: cnn_model
# style: two calls of train_model, the second with a smaller rate; losses joined
torch.manual_seed(seed)
cnn_model = DNACNN(8, 48, 3).to(device)
mean_score = np.mean([score_sequence(word) for word in train_words])
with torch.no_grad():
    shift = mean_score - predict(cnn_model, all_inputs[:1]).item()
    [p for p in cnn_model.parameters() if p.shape == (1,)][-1].add_(shift)
first = train_model(cnn_model, train_dl, val_dl, torch.optim.Adam(cnn_model.parameters(), lr=0.015),
                    nn.MSELoss(), device, 60)
second = train_model(cnn_model, train_dl, val_dl, torch.optim.Adam(cnn_model.parameters(), lr=0.003),
                     nn.MSELoss(), device, 40)
cnn_losses = first[0] + second[0], first[1] + second[1]
