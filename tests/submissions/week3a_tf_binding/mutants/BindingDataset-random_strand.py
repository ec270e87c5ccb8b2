# exercise: BindingDataset
# mistake: gives the reverse complement at random, with the scores as they were
# caught by: test_items

class BindingDataset(torch.utils.data.Dataset):
    def __init__(self, onehots, scores):
        self.onehots = onehots
        self.scores = scores

    def __len__(self):
        return len(self.onehots)

    def __getitem__(self, i):
        x = self.onehots[i]
        if torch.rand(1) < 0.5:
            x = x.flip(0, 1)
        return x, self.scores[i]
