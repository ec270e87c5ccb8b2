# exercise: DeepMLP
# mistake: applies a ReLU to the input when there is no hidden layer
# caught by: test_no_hidden_layer

class DeepMLP(nn.Module):
    def __init__(self, input_dim, hidden_dims, output_dim):
        super().__init__()
        layers, size = [], input_dim
        for width in hidden_dims:
            layers += [nn.Linear(size, width), nn.ReLU()]
            size = width
        if not layers:
            layers.append(nn.ReLU())
        self.net = nn.Sequential(*layers, nn.Linear(size, output_dim))

    def forward(self, x):
        return self.net(x)
