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
# *each* of them, whether a site of the factor covers it and how good that site is. Then you try it
# on real human DNA.
#
# **You will be able to**
#
# * load genomic windows from two files, encode both strands, and split by chromosome;
# * explain equivariance and receptive field, and choose an architecture with them;
# * train a network, keep its best epoch, and choose a model without looking at the test set;
# * measure predictions with Pearson's $r$, AUPRC and AUROC, and say what each of them cannot see;
# * test a model on real ChIP-seq peaks, and predict the effect of every possible mutation.
#
# **Time.** About five hours, and one more for the stretch. Week 3 has two notebooks; this is the
# longer one. Exercises marked **core** carry the story. The one marked **stretch** (section 3.6) is
# at the end, and nothing depends on it. Sections without a mark are there to read and run.
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

if "google.colab" in sys.modules:  # Colab lacks these packages
    # %pip install -q logomaker wandb
    print("To use a GPU, choose Runtime > Change runtime type, then run all cells again.")


def fetch_data(address, files):
    """Fetch from the course's repository the files that are not here yet."""
    for file in files:
        if Path(file).exists():
            continue
        try:
            content = urlopen(f"{address}/{file}", timeout=60).read()
        except Exception as error:
            todo = "put this week's folder 'data' next to the notebook, and run this cell again"
            raise FileNotFoundError(f"{file} is missing: {todo} ({error})") from None
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        Path(file).write_bytes(content)


fetch_data("", [])  # `autograder build` writes the week's address and files
device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
print(f"Python {sys.version.split()[0]}, PyTorch {torch.__version__}, device: {device}")

# %% tags=["parameters"]
seed = 0  # every random number of this notebook follows from it
epochs = 8  # passes over the training data when you train your own model
data_folder = "data"  # where the files of windows and scores are

# %%
#@title Imports and the look of the figures
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
from IPython.display import display
from torch.utils.data import DataLoader, Dataset

# Color-blind readers can tell these colors apart (Okabe and Ito's palette).
BLUE, ORANGE, GREEN, GRAY = "#0072B2", "#D55E00", "#009E73", "#8C8C8C"
YELLOW = "#E69F00"
plt.rcParams.update({
    "figure.dpi": 150,
    "figure.figsize": (6, 3.5),
    "figure.constrained_layout.use": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
})


def show(figure, alt):
    """Show a figure once, with a description for readers who cannot see it."""
    width = round(100 * figure.get_figwidth())
    display(figure, metadata={"image/png": {"alt": alt, "width": width}})
    plt.close(figure)


# %% [markdown]
# # Part 1. Data
#
# ## 1.1 Windows and scores (core)
#
# The factor is **CTCF**, which binds DNA with a row of zinc fingers and plays a large part in how
# genomes are folded and insulated (Phillips and Corces, 2009). The data come as two files per
# chromosome, both tab-separated and gzipped:
#
# * `chrN_sequences.txt.gz` has one *row* per window: its `window_name`, such as `chr1_5000_5300`
#   (chromosome, start, end), and its `sequence` of 300 bases.
# * `chrN_scores.txt.gz` has one *column* per window, with the window's name in the header, and
#   below it 300 rows, one per position. A position that a site covers has the score of that site.
#   All other positions have 0.
#
# Know your data: these windows are **simulated**. Sites drawn from a measured motif (JASPAR
# MA0139.2; Rauluseviciute et al., 2024) were planted into artificial background sequence. Then both
# strands were scanned with the motif, and each site above a threshold gave its score, a log-odds in
# bits, to the positions that it covers. So the truth is known here, and the DNA alone determines
# it. `README.md` in the data folder has the details. In section 3.3 you meet real DNA.
#
# Here is how the two files of chromosome 21 begin.

# %%
for kind in ("sequences", "scores"):
    print(f"chr21_{kind}.txt.gz")
    with gzip.open(Path(data_folder) / f"chr21_{kind}.txt.gz", "rt") as file:
        for _ in range(3):
            line = file.readline().rstrip("\n").replace("\t", "  ")
            print("   ", line[:76] + " ..." * (len(line) > 76))

# %% [markdown]
# The columns of the second file are **not** in the order of the rows of the first. That is common,
# because different programs write the files. If you match them by position, nothing complains, the
# training runs, and your model learns from the wrong answers. So match by *name*, and stop with an
# error when a name is missing.
#
# A small example shows the tools. `pd.read_csv(path, sep="\t")` reads such a file, gzipped or not.
# A list of names in brackets picks columns in that order, and `.T` turns columns into rows. A name
# that is not there is a `KeyError`, and columns that you do not ask for are left out without a
# word. So compare the names first: for two sets, `a ^ b` holds what is in only one of them. Stop
# with `raise ValueError(f"in only one of the two files: {names}")`.

# %%
toy = pd.DataFrame({"w2": [0, 5, 5], "w1": [7, 0, 0]})  # two windows of three positions
print(toy[["w1", "w2"]].to_numpy().T)
print({"w1", "w2"} ^ {"w2", "w3"})

# %%
#| exercise: load_windows
def load_windows(sequences_path, scores_path):
    """Read the windows of one pair of files and match them by name.

    sequences_path: a gzipped, tab-separated file with columns window_name and sequence and one row
    per window. scores_path: the same kind of file, but with one column per window (its name is the
    header) and one row per position.
    Returns (names, sequences, scores), all in the order of the sequences file: a list of n str, a
    list of n str (as they are in the file), and a float32 array or tensor (n, L), one row per
    window; L is the number of rows of the scores file, here 300.

    Details: if a window is in only one of the two files, whichever it is, raise a ValueError whose
    message contains the name of a missing window.
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
# By hand: two windows of three bases. The scores file has them the other way around.
with tempfile.TemporaryDirectory() as _folder:
    _paths = [Path(_folder) / "sequences.txt.gz", Path(_folder) / "scores.txt.gz"]
    _two = pd.DataFrame({"window_name": ["chr2_5_8", "chr1_0_3"], "sequence": ["ACG", "TTN"]})
    _two.to_csv(_paths[0], sep="\t", index=False)
    _table = pd.DataFrame({"chr1_0_3": [0, 0, 7], "chr2_5_8": [1.5, 2.5, 0]})
    _table.to_csv(_paths[1], sep="\t", index=False)
    _names, _sequences, _scores = load_windows(*_paths)
assert (list(_names), list(_sequences)) == (["chr2_5_8", "chr1_0_3"], ["ACG", "TTN"]), (
    f"keep the order and the letters of the sequences file; got {_names}, {_sequences}"
)
assert not np.array_equal(_scores, [[0, 0, 7], [1.5, 2.5, 0]]), "match by name, not by position"
assert np.array_equal(_scores, [[1.5, 2.5, 0], [0, 0, 7]]), "one row per window (docstring)"
_kind = torch.as_tensor(_scores).dtype
assert _kind == torch.float32, f"networks want float32 scores, not {_kind}: look up astype"
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
# Sequences from a genome have such letters too. N is an unknown base. Lower case marks repeats, and
# the base is the same. Always look at a few examples before you train on thousands. Figure 1 shows
# three windows; printed are the letters of the best site in each.

# %%
#@title Figure 1: three windows
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
    print(f"{names[i]}: {sequences[i][start:start + length]} at {start}, score {score:.1f} bits")
axes[-1].set(xlabel="position in the window (bp)", xlim=(0, 300))
fig.supylabel("score of the site (bits)", fontsize=10)
show(fig, "Scores along three windows: zero at most positions, with one, two and three "
     "rectangular blocks of about 15 positions and 10 to 20 bits.")

# %% [markdown]
# *Figure 1. The scores of three windows. Each block is a site: 15 positions with one score. Where
# sites overlap, a position has the larger of their scores.*
#
# ## 1.2 From letters to numbers (core)
#
# As in week 2, each base becomes a row with a single 1, in the column order A, C, G, T, and N
# becomes a row of zeros: it votes for no base. This time the function takes a list of sequences and
# makes one tensor of shape $(n, L, 4)$. If your `one_hot_encode` of week 2 works, paste it into the
# cell and build on it.

# %%
BASES = "ACGT"

# %%
#| exercise: one_hot_batch
def one_hot_batch(sequences):
    """One-hot encode sequences of one length.

    sequences: a list of n strings of length L; letters A, C, G, T and N, upper or lower case.
    Returns a float32 tensor (n, L, 4), columns in the order ACGT; an N is a row of zeros.

    Details: raises a ValueError if the sequences differ in length. There is at least one sequence,
    and no other letter occurs.
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
assert tuple(_out.shape) == (2, 3, 4), f"expected shape (2, 3, 4), got {tuple(_out.shape)}"
assert _out.sum(2).tolist() == [[1, 1, 0], [1, 1, 1]], "a base is a single 1, N a row of zeros"
assert _out.argmax(2)[:, :2].tolist() == [[0, 1], [2, 3]], "the column order is ACGT; g is a G"
print("one_hot_batch: looks right so far")

# %%
onehots = one_hot_batch(sequences)
print("onehots:", tuple(onehots.shape), onehots.dtype)

# %% [markdown]
# ## 1.3 The other strand (core)
#
# DNA has two strands, and a file shows one of them. The other strand has the complement at each
# position (A faces T, C faces G) and is read in the opposite direction: `AACG` on one strand is
# `CGTT` on the other. A factor reads both, so a site may be written either way.
#
#     5'  A A C G  3'     read from left to right:  AACG
#     3'  T T G C  5'     read from right to left:  CGTT
#
# With the order A, C, G, T, complement and reversal are each a very simple operation on a one-hot
# tensor. Which two columns trade places? (`x.flip(0)` reverses a tensor along axis 0, and axes can
# be counted from the end: -1 is the last.)

