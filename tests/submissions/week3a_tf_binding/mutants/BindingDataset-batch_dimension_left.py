# exercise: BindingDataset
# mistake: gives (1, L, 4) and (1, L)
# caught by: test_items

class BindingDataset(torch.utils.data.Dataset):
    def __init__(self, onehots, scores):
        self.onehots = onehots
        self.scores = scores

    def __len__(self):
        return len(self.onehots)

    def __getitem__(self, i):
        return self.onehots[i:i + 1], self.scores[i:i + 1]
