# exercise: TFBindingCNN
# mistake: returns the scores together with the hidden layer
# caught by: test_shape

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
        hidden = self.layers[:-1](x.permute(0, 2, 1))
        return self.layers[-1](hidden)[:, 0], hidden
