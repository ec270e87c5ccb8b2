# exercise: split_words
# mistake: shuffles the list that it was given
# caught by: test_shuffled_and_the_argument_unchanged

import random

def split_words(words, fractions, seed):
    random.seed(seed)
    random.shuffle(words)
    n = len(words)
    a = round(fractions[0] * n)
    b = round((fractions[0] + fractions[1]) * n)
    return words[:a], words[a:b], words[b:]
