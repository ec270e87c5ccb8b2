# exercise: TFBindingCNN
# mistake: is an ordinary class without parameters to train
# caught by: test_shape

class TFBindingCNN:
    def __init__(self):
        self.conv = nn.Conv1d(4, 16, 15, padding=7)
        self.out = nn.Conv1d(16, 1, 1)

    def __call__(self, x):
        return self.out(torch.relu(self.conv(x.permute(0, 2, 1))))[:, 0]
