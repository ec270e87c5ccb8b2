# exercise: DNACNN
# style: a Conv2d whose filters are four bases wide

class DNACNN(nn.Module):
    def __init__(self, seq_len, num_filters=32, kernel_size=3):
        super().__init__()
        self.conv = nn.Conv2d(1, num_filters, (kernel_size, 4))
        self.act = nn.ReLU()
        self.out = nn.Linear(num_filters * (seq_len + 1 - kernel_size), 1)

    def forward(self, x):
        h = self.act(self.conv(x[:, None])).squeeze(-1)
        return self.out(torch.flatten(h, start_dim=1))
