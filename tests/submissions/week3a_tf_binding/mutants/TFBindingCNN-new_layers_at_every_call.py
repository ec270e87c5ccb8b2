# exercise: TFBindingCNN
# mistake: creates a new last layer at every call
# caught by: test_state_dict_holds_the_model

class TFBindingCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv1d(4, 16, 15, padding=7),
            nn.ReLU(),
            nn.Conv1d(16, 16, 15, padding=7),
            nn.ReLU(),
        )

    def forward(self, x):
        out = nn.Conv1d(16, 1, 1).to(x.device)
        return out(self.layers(x.permute(0, 2, 1)))[:, 0]
