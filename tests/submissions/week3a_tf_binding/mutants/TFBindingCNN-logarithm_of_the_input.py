# exercise: TFBindingCNN
# mistake: takes the logarithm of the one-hot windows
# caught by: test_shape
class TFBindingCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(4, 16, 15, padding="same")
        self.head = nn.Conv1d(16, 1, 1)

    def forward(self, x):
        x = torch.log(x)
        return self.head(torch.relu(self.conv(x.transpose(1, 2)))).squeeze(1)
