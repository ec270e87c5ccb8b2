"""What several of this week's hidden tests use."""

import numpy as np
import torch

from autograder.testing import Raised

BASES = "ACGT"


def value_error(call, *arguments):
    """The message of the ValueError that the call must end in, and the lines it passed through."""
    try:
        call(*arguments)
    except Raised as error:
        if "ValueError" not in error.types:
            raise
        return str(error)
    raise AssertionError("no ValueError")


def random_sequences(n, length, seed, letters=BASES):
    rng = np.random.default_rng(seed)
    return ["".join(rng.choice(list(letters), length)) for _ in range(n)]


def one_hot(sequences):
    """(n, L, 4) float32, letter by letter."""
    rows = [[[float(s == b) for b in BASES] for s in sequence.upper()] for sequence in sequences]
    return torch.tensor(rows, dtype=torch.float32)
