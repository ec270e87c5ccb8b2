# exercise: TFBindingCNN
# mistake: applies ReLU twice with a sign between, so that all units are zero
# caught by: test_gradients_reach_every_parameter
class TFBindingCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(4, 16, 15, padding="same")
        self.head = nn.Conv1d(16, 1, 1)

    def forward(self, x):
        hidden = torch.relu(-torch.relu(self.conv(x.transpose(1, 2))))
        return self.head(hidden).squeeze(1)
