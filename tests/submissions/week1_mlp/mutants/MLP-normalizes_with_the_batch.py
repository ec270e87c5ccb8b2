# exercise: MLP
# mistake: standardizes the hidden units over the batch, so that examples affect each other
# caught by: test_each_example_on_its_own

class MLP(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.fc1 = nn.Linear(input_dim, hidden_dim)
        self.fc2 = nn.Linear(hidden_dim, output_dim)

    def forward(self, x):
        h = self.fc1(x)
        h = (h - h.mean(dim=0)) / (h.std(dim=0, unbiased=False) + 1e-5)
        return self.fc2(torch.relu(h))
