# exercise: MLP
# mistake: has no biases
class MLP(nn.Module):
    """Multilayer perceptron with one hidden layer.

    Two linear layers, both with a bias, and a ReLU between them; nothing else. The first layer maps
    input_dim to hidden_dim values, the second hidden_dim to output_dim.
    """

    def __init__(self, input_dim, hidden_dim, output_dim):
        """Create the layers and store them as attributes of self."""
        super().__init__()
        self.hidden = nn.Linear(input_dim, hidden_dim, bias=False)
        self.output = nn.Linear(hidden_dim, output_dim, bias=False)

    def forward(self, x):
        """x: tensor (n, input_dim). Returns a tensor (n, output_dim), also when output_dim is 1."""
        return self.output(torch.relu(self.hidden(x)))
