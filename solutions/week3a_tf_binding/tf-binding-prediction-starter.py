# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Week 3a. Predicting where a transcription factor binds
#
# GENE 46100, Deep Learning in Genomics. Unit 0: why deep learning for genomics?
#
# A transcription factor finds its sites in a genome of billions of bases. How much of that can be
# read from the sequence alone? This week you build a network that gets 300 bases and says, for
# *each* of them, whether a site of the factor covers it and how good that site is.
#
# * **Part 1. Data.** You load windows of DNA and their scores, encode both strands, and split by
#   chromosome, so that the test is honest.
# * **Part 2. Network.** You meet an architecture that looks sensible and fails, find out why, and
#   train one that works. The difference is not its size.
# * **Part 3. Use.** You look inside, hand your model over as a program that runs without the
#   notebook, and (as a bonus) ask it what every possible mutation would do.
#
# **How to work.** As before: read from top to bottom, write your code where it says
# `YOUR CODE HERE`, and delete the line that raises `NotImplementedError`. The checks are there to
# help you; they do not test everything, so read the docstring too. Cells that use a function you
# have not written yet will fail, and that is expected. Before you hand in, restart the kernel and
# run all cells.

# %%
#| setup
# This cell starts every notebook of the course: on a laptop, in Colab and in the grader.
import sys
from pathlib import Path
from urllib.request import urlopen

import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

if "google.colab" in sys.modules:  # Colab lacks two packages
    # %pip install -q logomaker wandb
    print("To use a GPU, choose Runtime > Change runtime type, then run all cells again.")


def fetch_data(address, files):
    """Fetch the files that are missing here from the course's repository."""
    for file in map(Path, files):
        if file.exists():
            continue
        try:
            with urlopen(f"{address}/{file.as_posix()}", timeout=60) as response:
                content = response.read()
        except Exception as error:
            reason = error if address else "this course has no address for it"
            raise FileNotFoundError(
                f"{file} is missing and cannot be fetched ({reason}): put the week's folder "
                f"'{file.parts[0]}' next to this notebook, and run this cell again"
            ) from None
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


fetch_data("", [])  # `autograder build` writes the week's address and files
device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
print(f"Python {sys.version.split()[0]}, PyTorch {torch.__version__}, device: {device}")

# %% tags=["parameters"]
seed = 0  # every random number of this notebook follows from it
epochs = 8  # passes over the training data when you train your own model
data_folder = "data"  # where the files of windows and scores are

# %%
# What this notebook needs on top. If logomaker is missing: pip install logomaker
import copy
import gzip
import inspect
import linecache
import subprocess
import tempfile
from collections import Counter
from itertools import pairwise
from pathlib import Path

import logomaker
import pandas as pd
from torch.utils.data import DataLoader, Dataset

# The look of the figures. The colours can be told apart by colour-blind readers
# (Okabe and Ito's palette).
BLUE, ORANGE, GREEN, GREY = "#0072B2", "#D55E00", "#009E73", "#8C8C8C"
YELLOW = "#E69F00"
plt.rcParams.update({
    "figure.dpi": 150,
    "figure.figsize": (6, 3.5),
    "figure.constrained_layout.use": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
})

# %% [markdown]
# # Part 1. Data
#
# ## 1.1 Windows and scores
#
# The factor is **CTCF**, which binds DNA with a row of zinc fingers and has a large part in how
# genomes are folded and insulated (Phillips and Corces, 2009). The data come as two files for each
# chromosome, both tab-separated and gzipped:
#
# * `chrN_sequences.txt.gz` has a row for each window: its `window_name`, such as `chr1_5000_5300`
#   (chromosome, start, end), and its `sequence` of 300 bases.
# * `chrN_scores.txt.gz` has a *column* for each window, with the window's name at its top, and
#   below it 300 rows, one for each position. A position that is covered by a site has the score of
#   that site, all other positions have 0.
#
# Know your data: these are **simulated**. Artificial background sequence was planted with sites
# drawn from a measured motif (JASPAR MA0139.2; Rauluseviciute et al., 2024). Then both strands were
# scanned with the motif, and each site above a threshold gave its score, a log-odds in bits, to the
# positions it covers. So the truth is known here, and the DNA alone determines it. `README.md` in
# the data folder has the details. Here is how the two files of chromosome 22 begin.

# %%
for kind in ("sequences", "scores"):
    print(f"chr22_{kind}.txt.gz")
    with gzip.open(Path(data_folder) / f"chr22_{kind}.txt.gz", "rt") as file:
        for _ in range(3):
            line = file.readline().rstrip("\n").replace("\t", "  ")
            print("   ", line[:76] + " ..." * (len(line) > 76))

# %% [markdown]
# The columns of the second file are **not** in the order of the rows of the first. That is common:
# files are made by different programs. If you matched them by position, nothing would complain,
# the training would run, and your model would learn from the wrong answers. So match by *name*, and
# stop with an error when a name is missing. (`pd.read_csv` reads gzipped files as they are.)

# %%
#| exercise: load_windows
def load_windows(sequences_path, scores_path):
    """Read the windows of one pair of files and match them by name.

    sequences_path: a gzipped, tab-separated file, columns window_name and sequence, a row a window.
    scores_path: the same, but a column a window (its name on top) and a row a position.
    Returns (names, sequences, scores), all in the order of the sequences file: a list of n str, a
    list of n str (as they are in the file), and a float32 array (n, 300), one window a row.
    Raises a ValueError whose message names a missing window if a window is in only one of the two
    files, whichever it is.
    """
    ### BEGIN SOLUTION
    windows = pd.read_csv(sequences_path, sep="\t", dtype=str, keep_default_na=False)
    table = pd.read_csv(scores_path, sep="\t")
    names, sequences = list(windows["window_name"]), list(windows["sequence"])
    in_one_file = set(names) ^ set(table.columns)
    if in_one_file:
        raise ValueError(f"these windows are in only one of the two files: {sorted(in_one_file)}")
    return names, sequences, table[names].to_numpy(dtype=np.float32).T
    ### END SOLUTION


# %%
#| check: load_windows
# By hand: two windows of three bases. The scores file has them the other way round.
with tempfile.TemporaryDirectory() as _folder:
    _paths = [Path(_folder) / "sequences.txt.gz", Path(_folder) / "scores.txt.gz"]

    def _write(*texts):
        for _path, _text in zip(_paths, texts, strict=True):
            with gzip.open(_path, "wt") as _file:
                _file.write(_text.replace(" ", "\t"))

    _write("window_name sequence\nchr2_5_8 ACG\nchr1_0_3 TTN\n",
           "chr1_0_3 chr2_5_8\n0 1.5\n0 2.5\n7 0\n")
    _names, _sequences, _scores = load_windows(*_paths)
    assert list(_names) == ["chr2_5_8", "chr1_0_3"], (
        f"names should be in the order of the sequences file, got {_names}"
    )
    assert list(_sequences) == ["ACG", "TTN"], f"expected ['ACG', 'TTN'], got {_sequences}"
    assert tuple(_scores.shape) == (2, 3), (
        f"2 windows of 3 positions: shape (2, 3), got {tuple(_scores.shape)}. A window is a column "
        "in the file and a row in your array"
    )
    assert not np.allclose(_scores, [[0, 0, 7], [1.5, 2.5, 0]]), "match by name, not by position"
    assert np.allclose(_scores, [[1.5, 2.5, 0], [0, 0, 7]]), f"these scores are wrong: {_scores}"
    assert "float32" in str(_scores.dtype), f"scores should be float32, got {_scores.dtype}"
    for _columns, _lost in (("chr1_0_3 chr3_5_8", "_5_8"), ("chr1_0_3 chr2_5_8 chr3_0_3", "chr3")):
        _write("window_name sequence\nchr2_5_8 ACG\nchr1_0_3 TTN\n",
               _columns + "\n" + " ".join("0" * len(_columns.split())) + "\n")
        _said = None
        try:
            load_windows(*_paths)
        except ValueError as _error:
            _said = str(_error)
        assert _said is not None, f"no ValueError, although the scores file has {_columns}"
        assert _lost in _said, f"the error should name a missing window; it says: {_said}"
print("load_windows: looks right so far")

# %%
names, sequences, scores = [], [], []
for chromosome in ("chr1", "chr2", "chr21", "chr22"):
    pair = [Path(data_folder) / f"{chromosome}_{kind}.txt.gz" for kind in ("sequences", "scores")]
    new_names, new_sequences, new_scores = load_windows(*pair)
    names += new_names
    sequences += new_sequences
    scores.append(torch.as_tensor(new_scores))
