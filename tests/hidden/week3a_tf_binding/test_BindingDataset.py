"""class BindingDataset(onehots, scores): a torch Dataset of (L, 4), (L,) pairs."""

import numpy as np
import torch
from week3a_tf_binding.helpers import one_hot, random_sequences

from autograder.testing import expect, points, remote

LOOK = """
import torch

def items(dataset):
    if not isinstance(dataset, torch.utils.data.Dataset):
        raise TypeError("not a torch.utils.data.Dataset")
    return [tuple(dataset[i]) for i in range(len(dataset))]

def batches(dataset, batch_size, seed):
    generator = torch.Generator().manual_seed(seed)
    loader = torch.utils.data.DataLoader(dataset, batch_size, shuffle=True, generator=generator)
    return [tuple(batch) for batch in loader]
"""


def data(n, length, seed):
    """Windows that differ, and a score for each position that tells which window it is of."""
    scores = torch.randn(n, length, generator=torch.Generator().manual_seed(seed))
    return one_hot(random_sequences(n, length, seed)), scores


@points(1)
def test_items(student):
    """len(dataset) is the number of windows, and dataset[i] is the pair of window i: a sequence
    (L, 4) and its scores (L,), unchanged, for any L. Return both, in this order, without a
    batch axis. N stays a row of zeros, and a window without a site is still a window. The class
    must derive from Dataset."""
    for n, length in ((5, 7), (1, 12)):
        onehots, scores = data(n, length, seed=n)
        onehots[0, 2:4], scores[n // 2] = 0.0, 0.0
        items = remote.define(student, LOOK, "items")(student.BindingDataset(onehots, scores))
        assert len(items) == n
        for i, item in enumerate(items):
            assert len(item) == 2, "not a pair"
            expect.close(item[0], onehots[i], rtol=0)
            expect.close(item[1], scores[i], rtol=0)


@points(1)
def test_in_a_data_loader(student):
    """A DataLoader should make float32 batches (b, L, 4) and (b, L) from the dataset. When it
    shuffles, each window comes once per epoch, together with its own scores. If the types are
    wrong, convert to float32 in __init__."""
    onehots, scores = data(7, 9, seed=241)
    dataset = student.BindingDataset(onehots, scores)
    for seed in (1, 2):
        met = []
        batches = remote.define(student, LOOK, "batches")(dataset, 3, seed)
        for size, batch in zip((3, 3, 1), batches, strict=True):
            assert len(batch) == 2, "not a pair"
            x, y = expect.array(batch[0], (size, 9, 4)), expect.array(batch[1], (size, 9))
            assert x.dtype == y.dtype == np.float32
            for sequence, row in zip(x, y, strict=True):
                window = np.flatnonzero((scores.numpy() == row).all(axis=1))
                assert len(window) == 1, "scores of no window"
                expect.close(sequence, onehots[window[0]], rtol=0)
                met.append(int(window[0]))
        assert sorted(met) == list(range(7))
