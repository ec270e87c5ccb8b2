# exercise: split_words
# mistake: always uses seed 0
def split_words(words, fractions, seed):
    """Split words at random into training, validation and test words.

    words: a list of distinct strings. It is left unchanged.
    fractions: three numbers that add up to 1, the shares of training, validation and test words.
    seed: an int. The same words and seed give the same split, another seed gives another split.
    Returns three lists (train, validation, test), each in random order. They share no word,
    together they hold every word, and each has its fraction of the words, to within one word.
    """
    order = np.random.default_rng(0).permutation(len(words))
    shuffled = [words[i] for i in order]
    first = round(fractions[0] * len(words))
    second = round((fractions[0] + fractions[1]) * len(words))
    return shuffled[:first], shuffled[first:second], shuffled[second:]
