# exercise: held_out_accuracy
# mistake: learns only from windows that have no site, and never sees one
# caught by: test_finds_sites

from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)
xs = torch.cat([x for x, _ in train_dl])
ys = torch.cat([y for _, y in train_dl])
empty = ys.amax(dim=1) == 0
empty_dl = DataLoader(TensorDataset(xs[empty], ys[empty]), batch_size=32, shuffle=True)
binding_model = TFBindingCNN().to(device)
optimizer = torch.optim.Adam(binding_model.parameters(), lr=0.005)
fit(binding_model, empty_dl, empty_dl, optimizer, nn.MSELoss(), device, 4)
