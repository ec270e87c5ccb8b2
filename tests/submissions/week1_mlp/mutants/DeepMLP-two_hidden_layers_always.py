# exercise: DeepMLP
# mistake: has two hidden layers, whatever the length of hidden_dims
# caught by: test_number_of_parameters

class DeepMLP(nn.Module):
    def __init__(self, input_dim, hidden_dims, output_dim):
        super().__init__()
        a = hidden_dims[0] if hidden_dims else 8
        b = hidden_dims[1] if len(hidden_dims) > 1 else a
        self.fc1 = nn.Linear(input_dim, a)
        self.fc2 = nn.Linear(a, b)
        self.fc3 = nn.Linear(b, output_dim)

    def forward(self, x):
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        return self.fc3(x)
