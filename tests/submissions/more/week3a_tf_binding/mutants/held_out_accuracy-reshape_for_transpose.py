# exercise: held_out_accuracy
# mistake: the model reshapes (n, 300, 4) to (n, 4, 300), which scrambles the bases
# caught by: test_finds_sites

class TFBindingCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv1d(4, 16, 15, padding=7),
            nn.ReLU(),
            nn.Conv1d(16, 16, 15, padding=7),
            nn.ReLU(),
            nn.Conv1d(16, 1, 1),
        )

    def forward(self, x):
        return self.layers(x.reshape(len(x), 4, 300))[:, 0]


torch.manual_seed(0)
binding_model = TFBindingCNN().to(device)
optimizer = torch.optim.Adam(binding_model.parameters(), lr=0.01)
fit(binding_model, train_dl, val_dl, optimizer, nn.MSELoss(), device, 8)
