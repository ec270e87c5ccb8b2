# exercise: TFBindingCNN
# mistake: loses positions at the ends for lack of padding
# caught by: test_shape

class TFBindingCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv1d(4, 16, 15),
            nn.ReLU(),
            nn.Conv1d(16, 16, 15, padding=7),
            nn.ReLU(),
            nn.Conv1d(16, 1, 1),
        )

    def forward(self, x):
        return self.layers(x.permute(0, 2, 1))[:, 0]
