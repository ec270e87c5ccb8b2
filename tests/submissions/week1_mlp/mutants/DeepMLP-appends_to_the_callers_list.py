# exercise: DeepMLP
# mistake: appends the output size to the caller's list of widths
# caught by: test_shape

class DeepMLP(nn.Module):
    def __init__(self, input_dim, hidden_dims, output_dim):
        super().__init__()
        hidden_dims.append(output_dim) if isinstance(hidden_dims, list) else None
        widths = hidden_dims if isinstance(hidden_dims, list) else [*hidden_dims, output_dim]
        layers, size = [], input_dim
        for width in widths:
            layers.append(nn.Linear(size, width))
            size = width
        self.layers = nn.ModuleList(layers)

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)