# %%
#| exercise: reverse_complement
def reverse_complement(onehot):
    """The other strand, read in its own direction.

    onehot: tensor (..., L, 4), any number of dimensions in front, columns in the order ACGT. The
    values may be any floats: you will also turn scores and frequencies around.
    Returns a tensor of the same shape; the argument stays unchanged.
    """
    ### BEGIN SOLUTION
    return onehot.flip(-2, -1)
    ### END SOLUTION


# %%
#| check: reverse_complement
# By hand: the complement of A, A, C is T, T, G; read backward G, T, T
_out = reverse_complement(one_hot_batch(["AAC", "GGG"]))
_text = "".join("ACGT"[i] for i in _out[0].argmax(1).tolist())
assert _text != "TTG", "this is the complement, still to be read backward"
assert _text != "CAA", "this is the sequence backward, still to be complemented"
assert _text == "GTT", f"AAC becomes GTT, got {_text}. (Is each sequence turned by itself?)"
print("reverse_complement: looks right so far")

# %% [markdown]
# ## 1.4 An honest split (core)
#
# A test asks how a model does on sequence that it has *not* seen. In a genome that is harder to
# arrange than it sounds. Windows that overlap share bases, and related regions share repeats. A
# random split puts nearly the same sequence on both sides, and then a model that memorizes looks
# like one that understands. This is one of several ways to fool oneself (Whalen et al., 2022). The
# usual answer is to hold out **whole chromosomes**. (Our simulated windows share nothing, so here a
# random split would do no harm. Real windows are different, so learn the habit.)
#
# Take care with names, though: `"chr22_5_305".startswith("chr2")` is true.

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
assert (_train, _test) == ([0, 2, 3, 4], [1]), f"expected [0, 2, 3, 4], [1], got {_train}, {_test}"
print("split_by_chromosome: looks right so far")

# %% [markdown]
# We use it twice. Chromosome 22 is the **test** set. It says how good the model is, once, at the
# end (section 3.5). Of the rest, chromosome 21 is the **validation** set: you may look at it as
# often as you like, to decide when to stop and which model to choose. Only chromosomes 1 and 2 set
# the weights. (The grader has yet another chromosome.)

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
# Before you train a network, look with simpler tools, and only at the training windows. A stretch
# of one constant score is a site, unless it overlaps another. How long are these stretches?

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
# Nearly all have one length, the width of the motif. The others are left over where sites overlap.
# Figure 2 shows what the sites have in common. For the logo on the right, each site may be turned
# to its other strand if it then looks more like the rest, for a few rounds.

# %%
#@title Figure 2: the sites as they are in the file, and turned to one strand
LOGO_COLORS = {"A": GREEN, "C": BLUE, "G": YELLOW, "T": ORANGE}


def draw_logo(ax, frequencies, title, start=0):
    """Draw the logo of base frequencies (k, 4), rows that add up to one, on a matplotlib axis."""
    p = frequencies.cpu().numpy()
    bits = 2 + (p * np.log2(np.clip(p, 1e-9, 1))).sum(1, keepdims=True)
    heights = pd.DataFrame(p * bits.clip(0), columns=list(BASES))
    heights.index += start
    logomaker.Logo(heights, ax=ax, color_scheme=LOGO_COLORS)
    ax.set(ylim=(0, 2), yticks=[0, 1, 2], xticks=range(start, start + len(p), 2))
    ax.set_title(title, fontsize=9)


turned, other_strand = site_onehots.clone(), reverse_complement(site_onehots)
consensus = site_onehots[0]
for _ in range(5):
    better = (other_strand * consensus).sum((1, 2)) > (site_onehots * consensus).sum((1, 2))
    turned = torch.where(better[:, None, None], other_strand, site_onehots)
    consensus = turned.mean(0)

fig, axes = plt.subplots(1, 2, figsize=(7, 2.2), sharey=True)
draw_logo(axes[0], site_onehots.mean(0), "sites as they are in the file")
draw_logo(axes[1], turned.mean(0), "sites turned to one strand")
axes[0].set_ylabel("information (bits)")
fig.supxlabel("position in the site (bp)", fontsize=10)
show(fig, "Two sequence logos of 15 positions. On the left all letters are low. On the right the "
     "letters are tall, most of all a C and several G.")
print("consensus of the turned sites:", "".join(BASES[i] for i in consensus.argmax(1)))
print(f"{better.float().mean():.0%} of the sites were turned")

# %% [markdown]
# *Figure 2. Logos of the training sites. The height of a position is its information content
# (Schneider and Stephens, 1990; week 2). Half of the sites lie on each strand, so stacking them as
# they are blurs the motif (left). On one strand it is sharp (right).*
#
# A network that learned one direction only would miss half of the sites.
#
# ## 1.6 Batches (core)
#
# PyTorch wants the data as a `Dataset`, which knows how many examples there are and returns example
# $i$. A `DataLoader` draws batches from it. Here is a dataset of another kind, pairs of a number
# and its square. (In yours, `torch.as_tensor(array)` makes a tensor of an array, and leaves a
# tensor as it is.)

# %%
class Squares(Dataset):
    """The numbers 0 to n - 1, each with its square."""

    def __init__(self, n):
        self.numbers = torch.arange(n)

    def __len__(self):
        return len(self.numbers)

    def __getitem__(self, i):
        number = self.numbers[i]
        return number, number**2


print(len(Squares(6)), Squares(6)[3], list(DataLoader(Squares(6), batch_size=4)), sep="\n")

# %%
#| exercise: BindingDataset
class BindingDataset(Dataset):
    """Pairs of a one-hot sequence and its scores.

    len(dataset) is the number of windows n. dataset[i] is the pair (x, y) of window i: float32
    tensors of shape (L, 4) and (L,).
    """

    def __init__(self, onehots, scores):
        """onehots: float32 tensor or array (n, L, 4). scores: the same, (n, L)."""
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
_data = BindingDataset(_x.numpy(), _y)
assert len(_data) == 2, f"two windows, so len should be 2, got {len(_data)}"
_item = [torch.as_tensor(_part) for _part in _data[1]]
assert [tuple(_part.shape) for _part in _item] == [(3, 4), (3,)], "an item is a pair (L, 4), (L,)"
assert torch.equal(_item[0].float(), _x[1]) and torch.equal(_item[1], _y[1]), "not window 1's pair"
print("BindingDataset: looks right so far")

# %% [markdown]
# The training data get one addition. If a window is turned to its other strand, each site keeps its
# score, and the scores come in the opposite order. So each window gives two examples, and a network
# sees every site in both directions. Such **augmentation** costs nothing but time.

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
# In week 2 a network predicted one number per sequence. Here it has to predict 300, one per
# position. The obvious step is to keep the convolution, flatten its output, and give the last
# linear layer 300 outputs instead of one.

# %%
class FlattenCNN(nn.Module):
    """One convolution, then a linear layer from everything to 300 scores."""

    def __init__(self, num_filters=16, kernel_size=15):
        super().__init__()
        self.motifs = nn.Conv1d(4, num_filters, kernel_size)
        self.readout = nn.Linear(num_filters * (300 - kernel_size + 1), 300)

    def forward(self, x):
        """x: (n, 300, 4). Returns (n, 300)."""
        found = F.relu(self.motifs(x.transpose(1, 2)))  # Conv1d wants (n, 4, 300)
        return self.readout(found.flatten(start_dim=1))


print(f"{sum(p.numel() for p in FlattenCNN().parameters()):,} parameters")

# %% [markdown]
# Its convolution shares its filters among all positions, but the linear layer does not. It has one
# weight for each pair of a place where a filter may fire and a position whose score it predicts.
# What it learns from a site at position 50 tells it *nothing* about a site at position 51, because
# other weights are involved. In chromosomes 1 and 2, with both strands, about nine sites begin at
# each of 286 places (twice the number that section 1.5 printed, which was for one strand). The
# layer has to learn each place from those nine.
#
# ## 2.2 What to ask for instead (core)
#
# A site is a site wherever it lies. If we shift the sequence by $s$ bases, the scores should shift
# by $s$, and nothing else should change. Write $T_s$ for such a shift. We want a function $f$ with
#
# $$f(T_s x) = T_s f(x) \quad\text{for every } s .$$
#
# This is **equivariance**. (*Invariance* means that the output stays the same. That suits the
# question "is there a site?", not "where?".) A convolution is equivariant, except near the ends:
# its output at position $i$ is always the same function of the bases around $i$,
#
# $$a_i = b + \sum_{m=0}^{k-1} \sum_{j=1}^{4} X_{i + m - \lfloor (k-1)/2 \rfloor,\,j}\; W_{mj} ,$$
#
# where $X$ is 0 beyond the ends. ReLU is equivariant too, since it acts on each number by itself,
# and a chain of equivariant functions is equivariant. So *stay convolutional to the end*: no
# flatten, no linear layer over positions, no pooling that forgets where. The smallest network of
# this kind has one convolution:

