# exercise: MLP
# style: own nn.Parameter weights stored as (inputs, outputs)

class MLP(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.A = nn.Parameter(torch.randn(input_dim, hidden_dim) * (2 / input_dim) ** 0.5)
        self.a = nn.Parameter(0.1 * torch.randn(hidden_dim))
        self.B = nn.Parameter(torch.randn(hidden_dim, output_dim) / hidden_dim ** 0.5)
        self.b = nn.Parameter(torch.zeros(output_dim))

    def forward(self, x):
        hidden = (x @ self.A + self.a).clamp(min=0)
        return hidden @ self.B + self.b
