# exercise: DNACNN
# mistake: calls the arguments num_filters and kernel_size by other names
# caught by: test_shape_and_parameters
class DNACNN(nn.Module):
    def __init__(self, seq_len, filters=32, width=3):
        super().__init__()
        self.conv = nn.Conv1d(4, filters, width)
        self.output = nn.Linear(filters * (seq_len - width + 1), 1)

    def forward(self, x):
        return self.output(torch.relu(self.conv(x.transpose(1, 2))).flatten(1))
