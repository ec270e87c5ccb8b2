# exercise: DNACNN
# style: one nn.Sequential behind a transpose

class DNACNN(nn.Module):
    def __init__(self, seq_len, num_filters=32, kernel_size=3):
        super().__init__()
        positions = seq_len - kernel_size + 1
        self.layers = nn.Sequential(
            nn.Conv1d(4, num_filters, kernel_size),
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(num_filters * positions, 1),
        )

    def forward(self, x):
        return self.layers(x.transpose(1, 2))
