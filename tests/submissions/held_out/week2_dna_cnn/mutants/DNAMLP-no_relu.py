# exercise: DNAMLP
# mistake: leaves the ReLU out
class DNAMLP(nn.Module):
    """MLP of a DNA sequence: flatten, linear, ReLU, linear. Both linear layers have a bias."""

    def __init__(self, seq_len, hidden_dim=64):
        """seq_len: the number of positions L. hidden_dim: the width of the hidden layer."""
        super().__init__()
        self.hidden = nn.Linear(4 * seq_len, hidden_dim)
        self.output = nn.Linear(hidden_dim, 1)

    def forward(self, x):
        """x: tensor (n, L, 4). Returns a tensor (n, 1)."""
        return self.output(self.hidden(x.flatten(1)))