scores = torch.cat(scores)

has_site = scores.amax(dim=1) > 0
print(f"{len(names)} windows, scores {tuple(scores.shape)}, {scores.dtype}")
print(f"{has_site.float().mean():.0%} of the windows have a site, "
      f"{(scores > 0).float().mean():.1%} of all positions are covered by one")
print(f"letters: {''.join(sorted(set().union(*sequences)))}")
print(f"windows with an N: {sum('N' in s for s in sequences)}, "
      f"with lower case: {sum(s != s.upper() for s in sequences)}")

# %% [markdown]
# Sequences from a genome have such letters too. N is a base that nobody knows; lower case marks
# repeats, and the base is the same. Always look at a few examples before you train on thousands.
# Here are three windows, with the letters of the best site in each. Where sites overlap, a position
# has the larger of their scores.

# %%
def runs(row):
    """(start, length, score) of each stretch of positions that share one score above 0."""
    row = np.asarray(row)
    edges = [0, *(np.flatnonzero(np.diff(row)) + 1).tolist(), len(row)]
    return [(a, b - a, float(row[a])) for a, b in pairwise(edges) if row[a] > 0]


shown = [next(i for i, row in enumerate(scores) if len(runs(row)) == n) for n in (1, 2, 3)]
fig, axes = plt.subplots(3, 1, figsize=(6, 4), sharex=True, sharey=True)
for ax, i in zip(axes, shown, strict=True):
    ax.fill_between(range(300), scores[i], color=BLUE, alpha=0.8, step="mid", lw=0)
    ax.set_title(names[i], fontsize=9, loc="left")
    start, length, score = max(runs(scores[i]), key=lambda run: run[2])
    print(f"{names[i]}: {sequences[i][start:start + length]} at {start}, score {score:.1f}")
axes[-1].set(xlabel="position in the window", xlim=(0, 300))
fig.supylabel("score of the site (bits)", fontsize=10)
plt.show()

# %% [markdown]
# ## 1.2 From letters to numbers
#
# As in week 2, each base becomes a row with a single 1, in the column order A, C, G, T, and N
# becomes a row of zeros: it votes for no base. This time the function takes a list of sequences and
# makes one tensor of shape $(n, L, 4)$.

# %%
BASES = "ACGT"

# %%
#| exercise: one_hot_batch
def one_hot_batch(sequences):
    """One-hot encode sequences of one length.

    sequences: a list of n strings of length L; letters A, C, G, T and N, upper or lower case.
    Returns a float32 tensor (n, L, 4), columns in the order ACGT; an N is a row of zeros.
    Raises a ValueError if the sequences differ in length.
    """
    ### BEGIN SOLUTION
    if len({len(sequence) for sequence in sequences}) > 1:
        raise ValueError("the sequences have different lengths")
    rows = np.zeros((256, 4), dtype=np.float32)  # one for each character there is
    for column, base in enumerate("ACGT"):
        rows[[ord(base), ord(base.lower())], column] = 1
    codes = np.array([list(sequence.encode()) for sequence in sequences])
    return torch.from_numpy(rows[codes])
    ### END SOLUTION


# %%
#| check: one_hot_batch
# By hand: A is 1000, C 0100, G 0010, T 0001, N 0000
_out = one_hot_batch(["ACn", "gTT"])
assert torch.is_tensor(_out) and _out.dtype == torch.float32, "return a float32 tensor"
assert tuple(_out.shape) == (2, 3, 4), (
    f"2 sequences of 3 bases: shape (2, 3, 4), got {tuple(_out.shape)}"
)
assert not _out[0, 2].any(), f"N is a row of zeros, also in lower case; got {_out[0, 2].tolist()}"
assert _out[1, 0].tolist() == [0, 0, 1, 0], f"g is a G: 0010, got {_out[1, 0].tolist()}"
assert _out.argmax(2)[:, :2].tolist() == [[0, 1], [2, 3]], "the order of the columns is ACGT"
assert _out.sum(2).tolist() == [[1, 1, 0], [1, 1, 1]], "every base is a single 1"
try:
    one_hot_batch(["ACG", "AC"])
except ValueError:
    pass
else:
    raise AssertionError("sequences of 3 and 2 bases should raise a ValueError")
print("one_hot_batch: looks right so far")

# %%
onehots = one_hot_batch(sequences)
print("onehots:", tuple(onehots.shape), onehots.dtype)

# %% [markdown]
# ## 1.3 The other strand
#
# DNA has two strands, and a file shows one of them. The other has the complement at each position
# (A faces T, C faces G) and is read in the opposite direction: `AACG` on one strand is `CGTT` on
# the other. A factor reads both, so a site may be written in either way.
#
# With the order A, C, G, T, complement and reversal are each a very simple operation on a one-hot
# tensor. Look at the columns: which two trade places?

# %%
#| exercise: reverse_complement
def reverse_complement(onehot):
    """The other strand, read in its own direction.

    onehot: tensor (..., L, 4), any number of dimensions in front, columns in the order ACGT. The
    values may be any floats: you will also turn sums and frequencies round.
    Returns a tensor of the same shape; the argument is left as it is.
    """
    ### BEGIN SOLUTION
    return onehot.flip(-2, -1)
    ### END SOLUTION


# %%
#| check: reverse_complement
# By hand: the complement of A, A, C is T, T, G; read backwards G, T, T
_x = torch.tensor([[1.0, 0, 0, 0], [1.0, 0, 0, 0], [0, 1.0, 0, 0]])
_out = reverse_complement(_x)
assert tuple(_out.shape) == (3, 4), f"the shape stays (3, 4), got {tuple(_out.shape)}"
_text = "".join("ACGT"[i] for i in _out.argmax(1).tolist())
assert _text != "TTG", "this is the complement, still to be read backwards"
assert _text != "CAA", "this is the sequence backwards, still to be complemented"
assert _text == "GTT", f"AAC becomes GTT, got {_text}"
_x = torch.arange(24.0).reshape(2, 3, 4)
_out = reverse_complement(_x)
assert _out[0].tolist() == [[11, 10, 9, 8], [7, 6, 5, 4], [3, 2, 1, 0]], (
    "in a batch, each sequence is turned by itself: are positions the axis before the last?"
)
print("reverse_complement: looks right so far")

# %% [markdown]
# ## 1.4 An honest split
#
# A test tells how a model does on sequence that it has *not* seen. In genomes that is harder to
# arrange than it sounds. Windows that overlap share bases, and neighbours share repeats, so a
# random split puts almost the same sequence on both sides, and the model is asked what it has been
# told. This is one of several ways to fool oneself (Whalen et al., 2022). The usual answer is to
# hold out **whole chromosomes**. It takes care with names, though: `chr22` begins with `chr2`.

# %%
#| exercise: split_by_chromosome
def split_by_chromosome(names, held_out):
    """Split windows into those of held-out chromosomes and the rest.

    names: a list of names such as "chr21_5000_5300". held_out: a list of chromosomes, ["chr21"].
    Returns (train, test), two lists of int: the indices into names of the windows that are on
    none of the held-out chromosomes, and of those that are, each in increasing order.
    """
    ### BEGIN SOLUTION
    chromosomes = [name.rsplit("_", 2)[0] for name in names]
    train = [i for i, chromosome in enumerate(chromosomes) if chromosome not in held_out]
    test = [i for i, chromosome in enumerate(chromosomes) if chromosome in held_out]
    return train, test
    ### END SOLUTION


# %%
#| check: split_by_chromosome
_names = ["chr22_0_9", "chr2_0_9", "chr1_5_14", "chr22_9_18", "chr21_0_9"]
_train, _test = (list(map(int, part)) for part in split_by_chromosome(_names, ["chr2"]))
assert _test != [0, 1, 3, 4], "chr22 and chr21 are not chr2: compare the whole name"
assert _test == [1], f"of chr2 there is only window 1, got {_test}"
assert _train == [0, 2, 3, 4], f"the other windows are 0, 2, 3, 4, got {_train}"
_train, _test = (list(map(int, part)) for part in split_by_chromosome(_names, ["chr1", "chr22"]))
assert (_train, _test) == ([1, 4], [0, 2, 3]), f"expected [1, 4], [0, 2, 3], got {_train}, {_test}"
print("split_by_chromosome: looks right so far")

