# exercise: DeepMLP
# mistake: takes the first hidden width without asking whether there is one
# caught by: test_no_hidden_layer

class DeepMLP(nn.Module):
    def __init__(self, input_dim, hidden_dims, output_dim):
        super().__init__()
        self.first = nn.Linear(input_dim, hidden_dims[0])
        self.middle = nn.ModuleList(
            nn.Linear(hidden_dims[i], hidden_dims[i + 1]) for i in range(len(hidden_dims) - 1)
        )
        self.last = nn.Linear(hidden_dims[-1], output_dim)

    def forward(self, x):
        x = torch.relu(self.first(x))
        for layer in self.middle:
            x = torch.relu(layer(x))
        return self.last(x)
