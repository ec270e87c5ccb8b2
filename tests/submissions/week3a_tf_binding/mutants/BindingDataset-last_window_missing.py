# exercise: BindingDataset
# mistake: its length is one too small
# caught by: test_items

class BindingDataset(torch.utils.data.Dataset):
    def __init__(self, onehots, scores):
        self.onehots = onehots
        self.scores = scores

    def __len__(self):
        return len(self.onehots) - 1

    def __getitem__(self, i):
        return self.onehots[i], self.scores[i]