# %%
class OneConvCNN(nn.Module):
    """One convolution that scans for motifs, and a score for each position."""

    def __init__(self, num_filters=16, kernel_size=15):
        super().__init__()
        self.motifs = nn.Conv1d(4, num_filters, kernel_size, padding="same")
        self.score = nn.Conv1d(num_filters, 1, kernel_size=1)

    def forward(self, x):
        """x: (n, 300, 4). Returns (n, 300)."""
        found = F.relu(self.motifs(x.transpose(1, 2)))  # (n, num_filters, 300)
        return self.score(found).squeeze(1)  # (n, 1, 300) without its channel axis


print(f"{sum(p.numel() for p in OneConvCNN().parameters()):,} parameters")

# %% [markdown]
# It shows three practical points.
#
# * **Length.** A convolution of width $k$ turns $L$ positions into $L - k + 1$, and we need 300.
#   `padding="same"` adds zeros at both ends, so that the output is as long as the input.
# * **Channels.** A convolution of width 1 is a small linear layer that is applied at each position.
#   It combines what several filters found into a single score.
# * **Receptive field.** How much sequence can an output see? One convolution of width $k$ sees $k$
#   bases. Each further one of width $k'$ adds $k' - 1$.
#
# How much does an output *need* to see? A position at the end of a site has to know the whole site,
# and so has a position at its beginning. Its score depends on up to 14 bases to its left and 14 to
# its right, 29 in all (Figure 3). And there are two jobs to do: find the motif, and mark all the
# positions that it covers.

# %%
#@title Figure 3: what an output sees and what it needs to see
fig, axes = plt.subplots(1, 2, figsize=(7, 2.4), sharey=True)
for ax, widths in zip(axes, ((15,), (15, 15)), strict=True):
    level, seen = len(widths), 1
    ax.plot(0, level, "o", color=BLUE)
    for kernel_width in widths:  # from the output down to the sequence
        more = seen + kernel_width - 1
        ax.fill(np.array([-seen, seen, more, -more]) / 2, [level, level, level - 1, level - 1],
                color=BLUE, alpha=0.25, lw=0)
        level, seen = level - 1, more
    ax.barh(-0.35, seen, left=-seen / 2, height=0.25, color=BLUE)
    for left, level in ((-14.5, -0.75), (-0.5, -1.1)):
        ax.barh(level, 15, left=left, height=0.25, color=ORANGE)
    ax.axvline(0, color=GRAY, lw=0.8, ls=":")
    ax.set(xlim=(-18, 18), ylim=(-1.4, 2.3), xlabel="bases from the output's position", yticks=[])
    ax.spines["left"].set_visible(False)
    ax.set_title(f"{' + '.join(map(str, widths))}: sees {seen} bases", fontsize=9)
show(fig, "Two diagrams. One convolution of width 15 sees 15 bases, seven on each side, while a "
     "site that covers the output can reach 14 bases to either side. Two convolutions of width 15 "
     "see 29 bases, which covers both extreme sites.")

# %% [markdown]
# *Figure 3. The blue cone is what one output (dot) can see, the blue bar its width in bases. The
# orange bars are the two extreme sites that cover the position, one ending and one beginning
# there.*
#
# Now design yours. What widths, and how many layers, see enough? Put a ReLU between two
# convolutions: without it, they are one linear map, like the stacked linear layers of week 1.

# %%
#| exercise: TFBindingCNN
class TFBindingCNN(nn.Module):
    """From a sequence to a score for each of its positions.

    TFBindingCNN() takes no arguments. You choose the architecture.

    Details: everything that it needs belongs in this cell, because section 3.6 copies the cell into
    a program. That program imports math, numpy, pandas, torch, F and nn; import others here.
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
_model, _x = TFBindingCNN(), torch.eye(4)[torch.randint(4, (5, 300))]
_out = _model(_x)
assert tuple(_out.shape) == (5, 300), (
    f"5 windows in, shape (5, 300) out; got {tuple(_out.shape)}. Is the input transposed for "
    "Conv1d, does the padding keep the length, is the channel axis gone at the end?"
)
assert tuple(_model.eval()(_x[:1]).shape) == (1, 300), (
    "a single window should give (1, 300): squeeze the channel axis only, with squeeze(1)"
)
_out.square().sum().backward()
for _name, _p in _model.named_parameters():
    assert _p.grad is not None, f"{_name} plays no part in the output: is it used in forward?"
print("TFBindingCNN: looks right so far")

# %% [markdown]
# ## 2.3 Training, and when to stop (core)
#
# With enough epochs a model begins to learn the training windows by heart: the training loss keeps
# falling, but the validation loss turns and rises. So we note the validation loss after each epoch,
# and end with the weights of the **best epoch**, not the last.
#
# `fit` is week 2's `train_model` with this addition. Paste yours into the cell, rename it, and add
# the bookkeeping. (If you have none: to *train* is `model.train()`, and then for each batch, moved
# to the device: the loss, `optimizer.zero_grad()`, `loss.backward()`, `optimizer.step()`. To
# *validate* is `model.eval()`, and then the losses of the batches within `torch.no_grad()`.) In
# words:
#
#     best loss = infinity
#     for each epoch:
#         training mode; for each training batch:
#             move x and y to the device, predict, compute the loss
#             clear the gradients, go backward, take a step of the optimizer
#         evaluation mode, without gradients; for each validation batch:
#             move x and y to the device, predict, compute the loss
#         if the validation loss is below the best loss:
#             remember it, and a copy of the model's state
#     give the model the remembered state
#
# A trap: `model.state_dict()` holds no copies. Its tensors *are* the parameters, and the next step
# of the optimizer changes them. Keep a real copy (`copy.deepcopy`). `model.load_state_dict(state)`
# gives a state back to the model.

# %%
#| exercise: fit
def fit(model, train_dl, val_dl, optimizer, loss_fn, device, epochs):
    """Train a model in batches and keep its best epoch.

    model: nn.Module, already on device. train_dl, val_dl: DataLoaders of pairs (x, y), on the CPU.
    optimizer: holds the model's parameters. loss_fn(prediction, target): a mean over a batch.

    Each epoch first trains: training mode, one optimizer step per batch. Then it measures the loss
    on val_dl: evaluation mode, no gradients, no change of the model. At the end the model has the
    state dict of the epoch with the lowest validation loss.
    Returns (train_losses, val_losses), lists of `epochs` floats: the mean loss per example.

    Details: the last batch may be smaller, so weigh each batch by its size. The training loss of an
    epoch is that of its batches as they were met, before each step. In a tie, the first epoch wins.
    Losses are numbers, never nan. The mode in which the model is left does not matter.
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
# By hand: the model is w*x and starts at w = 0, the rate is 1/8. Three training examples x = 1,
# y = 2 come in batches of 2 and 1: a step takes w a quarter of the way to 2. Validation: x = y = 1.
# Epoch 1 has the losses 4 and 2.25: (2*4 + 2.25) / 3 = 3.4167. It ends at w = 0.875, with a
# validation loss of 0.015625. Epoch 2 has 1.0811, and ends at w = 1.3672, with 0.1348.
_model = nn.Linear(1, 1, bias=False).to(device)
nn.init.zeros_(_model.weight)
_train = DataLoader([(torch.ones(1), torch.full((1,), 2.0))] * 3, batch_size=2)
_sgd = torch.optim.SGD(_model.parameters(), lr=1 / 8)
_val = DataLoader([(torch.ones(1), torch.ones(1))])
_out = fit(_model, _train, _val, _sgd, nn.MSELoss(), device, 2)
assert not np.isclose(_out[0][0], 3.125), "the last batch is smaller: weigh batches by their size"
assert not np.isclose(_out[1][0], 0.140625), "old gradients add up: clear them for every batch"
assert np.allclose(_out, [[3.4167, 1.0811], [0.015625, 0.1348]], atol=1e-4), (
    f"expected training losses 3.4167 and 1.0811, validation losses 0.0156 and 0.1348; got {_out}"
)
assert not np.isclose(_model.weight.item(), 1.3672, atol=1e-4), (
    "the model has the weights of the last epoch, not of the best: is the stored state a copy?"
)
assert np.isclose(_model.weight.item(), 0.875), f"w is {_model.weight.item()}, should be 0.875"
print("fit: looks right so far")

# %% [markdown]
# Now train the designs of the last two sections. The loss is the mean squared error over all
# positions. (93 % of the positions are 0, so it is mostly about staying at 0. That works here
# because scores are large. Others weigh positions, ask only "covered or not" with a binary
# cross-entropy, or, for counts of sequencing reads, use a Poisson or a multinomial loss, as Avsec
# et al., 2021, do.)

# %%
#@title Helpers: draw losses, predict
def plot_losses(ax, losses, color, label):
    """Training loss dashed, validation loss solid, the best epoch marked."""
    count = range(1, len(losses[0]) + 1)
    ax.plot(count, losses[0], "--", color=color, lw=1)
    ax.plot(count, losses[1], color=color, label=label)
    best = int(np.argmin(losses[1]))
    ax.plot(best + 1, losses[1][best], "o", color=color, ms=5)


@torch.no_grad()
def predict_scores(net, x):
    """Predictions (n, L) of a model for sequences (n, L, 4): evaluation mode, result on the CPU."""
    was_training = net.training
    net.train(False)  # the same as eval()
    parts = [net(part.to(device)).cpu() for part in x.split(100)]
    net.train(was_training)
    return torch.cat(parts)


