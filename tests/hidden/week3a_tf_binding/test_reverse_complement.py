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
    """Perhaps one of two steps is missing: read the sequence from its end, and swap A with T
    and C with G. AACG becomes CGTT. In the order A, C, G, T, swapping means reversing the
    columns. N stays N, at the mirrored position."""
    a, c, g, t, n = [1.0, 0, 0, 0], [0, 1.0, 0, 0], [0, 0, 1.0, 0], [0, 0, 0, 1.0], [0.0] * 4
    cases = (([a, a, c, g], [c, g, t, t]), ([t, n, c], [g, n, a]), ([g], [c]))
    for sequence, expected in cases:
        found = student.reverse_complement(torch.tensor(sequence))
        expect.close(found, np.array(expected), rtol=0)


@points(1)
def test_batches_and_any_numbers(student):
    """Flip the last two axes only, whatever comes before them: (n, L, 4) or (a, b, L, 4). Perhaps
     a batch is flipped too, so the order of the sequences changes, or the code assumes
    zeros and ones. Any numbers should work (also a filter's weights), and the argument stays
    unchanged."""
    for shape in ((3, 5, 4), (1, 7, 4), (2, 3, 6, 4), (4, 4, 4), (9, 4)):
        x = torch.randn(shape, generator=torch.Generator().manual_seed(sum(shape)))
        held = remote.put(student, x)
        expect.close(student.reverse_complement(held), flipped(x.numpy()), rtol=0)
        expect.equal(remote.value(held), x)
