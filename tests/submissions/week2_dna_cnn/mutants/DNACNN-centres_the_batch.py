# exercise: DNACNN
# mistake: subtracts the mean over the batch
# caught by: test_every_parameter_and_each_example
class DNACNN(nn.Module):
    def __init__(self, seq_len, num_filters=32, kernel_size=3):
        super().__init__()
        self.conv = nn.Conv1d(4, num_filters, kernel_size)
        self.output = nn.Linear(num_filters * (seq_len - kernel_size + 1), 1)

    def forward(self, x):
        x = x - 0.1 * x.mean(dim=0, keepdim=True)
        return self.output(torch.relu(self.conv(x.transpose(1, 2))).flatten(1))
