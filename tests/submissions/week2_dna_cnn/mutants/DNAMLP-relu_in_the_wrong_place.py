# exercise: DNAMLP
# mistake: the ReLU stands on the output and not between the layers
# caught by: test_relu_between_the_layers

class DNAMLP(nn.Module):
    def __init__(self, seq_len, hidden_dim=64):
        super().__init__()
        self.fc1 = nn.Linear(seq_len * 4, hidden_dim)
        self.fc2 = nn.Linear(hidden_dim, 1)

    def forward(self, x):
        h = self.fc1(x.flatten(1))
        return torch.relu(self.fc2(h))
