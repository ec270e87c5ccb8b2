# exercise: split_words
# style: rounds two sizes down, and leaves the rest to the test words

import random


def split_words(words, fractions, seed):
    shuffled = list(words)
    random.Random(seed).shuffle(shuffled)
    n_train = int(fractions[0] * len(words))
    n_val = int(fractions[1] * len(words))
    return shuffled[:n_train], shuffled[n_train:n_train + n_val], shuffled[n_train + n_val:]
