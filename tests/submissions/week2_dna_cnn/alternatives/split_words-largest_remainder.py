# exercise: split_words
# style: whole sizes first, then a word more for the largest remainders

def split_words(words: list[str], fractions, seed: int):
    exact = [f * len(words) for f in fractions]
    sizes = [int(e) for e in exact]
    order = sorted(range(3), key=lambda j: sizes[j] - exact[j])
    for j in order[:len(words) - sum(sizes)]:
        sizes[j] += 1
    pool = iter(np.random.default_rng([seed, 1]).permutation(len(words)).tolist())
    return tuple([words[next(pool)] for _ in range(size)] for size in sizes)
