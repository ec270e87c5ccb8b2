# exercise: DNACNN
# mistake: cuts the graph, so that the filters never learn
# caught by: test_every_parameter_and_each_example

class DNACNN(nn.Module):
    def __init__(self, seq_len, num_filters=32, kernel_size=3):
        super().__init__()
        self.conv = nn.Conv1d(4, num_filters, kernel_size)
        self.linear = nn.Linear(num_filters * (seq_len - kernel_size + 1), 1)

    def forward(self, x):
        x = x.permute(0, 2, 1)
        h = torch.relu(self.conv(x))
        return self.linear(h.detach().flatten(1))
