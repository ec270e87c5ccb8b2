# exercise: MLP
# mistake: squeezes the output, which gives (n,) when there is one output
# caught by: test_shape

class MLP(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.fc1 = nn.Linear(input_dim, hidden_dim)
        self.fc2 = nn.Linear(hidden_dim, output_dim)

    def forward(self, x):
        h = torch.relu(self.fc1(x))
        return self.fc2(h).squeeze()
