# exercise: DNAMLP
# mistake: calls the argument hidden_dim by another name
# caught by: test_shape_and_parameters
class DNAMLP(nn.Module):
    def __init__(self, seq_len, hidden_size=64):
        super().__init__()
        self.hidden = nn.Linear(4 * seq_len, hidden_size)
        self.output = nn.Linear(hidden_size, 1)

    def forward(self, x):
        return self.output(torch.relu(self.hidden(x.flatten(1))))
