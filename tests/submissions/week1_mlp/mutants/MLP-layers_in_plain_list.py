# exercise: MLP
# mistake: keeps the layers in a plain list, so that the module has no parameters
# caught by: test_number_of_parameters

class MLP(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.layers = [
            nn.Linear(input_dim, hidden_dim),
            nn.ReLU(),
            nn.Linear(hidden_dim, output_dim),
        ]

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x
