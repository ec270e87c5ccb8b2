# exercise: DNACNN
# mistake: always has 32 filters
# caught by: test_shape_and_parameters

class DNACNN(nn.Module):
    def __init__(self, seq_len, num_filters=32, kernel_size=3):
        super().__init__()
        self.conv = nn.Conv1d(4, 32, kernel_size)
        self.linear = nn.Linear(32 * (seq_len - kernel_size + 1), 1)

    def forward(self, x):
        x = x.permute(0, 2, 1)
        h = torch.relu(self.conv(x))
        return self.linear(h.flatten(1))
