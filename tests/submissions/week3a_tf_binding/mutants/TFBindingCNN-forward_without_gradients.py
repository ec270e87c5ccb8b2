# exercise: TFBindingCNN
# mistake: forward runs under no_grad, so that nothing can be trained
# caught by: test_gradients_reach_every_parameter

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
        with torch.no_grad():
            return self.layers(x.permute(0, 2, 1))[:, 0]
