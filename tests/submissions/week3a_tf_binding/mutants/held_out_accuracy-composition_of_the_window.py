# exercise: held_out_accuracy
# mistake: repeats one score, learned from the window's composition, at all positions
# caught by: test_finds_sites

class TFBindingCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(4, 32), nn.ReLU(), nn.Linear(32, 1))

    def forward(self, x):
        return self.net(x.mean(dim=1)).expand(len(x), 300)


torch.manual_seed(0)
binding_model = TFBindingCNN().to(device)
optimizer = torch.optim.Adam(binding_model.parameters(), lr=0.01)
fit(binding_model, train_dl, val_dl, optimizer, nn.MSELoss(), device, 5)
