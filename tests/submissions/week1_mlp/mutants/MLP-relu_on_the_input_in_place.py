# exercise: MLP
# mistake: applies an in-place ReLU to the input
# caught by: test_each_example_on_its_own
class MLP(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.hidden = nn.Linear(input_dim, hidden_dim)
        self.output = nn.Linear(hidden_dim, output_dim)

    def forward(self, x):
        x = torch.relu_(x)
        return self.output(torch.relu(self.hidden(x)))
