# exercise: DeepMLP
# style: own weights and biases in nn.ParameterList

class DeepMLP(nn.Module):
    def __init__(self, input_dim, hidden_dims, output_dim):
        super().__init__()
        sizes = [input_dim] + list(hidden_dims) + [output_dim]
        self.weights, self.biases = nn.ParameterList(), nn.ParameterList()
        for n_in, n_out in zip(sizes[:-1], sizes[1:]):
            self.weights.append(nn.Parameter(torch.randn(n_in, n_out) * (2 / n_in) ** 0.5))
            self.biases.append(nn.Parameter(0.1 * torch.randn(n_out)))

    def forward(self, x):
        last = len(self.weights) - 1
        for i in range(last + 1):
            x = x @ self.weights[i] + self.biases[i]
            if i < last:
                x = torch.maximum(x, torch.zeros_like(x))
        return x
