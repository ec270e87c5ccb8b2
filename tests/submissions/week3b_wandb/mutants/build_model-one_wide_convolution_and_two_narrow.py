# exercise: build_model
# mistake: has one wide convolution, then two of width 1
# caught by: test_obeys_kernel_size

class TunableCNN(nn.Module):
    def __init__(self, num_filters, kernel_size):
        super().__init__()
        self.conv = nn.Conv1d(4, num_filters, kernel_size, padding="same")
        self.mix = nn.Conv1d(num_filters, num_filters, 1)
        self.out = nn.Conv1d(num_filters, 1, 1)

    def forward(self, x):
        x = torch.relu(self.conv(x.transpose(1, 2)))
        return self.out(torch.relu(self.mix(x))).squeeze(1)


def build_model(config):
    return TunableCNN(config["num_filters"], config["kernel_size"])
