# exercise: MLP
# mistake: computes the forward pass without gradients
# caught by: test_gradients_reach_every_parameter

class MLP(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.fc1 = nn.Linear(input_dim, hidden_dim)
        self.fc2 = nn.Linear(hidden_dim, output_dim)

    @torch.no_grad()
    def forward(self, x):
        return self.fc2(torch.relu(self.fc1(x)))
