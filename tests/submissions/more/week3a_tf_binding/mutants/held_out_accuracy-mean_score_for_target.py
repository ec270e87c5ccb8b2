# exercise: held_out_accuracy
# mistake: trains every position on the window's mean score
# caught by: test_finds_sites

from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)
xs = torch.cat([x for x, _ in train_dl])
ys = torch.cat([y for _, y in train_dl])
flat_dl = DataLoader(TensorDataset(xs, ys.mean(dim=1, keepdim=True).expand_as(ys).clone()), 32, shuffle=True)
binding_model = TFBindingCNN().to(device)
optimizer = torch.optim.Adam(binding_model.parameters(), lr=0.005)
fit(binding_model, flat_dl, flat_dl, optimizer, nn.MSELoss(), device, 3)