# %% [markdown]
# We use it twice. Chromosome 22 is the **test**: it says how good the model is, at the end. Of the
# rest, chromosome 21 is the **validation**: it is looked at after each epoch, to decide when to
# stop. Only chromosomes 1 and 2 set the weights. (The grader has yet another chromosome.)

# %%
rest, test = split_by_chromosome(names, ["chr22"])
train, val = split_by_chromosome([names[i] for i in rest], ["chr21"])
train, val = [rest[i] for i in train], [rest[i] for i in val]

train_x, train_y = onehots[train], scores[train]
val_x, val_y = onehots[val], scores[val]
test_x, test_y = onehots[test], scores[test]
for name, part in (("train", train), ("validation", val), ("test", test)):
    places = sorted({names[i].split("_")[0] for i in part})
    print(f"{name:10s} {len(part):5d} windows of {', '.join(places)}")

# %% [markdown]
# ## 1.5 What do the sites have in common?
#
# Before training a network, look with simpler means, and only at the training windows. A stretch of
# one constant score is a site, unless it overlaps another. How long are these stretches?

# %%
lengths = Counter(length for row in train_y for _, length, _ in runs(row))
width = lengths.most_common(1)[0][0]
print("length of a stretch, how often:", lengths.most_common(3))

site_onehots = torch.stack([
    x[start : start + width] for x, row in zip(train_x, train_y, strict=True)
    for start, length, _ in runs(row) if length == width
])
print(f"{len(site_onehots)} sites of {width} bases, "
      f"about {len(site_onehots) / (301 - width):.1f} for each place where one can begin")

# %% [markdown]
# Nearly all have one length, which is the width of the motif; the others are left over where sites
# overlap. The left logo stacks the sites as
# they stand in the file. (As in week 2, the height of a position is its information content in
# bits; Schneider and Stephens, 1990.) For the right one, each site may be turned to its other
# strand if it then looks more like the rest, for a few rounds.

# %%
LOGO_COLOURS = {"A": GREEN, "C": BLUE, "G": YELLOW, "T": ORANGE}


def draw_logo(ax, frequencies, title):
    """Draw the logo of base frequencies (k, 4), rows that add up to one, on a matplotlib axis."""
    p = frequencies.cpu().numpy()
    bits = 2 + (p * np.log2(np.clip(p, 1e-9, 1))).sum(1, keepdims=True)
    heights = pd.DataFrame(p * bits.clip(0), columns=list(BASES))
    logomaker.Logo(heights, ax=ax, color_scheme=LOGO_COLOURS)
    ax.set(ylim=(0, 2), yticks=[0, 1, 2], xticks=range(0, len(p), 2))
    ax.set_title(title, fontsize=9)


turned, other_strand = site_onehots.clone(), reverse_complement(site_onehots)
consensus = site_onehots[0]
for _ in range(5):
    better = (other_strand * consensus).sum((1, 2)) > (site_onehots * consensus).sum((1, 2))
    turned = torch.where(better[:, None, None], other_strand, site_onehots)
    consensus = turned.mean(0)

fig, axes = plt.subplots(1, 2, figsize=(7, 2.2), sharey=True)
draw_logo(axes[0], site_onehots.mean(0), "sites as they stand in the file")
draw_logo(axes[1], turned.mean(0), "sites turned to one strand")
axes[0].set_ylabel("bits")
fig.supxlabel("place in the site", fontsize=10)
plt.show()
print(f"{better.float().mean():.0%} of the sites were turned")

# %% [markdown]
# Half of the sites stand on each strand, and stacking them blindly blurs the motif. A network that
# learned one direction only would miss half of the sites.
#
# ## 1.6 Batches
#
# PyTorch wants the data as a `Dataset`, which knows how many examples there are and gives out
# example $i$. A `DataLoader` draws batches from it.

# %%
#| exercise: BindingDataset
class BindingDataset(Dataset):
    """Pairs of a one-hot sequence and its scores.

    len(dataset) is the number of windows n. dataset[i] is the pair (x, y) of window i: float32
    tensors of shape (L, 4) and (L,).
    """

    def __init__(self, onehots, scores):
        """onehots: tensor or array (n, L, 4). scores: tensor or array (n, L)."""
        ### BEGIN SOLUTION
        self.onehots = torch.as_tensor(onehots, dtype=torch.float32)
        self.scores = torch.as_tensor(scores, dtype=torch.float32)
        ### END SOLUTION

    def __len__(self):
        ### BEGIN SOLUTION
        return len(self.onehots)
        ### END SOLUTION

    def __getitem__(self, i):
        ### BEGIN SOLUTION
        return self.onehots[i], self.scores[i]
        ### END SOLUTION


# %%
#| check: BindingDataset
_x, _y = torch.arange(24.0).reshape(2, 3, 4), torch.tensor([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]])
_data = BindingDataset(_x, _y)
assert len(_data) == 2, f"two windows, so len should be 2, got {len(_data)}"
_item = _data[1]
assert len(_item) == 2, "an item is the pair (sequence, scores)"
assert tuple(_item[0].shape) == (3, 4), f"a sequence is (3, 4) here, got {tuple(_item[0].shape)}"
assert tuple(_item[1].shape) == (3,), f"its scores are (3,) here, got {tuple(_item[1].shape)}"
assert torch.equal(_item[0], _x[1]) and torch.equal(_item[1], _y[1]), "item 1 is not window 1"
_batch = next(iter(DataLoader(BindingDataset(_x.double().numpy(), _y.numpy()), batch_size=2)))
assert _batch[0].dtype == _batch[1].dtype == torch.float32, "give out float32, whatever came in"
print("BindingDataset: looks right so far")

# %% [markdown]
# The training data get one addition. If a window is turned to its other strand, each site keeps its
# score, and the scores only stand in the opposite order. So each window gives two examples, and a
# network sees every site in both directions. Such **augmentation** costs nothing but time.

# %%
both_x = torch.cat([train_x, reverse_complement(train_x)])
both_y = torch.cat([train_y, train_y.flip(1)])

torch.manual_seed(seed)
train_dl = DataLoader(BindingDataset(both_x, both_y), batch_size=32, shuffle=True)
val_dl = DataLoader(BindingDataset(val_x, val_y), batch_size=100)
batch_x, batch_y = next(iter(train_dl))
print(f"{len(both_x)} training examples in {len(train_dl)} batches of "
      f"{tuple(batch_x.shape)} and {tuple(batch_y.shape)}")

# %% [markdown]
# # Part 2. Network
#
# ## 2.1 A first design
#
# In week 2 a network had to say one number for a sequence. Here it has to say 300, one for each
# position. The obvious step: keep the convolution, flatten what comes out, and let the last linear
# layer have 300 outputs instead of one.

# %%
class FlattenCNN(nn.Module):
    """One convolution, then a linear layer from everything to 300 scores."""

    def __init__(self, num_filters=8, kernel_size=15):
        super().__init__()
        self.motifs = nn.Conv1d(4, num_filters, kernel_size)
        self.readout = nn.Linear(num_filters * (300 - kernel_size + 1), 300)

    def forward(self, x):
        """x: (n, 300, 4). Returns (n, 300)."""
        found = self.motifs(x.transpose(1, 2)).clamp(min=0)  # Conv1d wants (n, 4, 300)
        return self.readout(found.flatten(start_dim=1))


print(f"{sum(p.numel() for p in FlattenCNN().parameters()):,} parameters")

