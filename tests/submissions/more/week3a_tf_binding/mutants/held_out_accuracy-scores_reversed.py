# exercise: held_out_accuracy
# mistake: trains on scores that run from the window's end to its start
# caught by: test_finds_sites

from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)
xs = torch.cat([x for x, _ in train_dl])
ys = torch.cat([y for _, y in train_dl]).flip(1)
reversed_dl = DataLoader(TensorDataset(xs, ys), batch_size=32, shuffle=True)
binding_model = TFBindingCNN().to(device)
optimizer = torch.optim.Adam(binding_model.parameters(), lr=0.005)
fit(binding_model, reversed_dl, reversed_dl, optimizer, nn.MSELoss(), device, 5)
