# exercise: DNAMLP
# style: own parameters, einsum and clamp

class DNAMLP(nn.Module):
    def __init__(self, seq_len, hidden_dim=64):
        super().__init__()
        self.A = nn.Parameter(torch.randn(seq_len, 4, hidden_dim) * (2 / (4 * seq_len)) ** 0.5)
        self.a = nn.Parameter(torch.full((hidden_dim,), 0.05))
        self.B = nn.Parameter(torch.randn(hidden_dim, 1) / hidden_dim ** 0.5)
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        hidden = torch.einsum("nlb,lbh->nh", x, self.A) + self.a
        return hidden.clamp(min=0) @ self.B + self.b