# %% [markdown]
# Its convolution shares its filters among all positions, but the linear layer does not. It has one
# weight for each pair of a place where a filter may fire and a position whose score it predicts.
# What it learns from a site at position 50 tells it *nothing* about a site at position 51: that is
# other weights. From chromosomes 1 and 2, with both strands, it sees about nine sites that begin at
# each place, and has to learn each of 286 places by itself from so few.
#
# ## 2.2 What to ask for instead
#
# A site is a site wherever it lies. If we shift the sequence by $s$ bases, the scores should shift
# by $s$, and nothing else should change. With $T_s$ for such a shift, we want a function $f$ with
#
# $$f(T_s x) = T_s f(x) \quad\text{for every } s .$$
#
# This is **equivariance**. (*Invariance* would mean that the output stays the same; that suits the
# question "is there a site?", not "where?".) A convolution is equivariant, up to what happens at
# the ends: its output at position $i$ is one and the same function of the bases around $i$,
#
# $$a_i = b + \sum_{m=0}^{k-1} \sum_{j=1}^{4} X_{i + m - \lfloor (k-1)/2 \rfloor,\,j}\; W_{mj} .$$
#
# So is ReLU, applied to each number by itself. And a chain of equivariant functions is equivariant.
# So *stay convolutional to the end*: no flatten, no linear layer over positions, no pooling that
# forgets where.
#
# Three practical points.
#
# * **Length.** A convolution of width $k$ turns $L$ positions into $L - k + 1$, and we need 300.
#   `padding="same"` adds zeros at both ends, so that the output is as long as the input.
# * **Receptive field.** How much sequence can an output see? One convolution of width $k$ sees $k$
#   bases. Each further one of width $k'$ adds $k' - 1$. A position near the end of a site has to
#   know the *whole* site, and so has a position near its beginning: a position's score depends on
#   up to 14 bases to its left and 14 to its right, 29 in all. Does one convolution suffice? What
#   widths do?
# * **Channels.** A convolution of width 1 is a small linear layer applied at each position. It can
#   combine what several filters found, and turn the channels into a single score.
#
# The shape that comes out is `(n, 300)`. A layer with one output channel gives `(n, 1, 300)`.

# %%
#| exercise: TFBindingCNN
class TFBindingCNN(nn.Module):
    """From a sequence to a score for each of its positions.

    TFBindingCNN() takes no arguments. Any architecture will do.
    Everything that it needs, but for the imports, belongs into this cell: section 3.4 copies the
    cell into a program.
    """

    def __init__(self):
        """Create the layers and store them as attributes of self."""
        super().__init__()
        ### BEGIN SOLUTION
        self.layers = nn.Sequential(
            nn.Conv1d(4, 16, 15, padding="same"),  # motifs
            nn.ReLU(),
            nn.Conv1d(16, 16, 15, padding="same"),  # from where a motif is to what it covers
            nn.ReLU(),
            nn.Conv1d(16, 1, 1),  # one score for each position
        )
        ### END SOLUTION

    def forward(self, x):
        """x: float32 tensor (n, 300, 4). Returns a tensor (n, 300)."""
        ### BEGIN SOLUTION
        return self.layers(x.transpose(1, 2)).squeeze(1)
        ### END SOLUTION


# %%
#| check: TFBindingCNN
torch.manual_seed(0)
_model = TFBindingCNN()
_n = sum(p.numel() for p in _model.parameters())
assert _n > 0, "PyTorch finds no parameters: store the layers as attributes of self"
_x = torch.eye(4)[torch.randint(4, (5, 300))]
_out = _model(_x)
assert tuple(_out.shape) == (5, 300), (
    f"5 windows in, shape (5, 300) out; got {tuple(_out.shape)}. Is the input transposed for "
    "Conv1d, does the padding keep the length, is the channel axis gone at the end?"
)
_model.eval()
assert tuple(_model(_x[:1]).shape) == (1, 300), "a single window should give (1, 300)"
assert torch.allclose(_model(_x)[2:3], _model(_x[2:3]), atol=1e-4), (
    "a window's prediction depends on the other windows of its batch"
)
_model(_x).square().sum().backward()
for _name, _p in _model.named_parameters():
    assert _p.grad is not None, f"{_name} plays no part in the output: is it used in forward?"
print(f"TFBindingCNN: looks right so far ({_n:,} parameters)")

# %% [markdown]
# ## 2.3 Training, and when to stop
#
# The loop is week 2's, with one addition. With enough epochs a model begins to learn the training
# windows by heart: the training loss goes on falling, but the validation loss turns and rises. So
# we note the validation loss after each epoch and end with the weights of the **best epoch**, not
# the last.
#
# A trap: `model.state_dict()` does not hold copies. Its tensors *are* the parameters, and the next
# step of the optimizer changes them. Keep a real copy (`copy.deepcopy`).

# %%
#| exercise: fit
def fit(model, train_dl, val_dl, optimizer, loss_fn, device, epochs):
    """Train a model in batches and keep its best epoch.

    model: nn.Module, already on device. train_dl, val_dl: DataLoaders of pairs (x, y), on the CPU.
    optimizer: holds the model's parameters. loss_fn(prediction, target): the mean over a batch.

    Each epoch first trains: training mode, one optimizer step a batch. Then it measures the loss on
    val_dl: evaluation mode, no gradients, no change of the model. At the end the model has the
    state dict of the epoch with the lowest validation loss (of the first of them, in a tie).
    Returns (train_losses, val_losses), lists of `epochs` floats: the mean loss of an example. The
    last batch may be smaller, so weigh each batch by its size. The training loss of an epoch is
    that of its batches as they were met, before each step.
    """
    ### BEGIN SOLUTION
    train_losses, val_losses = [], []
    best_loss, best_state = float("inf"), None
    for _ in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_dl:
            x, y = x.to(device), y.to(device)
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total, count = total + loss.item() * len(x), count + len(x)
        train_losses.append(total / count)

        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in val_dl:
                x, y = x.to(device), y.to(device)
                total, count = total + loss_fn(model(x), y).item() * len(x), count + len(x)
        val_losses.append(total / count)
        if val_losses[-1] < best_loss:
            best_loss, best_state = val_losses[-1], copy.deepcopy(model.state_dict())
    if best_state is not None:
        model.load_state_dict(best_state)
    return train_losses, val_losses
    ### END SOLUTION


# %%
#| check: fit
# By hand: the model is w*x and starts at w = 0; the rate is 1/8. Three training examples, all with
# x = 1, y = 2, come in batches of 2 and 1; the validation example is x = 1, y = 1. A batch's loss
# is (w - 2)^2, and a step takes w a quarter of the way to 2.
#   epoch 1: losses 4 (w = 0) and 2.25 (w = 0.5), so (2*4 + 2.25) / 3 = 3.4167.
#            Then w = 0.875, and the validation loss is (0.875 - 1)^2 = 0.015625
#   epoch 2: losses 1.265625 and 0.711914, together 1.081055.
#            Then w = 1.367188, and the validation loss is 0.134827: epoch 1 was better
_seen = []


class _Line(nn.Linear):
    def forward(self, x):
        _seen.append((self.training, torch.is_grad_enabled()))
        return super().forward(x)


_model = _Line(1, 1, bias=False).to(device)
nn.init.zeros_(_model.weight)
_pairs = [(torch.ones(1), torch.full((1,), 2.0))] * 3
_sgd = torch.optim.SGD(_model.parameters(), lr=1 / 8)
_out = fit(_model, DataLoader(_pairs, batch_size=2), DataLoader([(torch.ones(1), torch.ones(1))]),
           _sgd, nn.MSELoss(), device, 2)
assert len(_out) == 2 and all(len(_losses) == 2 for _losses in _out), (
    "return two lists, (train_losses, val_losses), with a number for each epoch"
)
assert not np.isclose(_out[0][0], 3.125), "the last batch is smaller: weigh batches by their size"
assert not np.isclose(_out[0][0], 2.25), "this is the loss of the last batch, not of the epoch"
assert np.allclose(_out[0], [3.416667, 1.081055], atol=1e-5), (
    f"expected training losses 3.4167 and 1.0811 (worked above), got {_out[0]}"
)
assert np.allclose(_out[1], [0.015625, 0.134827], atol=1e-5), (
    f"expected validation losses 0.015625 and 0.134827 (worked above), got {_out[1]}"
)
assert _seen[:2] == [(True, True)] * 2 == _seen[3:5], (
    "train in training mode: call model.train() in every epoch, since validation changes the mode"
)
assert not _seen[2][0], "validate in evaluation mode: model.eval()"
assert not _seen[2][1], "validation needs no gradients: torch.no_grad()"
assert not np.isclose(_model.weight.item(), 1.367188), (
    "the model has the weights of the last epoch, not of the best: is the stored state a copy?"
)
assert np.isclose(_model.weight.item(), 0.875), f"w should be 0.875, is {_model.weight.item()}"
print("fit: looks right so far")

# %% [markdown]
# Now train the first design, twice: with plain gradient descent, and with Adam. The loss is the
# mean squared error over all positions. The dotted line is the loss of always saying the mean.

# %%
def plot_losses(ax, losses, colour, label):
    """Training loss dashed, validation loss solid, the best epoch marked."""
    count = range(1, len(losses[0]) + 1)
    ax.plot(count, losses[0], "--", color=colour, lw=1)
    ax.plot(count, losses[1], color=colour, label=label)
    best = int(np.argmin(losses[1]))
    ax.plot(best + 1, losses[1][best], "o", color=colour, ms=5)


