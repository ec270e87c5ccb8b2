# exercise: DNAMLP
# style: nn.Sequential inside

class DNAMLP(nn.Module):
    def __init__(self, seq_len, hidden_dim=64):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(), nn.Linear(4 * seq_len, hidden_dim), nn.ReLU(), nn.Linear(hidden_dim, 1)
        )

    def forward(self, x):
        return self.net(x)
