# exercise: DNACNN
# mistake: pads
class DNACNN(nn.Module):
    """CNN of a DNA sequence: one nn.Conv1d over the four bases, ReLU, flatten, one linear layer.

    The convolution has num_filters filters of width kernel_size, a bias, stride 1 and no padding.
    The linear layer has a bias and maps all filters at all places to one number.
    """

    def __init__(self, seq_len, num_filters=32, kernel_size=3):
        """seq_len: the number of positions L, at least kernel_size."""
        super().__init__()
        self.conv = nn.Conv1d(4, num_filters, kernel_size, padding='same')
        self.output = nn.Linear(num_filters * seq_len, 1)

    def forward(self, x):
        """x: tensor (n, L, 4); the transpose happens in here. Returns a tensor (n, 1)."""
        activations = torch.relu(self.conv(x.transpose(1, 2)))  # (n, num_filters, places)
        return self.output(activations.flatten(1))
