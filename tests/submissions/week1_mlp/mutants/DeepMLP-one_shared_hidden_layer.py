# exercise: DeepMLP
# mistake: creates one hidden layer and uses it again and again
# caught by: test_number_of_parameters

class DeepMLP(nn.Module):
    def __init__(self, input_dim, hidden_dims, output_dim):
        super().__init__()
        self.depth = len(hidden_dims)
        width = hidden_dims[0] if hidden_dims else input_dim
        self.first = nn.Linear(input_dim, width)
        self.middle = nn.Linear(width, width)
        self.last = nn.Linear(width, output_dim)

    def forward(self, x):
        x = F.relu(self.first(x))
        for _ in range(self.depth - 1):
            x = F.relu(self.middle(x))
        return self.last(x)
