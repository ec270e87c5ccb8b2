# exercise: BindingDataset
# mistake: len is L
class BindingDataset(Dataset):
    """Pairs of a one-hot sequence and its scores.

    len(dataset) is the number of windows n. dataset[i] is the pair (x, y) of window i: float32
    tensors of shape (L, 4) and (L,).
    """

    def __init__(self, onehots, scores):
        """onehots: tensor or array (n, L, 4). scores: tensor or array (n, L)."""
        self.onehots = torch.as_tensor(onehots, dtype=torch.float32)
        self.scores = torch.as_tensor(scores, dtype=torch.float32)

    def __len__(self):
        return self.onehots.shape[1]

    def __getitem__(self, i):
        return self.onehots[i], self.scores[i]
