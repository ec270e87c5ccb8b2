# exercise: split_words
# mistake: draws from list(set(words)), whose order changes with every new Python process: the seed does not fix the split
# caught by: test_the_seed_decides
# Exercise: split_words (3 points)
def split_words(words, fractions, seed):
    """Split words at random into training, validation and test words.

    words: a list of distinct strings. It is left unchanged.
    fractions: three numbers that add up to 1, the shares of training, validation and test words.
    seed: an int. The same words and seed give the same split, another seed gives another split.
    Returns three lists (train, validation, test), each in random order. They share no word,
    together they hold every word, and each has its fraction of the words, to within one word.
    """
    import random

    rng = random.Random(seed)
    n = len(words)
    n_train, n_val = round(n * fractions[0]), round(n * fractions[1])
    remaining = set(words)
    train = rng.sample(list(remaining), n_train)
    remaining -= set(train)
    val = rng.sample(list(remaining), min(n_val, len(remaining)))
    remaining -= set(val)
    test = list(remaining)
    rng.shuffle(test)
    return train, val, test