nets = {}
fig, ax = plt.subplots()
for label, make_optimizer, rate, colour in (
    ("flatten, SGD", torch.optim.SGD, 0.01, ORANGE),
    ("flatten, Adam", torch.optim.Adam, 0.001, GREEN),
):
    torch.manual_seed(seed)
    nets[label] = FlattenCNN().to(device)
    step_rule = make_optimizer(nets[label].parameters(), lr=rate)
    curves = fit(nets[label], train_dl, val_dl, step_rule, nn.MSELoss(), device, 6)
    plot_losses(ax, curves, colour, label)
    print(f"{label}: last training loss {curves[0][-1]:.1f}, best validation loss "
          f"{min(curves[1]):.1f}")
ax.axhline(val_y.var(correction=0).item(), color=GREY, lw=1, ls=":", label="the mean")
ax.set(xlabel="epoch", ylabel="mean squared error", ylim=(0, None),
       title="dashed: training, solid: validation, dot: best epoch")
ax.title.set_fontsize(9)
ax.legend(loc="lower left")
plt.show()

# %% [markdown]
# With SGD at this rate almost nothing happens. Adam brings the training loss down, but the
# validation loss follows less and less: the network learns the training windows by heart, and
# carries over little of what it learned. This is *overfitting*. With more epochs the gap widens.
#
# ## 2.4 How good is a prediction?
#
# The loss depends on units and on how rare sites are. To compare models, we ask how well the shape
# of the predicted scores follows that of the true ones along a window, with **Pearson's
# correlation**, for each window by itself:
#
# $$r = \frac{\sum_i (p_i - \bar p)(o_i - \bar o)}
#        {\sqrt{\sum_i (p_i - \bar p)^2}\;\sqrt{\sum_i (o_i - \bar o)^2}} .$$
#
# Where the prediction or the observation is constant, this is 0 divided by 0. We say 0 then: a flat
# line tells nothing about where a site is. Take care with how you recognize "constant": the mean of
# 300 times 0.1 is not quite 0.1 on a computer, so the differences from it are tiny but not 0.

# %%
#| exercise: pearson_per_sequence
def pearson_per_sequence(pred, obs):
    """Pearson's correlation of each row of pred with the same row of obs.

    pred, obs: arrays or tensors (n, L), of any float type and on any device.
    Returns an array (n,). It is 0 where the row of pred, or that of obs, is constant (all its
    values are equal, whatever value that is); never nan.
    """
    ### BEGIN SOLUTION
    pred = torch.as_tensor(pred).detach().cpu().double().numpy()
    obs = torch.as_tensor(obs).detach().cpu().double().numpy()
    varied = (pred != pred[:, :1]).any(axis=1) & (obs != obs[:, :1]).any(axis=1)
    p = pred[varied] - pred[varied].mean(axis=1, keepdims=True)
    o = obs[varied] - obs[varied].mean(axis=1, keepdims=True)
    r = np.zeros(len(pred))
    r[varied] = (p * o).sum(axis=1) / np.sqrt((p**2).sum(axis=1) * (o**2).sum(axis=1))
    return r
    ### END SOLUTION


# %%
#| check: pearson_per_sequence
# By hand. Row 1: differences from the mean -1, 0, 1 and -4, 0, 4, so r = 8 / sqrt(2 * 32) = 1.
# Row 2: -1, 0, 1 and 1, -2, 1: the products -1, 0, 1 add up to 0. Row 3: turned, r = -1.
_pred = np.array([[1.0, 2.0, 3.0], [0.0, 1.0, 2.0], [3.0, 2.0, 1.0]])
_obs = np.array([[0.0, 4.0, 8.0], [3.0, 0.0, 3.0], [0.0, 4.0, 8.0]])
_out = np.asarray(pearson_per_sequence(_pred, _obs))
assert _out.shape == (3,), f"one number for each of the three rows, shape (3,); got {_out.shape}"
assert np.allclose(_out, [1, 0, -1]), f"expected [1, 0, -1] (worked above), got {_out}"
_flat = np.vstack([np.full(300, 0.1), np.zeros(300), np.arange(300.0)])
_out = np.asarray(pearson_per_sequence(_flat, _flat[::-1].copy()))
assert not np.isnan(_out).any(), "a constant row gives 0/0 = nan: say 0 instead"
assert np.allclose(_out, 0), f"where either row is constant, also at 0.1, r is 0; got {_out}"
_out = np.asarray(pearson_per_sequence(torch.tensor(_pred).float(), torch.tensor(_obs).float()))
assert np.allclose(_out, [1, 0, -1], atol=1e-6), f"tensors should work like arrays, got {_out}"
print("pearson_per_sequence: looks right so far")

# %% [markdown]
# On the test chromosome, in the windows that have a site (in the others the observation is
# constant), the two networks reach:

# %%
@torch.no_grad()
def predict_scores(net, x):
    """Predictions (n, L) of a model for sequences (n, L, 4): evaluation mode, result on the CPU."""
    was_training = net.training
    net.train(False)  # the same as eval()
    parts = [net(part.to(device)).cpu() for part in x.split(100)]
    net.train(was_training)
    return torch.cat(parts)


with_site = test_y.amax(dim=1) > 0
predicted = {label: predict_scores(net, test_x) for label, net in nets.items()}
correlations = {
    label: np.asarray(pearson_per_sequence(p, test_y))[with_site.numpy()]
    for label, p in predicted.items()
}
for label, r in correlations.items():
    print(f"{label}: mean r {r.mean():.2f} over {len(r)} windows with a site")

example = int(np.flatnonzero([len(runs(row)) == 2 for row in test_y])[0])
fig, ax = plt.subplots(figsize=(6, 2.8))
ax.fill_between(range(300), test_y[example], color=GREY, alpha=0.4, step="mid", lw=0, label="true")
for label, colour in (("flatten, SGD", ORANGE), ("flatten, Adam", GREEN)):
    ax.plot(predicted[label][example], color=colour, label=label)
ax.set(xlabel=f"position in {names[test[example]]}", ylabel="score (bits)", xlim=(0, 300))
ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3)
plt.show()

# %% [markdown]
# Another rate helps SGD (try 0.05), and more filters help Adam a little. But none of that changes
# what the architecture makes hard.
#
# ## 2.5 Your model
#
# Now train yours. The goal is a mean $r$ of at least **0.88** on the windows of chromosome 22 that
# have a site. The grader measures the same on a chromosome that you do not have, and gives points
# in three steps: at 0.40, 0.70 and 0.85. It should hold for other random seeds too, so leave
# yourself a margin.
#
# Choose the optimizer, its rate, and if need be the architecture (go back to its cell). Decide by
# the *validation* loss, not by the test: a test that has been used to choose is no longer one.
# Keep the training below half a minute or so.

# %%
#| exercise: held_out_accuracy
# Train a TFBindingCNN with your fit on train_dl and val_dl, and call it binding_model. It must be
# on device, like this: TFBindingCNN().to(device). Keep what fit returns as binding_losses.
# You may use epochs. Use nothing of test_x and test_y.
torch.manual_seed(seed)
### BEGIN SOLUTION
binding_model = TFBindingCNN().to(device)
optimizer = torch.optim.Adam(binding_model.parameters(), lr=0.005)
binding_losses = fit(binding_model, train_dl, val_dl, optimizer, nn.MSELoss(), device, epochs)
### END SOLUTION

# %%
#| check: held_out_accuracy
assert isinstance(binding_model, nn.Module), "binding_model should be the trained model itself"
binding_model.eval()
_rows = torch.as_tensor(test_y).amax(1) > 0
_obs = torch.as_tensor(test_y)[_rows].double().numpy()
_parts = test_x[_rows].split(100)
_out = torch.cat([binding_model(_part.to(device)).detach().cpu() for _part in _parts])
assert tuple(_out.shape) == _obs.shape, f"expected shape {_obs.shape}, got {tuple(_out.shape)}"
_out = _out.double().numpy()
_r = np.mean([np.corrcoef(_p, _o)[0, 1] if np.ptp(_p) else 0.0
              for _p, _o in zip(_out, _obs, strict=True)])
print(f"mean r on the test chromosome, windows with a site: {_r:.3f}")
assert _r >= 0.4, (
    f"mean r is {_r:.2f}: does the loss fall at all? If the checks of TFBindingCNN, fit or the "
    "data fail, repair those first"
)
assert _r >= 0.88, (
    f"mean r is {_r:.2f}, the goal is 0.88. Is your network convolutional to the end, does it see "
    "29 bases, has the validation loss stopped falling?"
)
print("held_out_accuracy: looks right so far")

