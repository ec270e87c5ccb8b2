# exercise: DNACNN
# mistake: always has filters of width three
# caught by: test_shape_and_parameters

class DNACNN(nn.Module):
    def __init__(self, seq_len, num_filters=32, kernel_size=3):
        super().__init__()
        self.conv = nn.Conv1d(4, num_filters, 3)
        self.linear = nn.Linear(num_filters * (seq_len - 2), 1)

    def forward(self, x):
        x = x.permute(0, 2, 1)
        h = torch.relu(self.conv(x))
        return self.linear(h.flatten(1))
