# exercise: held_out_accuracy
# mistake: trains on scores that are shifted by 25 positions
# caught by: test_finds_sites

from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)
xs = torch.cat([x for x, _ in train_dl])
ys = torch.cat([y for _, y in train_dl]).roll(25, dims=1)
shifted_dl = DataLoader(TensorDataset(xs, ys), batch_size=32, shuffle=True)
binding_model = TFBindingCNN().to(device)
optimizer = torch.optim.Adam(binding_model.parameters(), lr=0.005)
fit(binding_model, shifted_dl, shifted_dl, optimizer, nn.MSELoss(), device, 5)
