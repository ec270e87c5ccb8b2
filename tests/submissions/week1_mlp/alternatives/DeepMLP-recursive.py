# exercise: DeepMLP
# style: a network is one layer followed by a smaller network

class DeepMLP(nn.Module):
    def __init__(self, input_dim: int, hidden_dims, output_dim: int):
        super().__init__()
        if len(hidden_dims) == 0:
            self.layer, self.rest = nn.Linear(input_dim, output_dim), None
        else:
            self.layer = nn.Linear(input_dim, hidden_dims[0])
            self.rest = DeepMLP(hidden_dims[0], hidden_dims[1:], output_dim)

    def forward(self, x):
        y = self.layer(x)
        return y if self.rest is None else self.rest(torch.relu(y))
