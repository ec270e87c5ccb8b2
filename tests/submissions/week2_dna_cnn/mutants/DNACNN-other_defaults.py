# exercise: DNACNN
# mistake: has 16 filters of width 5 by default
# caught by: test_shape_and_parameters

class DNACNN(nn.Module):
    def __init__(self, seq_len, num_filters=16, kernel_size=5):
        super().__init__()
        self.conv = nn.Conv1d(4, num_filters, kernel_size)
        self.linear = nn.Linear(num_filters * (seq_len - kernel_size + 1), 1)

    def forward(self, x):
        x = x.permute(0, 2, 1)
        h = torch.relu(self.conv(x))
        return self.linear(h.flatten(1))