# %%
nets["yours"] = binding_model
predicted["yours"] = predict_scores(binding_model, test_x)
found_r = pearson_per_sequence(predicted["yours"], test_y)
correlations["yours"] = np.asarray(found_r)[with_site.numpy()]

fig, axes = plt.subplots(1, 2, figsize=(7.5, 3.2))
plot_losses(axes[0], binding_losses, BLUE, "yours")
axes[0].set(xlabel="epoch", ylabel="mean squared error", yscale="log")
axes[0].set_title("dashed: training, solid: validation", fontsize=9)
bins = np.linspace(-0.2, 1, 37)
for label, colour in (("flatten, SGD", ORANGE), ("flatten, Adam", GREEN), ("yours", BLUE)):
    axes[1].hist(correlations[label], bins=bins, color=colour, histtype="step", lw=1.5)
    average = correlations[label].mean()
    axes[1].plot([], [], color=colour, label=f"{label}: {average:.2f}")
axes[1].set(xlabel="r of a window", ylabel="windows of chr22")
axes[1].legend(loc="upper center", title="mean r", fontsize=8, title_fontsize=8)
plt.show()

for label, net in nets.items():
    size = sum(p.numel() for p in net.parameters())
    print(f"{label:14s} {size:8,} parameters, mean r {correlations[label].mean():.3f}, "
          f"worst tenth of the windows below {np.quantile(correlations[label], 0.1):.2f}")

# %% [markdown]
# Look at the numbers of parameters. A network that shares what it learns among all positions needs
# far fewer of them, and gets far more out of the same windows. As in week 2, the right architecture
# needs less data: it does not have to learn what is true for every site, that its place does not
# matter.
#
# # Part 3. Use
#
# ## 3.1 Along the window
#
# A mean hides much. These are windows of the test chromosome at the lower end, in the middle and
# at the upper end of your model's $r$. What does it get wrong: where a site is, how strong it is,
# or how sharp its edges are?

# %%
order = np.flatnonzero(with_site.numpy())[np.argsort(correlations["yours"])]
picked = [order[int(share * (len(order) - 1))] for share in (0.02, 0.5, 0.98)]
fig, axes = plt.subplots(3, 1, figsize=(6.5, 4.5), sharex=True)
for ax, i in zip(axes, picked, strict=True):
    ax.fill_between(range(300), test_y[i], color=GREY, alpha=0.4, step="mid", lw=0, label="true")
    ax.plot(predicted["yours"][i], color=BLUE, lw=1.2, label="predicted")
    r = np.corrcoef(predicted["yours"][i], test_y[i])[0, 1]
    ax.set_title(f"{names[test[i]]}, r = {r:.3f}", fontsize=9, loc="left")
axes[0].legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2)
axes[-1].set(xlabel="position in the window", xlim=(0, 300))
fig.supylabel("score (bits)", fontsize=10)
plt.show()

# %% [markdown]
# ## 3.2 Shift the sequence
#
# Is the network really equivariant? Take a window, shift it by some bases (what falls off at one
# end comes in at the other), predict, and shift the prediction back. If $f(T_s x) = T_s f(x)$, all
# rows of the picture are the same and a site is a straight, upright band.

# %%
lone = next(i for i in range(len(test_y)) if len(runs(test_y[i])) == 1
            and runs(test_y[i])[0][1] == width and 120 < runs(test_y[i])[0][0] < 160)
shifts = range(-100, 101, 4)
shifted = torch.stack([test_x[lone].roll(s, dims=0) for s in shifts])
fig, axes = plt.subplots(1, 2, figsize=(7, 3), sharey=True)
for ax, label in zip(axes, ("flatten, Adam", "yours"), strict=True):
    back = [row.roll(-s).numpy() for s, row in zip(shifts, predict_scores(nets[label], shifted),
                                                   strict=True)]
    image = ax.imshow(back, aspect="auto", cmap="viridis", vmin=0, vmax=test_y[lone].max().item(),
                      extent=(0, 300, 100, -100), interpolation="nearest")
    ax.set_xlabel("position, shifted back")
    ax.set_title(label, fontsize=9)
axes[0].set_ylabel("shift (bases)")
fig.colorbar(image, ax=axes, label="predicted score")
plt.show()

# %% [markdown]
# The network on the left has patches rather than a band: what it says about a piece of sequence
# depends on where the piece happens to lie.
#
# How far does an output see? By backpropagation we get the gradient of the score at position 150
# with respect to *each input*, averaged over windows. Where it is exactly zero, the network is
# blind. The dashed lines are 14 bases away: what a score depends on in truth.

# %%
fig, ax = plt.subplots(figsize=(6, 2.8))
for label, colour in (("flatten, Adam", GREEN), ("yours", BLUE)):
    inputs = test_x[with_site][:200].to(device).requires_grad_()
    nets[label].train(False)
    nets[label](inputs)[:, 150].sum().backward()
    strength = inputs.grad.abs().sum(2).mean(0).cpu()
    ax.plot(strength / strength.max(), color=colour, label=label)
    print(f"{label}: the score at 150 depends on {int((strength > 0).sum())} positions")
for edge in (150 - width + 1, 150 + width - 1):
    ax.axvline(edge, color=GREY, lw=1, ls="--")
ax.set(xlabel="position of the input", ylabel="mean gradient (relative)", xlim=(0, 300))
ax.legend(loc="upper right")
plt.show()

# %% [markdown]
# ## 3.3 What a filter learned
#
# The filters of your first convolution look at the DNA itself. For each, take the stretches of test
# sequence at which its output is above 70 % of its largest, and draw the logo of those. Shown are
# the four filters with the largest outputs. Compare them with the logo of section 1.5. Remember
# that a network has no reason to put a whole motif into one filter, or to use one strand only, and
# that the second layer may sort it out.

# %%
first_conv = next((m for m in binding_model.modules()
                   if isinstance(m, nn.Conv1d) and m.weight.shape[1] == 4), None)
if first_conv is None:
    print("your model has no Conv1d on the four bases, so there is no filter to draw")
else:
    kernel = first_conv.weight.detach().cpu()
    size = kernel.shape[2]
    outputs = nn.functional.conv1d(test_x.transpose(1, 2), kernel)  # (n, filters, 301 - size)
    pieces = test_x.unfold(1, size, 1).transpose(2, 3)  # (n, 301 - size, size, 4)
    strongest = outputs.amax(dim=(0, 2)).argsort(descending=True)[:4].tolist()
    fig, axes = plt.subplots(2, 2, figsize=(7, 3.6), sharex=True, sharey=True)
    for ax, f in zip(axes.flat, strongest, strict=False):
        fires = outputs[:, f] > 0.7 * outputs[:, f].max()
        draw_logo(ax, pieces[fires].mean(0), f"filter {f}, {int(fires.sum())} stretches")
    fig.supxlabel("place in the filter", fontsize=10)
    fig.supylabel("bits", fontsize=10)
    plt.show()

# %% [markdown]
# ## 3.4 Hand it over
#
# A model that lives in a notebook helps nobody else. To hand it over you need two things: the
# **weights**, and a **program** that rebuilds the model, loads the weights, and uses them. Your
# program `predict.py` is run like this:
#
#     python predict.py --data chr8_sequences.txt.gz --out predictions.csv
#
# * It reads a file of sequences, in the format of section 1.1, gzipped or not, with N and lower
#   case in it, and *no scores*.
# * It writes a CSV file with the column `window_name` and 300 columns named `0` to `299`: a row for
#   each window, in the order of the file.
# * It needs torch, numpy and pandas, and `model_weights.pt` in *its own* folder, wherever it is
#   started from. Nothing else: no notebook, no training data, no GPU.
#
# The weights are saved as a *state dict*, numbers with names, and not as a whole model. The latter
# would be a pickle, which may run any code when it is opened. `torch.load(..., weights_only=True)`
# refuses that, and `map_location="cpu"` makes sure that weights from a GPU can be read without one.
#
# The class must be in the program, too, but you should not have to write it twice: that is how two
# versions come to differ. The function `cell_source` gives you the text of the cell in which a
# class or a function was defined. For this to work, the cell of `TFBindingCNN` must hold everything
# that the class needs (constants, other classes), except for imports, and so must that of
# `one_hot_batch` if you use it. The program's beginning and end are given:

