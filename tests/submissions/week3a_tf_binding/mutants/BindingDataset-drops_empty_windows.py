# exercise: BindingDataset
# mistake: leaves out windows without a site, so len and the indices are not those of the input
# caught by: test_items
# Exercise: BindingDataset (2 points)
class BindingDataset(Dataset):
    """Pairs of a one-hot sequence and its scores."""

    def __init__(self, onehots, scores):
        x = torch.tensor(np.array(onehots), dtype=torch.float32)
        y = torch.tensor(np.array(scores), dtype=torch.float32)
        informative = (y > 0).any(dim=1)  # without a site there is nothing to learn
        self.x, self.y = x[informative], y[informative]

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        return self.x[i], self.y[i]
