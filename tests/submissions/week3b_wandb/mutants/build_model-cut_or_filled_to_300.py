# exercise: build_model
# mistake: cuts or fills the output to 300 positions, whatever the input's length
# caught by: test_shape

class TunableCNN(nn.Module):
    def __init__(self, num_filters, kernel_size):
        super().__init__()
        self.conv1 = nn.Conv1d(4, num_filters, kernel_size, padding="same")
        self.conv2 = nn.Conv1d(num_filters, num_filters, kernel_size, padding="same")
        self.out = nn.Conv1d(num_filters, 1, 1)

    def forward(self, x):
        x = x.transpose(1, 2)
        x = torch.relu(self.conv1(x))
        x = torch.relu(self.conv2(x))
        x = self.out(x).squeeze(1)[:, :300]
        return nn.functional.pad(x, (0, 300 - x.shape[1]))


def build_model(config):
    return TunableCNN(config["num_filters"], config["kernel_size"])
