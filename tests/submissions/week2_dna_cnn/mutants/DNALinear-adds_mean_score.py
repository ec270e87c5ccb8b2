# exercise: DNALinear
# mistake: adds the mean score 15.5 to the layer's output: not one linear layer any more
# caught by: test_linear_in_each_example
# Exercise: DNALinear (2 points)
class DNALinear(nn.Module):
    """Linear model of a DNA sequence: flatten, then one linear layer with a bias."""

    def __init__(self, seq_len):
        """seq_len: the number of positions L of the sequences."""
        super().__init__()
        self.linear = nn.Linear(4 * seq_len, 1)

    def forward(self, x):
        """x: tensor (n, L, 4). Returns a tensor (n, 1)."""
        x = torch.flatten(x, start_dim=1)
        return self.linear(x) + 15.5  # start at the mean score