# %%
DESIGNS = {"flatten": (FlattenCNN, 0.003), "one convolution": (OneConvCNN, 0.005)}  # with rates
nets, curves = {}, {}
for label, (design, rate) in DESIGNS.items():
    torch.manual_seed(seed)
    nets[label] = design().to(device)
    step_rule = torch.optim.Adam(nets[label].parameters(), lr=rate)
    curves[label] = fit(nets[label], train_dl, val_dl, step_rule, nn.MSELoss(), device, 8)
    print(f"{label}: last training loss {curves[label][0][-1]:.1f}, best validation loss "
          f"{min(curves[label][1]):.1f}")

# %%
#@title Figure 4: losses of two designs
line_colors = {"flatten": GREEN, "one convolution": ORANGE, "yours": BLUE}
fig, ax = plt.subplots()
for label, losses in curves.items():
    plot_losses(ax, losses, line_colors[label], label)
ax.axhline(val_y.var(correction=0).item(), color="black", lw=1, ls=":", label="the mean")
ax.set(xlabel="epoch", ylabel="mean squared error (bits²)", ylim=(0, None))
ax.legend(loc="lower left", fontsize=8)
show(fig, "Loss against epoch. Flatten: the training loss falls far below the validation loss. "
     "One convolution: both fall together, to about the validation loss of flatten. Both are far "
     "below the dotted line of the mean.")

# %% [markdown]
# *Figure 4. Losses per epoch: training dashed, validation solid, the best epoch as a dot. The
# dotted line is the loss of always predicting the mean.*
#
# The training loss of the network that flattens falls far down, but the validation loss does not
# follow: the network learns the training windows by heart. This is *overfitting*. The network with
# one convolution has a thousand times fewer parameters, does not overfit, and predicts new windows
# about as well. But its loss falls slowly: it lacks something that more epochs cannot give. (The
# optimizer matters, too. Plain SGD at a rate of 0.01 hardly moves the first network: with seed 0
# its validation loss is still 21.8 after eight epochs. The rates above suit each network and Adam.)
#
# ## 2.4 The shape of a prediction (core)
#
# The loss depends on units and on how rare sites are. To compare models, ask how well the shape of
# the predicted scores follows that of the true ones along a window, with **Pearson's correlation**,
# for each window by itself:
#
# $$r = \frac{\sum_i (p_i - \bar p)(o_i - \bar o)}
#        {\sqrt{\sum_i (p_i - \bar p)^2}\;\sqrt{\sum_i (o_i - \bar o)^2}} .$$
#
# Where the prediction or the observation is constant, this is 0 divided by 0. We say 0 then: a flat
# line tells nothing about where a site is. Take care with how you recognize "constant": on a
# computer, the mean of 300 times 0.1 is not quite 0.1, so the differences from it are tiny but not
# 0. And a row of small numbers can vary and have a tiny standard deviation. So compare the values
# of a row with each other, and compute in float64.

