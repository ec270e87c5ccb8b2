# exercise: MLP
# mistake: ignores hidden_dim and always has 16 hidden units
# caught by: test_number_of_parameters

class MLP(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.fc1 = nn.Linear(input_dim, 16)
        self.fc2 = nn.Linear(16, output_dim)

    def forward(self, x):
        return self.fc2(torch.relu(self.fc1(x)))
