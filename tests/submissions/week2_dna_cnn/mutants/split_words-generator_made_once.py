# exercise: split_words
# mistake: keeps one generator for all calls, so that a second call with the same seed differs
# caught by: test_the_seed_decides

_generators = {}

def split_words(words, fractions, seed):
    rng = _generators.setdefault(seed, np.random.default_rng(seed))
    order = rng.permutation(len(words))
    ends = np.round(np.cumsum(fractions) * len(words)).astype(int)
    return (
        [words[i] for i in order[:ends[0]]],
        [words[i] for i in order[ends[0]:ends[1]]],
        [words[i] for i in order[ends[1]:]],
    )
