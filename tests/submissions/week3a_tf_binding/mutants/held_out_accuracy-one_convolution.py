# exercise: held_out_accuracy
# mistake: a single convolution, as wide as the motif
# caught by: test_beyond_one_convolution

class TFBindingCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv1d(4, 16, 15, padding="same"),
            nn.ReLU(),
            nn.Conv1d(16, 1, 1),
        )

    def forward(self, x):
        return self.layers(x.transpose(1, 2))[:, 0]


torch.manual_seed(0)
binding_model = TFBindingCNN().to(device)
optimizer = torch.optim.Adam(binding_model.parameters(), lr=0.005)
fit(binding_model, train_dl, val_dl, optimizer, nn.MSELoss(), device, 8)