# %%
#| exercise: pearson_per_sequence
def pearson_per_sequence(pred, obs):
    """Pearson's correlation of each row of pred with the same row of obs.

    pred, obs: arrays or tensors (n, L) of finite numbers, of any float type and on any device.
    Returns an array (n,), or a tensor on the CPU.

    Details: r is 0 where the row of pred, or that of obs, is constant (all its values are equal,
    whatever that value is), and never nan.
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
# Row 2: -1, 0, 1 and 1, -2, 1: the products -1, 0, 1 add up to 0. Row 3: opposite, r = -1.
_pred = np.array([[1.0, 2.0, 3.0], [0.0, 1.0, 2.0], [3.0, 2.0, 1.0]])
_obs = np.array([[0.0, 4.0, 8.0], [3.0, 0.0, 3.0], [0.0, 4.0, 8.0]])
_out = np.asarray(pearson_per_sequence(_pred, torch.tensor(_obs)))
assert _out.shape == (3,) and np.allclose(_out, [1, 0, -1]), f"expected [1, 0, -1], got {_out}"
_out = np.asarray(pearson_per_sequence(np.full((1, 300), 0.1), np.arange(300.0)[None]))
assert _out == 0, f"where a row is constant, also at 0.1, r is 0 and not nan; got {_out}"
print("pearson_per_sequence: looks right so far")

# %% [markdown]
# On the validation chromosome, in the windows that have a site (in the others the observation is
# constant), the two networks reach:

# %%
with_site = (val_y.amax(dim=1) > 0).numpy()
predicted = {label: predict_scores(net, val_x) for label, net in nets.items()}
for label, prediction in predicted.items():
    r = np.asarray(pearson_per_sequence(prediction, val_y))[with_site]
    print(f"{label:16s} mean r {r.mean():.2f} over {len(r)} windows with a site")

# %% [markdown]
# ## 2.5 What $r$ cannot see
#
# Look at the network with one convolution, first in a window with a site, then in one without.

# %%
#@title Figure 5: one convolution, with and without a site
one_site = [i for i in range(len(val_y)) if len(runs(val_y[i])) == 1]
highest = predicted["one convolution"].amax(dim=1).numpy()
empty = np.flatnonzero(~with_site)
picked = [one_site[0], empty[np.argsort(highest[empty])[int(0.8 * len(empty))]]]
fig, axes = plt.subplots(2, 1, figsize=(6, 3.6), sharex=True, sharey=True)
for ax, i, what in zip(axes, picked, ("with a site", "without a site"), strict=True):
    ax.fill_between(range(300), val_y[i], color=GRAY, alpha=0.4, step="mid", lw=0, label="true")
    ax.plot(predicted["one convolution"][i], color=ORANGE, lw=1.2, label="one convolution")
    ax.set_title(f"{names[val[i]]}, {what}", fontsize=9, loc="left")
axes[0].legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2, fontsize=8)
axes[1].set(xlabel="position in the window (bp)", xlim=(0, 300))
fig.supylabel("score (bits)", fontsize=10)
show(fig, "Two windows. In the first, the prediction peaks at the true site and has smaller peaks "
     "elsewhere. In the second, which has no site, the prediction has several peaks as well.")

# %% [markdown]
# *Figure 5. Predictions of the network with one convolution. In the lower window there is nothing
# to find.*
#
# It calls sites that do not exist. The mean $r$ above does not count this: it leaves out the
# windows without a site, and 20 % of the windows are like that. In a genome nearly all are, so
# **false calls** decide whether a model is useful.
#
# Two measures see them.
#
# * **Calls in empty windows:** the share of the windows without a site in which some position is
#   predicted at 9 bits or more, the threshold of the data.
# * **AUPRC.** Take all positions of all windows, and sort them by their predicted score. Go down
#   the list. The *precision* is the share of true positions among those passed so far, the *recall*
#   is the share of all true positions that you have passed. The area under the curve of precision
#   against recall is the AUPRC. It is 1 if every covered position is above every other one.
#   Positions with equal predictions are passed together. A model that knows nothing gets the share
#   of covered positions, here 0.07.
#
# An example with five positions, sorted by prediction: true, true, false, true, false. At the true
# ones, the precision is 1/1, 2/2 and 3/4, and each adds a third of the recall: the AUPRC is
# (1 + 1 + 0.75) / 3 = 0.917.

# %%
#@title Helpers: average_precision and a table of measures
CALL = 9.0  # bits


def average_precision(prediction, target):
    """AUPRC over all positions: is a position with a target above 0 predicted high?"""
    p = np.asarray(torch.as_tensor(prediction).cpu().double()).ravel()
    covered = np.asarray(torch.as_tensor(target).cpu()).ravel() > 0
    order = np.argsort(-p)
    p, covered = p[order], covered[order]
    last = np.append(np.flatnonzero(np.diff(p)), len(p) - 1)  # equal predictions count together
    found = covered.cumsum()[last]
    return float((found / (last + 1) * np.diff(found, prepend=0)).sum() / found[-1])


def empty_calls(prediction, target):
    """The share of the windows without a site that have a prediction of CALL or more."""
    return (prediction[target.amax(dim=1) == 0].amax(dim=1) >= CALL).float().mean().item()


def print_measures(predictions, target):
    """A line for each prediction (n, 300) of a dict: mean r, AUPRC, calls in empty windows."""
    print(f"{'':16s}   mean r   AUPRC   calls in empty windows")
    for label, prediction in predictions.items():
        r = np.asarray(pearson_per_sequence(prediction, target))[target.amax(dim=1).numpy() > 0]
        print(f"{label:16s} {r.mean():8.2f} {average_precision(prediction, target):7.3f} "
              f"{empty_calls(prediction, target):12.0%}")


# %%
ordered_example = torch.tensor([[5.0, 4.0, 3.0, 2.0, 1.0]])
print("the example:", round(average_precision(ordered_example, [[1, 1, 0, 1, 0]]), 3), "\n")
print_measures(predicted, val_y)

# %% [markdown]
# By $r$ the two are equal. Both call sites in windows that have none, and the network with one
# convolution does so far more often. Its single layer of filters has to find the motif
# and to mark what it covers at the same time, so each filter can use only a part of the motif, and
# a part of the motif also occurs by chance.
#
# ## 2.6 Your model (core)
#
# Now train yours. The goal is an AUPRC of at least **0.97** on chromosome 21, the validation
# chromosome. The grader measures the AUPRC on a chromosome that you do not have, and gives points
# in three steps: at 0.40, 0.81 and 0.96. It should hold for other random seeds too, so leave
# yourself a margin.
#
# Choose the optimizer, its rate, and if need be the architecture (go back to its cell). Decide by
# the validation loss and by this AUPRC, and leave chromosome 22 alone: a test that has been used to
# choose is no longer a test. A good start is Adam, as for the two networks above:
# `torch.optim.Adam(binding_model.parameters(), lr=...)` with a rate between 0.001 and 0.01, and
# 10 to 30 filters per layer. You may change `epochs` in the parameters cell. Grading stops a cell
# after a minute, so keep the training below half a minute on your machine. Three ideas if you are
# stuck: train a network on a single batch first (if it cannot learn 32 windows by heart, look for
# a mistake); draw its losses as in Figure 4; count the bases that it sees.

# %%
#| exercise: held_out_accuracy
# Train a TFBindingCNN with your fit on train_dl and val_dl, and call it binding_model. It must be
# on device, like this: TFBindingCNN().to(device). Keep what fit returns as binding_losses.
# Train for epochs passes, or choose another number. Use nothing of test_x and test_y.
torch.manual_seed(seed)
### BEGIN SOLUTION
binding_model = TFBindingCNN().to(device)
optimizer = torch.optim.Adam(binding_model.parameters(), lr=0.005)
binding_losses = fit(binding_model, train_dl, val_dl, optimizer, nn.MSELoss(), device, epochs)
### END SOLUTION

# %%
#| check: held_out_accuracy
_out = predict_scores(binding_model, val_x)
_area, _calls = average_precision(_out, val_y), empty_calls(_out, val_y)
print(f"chromosome 21: AUPRC {_area:.3f}, calls in {_calls:.0%} of the empty windows")
assert _area >= 0.4, f"the AUPRC is {_area:.2f}: does the loss fall? Do the checks above pass?"
assert _area >= 0.97, (
    f"the AUPRC is {_area:.3f}, the goal is 0.97. Is your network convolutional to the end, does "
    "it see 29 bases, has the validation loss stopped falling?"
)
print("held_out_accuracy: looks right so far")

# %%
nets["yours"] = binding_model
predicted["yours"] = predict_scores(binding_model, val_x)
print_measures(predicted, val_y)
print()
for label, net in nets.items():
    print(f"{label:16s} {sum(p.numel() for p in net.parameters()):9,} parameters")

# %%
#@title Figure 6: your training, and the precision-recall curves
fig, axes = plt.subplots(1, 2, figsize=(7.5, 3.2))
plot_losses(axes[0], binding_losses, BLUE, "yours")
axes[0].set(xlabel="epoch", ylabel="mean squared error (bits²)", yscale="log")
covered = (val_y.numpy() > 0).ravel()
for label, prediction in predicted.items():
    hits = covered[np.argsort(-prediction.numpy().ravel())].cumsum()
    steps = np.arange(99, len(hits), 100)
    axes[1].plot(hits[steps] / hits[-1], hits[steps] / (steps + 1), color=line_colors[label],
                 label=label)
axes[1].axhline(covered.mean(), color="black", lw=1, ls=":")
axes[1].set(xlabel="recall", ylabel="precision", ylim=(0, 1.02))
fig.legend(*axes[1].get_legend_handles_labels(), loc="outside upper center", ncols=3, fontsize=8)
show(fig, "Left: your training and validation loss fall together on a logarithmic axis. Right: "
     "precision against recall. Your curve stays near 1 up to high recall. Those of flatten and "
     "of one convolution fall steadily.")

# %% [markdown]
# *Figure 6. Left: the losses of your model (training dashed, validation solid). Right: precision
# and recall over the positions of chromosome 21. The dotted line is a model that knows nothing.*
#
# Look at the numbers of parameters. A network that shares what it learns among all positions needs
# far fewer of them, and gets far more out of the same windows. As in week 2, the right architecture
# needs less data: it need not learn for each position what a site looks like.
#
# # Part 3. Use
#
# ## 3.1 Along the window, and shifted
#
# A mean hides much. Figure 7 shows windows of the validation chromosome at the lower end, in the
# middle and at the upper end of your model's $r$. What does it get wrong: where a site is, how
# strong it is, or how sharp its edges are?

# %%
#@title Figure 7: your predictions along three windows
your_r = np.asarray(pearson_per_sequence(predicted["yours"], val_y))
order = np.flatnonzero(with_site)[np.argsort(your_r[with_site])]
picked = [order[int(share * (len(order) - 1))] for share in (0.02, 0.5, 0.98)]
fig, axes = plt.subplots(3, 1, figsize=(6.5, 4.5), sharex=True)
for ax, i in zip(axes, picked, strict=True):
    ax.fill_between(range(300), val_y[i], color=GRAY, alpha=0.4, step="mid", lw=0, label="true")
    ax.plot(predicted["yours"][i], color=BLUE, lw=1.2, label="predicted")
    ax.set_title(f"{names[val[i]]}, r = {your_r[i]:.3f}", fontsize=9, loc="left")
axes[0].legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2, fontsize=8)
axes[-1].set(xlabel="position in the window (bp)", xlim=(0, 300))
fig.supylabel("score (bits)", fontsize=10)
show(fig, "Three windows with true and predicted scores, from a window with a low r to one with a "
     "high r. In the best one the two shapes coincide.")

# %% [markdown]
# *Figure 7. True scores (gray) and yours (blue), in windows with a low, a middle and a high r.*
#
# Is the network really equivariant? Take a window, shift it by some bases (what falls off at one
# end comes in at the other), predict, and shift the prediction back. If $f(T_s x) = T_s f(x)$, all
# rows of Figure 8 are the same, except near the ends of the window, and a site is a straight,
# upright band.

# %%
#@title Figure 8: shift the sequence, and shift the prediction back
lone = next(i for i in range(len(val_y)) if len(runs(val_y[i])) == 1
            and runs(val_y[i])[0][1] == width and 120 < runs(val_y[i])[0][0] < 160)
shifts = range(-100, 101, 4)
shifted = torch.stack([val_x[lone].roll(s, dims=0) for s in shifts])
fig, axes = plt.subplots(1, 2, figsize=(7, 3), sharey=True)
for ax, label in zip(axes, ("flatten", "yours"), strict=True):
    back = [row.roll(-s).numpy() for s, row in zip(shifts, predict_scores(nets[label], shifted),
                                                   strict=True)]
    image = ax.imshow(back, aspect="auto", cmap="viridis", vmin=0, vmax=val_y[lone].max().item(),
                      extent=(0, 300, 100, -100), interpolation="nearest")
    ax.set_xlabel("position, shifted back (bp)")
    ax.set_title(label, fontsize=9)
axes[0].set_ylabel("shift (bp)")
fig.colorbar(image, ax=axes, label="predicted score (bits)")
show(fig, "Two heat maps of predicted score by shift and position. The flatten network has a "
     "faint, uneven band and noise. Yours has one bright, straight band at the site.")

# %% [markdown]
# *Figure 8. Predictions for one window at 51 shifts, shifted back. On the left, the score of the
# same site changes from row to row: it depends on where the site happens to lie.*
#
# How far does an output see? Backpropagation gives the gradient of the score at position 150 with
# respect to *each input*. Where it is exactly zero, the network is blind.

# %%
#@title Figure 9: which inputs the score at position 150 depends on
fig, ax = plt.subplots(figsize=(6, 2.8))
for label in ("flatten", "one convolution", "yours"):
    inputs = val_x[with_site][:200].to(device).requires_grad_()
    nets[label].train(False)
    nets[label](inputs)[:, 150].sum().backward()
    strength = inputs.grad.abs().sum(2).mean(0).cpu()
    ax.plot(strength / strength.max(), color=line_colors[label], label=label)
    print(f"{label}: the score at 150 depends on {int((strength > 0).sum())} positions")
for edge in (150 - width + 1, 150 + width - 1):
    ax.axvline(edge, color="black", lw=1, ls="--")
ax.set(xlabel="position of the input (bp)", ylabel="mean gradient (relative)", xlim=(100, 200))
ax.legend(loc="upper right", fontsize=8)
show(fig, "Mean gradient against input position. One convolution is zero beyond 7 bases from "
     "position 150, yours reaches about 14 bases, flatten reaches everywhere.")

# %% [markdown]
# *Figure 9. The mean size of the gradient, relative to its maximum. The dashed lines are 14 bases
# away: what a score depends on in truth.*
#
# ## 3.2 What a filter learned
#
# The filters of your first convolution look at the DNA itself. For each, take the stretches of
# validation sequence at which its output is above 70 % of its largest, and draw the logo of those.
# Figure 10 shows the four filters with the largest outputs. Compare them with the logo of Figure 2.
# A network has no reason to put a whole motif into one filter, or to use one strand only, because
# the second layer can combine what the filters find.

# %%
#@title Figure 10: filters as logos
first_conv = next((m for m in binding_model.modules()
                   if isinstance(m, nn.Conv1d) and m.weight.shape[1] == 4), None)
if first_conv is None:
    print("your model has no Conv1d on the four bases, so there is no filter to draw")
else:
    kernel = first_conv.weight.detach().cpu()
    size = kernel.shape[2]
    outputs = F.conv1d(val_x.transpose(1, 2), kernel)  # (n, filters, 301 - size)
    pieces = val_x.unfold(1, size, 1).transpose(2, 3)  # (n, 301 - size, size, 4)
    strongest = outputs.amax(dim=(0, 2)).argsort(descending=True)[:4].tolist()
    fig, axes = plt.subplots(2, 2, figsize=(7, 3.6), sharex=True, sharey=True)
    for ax, f in zip(axes.flat, strongest, strict=False):
        fires = outputs[:, f] > 0.7 * outputs[:, f].max()
        draw_logo(ax, pieces[fires].mean(0), f"filter {f}, {int(fires.sum())} stretches")
    fig.supxlabel("position in the filter (bp)", fontsize=10)
    fig.supylabel("information (bits)", fontsize=10)
    show(fig, "Logos of four filters of the first convolution. Each shows a part of the motif, on "
         "one strand or the other.")

# %% [markdown]
# *Figure 10. The sequences at which four filters of your first layer respond most.*
#
# ## 3.3 Does it work on real DNA? (core)
#
# Everything so far was simulated. `data/` also has real human sequences, 200 bp each:
#
# * `ctcf_peaks_200bp.fa.gz`: the 500 strongest ChIP-seq **peaks** of CTCF in GM12878 cells (ENCODE
#   Project Consortium, 2012). In a ChIP-seq experiment, DNA that is bound by the factor is pulled
#   out with an antibody and sequenced. A peak is a place of the genome with many reads.
# * `tap73_peaks_200bp.fa.gz`: 1,000 peaks of another factor, TAp73α. This too is regulatory DNA,
#   but CTCF mostly does not bind there.
#
# Both come with GimmeMotifs (van Heeringen and Veenstra, 2011). Your model has never seen a real
# base. Does it rank the CTCF peaks above the others?
#
# The usual measure is the **AUROC**: pick a positive and a negative at random; how often does the
# positive have the larger score? Formally, over all pairs,
#
# $$\text{AUROC} = \frac{1}{n_+ n_-} \sum_{i} \sum_{j}
#   \Big( [p_i > q_j] + \tfrac{1}{2}\,[p_i = q_j] \Big) .$$
#
# Chance is 0.5. An example: the positives have scores 3 and 1, the negatives 2 and 0. Of the four
# pairs, the positive wins in (3, 2), (3, 0) and (1, 0), and loses in (1, 2), so the AUROC is 3/4.
#
# With 100,000 scores on each side there are 10 billion pairs, too many to compare. Ranks need no
# pairs: sort all scores together, number them from 1, and give equal scores the mean of their
# ranks. In the example the order is 0, 1, 2, 3, and the positives have ranks 2 and 4. A positive's
# rank counts the scores that it beats, among negatives *and* positives. The pairs within the
# positives contribute $n_+(n_+ + 1)/2$ to the sum of ranks $R_+$, whatever the scores are, so
#
# $$\text{AUROC} = \frac{R_+ - n_+(n_+ + 1)/2}{n_+ n_-} = \frac{(2 + 4) - 3}{2 \cdot 2}
#   = \frac{3}{4} .$$
#
# Two tools: `np.unique(x, return_inverse=True, return_counts=True)` groups equal values (the
# cumulative sum of the counts is the largest rank in each group), and `np.searchsorted(ordered, x,
# side="left")` counts the values of `ordered` that are smaller than `x` (with `side="right"`,
# smaller or equal). One of them is enough.

# %%
#| exercise: auroc
def auroc(positives, negatives):
    """The area under the ROC curve: how often a positive scores higher than a negative.

    positives, negatives: 1-D arrays or tensors of numbers; the two may differ in length.
    Returns a float, the share of all pairs (a positive, a negative) in which the positive is
    larger; a pair of equal scores counts half.

    Details: raises a ValueError if either side is empty or has a nan. 100,000 scores on each side
    take less than a second.
    """
    ### BEGIN SOLUTION
    positives = torch.as_tensor(positives).detach().cpu().double().numpy()
    negatives = torch.as_tensor(negatives).detach().cpu().double().numpy()
    for side in (positives, negatives):
        if len(side) == 0 or np.isnan(side).any():
            raise ValueError("each side needs at least one score, and no score may be nan")
    ordered = np.sort(negatives)
    below = np.searchsorted(ordered, positives, side="left")
    not_above = np.searchsorted(ordered, positives, side="right")
    return float((below + not_above).mean() / (2 * len(negatives)))
    ### END SOLUTION


# %%
#| check: auroc
assert np.isclose(auroc(np.array([3.0, 1.0]), np.array([2.0, 0.0])), 0.75), "expected 3/4 (above)"
assert np.isclose(auroc(torch.tensor([2.0]), torch.tensor([2.0, 0.0])), 0.75), (
    "a tie counts half: [2] against [2, 0] is (0.5 + 1) / 2"
)
print("auroc: looks right so far")

# %% [markdown]
# Your model wants 300 bases, and the peaks have 200. We pad with 50 N (rows of zeros) on both
# sides, which add nothing to a filter's output, and take the highest score within the peak. Lower
# case is soft-masked, the same bases.
#
# Three other scores stand beside it:
#
# * the **motif scan**: the log-odds matrix of the training sites, slid over both strands, as in
#   week 2. It knows from the start that there is one motif;
# * the network with **one convolution**;
# * the **GC content** of the peak, which knows nothing of CTCF.

# %%
#@title Read the peaks, and scan them
def read_fasta(path):
    """(names, sequences) of a gzipped FASTA file."""
    with gzip.open(path, "rt") as file:
        entries = file.read().split(">")[1:]
    parts = [entry.split("\n", 1) for entry in entries]
    return [name for name, _ in parts], ["".join(text.split()) for _, text in parts]


def scan(onehot, matrix):
    """Scores (n, L - k + 1) of the better strand: sequences (n, L, 4), matrix (k, 4)."""
    strands = [F.conv1d(onehot.transpose(1, 2), m.T[None])[:, 0]
               for m in (matrix, reverse_complement(matrix))]
    return torch.maximum(*strands)


FLANK = 50  # N on both sides of a peak
peak_names, peak_sequences = {}, {}
for kind in ("ctcf", "tap73"):
    path = Path(data_folder) / f"{kind}_peaks_200bp.fa.gz"
    peak_names[kind], peak_sequences[kind] = read_fasta(path)
peak_x = {kind: one_hot_batch(["N" * FLANK + text + "N" * FLANK for text in texts])
          for kind, texts in peak_sequences.items()}
background = train_x.sum((0, 1)) / train_x.sum()  # shares of A, C, G, T
site_counts = turned.sum(0)
log_odds = torch.log2((site_counts + background) / (len(turned) + 1) / background)

peak_scores = {"GC content": {k: x[:, :, 1:3].sum((1, 2)) / 200 for k, x in peak_x.items()}}
for label in ("one convolution", "yours"):
    peak_scores[label] = {k: predict_scores(nets[label], x)[:, FLANK:-FLANK].amax(1)
                          for k, x in peak_x.items()}
peak_scores["motif scan"] = {k: scan(x[:, FLANK:-FLANK], log_odds).amax(1)
                             for k, x in peak_x.items()}
print({kind: len(texts) for kind, texts in peak_sequences.items()})

# %%
gc = {kind: values.numpy() for kind, values in peak_scores["GC content"].items()}
alike = gc["ctcf"][:, None] == gc["tap73"][None]  # pairs of a CTCF peak and another
print(f"{'':16s}  AUROC   in {alike.sum():,} pairs of equal GC content")
for label, found in peak_scores.items():
    a, b = found["ctcf"].numpy()[:, None], found["tap73"].numpy()[None]
    wins = (a > b) + 0.5 * (a == b)
    print(f"{label:16s} {auroc(found['ctcf'], found['tap73']):6.3f} {wins[alike].mean():9.3f}")

# %%
#@title Figure 11: real peaks
fig, axes = plt.subplots(1, 3, figsize=(7.5, 2.9))
for ax, label in zip(axes, ("one convolution", "yours", "motif scan"), strict=True):
    found = peak_scores[label]
    bins = np.linspace(*np.quantile(torch.cat([*found.values()]), (0, 1)), 31)
    for kind, color, title in (("tap73", ORANGE, "TAp73α peaks"), ("ctcf", BLUE, "CTCF peaks")):
        share = np.full(len(found[kind]), 1 / len(found[kind]))
        ax.hist(found[kind], bins=bins, weights=share, color=color, alpha=0.6, label=title)
    ax.axvline(CALL, color="black", lw=1, ls=":")
    ax.set(xlabel="highest score (bits)")
    ax.set_title(label, fontsize=9)
axes[0].set_ylabel("share of the peaks")
fig.legend(*axes[0].get_legend_handles_labels(), loc="outside upper center", ncols=2, fontsize=8)
show(fig, "Histograms of the highest score per peak for CTCF and TAp73 peaks. One convolution: "
     "the two overlap widely. Yours and the motif scan: nearly all CTCF peaks score above 9 bits "
     "and most TAp73 peaks below.")

# %% [markdown]
# *Figure 11. The highest score in each real peak. The dotted line is 9 bits, the threshold of the
# simulated data.*
#
# A model that was trained on simulated windows works on human DNA. Read the table with care,
# though.
#
# * **GC content alone** separates these peaks fairly well, because CTCF peaks are richer in G and C
#   than the others. The network with one convolution hardly beats it. In pairs of equal GC content
#   there is no such shortcut, and there the difference between the networks is plain. Whenever a
#   score looks good, ask what a trivial one gets.
# * **The motif scan is as good as your network.** It has to be: the labels in training came from a
#   scan. What your network shows is that it learned this motif from labeled windows alone, without
#   being told its width, its strand, or that there is one.
# * **A peak is not binding.** Reads pile up where DNA was near the factor in millions of cells.
#   These are the 500 strongest peaks of one cell type, the easiest ones.
# * **The negatives are another factor's peaks**, not the genome. Some may bind CTCF in another
#   cell. In a genome, negatives outnumber sites by far, and then a small share of false calls is
#   many calls: AUROC does not depend on how rare positives are, AUPRC does.
#
# ## 3.4 What would each mutation do? (core)
#
# Most variants that are associated with common diseases lie outside protein-coding sequence, and
# many are thought to change how factors bind. Testing all of them in the laboratory is out of
# reach. But you can ask a model of the sequence: predict the sequence with one allele, predict it
# with the other, and subtract. To do this for every position and every base is **in-silico
# mutagenesis**. For a window $x$ and a substitution that writes base $j$ at position $i$,
#
# $$\Delta_{ij} = \sum_{l} f(x^{(i \to j)})_l - \sum_{l} f(x)_l .$$
#
# A mutated position is again a row with a single 1: the old base has to go. For example, to write
# a T at position 1 of a copy of `GAC`:

# %%
example = one_hot_batch(["GAC"])[0]
mutated = example.clone()
mutated[1] = torch.tensor([0.0, 0.0, 0.0, 1.0])
print(example.argmax(1).tolist(), "becomes", mutated.argmax(1).tolist())

# %%
#| exercise: in_silico_mutagenesis
def in_silico_mutagenesis(model, onehot):
    """What every single-base substitution changes in the model's prediction.

    model: nn.Module on device, (n, L, 4) to (n, L). onehot: tensor (L, 4), a sequence without N;
    move it to device yourself.
    Returns a float tensor (L, 4) on the CPU. Entry (i, j) is the model's prediction, summed over
    all positions, for the sequence with base j at position i, minus that for the original sequence.
    Exactly 0 where j is the base that is already there (set these: rounding may leave 1e-6).

    Details: predict in evaluation mode, without gradients, on the device of the model's parameters.
    The argument stays unchanged.
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
_model = nn.Sequential(nn.Linear(4, 1, bias=False), nn.Flatten(1)).to(device)  # (n, L, 4) to (n, L)
_model[0].weight.data = torch.tensor([[1.0, 2.0, 3.0, 4.0]], device=device)
_x = one_hot_batch(["GA"])[0]
_out = torch.as_tensor(in_silico_mutagenesis(_model, _x)).cpu()
assert _x.tolist() == [[0, 0, 1, 0], [1, 0, 0, 0]], "the argument was changed: mutate a copy of it"
_expected = torch.tensor([[-2.0, -1, 0, 1], [0, 1, 2, 3]])
assert not torch.allclose(_out, -_expected), "the sign is reversed: new minus original"
assert torch.allclose(_out, _expected), (
    f"is the old base gone? Expected {_expected.tolist()}, got {_out.tolist()}"
)
print("in_silico_mutagenesis: looks right so far")

