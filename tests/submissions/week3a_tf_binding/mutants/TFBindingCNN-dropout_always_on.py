# exercise: TFBindingCNN
# mistake: drops at random in eval mode too, so that no two predictions agree
# caught by: test_state_dict_holds_the_model

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
        x = nn.functional.dropout(x, 0.2)
        return self.layers(x.permute(0, 2, 1))[:, 0]
