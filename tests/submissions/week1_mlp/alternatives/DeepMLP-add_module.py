# exercise: DeepMLP
# style: registers each layer by a name with add_module and looks it up again

class DeepMLP(nn.Module):
    def __init__(self, input_dim, hidden_dims, output_dim):
        super().__init__()
        self.depth = len(hidden_dims)
        size = input_dim
        for i, width in enumerate(hidden_dims):
            self.add_module(f"hidden{i}", nn.Linear(size, width))
            size = width
        self.output = nn.Linear(size, output_dim)
        self.relu = nn.ReLU()

    def forward(self, x):
        for i in range(self.depth):
            x = self.relu(getattr(self, f"hidden{i}")(x))
        return self.output(x)
