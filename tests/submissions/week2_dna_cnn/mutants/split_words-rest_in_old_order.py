# exercise: split_words
# mistake: only the training words are drawn; validation and test words stay in their old order
# caught by: test_shuffled_and_the_argument_unchanged
def split_words(words, fractions, seed):
    rng = np.random.default_rng(seed)
    n_train, n_val = round(fractions[0] * len(words)), round(fractions[1] * len(words))
    train = [str(word) for word in rng.choice(words, n_train, replace=False)]
    chosen = set(train)
    rest = [word for word in words if word not in chosen]
    return train, rest[:n_val], rest[n_val:]
