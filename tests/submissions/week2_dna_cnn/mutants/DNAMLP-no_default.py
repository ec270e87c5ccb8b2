# exercise: DNAMLP
# mistake: wants hidden_dim at every call
# caught by: test_shape_and_parameters

class DNAMLP(nn.Module):
    def __init__(self, seq_len, hidden_dim):
        super().__init__()
        self.fc1 = nn.Linear(seq_len * 4, hidden_dim)
        self.fc2 = nn.Linear(hidden_dim, 1)

    def forward(self, x):
        h = torch.relu(self.fc1(x.flatten(1)))
        return self.fc2(h)
