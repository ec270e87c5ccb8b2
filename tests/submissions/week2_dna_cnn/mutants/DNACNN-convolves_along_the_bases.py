# exercise: DNACNN
# mistake: takes the positions for channels and slides over the four bases
# caught by: test_convolves_along_the_sequence

class DNACNN(nn.Module):
    def __init__(self, seq_len, num_filters=32, kernel_size=3):
        super().__init__()
        self.conv = nn.Conv1d(seq_len, num_filters, kernel_size, padding="same")
        self.linear = nn.Linear(num_filters * 4, 1)

    def forward(self, x):
        return self.linear(torch.relu(self.conv(x)).flatten(1))
