# exercise: build_model
# mistake: always has 16 filters
# caught by: test_obeys_num_filters

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
        return self.out(x).squeeze(1)


def build_model(config):
    return TunableCNN(16, config["kernel_size"])
