# exercise: DeepMLP
# mistake: uses a leaky ReLU, which lets negative values through
# caught by: test_relu_after_each_hidden_layer

class DeepMLP(nn.Module):
    def __init__(self, input_dim, hidden_dims, output_dim):
        super().__init__()
        layers, size = [], input_dim
        for width in hidden_dims:
            layers += [nn.Linear(size, width), nn.LeakyReLU()]
            size = width
        self.net = nn.Sequential(*layers, nn.Linear(size, output_dim))

    def forward(self, x):
        return self.net(x)
