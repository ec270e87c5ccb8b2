# exercise: BindingDataset
# mistake: gives a random window instead of the one asked for
# caught by: test_in_a_data_loader

class BindingDataset(torch.utils.data.Dataset):
    def __init__(self, onehots, scores):
        self.onehots = onehots
        self.scores = scores

    def __len__(self):
        return len(self.onehots)

    def __getitem__(self, i):
        i = int(torch.randint(len(self), (1,)))
        return self.onehots[i], self.scores[i]
