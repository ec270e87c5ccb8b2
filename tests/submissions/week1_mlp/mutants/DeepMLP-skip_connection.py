# exercise: DeepMLP
# mistake: adds the input of each hidden layer of equal width to its output
# caught by: test_relu_after_each_hidden_layer

class DeepMLP(nn.Module):
    def __init__(self, input_dim, hidden_dims, output_dim):
        super().__init__()
        sizes = [input_dim, *hidden_dims, output_dim]
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes[:-1], sizes[1:]))

    def forward(self, x):
        for layer in self.layers[:-1]:
            h = torch.relu(layer(x))
            x = h + x[:, : h.shape[1]].mean(dim=1, keepdim=True)
        return self.layers[-1](x)
