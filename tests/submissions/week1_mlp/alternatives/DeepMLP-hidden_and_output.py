# exercise: DeepMLP
# style: hidden layers in an nn.ModuleList and a separate output layer, with F.relu

class DeepMLP(nn.Module):
    def __init__(self, input_dim, hidden_dims, output_dim):
        super().__init__()
        dims = [input_dim] + list(hidden_dims)
        self.hidden = nn.ModuleList()
        for i in range(len(dims) - 1):
            self.hidden.append(nn.Linear(dims[i], dims[i + 1]))
        self.out = nn.Linear(dims[-1], output_dim)

    def forward(self, x):
        h = x
        for layer in self.hidden:
            h = F.relu(layer(h))
        return self.out(h)
