"""one_hot_batch(sequences): a list of n sequences of length L -> float32 (n, L, 4)."""

import numpy as np
from week3a_tf_binding.helpers import one_hot, random_sequences, value_error

from autograder.testing import expect, points


@points(1)
def test_letters(student):
    """Each base is a row with a single 1, in its column of the order ACGT. Lower-case letters
    are the same bases, and N (or n) is a row of zeros. Perhaps lower case or N is forgotten,
    or the columns are the letters that occur in this batch instead of always A, C, G, T."""
    encoded = student.one_hot_batch(["GATTN", "nacgt"])
    expected = [
        [[0, 0, 1, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 1], [0, 0, 0, 0]],
        [[0, 0, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]],
    ]
    expect.close(encoded, np.array(expected), rtol=0)
    sequences = random_sequences(6, 11, 211, letters="ACGTacgtNn")
    expect.close(student.one_hot_batch(sequences), one_hot(sequences), rtol=0)
    for few in (["AAC", "CCA"], ["A"], ["NN"]):  # not every letter need occur
        expect.close(student.one_hot_batch(few), one_hot(few), rtol=0)


@points(1, form=True)
def test_shape_and_lengths(student):
    """The result is one float32 tensor (n, L, 4) for any length, also for a single sequence or
    a single base. Sequences of different lengths cannot be one batch: raise a ValueError. Do
    not cut, pad, or run all letters together, and compare every sequence's length, not only the
    first and the last."""
    for n, length in ((3, 5), (1, 7), (2, 300), (5, 1)):
        encoded = student.one_hot_batch(random_sequences(n, length, seed=n))
        assert not isinstance(encoded, (list, tuple)), "a list, not one tensor"
        assert expect.array(encoded, shape=(n, length, 4)).dtype == np.float32
    for sequences in (
        ["ACGT", "ACG"],
        ["AC", "ACG", "AC"],
        ["ACG", "ACGTA"],
        ["A", "ACGTC", "ACG"],
    ):
        value_error(student.one_hot_batch, sequences)
