# exercise: BindingDataset
# mistake: has no length
# caught by: test_items

class BindingDataset(torch.utils.data.Dataset):
    def __init__(self, onehots, scores):
        self.onehots = onehots
        self.scores = scores


    def __getitem__(self, i):
        return self.onehots[i], self.scores[i]
