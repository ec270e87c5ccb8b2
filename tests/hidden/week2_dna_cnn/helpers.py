"""What several of week 2's hidden tests share: DNA and its scores, by definition."""

import itertools

import numpy as np
import torch

BASE_SCORES = {"A": 20.0, "C": 17.0, "G": 14.0, "T": 11.0}
MOTIFS = {"TAT": 10.0, "GCG": -10.0}


def one_hot(word, order="ACGT"):
    """float32 (L, 4); a base that is not in the order is a row of zeros."""
    return torch.tensor([[float(base == column) for column in order] for base in word])


def score(word):
    mean = sum(BASE_SCORES[base] for base in word) / len(word)
    return mean + sum(bonus for motif, bonus in MOTIFS.items() if word.find(motif) >= 0)


def words_of(length):
    """Every DNA word of a length, in alphabetical order."""
    return ["".join(letters) for letters in itertools.product("ACGT", repeat=length)]


def word_table(length):
    """(one-hot (4**L, L, 4) uint8, scores (4**L, 1) float64) of every DNA word of a length."""
    codes = np.indices((4,) * length).reshape(length, -1).T  # in alphabetical order
    scores = np.array([BASE_SCORES[base] for base in "ACGT"])[codes].mean(axis=1)
    for motif, bonus in MOTIFS.items():
        places = np.lib.stride_tricks.sliding_window_view(codes, len(motif), axis=1)
        is_motif = (places == ["ACGT".index(base) for base in motif]).all(axis=2)
        scores += bonus * is_motif.any(axis=1)
    return torch.from_numpy(np.eye(4, dtype=np.uint8)[codes]), torch.from_numpy(scores)[:, None]


def random_words(seed, lengths):
    """A word of each length, rich in TAT and GCG."""
    rng = np.random.default_rng(seed)
    parts = ["A", "C", "G", "T", "TA", "GC", "TAT", "GCG", "TATAT"]
    return ["".join(rng.choice(parts, size=length))[:length] for length in lengths]


def scan(onehot, pwm):
    """The definition: at every start the sum of products over k positions and 4 bases, float64."""
    x, w = (np.asarray(t, dtype=np.float64) for t in (onehot, pwm))
    starts = range(len(x) - len(w) + 1)
    return np.array(
        [sum(x[s + j, b] * w[j, b] for j in range(len(w)) for b in range(4)) for s in starts]
    )


def normal(seed, *shape):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def uniform(seed, *shape):
    return torch.rand(shape, generator=torch.Generator().manual_seed(seed))
