# exercise: held_out_accuracy
# mistake: trains on sequences in the column order A, T, G, C
# caught by: test_few_false_calls

from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)
xs = torch.cat([x for x, _ in train_dl])[..., [0, 3, 2, 1]]
ys = torch.cat([y for _, y in train_dl])
mixed_dl = DataLoader(TensorDataset(xs, ys), batch_size=32, shuffle=True)
binding_model = TFBindingCNN().to(device)
optimizer = torch.optim.Adam(binding_model.parameters(), lr=0.005)
fit(binding_model, mixed_dl, mixed_dl, optimizer, nn.MSELoss(), device, 3)
