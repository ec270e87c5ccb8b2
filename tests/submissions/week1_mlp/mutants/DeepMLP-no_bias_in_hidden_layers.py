# exercise: DeepMLP
# mistake: leaves out the biases of the hidden layers
# caught by: test_number_of_parameters

class DeepMLP(nn.Module):
    def __init__(self, input_dim, hidden_dims, output_dim):
        super().__init__()
        layers, size = [], input_dim
        for width in hidden_dims:
            layers += [nn.Linear(size, width, bias=False), nn.ReLU()]
            size = width
        self.net = nn.Sequential(*layers, nn.Linear(size, output_dim))

    def forward(self, x):
        return self.net(x)
