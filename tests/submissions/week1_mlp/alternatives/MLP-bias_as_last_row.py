# exercise: MLP
# style: keeps each bias as the last row of its weight matrix

class MLP(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.first = nn.Parameter(torch.randn(input_dim + 1, hidden_dim) / (input_dim + 1) ** 0.5)
        self.second = nn.Parameter(torch.randn(hidden_dim + 1, output_dim) / (hidden_dim + 1) ** 0.5)

    @staticmethod
    def affine(x, matrix):
        ones = torch.ones(x.shape[0], 1, dtype=x.dtype, device=x.device)
        return torch.cat([x, ones], dim=1) @ matrix

    def forward(self, x):
        hidden = self.affine(x, self.first)
        hidden = torch.where(hidden > 0, hidden, torch.zeros_like(hidden))
        return self.affine(hidden, self.second)
