# exercise: DeepMLP
# style: own nn.Parameter matrices stored as (inputs, outputs), in an nn.ParameterList

class DeepMLP(nn.Module):
    def __init__(self, input_dim, hidden_dims, output_dim):
        super().__init__()
        sizes = (input_dim, *hidden_dims, output_dim)
        self.weights = nn.ParameterList(
            torch.randn(a, b) * (2 / a) ** 0.5 for a, b in zip(sizes[:-1], sizes[1:])
        )
        self.biases = nn.ParameterList(0.1 * torch.randn(b) for b in sizes[1:])

    def forward(self, x):
        last = len(self.weights) - 1
        for i, (weight, bias) in enumerate(zip(self.weights, self.biases)):
            x = x @ weight + bias
            if i < last:
                x = x.clamp(min=0)
        return x
