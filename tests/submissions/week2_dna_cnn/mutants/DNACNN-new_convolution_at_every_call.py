# exercise: DNACNN
# mistake: makes the convolution in forward, with new random filters each time
# caught by: test_every_parameter_and_each_example

class DNACNN(nn.Module):
    def __init__(self, seq_len, num_filters=32, kernel_size=3):
        super().__init__()
        self.num_filters, self.kernel_size = num_filters, kernel_size
        self.linear = nn.Linear(num_filters * (seq_len - kernel_size + 1), 1)

    def forward(self, x):
        conv = nn.Conv1d(4, self.num_filters, self.kernel_size).to(x.device)
        return self.linear(torch.relu(conv(x.permute(0, 2, 1))).flatten(1))
