# exercise: DeepMLP
# mistake: computes the forward pass without gradients
# caught by: test_gradients_reach_every_parameter

class DeepMLP(nn.Module):
    def __init__(self, input_dim, hidden_dims, output_dim):
        super().__init__()
        sizes = [input_dim, *hidden_dims, output_dim]
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes[:-1], sizes[1:]))

    def forward(self, x):
        with torch.no_grad():
            for layer in self.layers[:-1]:
                x = torch.relu(layer(x))
        return self.layers[-1](x)
