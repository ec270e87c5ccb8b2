# exercise: BindingDataset
# mistake: standardizes the scores
# caught by: test_items

class BindingDataset(torch.utils.data.Dataset):
    def __init__(self, onehots, scores):
        self.onehots = onehots
        self.scores = (scores - scores.mean()) / scores.std()

    def __len__(self):
        return len(self.onehots)

    def __getitem__(self, i):
        return self.onehots[i], self.scores[i]
