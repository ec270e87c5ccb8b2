"""reverse_complement(onehot): (..., L, 4) -> (..., L, 4), in the order ACGT."""

import itertools

import numpy as np
import torch

from autograder.testing import expect, points, remote


def flipped(x):
    """The definition, number by number: A and T, C and G trade columns, the last comes first."""
    result = np.empty_like(x)
    length = x.shape[-2]
    for place in itertools.product(*map(range, x.shape)):
        *batch, position, base = place
        result[place] = x[(*batch, length - 1 - position, 3 - base)]
    return result


@points(1)
def test_one_sequence(student):
    """For one sequence (L, 4): read it from its end, and swap A with T and C with G. Both, not one
    of them. Check on paper what AACG becomes; N stays N, at its mirrored place."""
    a, c, g, t, n = [1.0, 0, 0, 0], [0, 1.0, 0, 0], [0, 0, 1.0, 0], [0, 0, 0, 1.0], [0.0] * 4
    cases = (([a, a, c, g], [c, g, t, t]), ([t, n, c], [g, n, a]), ([g], [c]))
    for sequence, expected in cases:
        found = student.reverse_complement(torch.tensor(sequence))
        expect.close(found, np.array(expected), rtol=0)


@points(1)
def test_batches_and_any_numbers(student):
    """It works on the last two axes whatever comes before them, (n, L, 4) or (a, b, L, 4), keeps
    the order of the sequences in the batch, takes any numbers (a filter's weights, too), and leaves
    its argument unchanged."""
    for shape in ((3, 5, 4), (1, 7, 4), (2, 3, 6, 4), (4, 4, 4), (9, 4)):
        x = torch.randn(shape, generator=torch.Generator().manual_seed(sum(shape)))
        held = remote.put(student, x)
        expect.close(student.reverse_complement(held), flipped(x.numpy()), rtol=0)
        expect.equal(remote.value(held), x)
