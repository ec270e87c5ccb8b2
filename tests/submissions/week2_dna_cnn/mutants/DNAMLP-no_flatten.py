# exercise: DNAMLP
# mistake: applies the layers to each position and averages the positions
# caught by: test_shape_and_parameters

class DNAMLP(nn.Module):
    def __init__(self, seq_len, hidden_dim=64):
        super().__init__()
        self.fc1 = nn.Linear(4, hidden_dim)
        self.fc2 = nn.Linear(hidden_dim, 1)

    def forward(self, x):
        h = torch.relu(self.fc1(x))
        return self.fc2(h).mean(dim=1)
