# exercise: DNAMLP
# mistake: has a second ReLU, on the output
# caught by: test_relu_between_the_layers

class DNAMLP(nn.Module):
    def __init__(self, seq_len, hidden_dim=64):
        super().__init__()
        self.fc1 = nn.Linear(seq_len * 4, hidden_dim)
        self.fc2 = nn.Linear(hidden_dim, 1)

    def forward(self, x):
        h = torch.relu(self.fc1(x.flatten(1)))
        return torch.relu(self.fc2(h))
