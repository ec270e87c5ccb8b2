# exercise: DNAMLP
# mistake: ignores hidden_dim and always has 64 hidden units
# caught by: test_shape_and_parameters

class DNAMLP(nn.Module):
    def __init__(self, seq_len, hidden_dim=64):
        super().__init__()
        self.fc1 = nn.Linear(seq_len * 4, 64)
        self.fc2 = nn.Linear(64, 1)

    def forward(self, x):
        h = torch.relu(self.fc1(x.flatten(1)))
        return self.fc2(h)
