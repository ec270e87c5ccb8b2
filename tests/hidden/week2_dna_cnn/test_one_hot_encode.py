"""one_hot_encode(seq, alphabet="ACGT"): a DNA word -> float32 tensor (L, 4)."""

import numpy as np
import pytest
import torch
from week2_dna_cnn.helpers import one_hot

from autograder.testing import Raised, expect, points


def tensor(value):
    assert type(value) is torch.Tensor, f"{type(value).__name__}, not a torch.Tensor"
    return value


@points(1)
def test_shape_and_dtype(student):
    """One row per base and one column per letter of the alphabet: shape (L, 4), also for a single
    base. It is a torch tensor of dtype float32, which is what the layers of a network take."""
    for word in ("A", "GATTA", "ACGTACGTACG"):
        encoded = tensor(student.one_hot_encode(word))
        assert encoded.dtype == torch.float32
        expect.array(encoded, shape=(len(word), 4))


@points(1)
def test_columns_follow_the_alphabet(student):
    """Each row has a one in the column of its base, and zeros elsewhere. The columns come in the
    order of `alphabet`, which is A, C, G, T unless another one is handed in; the lecture's slide
    has A, T, G, C."""
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
    """Lower-case letters, which genomes use for repeats, count as upper-case ones, also mixed with
    them. N, and n, stand for an unknown base: their row is kept, and holds zeros only."""
    for word in ("acgt", "gATtAcA", "ttGc"):
        expect.close(student.one_hot_encode(word), student.one_hot_encode(word.upper()), rtol=0)
    for word in ("NACN", "aNnTg", "N", "nn"):
        found = expect.array(student.one_hot_encode(word), shape=(len(word), 4))
        for row, base in zip(found, word, strict=True):
            known = base not in "Nn"
            wanted = student.one_hot_encode(base)[0] if known else np.zeros(4)
            expect.close(row, wanted, rtol=0)


@points(1)
def test_anything_else_is_a_value_error(student):
    """Whatever is neither a base nor N raises a ValueError, wherever it stands in the word: other
    letters (R, U, X), gaps, digits, spaces, the end of a line. No other kind of error will do, and
    nothing is skipped, stripped or guessed."""
    for word in ("ACGX", "RACG", "AC-GT", "ACU", "AC GT", " ACG", "ACGT\n", "A1", "*", "acgtz"):
        with pytest.raises(Raised) as caught:
            student.one_hot_encode(word)
        if "ValueError" not in caught.value.types:
            raise caught.value
