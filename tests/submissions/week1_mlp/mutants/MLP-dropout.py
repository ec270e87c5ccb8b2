# exercise: MLP
# mistake: adds dropout, so that the output in train mode is random
# caught by: test_each_example_on_its_own

class MLP(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.fc1 = nn.Linear(input_dim, hidden_dim)
        self.drop = nn.Dropout(0.2)
        self.fc2 = nn.Linear(hidden_dim, output_dim)

    def forward(self, x):
        return self.fc2(self.drop(torch.relu(self.fc1(x))))
