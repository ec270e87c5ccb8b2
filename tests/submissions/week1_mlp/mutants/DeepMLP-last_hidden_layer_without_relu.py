# exercise: DeepMLP
# mistake: leaves out the ReLU of the last hidden layer
# caught by: test_relu_after_each_hidden_layer

class DeepMLP(nn.Module):
    def __init__(self, input_dim, hidden_dims, output_dim):
        super().__init__()
        sizes = [input_dim, *hidden_dims, output_dim]
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes[:-1], sizes[1:]))

    def forward(self, x):
        for layer in self.layers[:-2]:
            x = torch.relu(layer(x))
        for layer in self.layers[-2:]:
            x = layer(x)
        return x