# %%
def cell_source(thing):
    """The text of the notebook cell in which a class (with a method) or a function was defined."""
    if isinstance(thing, type):
        thing = next(member for member in vars(thing).values() if inspect.isfunction(member))
    text = "".join(linecache.getlines(inspect.unwrap(thing).__code__.co_filename))
    if not text:
        raise RuntimeError(f"no cell is known for {thing}: run its cell again")
    return text


SCRIPT_START = '''\
"""Scores of CTCF sites: python predict.py --data SEQUENCES --out CSV"""

import argparse
import math
from pathlib import Path

import numpy as np
import pandas as pd
import torch
import torch.nn.functional as F
from torch import nn

BASES = "ACGT"
'''

SCRIPT_END = '''\
if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True, help="file of sequences")
    parser.add_argument("--out", required=True, help="CSV file to write")
    arguments = parser.parse_args()
    write_predictions(arguments.data, arguments.out, Path(__file__).resolve().parent)
'''

# %% [markdown]
# Between them belong your class and a function `write_predictions`. Write it below. Then save the
# weights (of `binding_model`, moved to the CPU) and write the program into the notebook's folder:
# `SCRIPT_START`, the cells of `one_hot_batch` and `TFBindingCNN`, the source of
# `write_predictions` (use `inspect.getsource`, which gives the function without the rest of its
# cell), and `SCRIPT_END`. You may also write the program in another way: what counts is what it
# does.

# %%
#| exercise: predict
# Leave two files in the notebook's folder: model_weights.pt and predict.py.
def write_predictions(sequences_path, csv_path, folder):
    """Predict the windows of a file. This function runs inside predict.py.

    sequences_path: tab-separated, columns window_name and sequence, gzipped if it ends in .gz.
    csv_path: where to write. folder: a Path, the folder that holds model_weights.pt.
    Builds a TFBindingCNN on the CPU, loads the weights (weights_only=True), and puts it in
    evaluation mode. Writes a CSV with the columns window_name, 0, 1, ..., 299, a row for each
    window in the file's order, and no other column. Large files should not need much memory, so
    predict in batches.
    """
    ### BEGIN SOLUTION
    windows = pd.read_csv(sequences_path, sep="\t", dtype=str, keep_default_na=False)
    state = torch.load(folder / "model_weights.pt", map_location="cpu", weights_only=True)
    net = TFBindingCNN()
    net.load_state_dict(state)
    net.eval()
    rows = []
    with torch.no_grad():
        for begin in range(0, len(windows), 100):
            batch = one_hot_batch(list(windows["sequence"][begin : begin + 100]))
            rows.append(net(batch).numpy())
    table = pd.DataFrame(np.concatenate(rows), columns=[str(i) for i in range(300)])
    table.insert(0, "window_name", windows["window_name"])
    table.to_csv(csv_path, index=False)
    ### END SOLUTION


### BEGIN SOLUTION
torch.save({name: t.cpu() for name, t in binding_model.state_dict().items()}, "model_weights.pt")
script = [SCRIPT_START, cell_source(one_hot_batch), cell_source(TFBindingCNN)]
script += [inspect.getsource(write_predictions), SCRIPT_END]
with open("predict.py", "w", encoding="utf-8") as file:
    file.write("\n\n".join(script))
### END SOLUTION

# %%
#| check: predict
# Five windows of the test chromosome, the last of them first; N and lower case are among them.
_rows = [4, 3, 2, 1, 0]
_sequences = ["".join("ACGT"[int(_b.argmax())] if _b.any() else "N" for _b in test_x[_i])
              for _i in _rows]
_sequences[1] = _sequences[1][:100].lower() + "N" * 10 + _sequences[1][110:]
_x = test_x[_rows].clone()
_x[1, 100:110] = 0
for _name in ("model_weights.pt", "predict.py"):
    assert Path(_name).is_file(), f"there is no file {_name} in the notebook's folder"
_state = torch.load("model_weights.pt", map_location="cpu", weights_only=True)
assert set(_state) == set(binding_model.state_dict()), (
    "model_weights.pt should hold binding_model.state_dict()"
)
with tempfile.TemporaryDirectory() as _folder:
    _data, _csv = Path(_folder) / "few_sequences.txt.gz", Path(_folder) / "out.csv"
    with gzip.open(_data, "wt") as _file:
        _file.write("window_name\tsequence\n")
        _file.writelines(f"chr9_{_i}_{_i + 300}\t{_s}\n"
                         for _i, _s in zip(_rows, _sequences, strict=True))
    _command = [sys.executable, "predict.py", "--data", str(_data), "--out", str(_csv)]
    _done = subprocess.run(_command, capture_output=True, text=True, timeout=120)
    assert _done.returncode == 0, f"predict.py failed. It said:\n{_done.stderr[-1500:]}"
    assert _csv.is_file(), "predict.py ran, but did not write the file that --out names"
    _table = pd.read_csv(_csv)
assert sorted(_table.columns) == sorted(["window_name", *map(str, range(300))]), (
    f"the columns should be window_name and 0 to 299; got {len(_table.columns)}, beginning with "
    f"{list(_table.columns[:3])}"
)
assert list(_table["window_name"]) == [f"chr9_{_i}_{_i + 300}" for _i in _rows], (
    "one row for each window, in the order of the file"
)
binding_model.eval()
_out = binding_model(_x.to(device)).detach().cpu().numpy()
_written = _table[[str(_i) for _i in range(300)]].to_numpy()
assert np.allclose(_written, _out, rtol=0.01, atol=0.1), (
    "predict.py does not give what binding_model gives: are the weights loaded, is the model in "
    "evaluation mode, are N and lower case encoded as in training?"
)
print("predict: looks right so far")

# %% [markdown]
# The class has a **leaderboard** of the accuracy on the held-out chromosome. You appear on it only
# if you want to. Write the name under which you would like to appear; if it stays empty, you are
# not shown. Do not use your real name unless you want to. It has no influence on your points.

# %%
leaderboard_name = ""

# %% [markdown]
# **Written answer: the architecture.** What did you try, what worked, and what did a filter learn?
#
# A good answer (about fifteen lines) compares at least three architectures or ways of training in a
# small table: what differed, the number of parameters, the best validation loss, and the mean $r$
# of the one that you chose on chromosome 22. It explains the differences in terms of position
# equivariance and receptive field, and says what you observed that you did not expect. It then
# describes one filter of the first layer by its logo: which part of the motif is it, and on which
# strand? It ends with one thing that your model would get wrong on real binding data, and why.

# %% [markdown]
# #| written: architecture, points: 8
# ### BEGIN SOLUTION
# All with seed 0 and the same data; "15 + 15" are two convolutions of 16 filters of width 15, then
# one of width 1. I chose by the validation loss.
#
# | architecture, training | parameters | sees | best validation loss |
# |---|---|---|---|
# | FlattenCNN, SGD 0.01, 6 epochs | 687,188 | all | 22.1 (saying the mean: 22.3) |
# | FlattenCNN, Adam 0.001, 6 epochs | 687,188 | all | 17.8 |
# | 15, Adam 0.005, 8 epochs | 993 | 15 | 12.6 |
# | 29, the same | 1,889 | 29 | 12.7 |
# | 9 + 9, the same | 2,929 | 17 | 5.2 |
# | **15 + 15, the same** | 4,849 | 29 | **1.00** |
# | 15 + 15, one strand only | 4,849 | 29 | 1.97 (16 epochs: 1.21) |
# | 15 + 15, SGD 0.01 / 0.05 | 4,849 | 29 | 4.9 / 17.1 |
#
# The chosen one has a mean r of 0.978 on chromosome 22.
#
# *Equivariance.* The networks that flatten have 140 times as many parameters and do far worse. They
# must learn the motif again at each place, from about nine sites; the convolutional ones learn it
# once, from all 2,600 (1,300 on each of two strands). The picture of shifts shows it: mine is one
# straight band, that of FlattenCNN has patches, also where no site is.
#
# *Receptive field.* A score depends on up to 14 bases on each side. With 17 bases the network
# misses part of the site for the positions at its ends, so edges are blurred.
#
# *Unexpected.* Seeing 29 bases is not enough: a single convolution of width 29 is no better than
# one of width 15. A sum of 16 rectified filters has to detect a site at 15 offsets on two strands.
# With a second layer the first can detect the motif, and the second spread it over what it covers.
# And the second strand in training helped little more than training twice as long.
#
# *A filter.* Filter 3 is the whole motif in the direction of section 1.5, GCCAGCAGGGGGC, with the
# tall C at place 2, the A at 6 and the G at 10. Filter 4 is the other strand, moved by one place:
# GCGCCCCCT.CTGG. Others mix the two directions, which is possible because the motif resembles its
# own reverse complement (CCACCAGGTGG).
#
# *On real data* it would call every good motif bound. In a cell, many are in closed chromatin or
# methylated and are not bound, and the sequence of 300 bases is the same in every cell type.
# ### END SOLUTION

