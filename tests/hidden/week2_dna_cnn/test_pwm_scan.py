"""pwm_scan(onehot, pwm): (L, 4), (k, 4) -> (L - k + 1,), the PWM's score at every start."""

import torch
from week2_dna_cnn.helpers import normal, one_hot, scan

from autograder.testing import expect, points, remote


@points(1, form=True)
def test_shape(student):
    """Return one score per start at which the PWM still fits: L - k + 1 of them, in one dimension.
    A PWM as long as the sequence fits once, so the result has shape (1,)."""
    for length, k in ((9, 3), (5, 5), (6, 1), (4, 4), (12, 11)):
        scores = student.pwm_scan(normal(length, length, 4), normal(k, k, 4))
        expect.array(scores, shape=(length - k + 1,))


@points(1)
def test_worked_case(student):
    """Lay the PWM on the sequence, row on row, at every start: each position adds the PWM's entry
    for the base that is there. The scores are sums, not means, and the PWM is not flipped."""
    pwm = torch.tensor([[1.0, 2.0, 3.0, 4.0], [10.0, 20.0, 30.0, 40.0]])
    scores = student.pwm_scan(one_hot("ACGTA"), pwm)
    expect.close(scores, [21.0, 32.0, 43.0, 14.0], rtol=1e-6)


@points(1)
def test_any_numbers(student):
    """The scores match the definition, the sum over the window of onehot times pwm, for PWMs of any
    width with entries of either sign. Use products, not a lookup of the base: rows of zeros (N) add
    nothing, and rows with fractions add their shares."""
    for seed, (length, k) in enumerate(((30, 4), (17, 7), (8, 8), (25, 1))):
        pwm = normal(40 + seed, k, 4)
        word = one_hot(("GATNTACAN" * 4)[:length])
        soft = torch.softmax(normal(50 + seed, length, 4), dim=1)
        for onehot in (word, soft):
            expect.close(student.pwm_scan(onehot, pwm), scan(onehot, pwm), rtol=1e-5, atol=1e-5)


@points(1)
def test_a_motif_at_either_end(student):
    """The PWM of a motif scores highest where the motif is, also at the first and at the last
    start. The sequence and the PWM stay unchanged."""
    motif = one_hot("GATAG")  # the same from both sides
    for word, place in (("GATAGAAAAA", 0), ("CCCCCGATAG", 5), ("CCGATAGAAC", 2)):
        held, pwm = remote.put(student, one_hot(word)), remote.put(student, motif)
        scores = expect.array(student.pwm_scan(held, pwm), shape=(6,))
        assert list(scores).index(max(scores)) == place
        expect.equal(remote.value(held), one_hot(word))
        expect.equal(remote.value(pwm), motif)
