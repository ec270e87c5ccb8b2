# exercise: DNACNN
# mistake: has no ReLU, so that it is a linear model
# caught by: test_relu_after_the_convolution

class DNACNN(nn.Module):
    def __init__(self, seq_len, num_filters=32, kernel_size=3):
        super().__init__()
        self.conv = nn.Conv1d(4, num_filters, kernel_size)
        self.linear = nn.Linear(num_filters * (seq_len - kernel_size + 1), 1)

    def forward(self, x):
        x = x.permute(0, 2, 1)
        h = self.conv(x)
        return self.linear(h.flatten(1))
