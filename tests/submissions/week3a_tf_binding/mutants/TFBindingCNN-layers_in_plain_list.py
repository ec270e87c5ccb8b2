# exercise: TFBindingCNN
# mistake: keeps its layers in a list, where the optimizer cannot find them
# caught by: test_gradients_reach_every_parameter

class TFBindingCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = list(nn.Sequential(
            nn.Conv1d(4, 16, 15, padding=7),
            nn.ReLU(),
            nn.Conv1d(16, 16, 15, padding=7),
            nn.ReLU(),
            nn.Conv1d(16, 1, 1),
        ))

    def forward(self, x):
        x = x.permute(0, 2, 1)
        for layer in self.layers:
            x = layer(x)
        return x[:, 0]
