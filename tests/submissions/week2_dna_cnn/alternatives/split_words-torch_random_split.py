# exercise: split_words
# style: torch.utils.data.random_split, subsets turned into lists
from torch.utils.data import random_split


def split_words(words, fractions, seed):
    n = len(words)
    n_train = round(n * fractions[0])
    n_val = min(round(n * fractions[1]), n - n_train)
    parts = random_split(words, [n_train, n_val, n - n_train - n_val],
                         generator=torch.Generator().manual_seed(seed))
    train, val, test = ([words[i] for i in part.indices] for part in parts)
    return train, val, test
