# exercise: DeepMLP
# style: keeps each bias as the last row of its weight matrix

class DeepMLP(nn.Module):
    def __init__(self, input_dim, hidden_dims, output_dim):
        super().__init__()
        sizes = [input_dim, *hidden_dims, output_dim]
        self.count = len(sizes) - 1
        for i in range(self.count):
            matrix = torch.randn(sizes[i] + 1, sizes[i + 1]) / sizes[i] ** 0.5
            self.register_parameter(f"layer{i}", nn.Parameter(matrix))

    def forward(self, x):
        for i in range(self.count):
            matrix = getattr(self, f"layer{i}")
            x = x @ matrix[:-1] + matrix[-1]
            if i + 1 < self.count:
                x = torch.where(x > 0, x, torch.zeros_like(x))
        return x
