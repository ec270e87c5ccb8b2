# exercise: held_out_accuracy
# mistake: pairs the sequences with other windows' scores
# caught by: test_finds_sites

from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)
xs = torch.cat([x for x, _ in train_dl])
ys = torch.cat([y for _, y in train_dl])
shuffled_dl = DataLoader(TensorDataset(xs, ys[torch.randperm(len(ys))]), batch_size=32, shuffle=True)
binding_model = TFBindingCNN().to(device)
optimizer = torch.optim.Adam(binding_model.parameters(), lr=0.005)
fit(binding_model, shuffled_dl, shuffled_dl, optimizer, nn.MSELoss(), device, 3)
