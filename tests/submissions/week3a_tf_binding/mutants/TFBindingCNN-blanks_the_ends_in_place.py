# exercise: TFBindingCNN
# mistake: sets the first and last bases of the input to zero, in place
# caught by: test_each_window_on_its_own
class TFBindingCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(4, 16, 15, padding="same")
        self.head = nn.Conv1d(16, 1, 1)

    def forward(self, x):
        x[:, :5] = 0
        x[:, -5:] = 0
        return self.head(torch.relu(self.conv(x.transpose(1, 2)))).squeeze(1)
