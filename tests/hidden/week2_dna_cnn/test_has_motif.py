"""has_motif(onehot, pwm, threshold): does any position score at least the threshold?"""

import torch
from week2_dna_cnn.helpers import one_hot

from autograder.testing import expect, points

BUILDS_ON = ("pwm_scan",)

MOTIF = "GATG"  # neither a palindrome nor its own reverse


def answer(student, word, pwm, threshold):
    found = expect.array(student.has_motif(one_hot(word), pwm, threshold), shape=())
    assert found.dtype.kind == "b", f"{found!r} is neither True nor False"
    return bool(found)


@points(0.5)
def test_anywhere_in_the_sequence(student):
    """Return one True or False: True if the PWM scores at least the threshold at any start, the
    first and the last included, and False otherwise. A score equal to the threshold is enough.
    Scores at different starts do not add up."""
    pwm = one_hot(MOTIF)
    for word in ("GATGCCCC", "CCCCGATG", "CCGATGCC", "GATG", "GATGGATG"):
        assert answer(student, word, pwm, 4.0) is True
        assert answer(student, word, pwm, 3.5) is True
        assert answer(student, word, pwm, 4.5) is False
    for word in ("CATCCATC", "GATCGATC", "GTAGGTAG", "CATCCCCC", "NATGNATG", "CCCCGAT"):
        assert answer(student, word, pwm, 4.0) is False


@points(0.5)
def test_thresholds_of_any_sign(student):
    """Scores and thresholds may be zero or negative. Compare the best score with the threshold; do
    not test whether a score is nonzero, or whether the sequence contains the PWM's best word."""
    pwm = torch.tensor([[-1.0, -2.0, -3.0, -4.0], [-1.0, -2.0, -3.0, -8.0]])
    cases = {-4.0: True, -3.5: False, -5.0: True, 0.0: False, 1.0: False, -100.0: True}
    for threshold, expected in cases.items():  # starts score -5, -4, -10
        assert answer(student, "GCCT", pwm, threshold) is expected
    assert answer(student, "NNNN", pwm, 0.0) is True
    assert answer(student, "NNNN", pwm, 0.5) is False
    two = torch.tensor([[2.0, 0.0, 1.5, 0.0], [0.0, 3.0, 0.0, 2.5]])
    assert answer(student, "TTGTT", two, 4.0) is True
    assert answer(student, "TTGTT", two, 4.25) is False
