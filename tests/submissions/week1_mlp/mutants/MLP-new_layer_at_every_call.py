# exercise: MLP
# mistake: creates a new output layer at every call
# caught by: test_each_example_on_its_own

class MLP(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.hidden_dim = hidden_dim
        self.output_dim = output_dim
        self.fc1 = nn.Linear(input_dim, hidden_dim)
        self.fc2 = nn.Linear(hidden_dim, output_dim)

    def forward(self, x):
        h = torch.relu(self.fc1(x))
        self.fc2 = nn.Linear(self.hidden_dim, self.output_dim).to(x.device)
        return self.fc2(h)