# %% [markdown]
# Now a real CTCF peak, one with a single good site. This time the flanks are not N but background
# from a simulated window without a site, because a base that is unknown cannot be mutated. A second
# map is made from the *other strand* of the same DNA, and turned back. The protein does not care
# which strand we wrote down. Does your model?

# %%
#@title Figure 12: every mutation of a real CTCF site, from both strands
at_start = scan(peak_x["ctcf"][:, FLANK:-FLANK], log_odds)
best = at_start.argmax(1)
starts = torch.arange(at_start.shape[1])
others = at_start.masked_fill((starts - best[:, None]).abs() < width, -99.0)  # away from the best
is_clear = (at_start.amax(1) > 16) & (others.amax(1) < 3) & ((best - 92).abs() < 50)
chosen = int(is_clear.float().argmax()) if is_clear.any() else int(at_start.amax(1).argmax())

flanks = next(val_x[i] for i in empty if (val_x[i].sum(1) == 1).all())  # no site and no N
peak = torch.cat([flanks[:FLANK], one_hot_batch([peak_sequences["ctcf"][chosen]])[0],
                  flanks[-FLANK:]])
effects = torch.as_tensor(in_silico_mutagenesis(binding_model, peak)).cpu()
twin = torch.as_tensor(in_silico_mutagenesis(binding_model, reverse_complement(peak))).cpu()
turned_back = reverse_complement(twin)

