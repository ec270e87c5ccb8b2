# exercise: DeepMLP
# mistake: builds the hidden layers from the last width to the first
# caught by: test_number_of_parameters

class DeepMLP(nn.Module):
    def __init__(self, input_dim, hidden_dims, output_dim):
        super().__init__()
        sizes = [input_dim, *reversed(hidden_dims), output_dim]
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes[:-1], sizes[1:]))

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)
