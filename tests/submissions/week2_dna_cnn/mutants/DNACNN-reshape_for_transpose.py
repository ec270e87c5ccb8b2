# exercise: DNACNN
# mistake: reshapes (n, L, 4) to (n, 4, L) instead of transposing it
# caught by: test_convolves_along_the_sequence

class DNACNN(nn.Module):
    def __init__(self, seq_len, num_filters=32, kernel_size=3):
        super().__init__()
        self.conv = nn.Conv1d(4, num_filters, kernel_size)
        self.linear = nn.Linear(num_filters * (seq_len - kernel_size + 1), 1)

    def forward(self, x):
        x = x.reshape(x.shape[0], 4, x.shape[1])
        h = torch.relu(self.conv(x))
        return self.linear(h.flatten(1))