site = FLANK + int(best[chosen])
left, right = site - 10, site + width + 10
here = peak.argmax(1)
forward_wins = bool((peak[site : site + width] * log_odds).sum()
                    >= (peak[site : site + width] * reverse_complement(log_odds)).sum())
motif = consensus if forward_wins else reverse_complement(consensus)
limit = max(effects[left:right].abs().max().item(), turned_back[left:right].abs().max().item())
fig, axes = plt.subplots(3, 1, figsize=(7.5, 4.6), sharex=True, height_ratios=[0.8, 1, 1])
draw_logo(axes[0], motif, f"motif, {'as in Figure 2' if forward_wins else 'on the other strand'}",
          start=site)
axes[0].set_ylabel("bits")
for ax, values, title in ((axes[1], effects, f"peak {peak_names['ctcf'][chosen]}"),
                          (axes[2], turned_back, "its other strand, turned back")):
    image = ax.imshow(values.T, aspect="auto", cmap="PuOr_r", vmin=-limit, vmax=limit)
    ax.plot(range(left, right), here[left:right], ".", color="black", ms=3)
    ax.set(ylabel="new base", xlim=(left - 0.5, right - 0.5))
    ax.set_yticks(range(4), list(BASES))
    ax.set_title(title, fontsize=9, loc="left")
axes[2].set_xticks(range(left, right), [BASES[here[i]] for i in range(left, right)], fontsize=7)
axes[2].set_xlabel("base in the peak")
fig.colorbar(image, ax=axes[1:], label="change of the\nsummed score (bits)")
show(fig, "The motif's logo above two maps of the effect of each substitution around a real CTCF "
     "site. In both maps the columns under tall letters of the logo are strongly negative.")

inside = torch.zeros(300, dtype=torch.bool)
inside[site : site + width] = True
print(f"mean absolute change: {effects[inside].abs().sum().item() / (3 * width):.1f} bits inside "
      f"the site, {effects[~inside].abs().sum().item() / (3 * (300 - width)):.1f} elsewhere")
position, base = divmod(int(effects[left:right].argmin()), 4)
print(f"most harmful: {BASES[here[left + position]]} to {BASES[base]} at position "
      f"{left + position - site} of the site, {effects[left:right].min():.0f} bits")
agreement = np.corrcoef(effects.flatten(), turned_back.flatten())[0, 1]
print(f"correlation of the two maps: {agreement:.2f}")

# %% [markdown]
# *Figure 12. The motif (top), and what each substitution does to the summed score, computed from
# one strand (middle) and from the other (bottom). Purple: the score falls; orange: it rises. Dots
# mark the base that is there.*
#
# The columns that hurt most are those under the tall letters of the logo, which is drawn for the
# strand of this site. Changes are large because they add up over the 15 positions that the site
# covers. Farther away hardly anything matters. The model was never shown a mutation. It learned
# this from sequences that differ in many places at once.
#
# One square beside the site is orange. It is no error: with a C there, the motif scan finds a
# second site, of 12 bits, on the other strand, and it overlaps the first. A mutation can create a
# site as well as destroy one.
#
# The two maps are alike but not equal. Training on both strands taught the network to treat them
# alike; nothing in its architecture forces it to. Averaging the predictions for both strands would.
#
# To **score a regulatory variant**, read off one entry: the base that is there is the reference
# allele, the other one is the new base, and the change is the predicted effect. That takes no
# experiment, but it does take trust. A model can only tell about what it was trained on. This one
# knows one motif and nothing of the cell, and cannot tell what follows from a lost site.

# %% [markdown]
# ## 3.5 The test, once (core)
#
# When you have decided on your model, run the next cell. It is the only one that looks at
# chromosome 22. If you change your model because of what it says, chromosome 22 has become a second
# validation set, and you have no test left.

# %%
predicted_test = {label: predict_scores(net, test_x) for label, net in nets.items()}
print_measures(predicted_test, test_y)

# %% [markdown]
# The class has a **leaderboard** of the AUPRC on the grader's chromosome. Good models all come
# close to 1, so it counts *nines*, $-\log_{10}(1 - \text{AUPRC})$: 0.9 is 1, 0.99 is 2, 0.999 is 3.
# You appear on it only if you want to. Write the name under which you would like to appear; if it
# stays empty, you are not shown. Do not use your real name unless you want to. The leaderboard
# won't affect your grade.

# %%
leaderboard_name = ""

# %% [markdown]
# **Written answer: the architecture.** What did you try, what worked, and what did a filter learn?
#
# A good answer (about fifteen lines) compares at least three architectures or ways of training in a
# small table: what differed, the number of parameters, and the AUPRC on chromosome 21. It reports
# chromosome 22 for the one that you chose, and only for that one. It explains the differences in
# terms of equivariance and receptive field. It describes one filter of the first layer by its logo:
# which part of the motif is it, and on which strand? It ends with one thing that your model would
# get wrong on real binding data, and why. (The networks of this notebook count as architectures.)