# %% [markdown]
# ## 3.5 Bonus: what would each mutation do?
#
# *This exercise is a bonus, worth up to 4 extra points.*
#
# Most variants that are associated with common diseases lie outside of genes, and many are thought
# to change how factors bind. Testing all of them in the laboratory is out of reach. But a model of
# the sequence can be asked: predict the sequence with one allele, predict it with the other, and
# subtract. To do it for every position and every base is **in-silico mutagenesis**: for a window
# $x$ and a substitution that writes base $j$ at position $i$,
#
# $$\Delta_{ij} = \sum_{l} f(x^{(i \to j)})_l - \sum_{l} f(x)_l .$$

# %%
#| exercise: in_silico_mutagenesis
def in_silico_mutagenesis(model, onehot):
    """What every single-base substitution changes in the model's prediction.

    model: nn.Module, (n, L, 4) to (n, L). onehot: tensor (L, 4), a sequence without N.
    Returns a float tensor (L, 4) on the CPU. Entry (i, j) is the model's prediction, summed over
    all positions, for the sequence with base j at position i, minus that for the sequence as it is.
    Exactly 0 where j is the base that is there. The model predicts in evaluation mode, without
    gradients. Leave the argument as it is.
    """
    ### BEGIN SOLUTION
    length = len(onehot)
    place = next(model.parameters()).device
    onehot = onehot.to(place)
    positions = torch.arange(length, device=place).repeat_interleave(4)  # 0, 0, 0, 0, 1, 1, ...
    mutants = onehot.repeat(4 * length, 1, 1)
    mutants[range(4 * length), positions] = torch.eye(4, device=place).repeat(length, 1)
    was_training = model.training
    model.eval()
    with torch.no_grad():
        reference = model(onehot[None]).sum()
        sums = torch.cat([model(part).sum(dim=1) for part in mutants.split(200)])
    model.train(was_training)
    change = (sums - reference).reshape(length, 4)
    return change.masked_fill(onehot > 0, 0.0).cpu()
    ### END SOLUTION


# %%
#| check: in_silico_mutagenesis
# By hand: a model that gives A, C, G, T the scores 1, 2, 3, 4. In the sequence G, A the first base
# can change the sum by 1 - 3, 2 - 3, 0 and 4 - 3, the second by 0, 2 - 1, 3 - 1 and 4 - 1.
class _Sum(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.tensor([1.0, 2.0, 3.0, 4.0]))
        self.dropout = nn.Dropout(0.5)

    def forward(self, x):
        return self.dropout(x @ self.weight)


_x = torch.tensor([[0, 0, 1.0, 0], [1.0, 0, 0, 0]])
_out = torch.as_tensor(in_silico_mutagenesis(_Sum().to(device), _x)).cpu()
assert tuple(_out.shape) == (2, 4), f"2 positions, 4 bases: shape (2, 4), got {tuple(_out.shape)}"
_expected = torch.tensor([[-2.0, -1, 0, 1], [0, 1, 2, 3]])
assert not torch.allclose(_out, -_expected), "the sign is turned: mutant minus reference"
assert torch.allclose(_out, _expected), (
    f"expected {_expected.tolist()} (worked above), got {_out.tolist()}. Is the model in "
    "evaluation mode, and is the old base gone when the new one is written?"
)
assert _x.tolist() == [[0, 0, 1, 0], [1, 0, 0, 0]], "the caller's sequence was changed"
print("in_silico_mutagenesis: looks right so far")

# %% [markdown]
# Here is the surrounding of one site of the test chromosome. Each column is a position with its
# base written below, each row a base to write there, and dots mark the base that is there already.

# %%
start, length, score = runs(test_y[lone])[0]
effects = torch.as_tensor(in_silico_mutagenesis(binding_model, test_x[lone])).cpu()
left, right = start - 12, start + length + 12
limit = effects[left:right].abs().max().item()

fig, axes = plt.subplots(2, 1, figsize=(7.5, 3.2), sharex=True, height_ratios=[1, 1.3])
axes[0].fill_between(range(300), test_y[lone], color=GREY, alpha=0.4, step="mid", lw=0)
axes[0].plot(predicted["yours"][lone], color=BLUE, lw=1.2)
axes[0].set_ylabel("score (bits)")
axes[0].set_title(f"{names[test[lone]]} (grey: true, blue: predicted)", fontsize=9, loc="left")
image = axes[1].imshow(effects.T, aspect="auto", cmap="PuOr_r", vmin=-limit, vmax=limit)
here = test_x[lone].argmax(1)
axes[1].plot(range(left, right), here[left:right], ".", color="black", ms=3)
axes[1].set(ylabel="new base", xlim=(left - 0.5, right - 0.5))
axes[1].set_yticks(range(4), list(BASES))
axes[1].set_xticks(range(left, right), [BASES[here[i]] for i in range(left, right)], fontsize=7)
axes[1].set_xlabel("base that is there")
fig.colorbar(image, ax=axes, label="change of the summed score")
plt.show()

inside = torch.zeros(300, dtype=torch.bool)
inside[start : start + length] = True
print(f"mean absolute change: {effects[inside].abs().sum().item() / (3 * length):.1f} inside the "
      f"site, {effects[~inside].abs().sum().item() / (3 * (300 - length)):.2f} elsewhere")
position, base = divmod(int(effects.argmin()), 4)
print(f"most harmful: {BASES[here[position]]} to {BASES[base]} at place {position - start} of the "
      f"site, {effects.min():.0f}")

# %% [markdown]
# The columns that hurt most are those where the logo of section 1.5 is tall, and outside the site
# hardly anything matters. The model was never shown a mutation: it learned this from sequences that
# differ in many places at once.
#
# To **score a regulatory variant**, read off one entry: the allele that is in the reference genome
# is the base that is there, the other one is the new base, and the change is the predicted effect.
# No experiment is needed for that, but trust is: a model can only tell about what it was trained
# on. This one knows one factor and one motif, nothing of the cell, and says nothing of what follows
# from a lost site.
#
# ## Why this matters for genomics
#
# You have trained the small version of a successful kind of model. DeepSEA (Zhou and Troyanskaya,
# 2015) predicts hundreds of chromatin features of a window from its sequence and scores noncoding
# variants with them. BPNet (Avsec et al., 2021) predicts the profile of binding at base resolution:
# it stays convolutional, widens its receptive field with dilated convolutions, and is then asked
# what it learned about motifs and how they are arranged. The design choices are those of this
# notebook: what is shared among positions, how far an output sees, what both strands have in
# common, and what a fair test is.
#
# What was easy here is that the scores were *made* from the sequence by a motif, so a plain scanner
# that knows the motif would get everything right. Your network had to find the motif by itself.
# Where real factors bind also depends on other factors, on chromatin and on the cell type, and the
# measurements are noisy; no model of 300 bases will reach such a correlation there.
#
# In week 3b the same task is tuned in an orderly way, with Weights & Biases.
#
# ## References
#
# * Avsec, Weilert, Shrikumar et al. (2021). Base-resolution models of transcription-factor binding
#   reveal soft motif syntax. *Nature Genetics* 53, 354.
# * Phillips, Corces (2009). CTCF: master weaver of the genome. *Cell* 137, 1194.
# * Rauluseviciute, Riudavets-Puig, Blanc-Mathieu et al. (2024). JASPAR 2024: 20th anniversary of
#   the open-access database of transcription factor binding profiles. *Nucleic Acids Research* 52,
#   D174.
# * Schneider, Stephens (1990). Sequence logos: a new way to display consensus sequences. *Nucleic
#   Acids Research* 18, 6097.
# * Whalen, Schreiber, Noble, Pollard (2022). Navigating the pitfalls of applying machine learning
#   in genomics. *Nature Reviews Genetics* 23, 169.
# * Zhou, Troyanskaya (2015). Predicting effects of noncoding variants with deep learning-based
#   sequence model. *Nature Methods* 12, 931.
