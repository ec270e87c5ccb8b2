"""split_words(words, fractions, seed): three shuffled lists that share nothing."""

import numpy as np
from week2_dna_cnn.helpers import words_of

from autograder.testing import points, remote

# Their words may be str or numpy's str_; the global random states must not matter.
SPLIT = """
def split(function, words, fractions, seed):
    parts = function(words, fractions, seed)
    if not isinstance(parts, (list, tuple)):
        return type(parts).__name__
    if not all(isinstance(part, (list, tuple)) for part in parts):
        return [type(part).__name__ for part in parts]
    plain = lambda word: str(word) if isinstance(word, str) else repr(type(word))
    return tuple([plain(word) for word in part] for part in parts)

def salted(function, words, fractions, seed, salt):
    # A new Python gives strings other hashes, and with them sets another order.
    class Word(str):
        def __hash__(self):
            return hash((salt, str(self)))
    return split(function, [Word(word) for word in words], fractions, seed)
"""

# (number of words, fractions). Of 53 words in shares 0.7, 0.15, 0.15 (37.1, 7.95, 7.95), rounding
# two down and leaving the rest to the third makes it nearly two words too long, which is accepted.
CASES = (
    (256, (0.1, 0.1, 0.8)),
    (200, (0.7, 0.15, 0.15)),
    (53, (0.7, 0.15, 0.15)),
    (20, (0.5, 0.3, 0.2)),
)


def split(student, words, fractions, seed):
    parts = remote.define(student, SPLIT, "split")(student.split_words, words, fractions, seed)
    assert type(parts) is tuple and len(parts) == 3, f"{parts!r:.200}: not three lists"
    return parts


def some_words(n):
    return words_of(4)[:n]


@points(1)
def test_a_partition_of_the_right_sizes(student):
    """Return three lists: train, validation, test. Together they hold every word exactly once, and
    each is as long as its fraction of the words says, within two words. The fractions come in the
    order training, validation, test, and each is a share of all words, not of the rest."""
    for n, fractions in CASES:
        words = some_words(n)
        parts = split(student, words, fractions, 3)
        assert sorted(word for part in parts for word in part) == sorted(words)
        for part, fraction in zip(parts, fractions, strict=True):
            assert abs(len(part) - fraction * n) <= 2 + 1e-9, (n, fractions, len(part))


@points(1)
def test_the_seed_decides(student):
    """The same words and seed give the same three lists, in the same order, every time, also after
    Python restarts (a set of words then has another order). Another seed gives other words to each
    list, not the same words in another order. Let all randomness come from a generator that starts
    from the seed."""
    words = some_words(120)
    fractions = (0.4, 0.35, 0.25)
    drawn = [split(student, words, fractions, seed) for seed in (0, 1, 42)]
    for seed, parts in zip((42, 1, 0), reversed(drawn), strict=True):
        assert split(student, words, fractions, seed) == parts
    salted = remote.define(student, SPLIT, "salted")
    first, second = (salted(student.split_words, words, fractions, 42, salt) for salt in (1, 2))
    assert first == second, "the order of a set decides"
    for one, other in ((0, 1), (1, 2), (0, 2)):
        for a, b in zip(drawn[one], drawn[other], strict=True):
            assert set(a) != set(b)


@points(1, form=True)
def test_shuffled_and_the_argument_unchanged(student):
    """The list that was passed in was changed, or one of the three lists is not shuffled.
    random.shuffle works in place, so shuffle a copy. Neighbors in the alphabet should be apart in
    all three lists."""
    words = some_words(240)
    held = remote.put(student, words)
    parts = split(student, held, (0.3, 0.3, 0.4), 7)
    assert remote.value(held) == words, "the argument was changed"
    for part in parts:
        assert len(part) > 60
        steps = np.diff([words.index(word) for word in part])
        assert 0.25 < np.mean(steps > 0) < 0.75, "in the order of the words"
        assert np.mean(np.abs(steps) == 1) < 0.25, "neighbors stayed together"
