# exercise: TFBindingCNN
# mistake: pools and never comes back to 300 positions
# caught by: test_shape

class TFBindingCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv1d(4, 16, 15, padding=7),
            nn.ReLU(),
            nn.Conv1d(16, 16, 15, padding=7),
            nn.ReLU(),
            nn.MaxPool1d(2),
            nn.Conv1d(16, 1, 1),
        )

    def forward(self, x):
        return self.layers(x.permute(0, 2, 1))[:, 0]
