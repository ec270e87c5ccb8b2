# exercise: DeepMLP
# mistake: applies a ReLU after the first hidden layer only
# caught by: test_relu_after_each_hidden_layer

class DeepMLP(nn.Module):
    def __init__(self, input_dim, hidden_dims, output_dim):
        super().__init__()
        self.first = nn.Linear(input_dim, hidden_dims[0]) if hidden_dims else None
        sizes = [*hidden_dims, output_dim] if hidden_dims else [input_dim, output_dim]
        self.rest = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes[:-1], sizes[1:]))

    def forward(self, x):
        if self.first is not None:
            x = torch.relu(self.first(x))
        for layer in self.rest:
            x = layer(x)
        return x
