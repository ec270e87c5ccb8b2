# exercise: split_words
# style: a copy shuffled by a random.Random of its own

import random

def split_words(words, fractions, seed):
    shuffled = list(words)
    random.Random(seed).shuffle(shuffled)
    n = len(shuffled)
    first = round(n * fractions[0])
    second = round(n * (fractions[0] + fractions[1]))
    return shuffled[:first], shuffled[first:second], shuffled[second:]
