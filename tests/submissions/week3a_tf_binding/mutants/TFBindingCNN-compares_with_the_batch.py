# exercise: TFBindingCNN
# mistake: subtracts the batch's mean, so that a window's scores depend on its neighbors
# caught by: test_each_window_on_its_own

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
        scores = self.layers(x.permute(0, 2, 1))[:, 0]
        return scores - scores.mean(dim=0)
