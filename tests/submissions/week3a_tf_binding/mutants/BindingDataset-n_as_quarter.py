# exercise: BindingDataset
# mistake: replaces the rows of zeros of N by 0.25, so x is not the sequence that was given
# caught by: test_items
# Exercise: BindingDataset (2 points)
class BindingDataset(Dataset):
    """Pairs of a one-hot sequence and its scores."""

    def __init__(self, onehots, scores):
        self.onehots = torch.tensor(np.array(onehots), dtype=torch.float32)
        self.scores = torch.tensor(np.array(scores), dtype=torch.float32)
        unknown = self.onehots.sum(dim=2) == 0
        self.onehots[unknown] = 0.25  # an N can be any base

    def __len__(self):
        return self.onehots.shape[0]

    def __getitem__(self, i):
        return self.onehots[i], self.scores[i]
