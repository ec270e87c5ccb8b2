# exercise: DeepMLP
# mistake: takes the widths out of the caller's list
# caught by: test_shape

class DeepMLP(nn.Module):
    def __init__(self, input_dim, hidden_dims, output_dim):
        super().__init__()
        layers, size = [], input_dim
        hidden_dims = hidden_dims if isinstance(hidden_dims, list) else list(hidden_dims)
        while hidden_dims:
            width = hidden_dims.pop(0)
            layers += [nn.Linear(size, width), nn.ReLU()]
            size = width
        self.net = nn.Sequential(*layers, nn.Linear(size, output_dim))

    def forward(self, x):
        return self.net(x)
