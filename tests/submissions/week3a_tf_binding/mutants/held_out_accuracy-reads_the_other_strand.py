# exercise: held_out_accuracy
# mistake: the model flips its input to the other strand, and does not flip its output back
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
        x = x.flip(1, 2)
        return self.layers(x.permute(0, 2, 1))[:, 0]


torch.manual_seed(0)
binding_model = TFBindingCNN().to(device)
optimizer = torch.optim.Adam(binding_model.parameters(), lr=0.01)
fit(binding_model, train_dl, val_dl, optimizer, nn.MSELoss(), device, 4)