# %% [markdown]
# #| written: architecture, points: 6
# ### BEGIN SOLUTION
# All with seed 0 and the same data; "15 + 15" are two convolutions of 16 filters of width 15, then
# one of width 1. I chose by the AUPRC on chromosome 21.
#
# | architecture, training | parameters | sees | best validation loss | AUPRC, chr21 |
# |---|---|---|---|---|
# | FlattenCNN, SGD 0.01, 8 epochs | 1,374,076 | all | 21.8 | 0.18 |
# | FlattenCNN, Adam 0.001, 10 epochs | 1,374,076 | all | 16.2 | 0.57 |
# | FlattenCNN, Adam 0.003, 10 epochs | 1,374,076 | all | 12.9 | 0.71 |
# | 15, Adam 0.005, 8 epochs | 993 | 15 | 12.6 | 0.65 |
# | 29, the same | 1,889 | 29 | 12.7 | 0.63 |
# | 9 + 9, the same | 2,929 | 17 | 5.2 | 0.90 |
# | **15 + 15, the same** | 4,849 | 29 | **1.00** | **0.993** |
#
# The chosen one has an AUPRC of 0.992 on chromosome 22.
#
# *Equivariance.* The networks that flatten have 280 times as many parameters and do far worse. They
# must learn the motif again at each place, from about nine sites. The convolutional ones learn it
# once, from all 2,600 (1,300 on each of two strands). Figure 8 shows it: my network gives one
# straight band, FlattenCNN a faint one that changes from row to row, and noise beside it.
#
# *Receptive field.* A score depends on up to 14 bases on each side. With 17 bases the network
# misses half of the site for the positions at its ends. Half a motif also occurs by chance, so
# 9 + 9 calls sites in 53 % of the windows that have none, and 15 + 15 in 4 %.
#
# *Unexpected.* Seeing 29 bases is not enough: a single convolution of width 29 is no better than
# one of width 15. A sum of 16 rectified filters has to detect a site at 15 offsets on two strands.
# With a second layer, the first can detect the motif, and the second can spread it over the
# positions that it covers. And $r$ hid how bad 9 + 9 is: 0.86, over windows with a site only.
#
# *A filter.* Filter 0 is the whole motif in the direction of Figure 2, with CC at positions 1 and
# 2, the A at 6 and the G at 10. Filter 4 is the other strand, with its C, T and GG. The motif
# resembles its own reverse complement (CCACCAGGTGG), so some filters mix the two.
#
# *On real data* it would call every good motif bound. In a cell, many are in closed chromatin or
# methylated and are not bound, and the sequence of 300 bases is the same in every cell type.
# ### END SOLUTION

# %% [markdown]
# #| rubric: architecture
# * 1 point: a table compares at least three architectures or trainings, each with what differs, its
#   number of parameters and a measure on chromosome 21.
# * 1 point: the model was chosen on chromosome 21 (or by the validation loss), and chromosome 22 is
#   reported once, for the chosen model only.
# * 1 point: equivariance explains why the network that flattens does worse: it learns each position
#   separately, from few sites.
# * 1 point: the receptive field explains why one convolution, or two short ones, call sites that
#   are not there: a score depends on 29 bases.
# * 1 point: one filter is described by its logo, with the part of the motif and the strand.
# * 1 point: names one error on real binding data and its cause, such as closed chromatin,
#   methylation, the cell type, cofactors, or motifs that are not in the training data.

# %% [markdown]
# ## 3.6 Hand it over (stretch)
#
# A model that lives in a notebook helps nobody else. To hand it over you need two things: the
# **weights**, and a **program** that rebuilds the model, loads the weights, and uses them. The
# program `predict.py` is run like this:
#
#     python predict.py --data chr8_sequences.txt.gz --out predictions.csv
#
# The next cell assembles it from the cells of `one_hot_batch`, `reverse_complement`, `TFBindingCNN`
# and `write_predictions`, so that you do not keep two versions of anything. These cells must hold
# all that they need, except for what the program has at its start: `math`, `Path`, `np`, `pd`,
# `torch`, `F`, `nn` and `BASES`. Import anything else, such as `gzip`, inside the cell.
# (`reverse_complement` is for models that use both strands.) If you have changed `TFBindingCNN`,
# train again first, or the weights do not fit. The last cell is yours to write: it reads a file,
# predicts, and writes a table. The program needs only torch, NumPy and pandas, and
# `model_weights.pt` in *its own* folder: no notebook, no training data, no GPU.
#
# The weights are saved as a *state dict*, numbers with names, and not as a whole model. The latter
# would be a pickle, which can run any code when it is opened. `torch.load(path,
# map_location="cpu", weights_only=True)` refuses that, and reads weights from a GPU without one.
# For the table: `pd.DataFrame(array, columns=[...])`, `table.insert(0, name, column)` and
# `table.to_csv(path, index=False)`.
#
# Hand in `model_weights.pt` and `predict.py` together with your notebook if your course asks for
# them. By default, grading runs your notebook and takes the files that it writes then. An
# instructor can choose to grade the files that you hand in, for a training that takes longer than a
# minute, on Colab's GPU for example. If you have the command `autograder check`, it says which of
# the two applies to you.

# %%
#@title Helper: hand_over writes model_weights.pt and predict.py
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


def hand_over(model, pieces, weights_path, script_path):
    """Save the model's weights, and write a program from the cells that define the pieces."""
    torch.save({name: t.cpu() for name, t in model.state_dict().items()}, weights_path)
    texts = [cell_source(piece).split("\nhand_over(")[0].rstrip() for piece in pieces]
    Path(script_path).write_text("\n\n\n".join([SCRIPT_START, *texts, SCRIPT_END]), "utf-8")


# %%
#| exercise: write_predictions
def write_predictions(sequences_path, csv_path, folder):
    """Predict the windows of a file. This function runs inside predict.py.

    sequences_path: tab-separated, columns window_name and sequence, gzipped if it ends in .gz.
    csv_path: where to write. folder: a Path, the folder that holds model_weights.pt.
    Builds a TFBindingCNN on the CPU, loads the weights, and puts it in evaluation mode. Writes a
    CSV file with the columns window_name, 0, 1, ..., 299 and one row per window, in the order of
    the sequences file.

    Details: sequences may contain N and lower case. Encode and predict in batches, so that a
    large file needs little memory; the text may be read all at once.
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


# Keep this call: it saves your weights and writes the program.
hand_over(binding_model, [one_hot_batch, reverse_complement, TFBindingCNN, write_predictions],
          "model_weights.pt", "predict.py")

# %%
#| check: write_predictions
_names = [names[_i] for _i in val[4::-1]]
with tempfile.TemporaryDirectory() as _folder:
    _data, _csv = Path(_folder) / "few_sequences.txt.gz", Path(_folder) / "out.csv"
    _few = {"window_name": _names, "sequence": [sequences[_i].lower() for _i in val[4::-1]]}
    pd.DataFrame(_few).to_csv(_data, sep="\t", index=False)
    _command = [sys.executable, "predict.py", "--data", str(_data), "--out", str(_csv)]
    _done = subprocess.run(_command, capture_output=True, text=True, timeout=120)
    assert _done.returncode == 0, f"predict.py failed. It said:\n{_done.stderr[-1500:]}"
    _table = pd.read_csv(_csv).set_index("window_name")
assert list(_table.index) == _names, "one row per window, in the order of the file"
assert _table.shape[1] == 300, f"{_table.shape[1]} columns beside window_name, not 300"
assert np.allclose(_table, predict_scores(binding_model, val_x[:5]).flip(0), rtol=0.01, atol=0.1), (
    "predict.py does not give what binding_model gives: are the weights loaded?"
)
print("write_predictions: looks right so far")

# %% [markdown]
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
# that knows the motif gets everything right. Your network had to find the motif by itself. Where
# real factors bind also depends on other factors, on chromatin and on the cell type, and the
# measurements are noisy. No model of 300 bases will reach such an AUPRC there.
#
# ## Recap
#
# * Match tables by name, encode N as zeros, show the network both strands, and hold out whole
#   chromosomes.
# * A network that stays convolutional is equivariant: what it learns at one position holds at all
#   of them. Its receptive field has to cover all that an output depends on.
# * Train on one set, choose on a second, and look at the test set once.
# * A measure must see every way to be wrong: $r$ over windows with a site misses false calls, AUPRC
#   over all positions counts them, and AUROC can look good for a trivial reason such as GC content.
# * A model of the sequence can score mutations that have never been measured, as long as they are
#   like the sequences that it was trained on.
#
# In week 3b you tune the same task in an orderly way, with Weights & Biases.
#
# ## References
#
# * Avsec, Weilert, Shrikumar et al. (2021). Base-resolution models of transcription-factor binding
#   reveal soft motif syntax. *Nature Genetics* 53, 354.
# * ENCODE Project Consortium (2012). An integrated encyclopedia of DNA elements in the human
#   genome. *Nature* 489, 57.
# * Phillips, Corces (2009). CTCF: master weaver of the genome. *Cell* 137, 1194.
# * Rauluseviciute, Riudavets-Puig, Blanc-Mathieu et al. (2024). JASPAR 2024: 20th anniversary of
#   the open-access database of transcription factor binding profiles. *Nucleic Acids Research* 52,
#   D174.
# * Schneider, Stephens (1990). Sequence logos: a new way to display consensus sequences. *Nucleic
#   Acids Research* 18, 6097.
# * van Heeringen, Veenstra (2011). GimmeMotifs: a de novo motif prediction pipeline for
#   ChIP-sequencing experiments. *Bioinformatics* 27, 270.
# * Whalen, Schreiber, Noble, Pollard (2022). Navigating the pitfalls of applying machine learning
#   in genomics. *Nature Reviews Genetics* 23, 169.
# * Zhou, Troyanskaya (2015). Predicting effects of noncoding variants with deep learning-based
#   sequence model. *Nature Methods* 12, 931.
