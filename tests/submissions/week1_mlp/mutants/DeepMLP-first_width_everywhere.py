# exercise: DeepMLP
# mistake: gives every hidden layer the first width
# caught by: test_number_of_parameters

class DeepMLP(nn.Module):
    def __init__(self, input_dim, hidden_dims, output_dim):
        super().__init__()
        width = hidden_dims[0] if hidden_dims else input_dim
        layers, size = [], input_dim
        for _ in hidden_dims:
            layers += [nn.Linear(size, width), nn.ReLU()]
            size = width
        self.net = nn.Sequential(*layers, nn.Linear(size, output_dim))

    def forward(self, x):
        return self.net(x)
