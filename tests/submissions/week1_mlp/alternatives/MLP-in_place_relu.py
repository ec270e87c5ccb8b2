# exercise: MLP
# style: nn.ModuleDict and an in-place ReLU layer

class MLP(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.parts = nn.ModuleDict({
            "in": nn.Linear(input_dim, hidden_dim),
            "bend": nn.ReLU(inplace=True),
            "out": nn.Linear(hidden_dim, output_dim),
        })

    def forward(self, x):
        for name in ("in", "bend", "out"):
            x = self.parts[name](x)
        return x
