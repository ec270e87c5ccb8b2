"""one_hot_encode(seq, alphabet="ACGT"): a DNA word -> float32 tensor (L, 4)."""

import numpy as np
import pytest
import torch
from week2_dna_cnn.helpers import one_hot

from autograder.testing import Raised, expect, points


def tensor(value):
    assert type(value) is torch.Tensor, f"{type(value).__name__}, not a torch.Tensor"
    return value


@points(0.5, form=True)
def test_shape_and_dtype(student):
    """Return a torch tensor of dtype float32, which the layers of a network need, with one row per
    base and one column per letter of the alphabet: shape (L, 4), also for a single base."""
    for word in ("A", "GATTA", "ACGTACGTACG"):
        encoded = tensor(student.one_hot_encode(word))
        assert encoded.dtype == torch.float32
        expect.array(encoded, shape=(len(word), 4))


@points(1)
def test_columns_follow_the_alphabet(student):
    """The columns are in the wrong order, or do not follow the argument `alphabet`. Each row has a
    1 in the column of its base, and zeros elsewhere. The order is A, C, G, T unless the caller
    passes another one; the lecture's slide has A, T, G, C."""
    expect.close(
        student.one_hot_encode("GTCA"),
        [[0, 0, 1, 0], [0, 0, 0, 1], [0, 1, 0, 0], [1, 0, 0, 0]],
        rtol=0,
    )
    rng = np.random.default_rng(21)
    for order in ("ATGC", "TGCA", "CATG"):
        word = "".join(rng.choice(list("ACGT"), size=25))
        expect.close(student.one_hot_encode(word, order), one_hot(word, order), rtol=0)
        expect.close(student.one_hot_encode(word, alphabet=order), one_hot(word, order), rtol=0)
        expect.close(student.one_hot_encode(word), one_hot(word), rtol=0)


@points(1)
def test_lower_case_and_unknown_bases(student):
    """Lower-case letters, which genome files use for repeats, mean the same bases as upper-case
    ones, also mixed with them. N and n stand for an unknown base: keep their row, with zeros
    only."""
    each_base = expect.array(student.one_hot_encode("acgt"), shape=(4, 4))
    for axis in (0, 1):  # in any order of the columns
        expect.equal(np.sort(each_base.astype(float), axis), np.sort(np.eye(4), axis))
    for word in ("acgt", "gATtAcA", "ttGc"):
        expect.close(student.one_hot_encode(word), student.one_hot_encode(word.upper()), rtol=0)
    for word in ("NACN", "aNnTg", "N", "nn"):
        found = expect.array(student.one_hot_encode(word), shape=(len(word), 4))
        for row, base in zip(found, word, strict=True):
            known = base not in "Nn"
            wanted = student.one_hot_encode(base)[0] if known else np.zeros(4)
            expect.close(row, wanted, rtol=0)


@points(0.5, form=True)
def test_anything_else_is_a_value_error(student):
    """Anything other than a base or N raises a ValueError, wherever it is in the word: other
    letters (R, U, X), gaps, digits, spaces, the end of a line. No other kind of error will do (a
    KeyError, an assert), and nothing is skipped, stripped or guessed."""
    for word in ("ACGX", "RACG", "AC-GT", "ACU", "AC GT", " ACG", "ACGT\n", "A1", "*", "acgtz"):
        with pytest.raises(Raised) as caught:
            student.one_hot_encode(word)
        if "ValueError" not in caught.value.types:
            raise caught.value
