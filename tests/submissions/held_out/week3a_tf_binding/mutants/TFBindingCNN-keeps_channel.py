# exercise: TFBindingCNN
# mistake: returns (n, 1, 300)
class TFBindingCNN(nn.Module):
    """From a sequence to a score for each of its positions.

    TFBindingCNN() takes no arguments. Any architecture will do.
    Everything that it needs, except for imports, belongs in this cell: section 3.4 copies the
    cell into a program.
    """

    def __init__(self):
        """Create the layers and store them as attributes of self."""
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv1d(4, 16, 15, padding="same"),  # motifs
            nn.ReLU(),
            nn.Conv1d(16, 16, 15, padding="same"),  # from where a motif is to what it covers
            nn.ReLU(),
            nn.Conv1d(16, 1, 1),  # one score for each position
        )

    def forward(self, x):
        """x: float32 tensor (n, 300, 4). Returns a tensor (n, 300)."""
        return self.layers(x.transpose(1, 2))
