# exercise: MLP
# mistake: converts everything to double precision
# caught by: test_shape
class MLP(nn.Module):
    def __init__(self, input_dim, hidden_dim, output_dim):
        super().__init__()
        self.hidden = nn.Linear(input_dim, hidden_dim)
        self.output = nn.Linear(hidden_dim, output_dim)
        self.double()

    def forward(self, x):
        return self.output(torch.relu(self.hidden(x.double())))
