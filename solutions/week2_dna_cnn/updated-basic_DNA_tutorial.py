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
# # Week 2. From DNA to a motif detector
#
# GENE 46100, Deep Learning in Genomics. Unit 0: why deep learning for genomics?
#
# Week 1 ended with a promise: a network whose architecture suits DNA. This week you build one. A
# *motif* is a short pattern that a protein recognizes in DNA, and the question "is there a motif
# anywhere in this sequence?" is awkward for a sum over positions, and natural for a **convolutional
# network** (CNN).
#
# * **Part 1 (DNA as numbers).** You turn DNA into a matrix, score it, and slide a motif along it.
#   Then you see that this sliding *is* a convolution, and that a motif is a filter.
# * **Part 2 (learning).** A linear model, an MLP and a CNN learn the same scored DNA words from few
#   examples. You compare them, and read from the CNN's filters what it has learned.
#
# All data of this notebook are simulated: short words, scored by a rule that we made up, so that we
# know the truth. The rule follows a tutorial by Wilson (2022).
#
# **How to work.** Read from top to bottom and run each cell. In an exercise, write your code where
# it says `YOUR CODE HERE` and delete the line that raises `NotImplementedError`. The cell after it
# checks your code on a small example. The checks are there to help you; they do not test
# everything, so read the docstring too. Cells that use a function you have not written yet will
# fail, and that is expected. Before you hand in, restart the kernel and run all cells.

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
train_share = 0.1  # share of all words that the models of part 2 learn from
epochs = 20  # passes over these words when you train a model in part 2

# %%
# What this notebook needs on top. If logomaker is missing: pip install logomaker
import copy
from itertools import product

import logomaker
import pandas as pd
from torch.utils.data import (
    BatchSampler,
    DataLoader,
    RandomSampler,
    SequentialSampler,
    TensorDataset,
)

# The look of the figures. The colours can be told apart by colour-blind readers
# (Okabe and Ito's palette).
BLUE, ORANGE, GREEN, GREY = "#0072B2", "#D55E00", "#009E73", "#8C8C8C"
YELLOW, PINK = "#E69F00", "#CC79A7"
plt.rcParams.update({
    "figure.dpi": 150,
    "figure.figsize": (6, 3.5),
    "figure.constrained_layout.use": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
})

# %% [markdown]
# # Part 1. DNA as numbers
#
# ## 1.1 One-hot encoding
#
# A network multiplies and adds, so the letters must become numbers. The codes A = 1, C = 2, G = 3,
# T = 4 would claim that T is four times as much as A, and that C lies between A and G. To claim
# nothing of the kind, each base gets a column of its own. A sequence $s$ of length $L$ becomes a
# matrix with $L$ rows and 4 columns,
#
# $$X_{ij} = \begin{cases} 1 & \text{if } s_i = b_j \\ 0 & \text{otherwise,} \end{cases}$$
#
# where $b_1, \dots, b_4$ are the four bases in some fixed order. Every row has a single 1: it is
# "hot" in one place. The sequencer's letter N, an unknown base, gets a row of zeros.
#
# **The order matters.** The lecture's slide draws the columns as A, T, G, C; most software, and
# this course, has A, C, G, T. Neither is wrong, but a matrix does not say which one it has. Encode
# with the one and read with the other, and every C is taken for a T, every T for a C, without any
# error message. So your function takes the order as an argument.

# %%
BASES = "ACGT"  # the order of the columns, everywhere in this course


# %%
#| exercise: one_hot_encode
def one_hot_encode(seq, alphabet="ACGT"):
    """One-hot encode a DNA sequence.

    seq: a string of length L, of the letters A, C, G, T and N, in upper or lower case or both.
    alphabet: the four bases (upper case) in the order of the columns.
    Returns a float32 tensor (L, 4): row i has a 1 in the column of base seq[i] and zeros elsewhere;
    the row of an N is all zeros.
    Raises ValueError if seq has any other letter (a space, a U, a gap).
    """
    ### BEGIN SOLUTION
    letters = seq.upper()
    unknown = set(letters) - set(alphabet) - {"N"}
    if unknown:
        raise ValueError(f"not a DNA sequence, it has {sorted(unknown)}")
    rows = [[float(letter == base) for base in alphabet] for letter in letters]
    return torch.tensor(rows, dtype=torch.float32).reshape(len(letters), len(alphabet))
    ### END SOLUTION


# %%
#| check: one_hot_encode
# The lecture's example, ATGCGTA, with the columns in the slide's order A, T, G, C.
_slide = torch.tensor([
    [1.0, 0, 0, 0],  # A
    [0, 1.0, 0, 0],  # T
    [0, 0, 1.0, 0],  # G
    [0, 0, 0, 1.0],  # C
    [0, 0, 1.0, 0],  # G
    [0, 1.0, 0, 0],  # T
    [1.0, 0, 0, 0],  # A
])
_out = one_hot_encode("ATGCGTA", alphabet="ATGC")
assert isinstance(_out, torch.Tensor), f"return a tensor, not a {type(_out).__name__}"
assert tuple(_out.shape) == (7, 4), f"7 bases need shape (7, 4); got {tuple(_out.shape)}"
assert _out.dtype == torch.float32, f"networks want float32; got {_out.dtype}"
assert torch.equal(_out, _slide), f"the slide's matrix is expected for ATGCGTA; got\n{_out}"
_out = one_hot_encode("ACGT")
assert torch.equal(_out, torch.eye(4)), f"by default the columns are A, C, G, T; got\n{_out}"
assert torch.equal(one_hot_encode("acGT"), torch.eye(4)), "lower case means the same bases"
_out = one_hot_encode("TN")
assert tuple(_out.shape) == (2, 4), "an N keeps its row: two letters, two rows"
assert torch.equal(_out[1], torch.zeros(4)), f"the row of an N is all zeros; got {_out[1]}"
try:
    one_hot_encode("ACXT")
except ValueError:
    pass
else:
    raise AssertionError("X is no base: raise a ValueError")
print("one_hot_encode: looks right so far")

# %% [markdown]
# The lecture's example in both orders, the slide's on the left:

# %%
fig, axes = plt.subplots(1, 2, figsize=(5, 3.4))
for ax, order in zip(axes, ("ATGC", BASES), strict=True):
    matrix = one_hot_encode("ATGCGTA", alphabet=order)
    ax.imshow(matrix, cmap="Blues", vmin=0, vmax=1.4)
    for i in range(7):
        for j in range(4):
            on = bool(matrix[i, j])
            ax.text(j, i, int(on), ha="center", va="center", color="white" if on else GREY)
    ax.set_xticks(range(4), list(order))
    ax.set_yticks(range(7), list("ATGCGTA"))
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    ax.set_title(f'alphabet="{order}"', fontsize=10)
plt.show()

# %% [markdown]
# A and G stay where they are, C and T swap their columns. Both matrices look perfectly healthy,
# which is why such a mistake is hard to find later.
#
# ## 1.2 A score to learn
#
# Now the rule that our networks will have to discover. Each base is worth some points, and the
# score of a sequence starts with the mean of its bases:
#
# | base | A | C | G | T |
# |---|---|---|---|---|
# | points | 20 | 17 | 14 | 11 |
#
# On top of it come two motifs. Think of TAT as the site of an activator: if it occurs, the score
# gains 10. Think of GCG as the site of a repressor: if it occurs, the score loses 10. Each counts
# once, wherever it is and however often it occurs. (Both motifs are invented.)

# %%
#| exercise: score_sequence
def score_sequence(seq):
    """Score a DNA sequence.

    seq: a string of upper-case A, C, G, T, of length at least 1.
    Returns a float: the mean over the positions of the base's points (A 20, C 17, G 14, T 11), plus
    10 if TAT occurs anywhere in seq, minus 10 if GCG occurs anywhere. A motif that occurs several
    times counts once. If both motifs occur, both count.
    """
    ### BEGIN SOLUTION
    points = {"A": 20, "C": 17, "G": 14, "T": 11}
    score = sum(points[base] for base in seq) / len(seq)
    if "TAT" in seq:
        score += 10
    if "GCG" in seq:
        score -= 10
    return score
    ### END SOLUTION


# %%
#| check: score_sequence
# By hand: ACGT has (20 + 17 + 14 + 11) / 4 = 15.5; TATATA has (11 + 20) / 2 + 10 = 25.5;
# TATGCG has (11 + 20 + 11 + 14 + 17 + 14) / 6 + 10 - 10 = 14.5
assert np.isclose(score_sequence("A"), 20), f"A scores 20; got {score_sequence('A')}"
_out = score_sequence("ACGT")
assert np.ndim(_out) == 0, "the score is a single number"
assert not np.isclose(_out, 62), "this is the sum of the points; we want their mean"
assert np.isclose(_out, 15.5), f"ACGT scores 15.5 (worked above); got {_out}"
_out = score_sequence("TATATA")
assert not np.isclose(_out, 35.5), "TAT occurs twice in TATATA (they overlap), and counts once"
assert not np.isclose(_out, 15.5), "TATATA contains TAT: where is its bonus?"
assert np.isclose(_out, 25.5), f"TATATA scores 25.5 (worked above); got {_out}"
assert np.isclose(score_sequence("GCG"), 5), f"GCG scores 15 - 10; got {score_sequence('GCG')}"
_out = score_sequence("TATGCG")
assert np.isclose(_out, 14.5), f"both motifs count in TATGCG: 14.5 expected, got {_out}"
print("score_sequence: looks right so far")

# %% [markdown]
# ## 1.3 When the place matters
#
# In real regulatory DNA the place of a site can matter: a site near the start of a gene may do more
# than the same site further away. In a second version of the score, a motif that begins at position
# $i$ (counted from 0) is worth
#
# $$10 \left(1 - \frac{i}{L - 3}\right) .$$
#
# That is 10 at the very start, and falls evenly to 0 at the last place where three bases fit,
# $i = L - 3$. We keep this version for later, to ask which networks can tell *where*, and which
# only *whether*.

# %%
#| exercise: score_by_position
def score_by_position(seq):
    """Score a DNA sequence in which early motifs count more.

    seq: a string of upper-case A, C, G, T, of length L at least 4.
    Returns a float, as score_sequence, but if TAT occurs it adds 10 * (1 - i / (L - 3)), where i is
    the position (from 0) at which TAT begins for the first time. GCG, if it occurs, subtracts the
    same expression with its own first start. Later copies of a motif change nothing.
    """
    ### BEGIN SOLUTION
    points = {"A": 20, "C": 17, "G": 14, "T": 11}
    score = sum(points[base] for base in seq) / len(seq)
    for motif, sign in (("TAT", 1), ("GCG", -1)):
        start = seq.find(motif)
        if start >= 0:
            score += sign * 10 * (1 - start / (len(seq) - 3))
    return score
    ### END SOLUTION


# %%
#| check: score_by_position
# By hand, L = 5, so L - 3 = 2. The bases of TATAA have the mean (11 + 20 + 11 + 20 + 20)/5 = 16.4,
# and so have those of ATATA and of AATAT. TAT begins at 0, 1 and 2: bonus 10, 5 and 0
assert np.isclose(score_by_position("ACGT"), 15.5), "without a motif only the mean counts"
_out = [float(score_by_position(seq)) for seq in ("TATAA", "ATATA", "AATAT")]
assert not np.allclose(_out, [26.4] * 3), "the bonus is the same everywhere: use the position"
assert not np.allclose(_out, [26.4, 24.4, 22.4]), "divide the start by L - 3, not by L"
assert np.allclose(_out, [26.4, 21.4, 16.4]), f"expected 26.4, 21.4, 16.4, got {_out}"
# GCGCG: mean (3*14 + 2*17)/5 = 15.2, GCG begins at 0 (and at 2, which changes nothing)
_out = score_by_position("GCGCG")
assert not np.isclose(_out, 15.2), "GCG begins at 0 and again at 2: the first start counts"
assert np.isclose(_out, 5.2), f"GCGCG scores 15.2 - 10 = 5.2; got {_out}"
print("score_by_position: looks right so far")

# %% [markdown]
# ## 1.4 Sliding a motif along DNA
#
# Real motifs are not as strict as TAT. A protein tolerates some bases at some places, and prefers
# others. Suppose that an experiment found these ten binding sites (they are made up, too). We count
# how often each base occurs at each place, and compare with the background, where each base has
# probability $1/4$:
#
# $$W_{mj} = \log_2 \frac{p_{mj}}{1/4}, \qquad m = 0, \dots, k-1, \quad j \in \{A, C, G, T\} .$$
#
# $W$ is a **position weight matrix** (PWM): positive where a base is more frequent than by chance,
# negative where it is rarer (Stormo, 2000). Before dividing, we add one to each count, so that
# no base has probability zero, whose logarithm would be $-\infty$.

# %%
sites = ["TATAA", "TATAT", "TATAA", "TAAAA", "CATAA", "TATAA", "TATTA", "TATAA", "GATAA", "TATAG"]
counts = torch.stack([one_hot_encode(site) for site in sites]).sum(0)
probabilities = (counts + 1) / (len(sites) + 4)
site_pwm = torch.log2(probabilities / 0.25)
print("PWM, one row for each of the five places:")
print(pd.DataFrame(site_pwm.numpy().round(2), columns=list(BASES)).to_string())

# %% [markdown]
# A **sequence logo** shows the same as letters. The total height at each place is its information
# content in bits, 0 if all four bases are equally frequent and 2 if only one occurs, and each
# letter takes its share. We draw logos with Logomaker (Tareen and Kinney, 2020).

# %%
LOGO_COLOURS = {"A": GREEN, "C": BLUE, "G": YELLOW, "T": ORANGE}


def draw_logo(ax, frequencies, title):
    """Draw the logo of base frequencies (k, 4), rows that add up to one, on a matplotlib axis."""
    p = frequencies.cpu().numpy()
    bits = 2 + (p * np.log2(np.clip(p, 1e-9, 1))).sum(1, keepdims=True)
    heights = pd.DataFrame(p * bits.clip(0), columns=list(BASES))
    logomaker.Logo(heights, ax=ax, color_scheme=LOGO_COLOURS)
    ax.set(ylim=(0, 2), yticks=[0, 1, 2], xticks=range(len(p)))
    ax.set_title(title, fontsize=9)


fig, ax = plt.subplots(figsize=(3.6, 2))
draw_logo(ax, counts / len(sites), "ten made-up binding sites")
ax.set(xlabel="place in the motif", ylabel="bits")
plt.show()

# %% [markdown]
# How well does a stretch of DNA fit the motif? Add up the weight of each of its bases. Then slide
# the motif on by one base and do it again. The score at the start $i$ is
#
# $$a_i = \sum_{m=0}^{k-1} \sum_{j=1}^{4} X_{i+m,\,j}\; W_{mj}, \qquad i = 0, \dots, L - k .$$
#
# Since each row of $X$ has a single 1, the inner sum just picks the weight of the base that is
# there. A motif of length $k$ fits at $L - k + 1$ places. The last of them is easily forgotten.

# %%
#| exercise: pwm_scan
def pwm_scan(onehot, pwm):
    """Score every place of a sequence with a position weight matrix.

    onehot: float tensor (L, 4). pwm: float tensor (k, 4) of the same dtype, columns in the same
    order, k at most L. Any numbers may be in either.
    Returns a tensor (L - k + 1,): entry i is the sum of the products of rows i to i + k - 1 of
    onehot with the rows of pwm, the first with the first. The pwm is neither flipped nor
    complemented, and neither argument is changed.
    """
    ### BEGIN SOLUTION
    windows = onehot.unfold(0, len(pwm), 1)  # (L - k + 1, 4, k)
    return (windows * pwm.T).sum(dim=(1, 2))
    ### END SOLUTION


# %%
#| check: pwm_scan
# By hand, for ATCG and a PWM of length 2, whose rows are (1, 0, 0, 3) and (0, 5, 2, 0):
#   AT: 1 + 0 = 1,   TC: 3 + 5 = 8,   CG: 0 + 2 = 2
_x = torch.eye(4)[[0, 3, 1, 2]]
_pwm = torch.tensor([[1.0, 0, 0, 3], [0, 5, 2, 0]])
_out = pwm_scan(_x, _pwm)
assert isinstance(_out, torch.Tensor), f"return a tensor, not a {type(_out).__name__}"
assert tuple(_out.shape) != (2,), "the last place, where CG stands, is missing"
assert tuple(_out.shape) == (3,), f"a motif of 2 fits 3 times into 4; got {tuple(_out.shape)}"
assert not torch.allclose(_out, torch.tensor([3.0, 0, 5])), "the PWM runs backwards: do not flip it"
assert torch.allclose(_out, torch.tensor([1.0, 8, 2])), f"expected 1, 8, 2, got {_out}"
assert torch.allclose(pwm_scan(_x[1:3], _pwm), torch.tensor([8.0])), "k = L leaves one place"
print("pwm_scan: looks right so far")

# %% [markdown]
# In the next figure we scan a longer sequence with the PWM of the ten sites. Where would you say a
# protein binds?

# %%
promoter = "GCGCCTATAAGGCATCGATTACTTTCG"
scan = pwm_scan(one_hot_encode(promoter), site_pwm)
print("highest score", f"{scan.max().item():.1f}", "at position", scan.argmax().item(),
      "where the sequence reads", promoter[scan.argmax():scan.argmax() + len(site_pwm)])

fig, ax = plt.subplots(figsize=(7, 2.8))
ax.bar(range(len(scan)), scan, color=[BLUE if value > 0 else GREY for value in scan])
ax.axhline(0, color="black", lw=0.8)
ax.set_xticks(range(len(promoter)), list(promoter))
ax.set(xlabel="sequence (each bar stands at the first base of its window)", ylabel="PWM score",
       xlim=(-0.7, len(promoter) - 0.3))
plt.show()

# %% [markdown]
# The scores are logarithms of ratios: a score of $a$ says that these five bases are $2^a$ times as
# probable in a binding site as in random DNA. We have read one strand only. A protein can bind
# either, so a real scan does the same with the reverse complement.
#
# ## 1.5 The scan is a convolution
#
# Here is what PyTorch's `nn.Conv1d` computes, with $C$ input channels (for us the four bases), $F$
# filters $K$ of width $k$, and biases $c$:
#
# $$a_{f,i} = c_f + \sum_{j=1}^{C} \sum_{m=0}^{k-1} K_{f,j,m}\; x_{j,\,i+m} .$$
#
# Put it beside the scan. With one filter and no bias it is the same sum, and the filter is the PWM;
# only the axes are in another order. Conv1d wants channels before positions, an input of shape
# `(n, 4, L)`, while our matrices have positions first.
#
# Mathematicians may object. In their convolution the filter runs backwards ($x_{i-m}$ instead of
# $x_{i+m}$), and what PyTorch computes is a *cross-correlation*. For a filter that is learned it
# makes no difference, since it may as well learn its mirror image. For a PWM that you put in by
# hand it does: flip it, and you look for AATAT instead of TATAA.

# %%
#| exercise: pwm_to_conv
def pwm_to_conv(pwm):
    """A convolution that scans with a position weight matrix.

    pwm: float32 tensor (k, 4), columns in the order of the input's channels. It is not changed.
    Returns an nn.Conv1d(4, 1, k, bias=False), without padding, whose weights are set such that an
    input of shape (1, 4, L), the transpose of a one-hot matrix (L, 4), gives an output of shape
    (1, 1, L - k + 1) that equals the scan with pwm.
    """
    ### BEGIN SOLUTION
    conv = nn.Conv1d(4, 1, kernel_size=len(pwm), bias=False)
    with torch.no_grad():
        conv.weight.copy_(pwm.T.unsqueeze(0))
    return conv
    ### END SOLUTION


# %%
#| check: pwm_to_conv
# The example of pwm_scan's check: ATCG and rows (1, 0, 0, 3), (0, 5, 2, 0) give 1, 8, 2
_x = torch.eye(4)[[0, 3, 1, 2]].T.unsqueeze(0)
_conv = pwm_to_conv(torch.tensor([[1.0, 0, 0, 3], [0, 5, 2, 0]]))
assert isinstance(_conv, nn.Conv1d), f"return an nn.Conv1d, not a {type(_conv).__name__}"
assert _conv.bias is None, "a scan has no bias: bias=False"
assert tuple(_conv.weight.shape) == (1, 4, 2), (
    f"Conv1d keeps its weight as (filters, channels, width), here (1, 4, 2); got "
    f"{tuple(_conv.weight.shape)}"
)
_out = _conv(_x).detach()
assert tuple(_out.shape) == (1, 1, 3), f"no padding: shape (1, 1, 3); got {tuple(_out.shape)}"
_out = _out.flatten()
assert not torch.allclose(_out, torch.tensor([3.0, 0, 5])), (
    "the filter is flipped: Conv1d does not turn it round, so you need not either"
)
assert torch.allclose(_out, torch.tensor([1.0, 8, 2])), (
    f"expected 1, 8, 2, got {_out}. The weights need the transpose of the PWM; a reshape also has "
    "the right shape, but mixes up bases and places"
)
print("pwm_to_conv: looks right so far")

# %%
site_conv = pwm_to_conv(site_pwm)
by_conv = site_conv(one_hot_encode(promoter).T.unsqueeze(0)).detach().flatten()
print("scan and convolution differ by at most", f"{(by_conv - scan).abs().max().item():.1g}")

# %% [markdown]
# ## 1.6 A motif detector
#
# One step is left from scores to an answer. "Is there a motif *anywhere*?" is a question about the
# best place:
#
# $$\text{motif present} \iff \max_i\, a_i \ge t ,$$
#
# with a threshold $t$. The scan looks everywhere with the same eyes, and the maximum forgets where
# it looked. In a network these two steps are a convolution and a *max-pooling* layer, and DeepBind,
# the first deep network for protein binding sites, works in just this way (Alipanahi et al., 2015).

# %%
#| exercise: has_motif
def has_motif(onehot, pwm, threshold):
    """Does a motif occur anywhere in the sequence?

    onehot: float tensor (L, 4). pwm: float tensor (k, 4) of the same dtype, k at most L.
    threshold: a number.
    Returns a Python bool: True if the PWM's score is at least threshold at one place or more.
    You may use pwm_scan.
    """
    ### BEGIN SOLUTION
    return bool(pwm_scan(onehot, pwm).max() >= threshold)
    ### END SOLUTION


# %%
#| check: has_motif
# A PWM with a 1 for each letter of TAT: its score is the number of letters that fit.
# In GTATC the best place, TAT itself, scores 3; the best in GTAGC, TAG, scores 2
_tat = torch.eye(4)[[3, 0, 3]]
_yes, _no = torch.eye(4)[[2, 3, 0, 3, 1]], torch.eye(4)[[2, 3, 0, 2, 1]]
_out = has_motif(_yes, _tat, 3)
assert isinstance(_out, bool), f"return a Python bool, not a {type(_out).__name__}: try bool(...)"
assert _out, "GTATC contains TAT, whose score is exactly 3: at least the threshold is enough"
assert not has_motif(_no, _tat, 3), "GTAGC does not reach 3 anywhere"
assert has_motif(_no, _tat, 2), "GTAGC reaches 2, at TAG: one place is enough"
assert not has_motif(_yes, _tat, 3.5), "nothing can exceed the three letters of TAT"
print("has_motif: looks right so far")

# %% [markdown]
# With the PWM of the check, "anywhere in the sequence" costs a machine no more than `"TAT" in seq`:

# %%
tat_pwm = one_hot_encode("TAT")
for example in ("GGTATCCA", "TTTTATTT", "GGTACCCA", "ATGCGTA"):
    print(f"{example:8s}  detector: {has_motif(one_hot_encode(example), tat_pwm, 3)!s:5s}  "
          f"text search: {'TAT' in example}")

# %% [markdown]
# # Part 2. Learning the score
#
# In part 1 *we* knew the motifs. Now we hide them: a network sees words and their scores, nothing
# else, and has to find out.
#
# ## 2.1 Words, and which of them to learn from
#
# There are $4^8 = 65\,536$ DNA words of length 8, few enough to score them all. The networks will
# learn from a tenth. That is closer to life, where nobody measures all sequences, and it makes the
# comparison sharp: what a model says about the words that it never saw shows what it has
# understood.
#
# We split the words into three parts. The **training** words set the weights. The **validation**
# words are watched during training, to choose a learning rate or to see when to stop. The **test**
# words wait for the final verdict. The parts must not overlap, and whether a word lands in one or
# the other must be left to chance: here the words come in alphabetical order, and a model trained
# on the first tenth would have seen nothing but words that begin with A.

# %%
words = ["".join(letters) for letters in product(BASES, repeat=8)]
print(f"{len(words)} words, from {words[0]} to {words[-1]}")


# %%
#| exercise: split_words
def split_words(words, fractions, seed):
    """Split words at random into training, validation and test words.

    words: a list of distinct strings. It is left unchanged.
    fractions: three numbers that add up to 1, the shares of training, validation and test words.
    seed: an int. The same words and seed give the same split, another seed gives another split.
    Returns three lists (train, validation, test), each in random order. They share no word,
    together they hold every word, and each has its fraction of the words, to within one word.
    """
    ### BEGIN SOLUTION
    order = np.random.default_rng(seed).permutation(len(words))
    shuffled = [words[i] for i in order]
    first = round(fractions[0] * len(words))
    second = round((fractions[0] + fractions[1]) * len(words))
    return shuffled[:first], shuffled[first:second], shuffled[second:]
    ### END SOLUTION


# %%
#| check: split_words
_words = [f"word{i:02d}" for i in range(20)]
_before = list(_words)
_out = split_words(_words, (0.5, 0.3, 0.2), 0)
assert len(_out) == 3 and all(isinstance(part, list) for part in _out), "return three lists"
assert [len(part) for part in _out] == [10, 6, 4], (
    f"0.5, 0.3 and 0.2 of 20 words are 10, 6 and 4; got {[len(part) for part in _out]}"
)
assert sorted(_out[0] + _out[1] + _out[2]) == _before, (
    "together the three lists must hold every word exactly once: none shared, none lost"
)
assert _out[0] + _out[1] + _out[2] != _before, "the words are in their old order: shuffle them"
assert _words == _before, "the caller's list was changed: shuffle a copy"
assert [list(part) for part in split_words(_words, (0.5, 0.3, 0.2), 0)] == list(_out), (
    "the same seed must give the same split: let all randomness follow from the seed"
)
assert split_words(_words, (0.5, 0.3, 0.2), 1)[0] != _out[0], "another seed, another split"
print("split_words: looks right so far")

# %% [markdown]
# Now to tensors. We encode and score every word once, and then pick rows. Inputs have shape
# `(n, 8, 4)` and targets `(n, 1)`; remember from week 1 why the targets need two dimensions.
#
# In week 1 each step used all examples. From here on a step uses a **batch**: a few examples drawn
# at random. Its gradient is a noisy estimate of the full one, but it costs a fraction and lets us
# take a hundred steps in one epoch. PyTorch's `DataLoader` shuffles the examples and cuts them into
# batches.

# %%
row_of = {word: row for row, word in enumerate(words)}
all_inputs = torch.stack([one_hot_encode(word) for word in words])
all_targets = torch.tensor([score_sequence(word) for word in words]).float().unsqueeze(1)


def make_loader(some_words, targets=all_targets, batch_size=64, shuffle=True):
    """A DataLoader over the words: batches x (b, 8, 4) and y (b, 1). The last may be smaller."""
    rows = [row_of[word] for word in some_words]
    dataset = TensorDataset(all_inputs[rows], targets[rows])
    sampler = RandomSampler(dataset) if shuffle else SequentialSampler(dataset)
    # The loader takes a whole batch of rows at once, much faster than one by one and then stacking.
    return DataLoader(dataset, sampler=BatchSampler(sampler, batch_size, False), batch_size=None)


val_share = 0.05
train_words, val_words, test_words = split_words(
    words, (train_share, val_share, 1 - train_share - val_share), seed
)
train_dl = make_loader(train_words)
val_dl = make_loader(val_words, batch_size=1024, shuffle=False)
x_batch, y_batch = next(iter(train_dl))
print(f"{len(train_words)} training, {len(val_words)} validation, {len(test_words)} test words")
print(f"a batch: x {tuple(x_batch.shape)} {x_batch.dtype}, y {tuple(y_batch.shape)}")

# %%
has_tat = torch.tensor(["TAT" in word for word in words])
has_gcg = torch.tensor(["GCG" in word for word in words])
GROUPS = {
    "neither": (~has_tat & ~has_gcg, GREY),
    "TAT": (has_tat & ~has_gcg, BLUE),
    "GCG": (~has_tat & has_gcg, ORANGE),
    "both": (has_tat & has_gcg, GREEN),
}
fig, ax = plt.subplots(figsize=(6, 3))
bins = np.arange(2, 30.01, 0.5)
for name, (members, colour) in GROUPS.items():
    ax.hist(all_targets[members].flatten(), bins=bins, color=colour, alpha=0.8,
            label=f"{name}: {int(members.sum())} words")
ax.set(xlabel="score", ylabel="words", yscale="log", title="All words, by the motifs they contain")
ax.legend(loc="upper left", fontsize=8)
ax.set_ylim(top=1e5)
plt.show()

# %% [markdown]
# ## 2.2 Three models
#
# **The linear model** gives each base at each position a weight, and adds up. The matrix
# `(L, 4)` is *flattened* into one row of $4L$ numbers for it. It is the model behind the line of
# week 1, with $4L$ slopes.

# %%
#| exercise: DNALinear
class DNALinear(nn.Module):
    """Linear model of a DNA sequence: flatten, then one linear layer with a bias."""

    def __init__(self, seq_len):
        """seq_len: the number of positions L of the sequences."""
        super().__init__()
        ### BEGIN SOLUTION
        self.linear = nn.Linear(4 * seq_len, 1)
        ### END SOLUTION

    def forward(self, x):
        """x: tensor (n, L, 4). Returns a tensor (n, 1)."""
        ### BEGIN SOLUTION
        return self.linear(x.flatten(1))
        ### END SOLUTION


# %%
#| check: DNALinear
torch.manual_seed(0)
_model = DNALinear(5)
_n = sum(p.numel() for p in _model.parameters())
assert _n > 0, "PyTorch finds no parameters: store the layer as an attribute of self"
assert _n == 21, f"5 positions of 4 bases and a bias make 21 parameters, found {_n}"
_out = _model(torch.randn(3, 5, 4))
assert tuple(_out.shape) == (3, 1), f"3 sequences in, shape (3, 1) out; got {tuple(_out.shape)}"
assert tuple(_model(torch.randn(1, 5, 4)).shape) == (1, 1), "a batch of one gives shape (1, 1)"
_x = torch.randn(50, 5, 4)
_bend = (_model(_x) + _model(-_x)) / 2 - _model(torch.zeros(1, 5, 4))
assert _bend.abs().max() < 1e-4, "the model is not linear: it needs no ReLU"
print("DNALinear: looks right so far")

# %% [markdown]
# **The MLP** of week 1, on the flattened sequence. A hidden unit sees all positions at once, so it
# can respond to TAT at the start of the word. TAT one position later is another pattern of inputs,
# for which the network needs other weights, learned from other examples.

# %%
#| exercise: DNAMLP
class DNAMLP(nn.Module):
    """MLP of a DNA sequence: flatten, linear, ReLU, linear. Both linear layers have a bias."""

    def __init__(self, seq_len, hidden_dim=64):
        """seq_len: the number of positions L. hidden_dim: the width of the hidden layer."""
        super().__init__()
        ### BEGIN SOLUTION
        self.hidden = nn.Linear(4 * seq_len, hidden_dim)
        self.output = nn.Linear(hidden_dim, 1)
        ### END SOLUTION

    def forward(self, x):
        """x: tensor (n, L, 4). Returns a tensor (n, 1)."""
        ### BEGIN SOLUTION
        return self.output(torch.relu(self.hidden(x.flatten(1))))
        ### END SOLUTION


# %%
#| check: DNAMLP
torch.manual_seed(0)
_model = DNAMLP(5, 7)
_n = sum(p.numel() for p in _model.parameters())
assert _n == 155, f"20 inputs, 7 units, 1 output: 140 + 7 + 7 + 1 = 155 parameters, found {_n}"
assert sum(p.numel() for p in DNAMLP(8).parameters()) == 2177, "by default 64 hidden units"
_out = _model(torch.randn(3, 5, 4))
assert tuple(_out.shape) == (3, 1), f"3 sequences in, shape (3, 1) out; got {tuple(_out.shape)}"
_model, _x = DNAMLP(5, 32), torch.randn(200, 5, 4)
assert (_model(_x) < 0).any(), "no output is ever negative: is there a ReLU after the last layer?"
_bend = (_model(_x) + _model(-_x)) / 2 - _model(torch.zeros(1, 5, 4))
assert _bend.abs().max() > 1e-4, "the model is linear in x: is there a ReLU between the layers?"
print("DNAMLP: looks right so far")

# %% [markdown]
# **The CNN.** The first layer is a convolution with `num_filters` filters, each of which scans the
# sequence as a PWM does. ReLU keeps a place where the filter fits and silences the others. What
# remains, one number for each filter and place, is flattened, and a linear layer weighs it.
#
# Two things to watch. Conv1d wants the bases before the positions, so you need to *transpose*
# inside `forward`; a `reshape` to the same shape would tear the bases apart and raise no error. And
# the linear layer must know how many numbers come in: count the places of a filter without
# padding.

# %%
#| exercise: DNACNN
class DNACNN(nn.Module):
    """CNN of a DNA sequence: one nn.Conv1d over the four bases, ReLU, flatten, one linear layer.

    The convolution has num_filters filters of width kernel_size, a bias, stride 1 and no padding.
    The linear layer has a bias and maps all filters at all places to one number.
    """

    def __init__(self, seq_len, num_filters=32, kernel_size=3):
        """seq_len: the number of positions L, at least kernel_size."""
        super().__init__()
        ### BEGIN SOLUTION
        self.conv = nn.Conv1d(4, num_filters, kernel_size)
        self.output = nn.Linear(num_filters * (seq_len - kernel_size + 1), 1)
        ### END SOLUTION

    def forward(self, x):
        """x: tensor (n, L, 4); the transpose happens in here. Returns a tensor (n, 1)."""
        ### BEGIN SOLUTION
        activations = torch.relu(self.conv(x.transpose(1, 2)))  # (n, num_filters, places)
        return self.output(activations.flatten(1))
        ### END SOLUTION


# %%
#| check: DNACNN
torch.manual_seed(0)
_model = DNACNN(9, num_filters=5, kernel_size=4)
assert sum(isinstance(m, nn.Conv1d) for m in _model.modules()) == 1, "it needs one nn.Conv1d"
_n = sum(p.numel() for p in _model.parameters())
assert _n == 116, (
    "5 filters of 4 bases by 4 positions, 5 biases; 5 times 6 places, 1 bias: "
    f"80 + 5 + 30 + 1 = 116 parameters, found {_n}"
)
assert sum(p.numel() for p in DNACNN(8).parameters()) == 609, "by default 32 filters of width 3"
_out = _model(torch.randn(3, 9, 4))
assert tuple(_out.shape) == (3, 1), f"3 sequences in, shape (3, 1) out; got {tuple(_out.shape)}"
assert tuple(_model(torch.randn(1, 9, 4)).shape) == (1, 1), "a batch of one gives shape (1, 1)"


# No window of three holds two bases that are three or more positions apart. So changing one of
# them must have the same effect whatever the other one is. For neighbours it need not.
def _interaction(model, i, j):
    x = torch.eye(4)[torch.randint(4, (40, 8))]
    x_i, x_j, x_ij = x.clone(), x.clone(), x.clone()
    x_i[:, i], x_j[:, j] = x[:, i].roll(1, 1), x[:, j].roll(1, 1)
    x_ij[:, i], x_ij[:, j] = x_i[:, i], x_j[:, j]
    return (model(x_ij) - model(x_i) - model(x_j) + model(x)).abs().max().item()


_model = DNACNN(8)
assert _interaction(_model, 2, 3) > 1e-4, "the model is linear: is there a ReLU after the Conv1d?"
assert _interaction(_model, 0, 6) < 1e-4, (
    "bases six apart influence each other in a window of three: did you reshape instead of "
    "transposing, or add a layer?"
)
print("DNACNN: looks right so far")

# %%
for model in (DNALinear(8), DNAMLP(8), DNACNN(8)):
    size = sum(p.numel() for p in model.parameters())
    print(f"{type(model).__name__}: {size} parameters")

# %% [markdown]
# The CNN is smaller than the MLP. It saves by *sharing*: the same twelve weights of a filter serve
# at all six places.
#
# ## 2.3 The training loop, with batches
#
# The five steps of week 1 (forward, loss, `zero_grad`, `backward`, `step`) now run once for each
# batch. Three things are new.
#
# * **An epoch's loss is a mean over examples.** `loss_fn` gives the mean over a batch. The last
#   batch is often smaller; if the means of all batches counted alike, its examples would count for
#   more than others. So weigh each batch by its size.
# * **Validation.** After the training batches of an epoch, the model is tried on the validation
#   words, in evaluation mode (`model.eval()`) and without recording gradients. That must not change
#   the model. The next epoch needs training mode again.
# * **Devices.** The loaders give tensors on the CPU. If the model is on a GPU, each batch has to
#   move there first.

# %%
#| exercise: train_model
def train_model(model, train_dl, val_dl, optimizer, loss_fn, device, epochs):
    """Train a model in batches, and validate it after each epoch.

    model: nn.Module, already on device. optimizer: already holds the model's parameters.
    train_dl, val_dl: loaders that yield batches (x, y) on the CPU; move each batch to device.
    loss_fn: called as loss_fn(prediction, target), returns the mean over the batch (scalar tensor).
    epochs: how many times to go through train_dl, with one optimizer step for each batch.

    Returns (train_losses, val_losses), two lists of epochs Python floats: mean losses per example.
    A training loss is taken over the epoch's batches as they were met, each before its own step. A
    validation loss is taken after the epoch's last step, in evaluation mode and without gradients;
    it changes nothing. In both, a batch counts in proportion to its size.
    The training batches are met in training mode, in every epoch.
    """
    ### BEGIN SOLUTION
    train_losses, val_losses = [], []
    for _ in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_dl:
            x, y = x.to(device), y.to(device)
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        train_losses.append(total / count)

        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in val_dl:
                x, y = x.to(device), y.to(device)
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        val_losses.append(total / count)
    return train_losses, val_losses
    ### END SOLUTION


# %%
#| check: train_model
# By hand: the model predicts w, whatever x is; it starts at w = 0. Rate 1/4, loss (w - y)^2 with
# gradient 2 (w - y). Training batches: y = 2, 2 and y = 5. Validation batches: y = 3, 3 and y = 6.
#   batch 1: loss 4,  gradient -4, w = 1
#   batch 2: loss 16, gradient -8, w = 3       training loss   (2*4 + 1*16) / 3 = 8
#   validation at w = 3: losses 0 and 9        validation loss (2*0 + 1*9) / 3 = 3
#   second epoch: losses 1 and 6.25, w = 2.5 and then 3.75; training 2.75, validation 2.0625
class _Spy(nn.Module):
    def __init__(self):
        super().__init__()
        self.w, self.seen = nn.Parameter(torch.zeros(1, 1)), []

    def forward(self, x):
        self.seen.append((self.training, torch.is_grad_enabled()))
        return x * self.w


_model = _Spy().to(device)
_ones = torch.ones(2, 1), torch.ones(1, 1)
_train_dl = list(zip(_ones, torch.tensor([2.0, 2, 5]).unsqueeze(1).split(2), strict=True))
_val_dl = list(zip(_ones, torch.tensor([3.0, 3, 6]).unsqueeze(1).split(2), strict=True))
_sgd = torch.optim.SGD(_model.parameters(), lr=0.25)
_train, _val = train_model(_model, _train_dl, _val_dl, _sgd, nn.MSELoss(), device, 2)
assert len(_train) == len(_val) == 2, "two epochs: two losses in each list"
assert all(isinstance(value, float) for value in _train + _val), (
    "the losses should be Python floats, not tensors: look up what .item() does"
)
assert len(_model.seen) == 8, "(2 training + 2 validation batches) * 2 epochs: 8 forward passes"
assert _model.seen[0][0], "training batches need training mode: model.train()"
assert not _model.seen[2][0], "validation batches need evaluation mode: model.eval()"
assert not _model.seen[2][1], "no gradients are needed in validation: look up torch.no_grad"
assert _model.seen[4][0], "the second epoch runs in evaluation mode: call model.train() each epoch"
assert not np.isclose(_train[0], 10), "the smaller last batch counts too much: weigh it by its size"
assert not np.isclose(_val[0], 4.5), "validation: the smaller last batch counts too much"
assert not np.isclose(_train[0], 24) and not np.isclose(_val[0], 9), (
    "this is a sum over batches: divide by the number of examples"
)
assert not np.isclose(_train[0], 16), "this is the last batch's loss: take the mean over the epoch"
assert not np.isclose(_val[0], 2), "old gradients are added to the new ones: clear them every batch"
assert not np.isclose(_val[0], 18), "the model does not change: is there an optimizer step?"
assert np.allclose(_train, [8, 2.75]), f"expected training losses 8 and 2.75, got {_train}"
assert np.allclose(_val, [3, 2.0625]), f"expected validation losses 3 and 2.0625, got {_val}"
print("train_model: looks right so far")

# %% [markdown]
# Train the linear model and the MLP. The optimizer is Adam (Kingma and Ba, 2015), as at the end of
# week 1. The measure is again
#
# $$R^2 = 1 - \frac{\sum_i (y_i - \hat y_i)^2}{\sum_i (y_i - \bar y)^2} ,$$
#
# taken over the test words. For the linear model we can also ask how well *any* linear model could
# do, with the normal equation on all words at once.

# %%
@torch.no_grad()
def predict(net, inputs):
    """Predictions of net for inputs (n, 8, 4), in evaluation mode, on the CPU."""
    was_training = net.training
    net.train(False)
    on = next(net.parameters()).device
    out = torch.cat([net(chunk.to(on)).cpu() for chunk in inputs.split(8192)])
    net.train(was_training)
    return out


def r_squared(y_hat, y):
    """Share of the variance of y that the predictions explain; tensors of one shape."""
    assert y_hat.shape == y.shape, f"the shapes {y_hat.shape} and {y.shape} differ"
    return 1 - float(((y - y_hat) ** 2).sum() / ((y - y.mean()) ** 2).sum())


test_rows = [row_of[word] for word in test_words]
x_test, y_test = all_inputs[test_rows], all_targets[test_rows]

trained, curves = {}, {}
for name, make in (("linear", DNALinear), ("MLP", DNAMLP)):
    torch.manual_seed(seed)
    net = make(8).to(device)
    adam = torch.optim.Adam(net.parameters(), lr=0.01)
    curves[name] = train_model(net, train_dl, val_dl, adam, nn.MSELoss(), device, epochs)
    trained[name] = net
    print(f"{name}: R² on test words {r_squared(predict(net, x_test), y_test):.3f}")

# Three columns of a position fix the fourth, so we drop one and add a column of ones.
design = torch.cat([torch.ones(len(words), 1), all_inputs[:, :, :3].flatten(1)], dim=1).double()
best_beta = torch.linalg.solve(design.T @ design, design.T @ all_targets.double())
best_linear_r2 = r_squared(design @ best_beta, all_targets.double())
print(f"best of all linear models, fitted to all words: R² {best_linear_r2:.3f}")

# %%
COLOURS = {"linear": ORANGE, "MLP": BLUE, "CNN": GREEN}


def plot_curves(names):
    _, ax = plt.subplots()
    for name in names:
        train_curve, val_curve = curves[name]
        ax.plot(range(1, len(val_curve) + 1), train_curve, color=COLOURS[name], ls=":")
        ax.plot(range(1, len(val_curve) + 1), val_curve, color=COLOURS[name], label=name)
    ax.axhline(all_targets.var(correction=0), color=GREY, lw=1, ls="--", label="always the mean")
    ax.set(xlabel="epoch (solid: validation, dotted: training)", ylabel="mean squared error",
           yscale="log")
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.legend(loc="upper right")
    plt.show()


plot_curves(("linear", "MLP"))

# %% [markdown]
# The steep part at the start is the climb from predictions near 0 to the mean score of about 15.5.
# (There the training loss lies above the validation loss, because it is taken during the epoch and
# the other after it.) Then the linear model is done. It has reached what a linear model can reach,
# and no patience will help. The MLP goes on to improve.
#
# Where is the linear model wrong? The next figure shows its errors in four groups of words.

# %%
def error_by_motif(ax, net):
    errors = (predict(net, all_inputs) - all_targets).flatten()
    boxes = ax.boxplot([errors[members].numpy() for members, _ in GROUPS.values()], widths=0.6,
                       showfliers=False, patch_artist=True, medianprops={"color": "black"})
    for patch, (_, colour) in zip(boxes["boxes"], GROUPS.values(), strict=True):
        patch.set(facecolor=colour, alpha=0.8)
    ax.axhline(0, color="black", lw=0.8, ls=":")
    ax.set_xticks(range(1, 5), list(GROUPS))
    return {name: errors[members].mean().item() for name, (members, _) in GROUPS.items()}


fig, ax = plt.subplots()
means = error_by_motif(ax, trained["linear"])
ax.set(xlabel="motifs in the word", ylabel="prediction minus true score",
       title="Errors of the linear model")
plt.show()
print("mean error: " + ", ".join(f"{name} {value:+.1f}" for name, value in means.items()))

# %% [markdown]
# Words with TAT are predicted far too low, words with GCG far too high: of the 10 points that a
# motif is worth, the model has found a quarter. It cannot do better. To the linear model, T, A and
# T are three separate bases that bring their weights along, wherever they are and whatever stands
# beside them; the bonus belongs to none of them, only to the three together, at any of six places.
# Words with both motifs come out right for the wrong reason: there bonus and penalty cancel.
#
# ## 2.4 The learning rate again
#
# Adam forgives much. To see what it forgives, we go back to plain stochastic gradient descent (SGD)
# and try four rates on the linear model and on the CNN, for eight epochs each.

# %%
rates = {0.1: PINK, 0.05: ORANGE, 0.005: BLUE, 0.001: GREEN}
fig, axes = plt.subplots(1, 2, figsize=(7, 3.3), sharey=True)
for ax, make in zip(axes, (DNALinear, DNACNN), strict=True):
    for rate, colour in rates.items():
        torch.manual_seed(seed)
        net = make(8).to(device)
        sgd = torch.optim.SGD(net.parameters(), lr=rate)
        _, curve = train_model(net, train_dl, val_dl, sgd, nn.MSELoss(), device, 8)
        spread = predict(net, x_test).std().item()
        ax.plot(range(1, 9), curve, color=colour, marker="o", ms=3, label=f"rate {rate}")
        print(f"{make.__name__}, rate {rate:<5}: validation loss {curve[0]:6.2f} after 1 epoch, "
              f"{curve[-1]:6.2f} after 8; standard deviation of its predictions {spread:.2f}")
    ax.axhline(all_targets.var(correction=0), color=GREY, lw=1, ls="--", label="always the mean")
    ax.set(xlabel="epoch", title=make.__name__, yscale="log", ylim=(7, 150))
axes[0].set_ylabel("validation loss")
axes[1].legend(loc="upper right", fontsize=8)
plt.show()

# %% [markdown]
# If the standard deviation of the predictions is 0, the network says the same about every word.
# Then all its ReLUs are *dead*: the first large steps pushed the filters so far that they are
# negative everywhere; the output of ReLU is zero, its gradient is zero, and no later step can bring
# them back. What is left is one number, the last bias, which learns the mean of the scores.
#
# **Written answer: learning rates.** Compare the linear model and the CNN at the rates
# 0.1, 0.05, 0.005 and 0.001. Which rate suits which model, and why do they differ?
#
# A good answer (about eight lines) quotes losses for both models, says for each rate whether it is
# too large, too small or right, explains what happened to a CNN whose loss stays at the dashed
# line (and how you can tell it from a CNN that merely learns slowly), and says why the linear model
# cannot fail in this way. Try another seed before you call a rate safe.

# %% [markdown]
# #| written: learning_rates, points: 3
# ### BEGIN SOLUTION
# Validation losses after eight epochs, seed 0 (seed 1 in brackets); always predicting the mean
# gives about 18, and the best linear model about 13.
#
# | rate | linear | CNN |
# |---|---|---|
# | 0.1 | 13.1 (13.6) | 17.8 (18.3), all predictions equal |
# | 0.05 | 12.9 (13.4) | 14.2, jumping (18.3, all predictions equal) |
# | 0.005 | 12.9 (13.4) | 9.6 (10.3), still falling |
# | 0.001 | 15.2 (15.5) | 12.5 (13.2) |
#
# *Linear.* 0.05 and 0.1 are there after one epoch, and 0.1 jitters a little above the best value;
# 0.005 needs a few epochs; 0.001 is too small for eight epochs, and its loss is still falling from
# 90. Its loss is a bowl with one minimum. A rate below its limit leads there, from everywhere.
#
# *CNN.* 0.1 is too large, and 0.05 is a gamble: with seed 0 the loss jumps between 12 and 28, with
# seed 1 the network is dead after the first epoch. 0.005 is the best of the four; 0.001 is safe,
# but in eight epochs it gets no further than a linear model.
#
# *Why.* The first errors are large (scores near 15, predictions near 0), so the first gradients are
# large, and with a large rate one step throws weights and biases so far that all filters are
# negative for all windows. Then ReLU gives 0 and passes no gradient back, and only the last bias
# still learns: it finds the mean, hence the loss at the dashed line. Dead differs from slow: the
# predictions have standard deviation 0 (0.00 against 2.1 at the rate 0.001), and the curve is flat.
# The linear model has no ReLU. Its gradient is zero only at the minimum, so it cannot get stuck.
# ### END SOLUTION

# %% [markdown]
# ## 2.5 Your CNN
#
# Now train a CNN on the same words. Two hints:
#
# * Use `torch.optim.Adam` rather than SGD, which at a rate of 0.05 often kills every ReLU of the
#   CNN. Rates from 0.005 to 0.02 suit Adam here.
# * Start at the mean. A fresh network predicts about 0, the scores are about 15.5, and the first
#   epochs drag all weights upwards just to close this gap. If you set the bias of the last layer to
#   the mean training score beforehand (`nn.init.constant_`), the filters are free to look for
#   motifs from the first step. $R^2$ gains little, but the filters become easier to read.
#
# The goal is an $R^2$ of at least **0.80** over all 65,536 words, where the best linear model has
# 0.275. It should hold for other seeds too, so leave yourself a margin, and keep the training under
# twenty seconds.

# %%
#| exercise: cnn_model
# Train a DNACNN on train_dl with your train_model (and val_dl to watch), and call it cnn_model.
# It must be an nn.Module on device that maps float32 (n, 8, 4), columns in the order of BASES, to
# (n, 1): predicted scores in the units of score_sequence. You may use epochs.
# It has to learn from train_dl: do not build the motifs into the model.
# Keep what train_model returns as cnn_losses; the next figure shows it.
torch.manual_seed(seed)
### BEGIN SOLUTION
cnn_model = DNACNN(8).to(device)
mean_score = torch.cat([y for _, y in train_dl]).mean().item()
nn.init.constant_(cnn_model.output.bias, mean_score)
optimizer = torch.optim.Adam(cnn_model.parameters(), lr=0.02)
cnn_losses = train_model(cnn_model, train_dl, val_dl, optimizer, nn.MSELoss(), device, epochs)
### END SOLUTION

# %%
#| check: cnn_model
assert isinstance(cnn_model, nn.Module), "cnn_model should be the trained model itself"
# All words as numbers (A 0, C 1, G 2, T 3), and their scores, worked out in another way.
_codes = torch.cartesian_prod(*[torch.arange(4)] * 8)
_triples = _codes.unfold(1, 3, 1)
_y = torch.tensor([20.0, 17.0, 14.0, 11.0])[_codes].mean(1)
_y += 10 * (_triples == torch.tensor([3, 0, 3])).all(2).any(1)
_y -= 10 * (_triples == torch.tensor([2, 1, 2])).all(2).any(1)
with torch.inference_mode():
    _out = torch.cat([cnn_model(torch.eye(4)[c].to(device)).cpu() for c in _codes.split(8192)])
assert tuple(_out.shape) == (65536, 1), f"(n, 8, 4) in, (n, 1) out; got {tuple(_out.shape)}"
_r2 = 1 - ((_out[:, 0] - _y) ** 2).mean().item() / _y.var(correction=0).item()
assert _r2 > 0.01, (
    f"R² is {_r2:.3f}: the model knows nothing about the words, or predicts in other units. If it "
    "gives the same number for all of them, its ReLUs are dead: try Adam with a smaller rate"
)
assert _r2 > 0.3, (
    f"R² is {_r2:.3f}, no better than a linear model (0.275): does the loss still fall? If the "
    "checks of DNACNN or train_model fail, repair those first"
)
assert _r2 >= 0.80, f"R² is {_r2:.3f}, the goal is 0.80: try more epochs, filters or another rate"
print(f"R² over all words: {_r2:.3f}")
print("cnn_model: looks right so far")

# %%
trained["CNN"], curves["CNN"] = cnn_model, cnn_losses
plot_curves(("linear", "MLP", "CNN"))
for name, net in trained.items():
    size = sum(p.numel() for p in net.parameters())
    print(f"{name:6s}: {size:4d} parameters, R² on test words "
          f"{r_squared(predict(net, x_test), y_test):.3f}")

# %% [markdown]
# The curves separate: the CNN learns the most although it has fewer parameters than the MLP. Look
# also at the gap between the dotted and the solid line. Where training ends below validation, as it
# does for the MLP, a part of what was learned is about the training words only: the model begins to
# *overfit*. (If your CNN started at the mean, it had a help that the other two had not. In 2.7 all
# of them get it, and we shall see what it was worth.)
#
# Here are the predictions for 4,000 test words, and the errors on all words by group.

# %%
shown = np.random.default_rng(seed).permutation(len(test_rows))[:4000]
shown_groups = {name: (members[test_rows][shown], c) for name, (members, c) in GROUPS.items()}
fig, axes = plt.subplots(2, 3, figsize=(7.5, 5.4), sharey="row",
                         gridspec_kw={"height_ratios": [1.3, 1]})
for column, (name, net) in zip(axes.T, trained.items(), strict=True):
    y_hat = predict(net, x_test)
    for group, (members, colour) in shown_groups.items():
        column[0].scatter(y_test[shown][members], y_hat[shown][members], s=3, color=colour,
                          label=group)
    column[0].axline((15, 15), slope=1, color="black", lw=0.8, ls=":")
    column[0].set(xlabel="true score", xlim=(2, 30))
    column[0].set_title(f"{name}, $R^2$ = {r_squared(y_hat, y_test):.3f}", fontsize=10)
    error_by_motif(column[1], net)
    column[1].set_xlabel("motifs in the word")
    column[1].tick_params(axis="x", labelsize=8)
axes[0, 0].set_ylabel("predicted score")
axes[1, 0].set_ylabel("predicted minus true")
fig.legend(*axes[0, 0].get_legend_handles_labels(), loc="outside upper center", ncols=4,
           markerscale=4, fontsize=9)
plt.show()

# %% [markdown]
# The linear model leaves the groups with a motif far from the diagonal, because it keeps all words
# near the mean. The MLP moves them part of the way. The CNN puts every group on the diagonal, but
# for a few outliers. To these we come back in 2.9.
#
# ## 2.6 What the filters learned
#
# A linear model can be read from its weights, and a CNN from its filters. The weights of a filter
# are not quite a PWM, since nothing forces them to be logarithms of probabilities, and a part of
# the story hides in the bias. A better way is to ask what the filter *responds to*: collect all
# windows where its output, bias included, is above a threshold, put them below each other as if
# they were binding sites, and count bases, as we did with the ten sites of part 1.

# %%
#| exercise: filter_pwm
def filter_pwm(conv, onehots, threshold=0.0):
    """Base frequencies of the windows to which each filter of a convolution responds.

    conv: nn.Conv1d(4, F, k) without padding. onehots: float tensor (n, L, 4) on conv's device,
    words without N.
    A window of k bases, in any word and at any place, counts for filter f if the convolution's own
    output for f there (bias included, before any ReLU) is above threshold.
    Returns a tensor (F, k, 4): entry [f, m, j] is the share of the windows counted for f that have
    base j at place m. A filter for which no window counts gives zeros.
    """
    ### BEGIN SOLUTION
    with torch.no_grad():
        active = (conv(onehots.transpose(1, 2)) > threshold).to(onehots.dtype)  # (n, F, places)
    windows = onehots.unfold(1, conv.kernel_size[0], 1)  # (n, places, 4, k)
    totals = torch.einsum("nfp,npjm->fmj", active, windows)
    counted = active.sum(dim=(0, 2)).clamp(min=1)
    return totals / counted[:, None, None]
    ### END SOLUTION


# %%
#| check: filter_pwm
# Filter 0 gives a window 1 - 0.5 if it begins with T, else 0.25 - 0.5: it responds to windows that
# begin with T. Filter 1 is always at -10. In GTAC and TATC the windows of two that begin with T are
# TA, TA and TC. So the first base is always T; the second is A in 2/3 of them and C in 1/3
_conv = nn.Conv1d(4, 2, 2)
_conv.weight.data.zero_()
_conv.weight.data[0, :, 0] = torch.tensor([0.25, 0.25, 0.25, 1.0])
_conv.bias.data = torch.tensor([-0.5, -10.0])
_x = torch.eye(4)[torch.tensor([[2, 3, 0, 1], [3, 0, 3, 1]])]
_out = filter_pwm(_conv, _x)
assert tuple(_out.shape) == (2, 2, 4), (
    f"two filters of width 2, four bases: shape (2, 2, 4); got {tuple(_out.shape)}"
)
assert not torch.isnan(_out).any(), "a filter without windows gives zeros, not 0/0"
assert torch.allclose(_out[1], torch.zeros(2, 4)), f"filter 1 has no windows: zeros, not {_out[1]}"
assert torch.allclose(_out[0].sum(1), torch.ones(2)), (
    f"the four frequencies at a place add up to 1, here to {_out[0].sum(1).tolist()}. Divide by "
    "the number of windows that count for the filter"
)
_expected = torch.tensor([[0, 0, 0, 1], [2 / 3, 1 / 3, 0, 0]])
assert torch.allclose(_out[0], _expected), (
    f"filter 0 should give\n{_expected}\ngot\n{_out[0]}\nDid you use the bias, and every place?"
)
_out = filter_pwm(_conv, _x, threshold=0.6)
assert torch.allclose(_out, torch.zeros(2, 2, 4)), "no output exceeds 0.6: only zeros"
print("filter_pwm: looks right so far")

# %% [markdown]
# Which of the 32 filters deserve a look? The CNN's last layer is linear, so its prediction is a sum
# with one contribution from each filter. To find a filter's part, silence it (set its weights and
# bias to zero) and see by how much the predictions fall. If they fall by 3 points more in words
# with TAT than in words without a motif, then the filter carries about 3 of the 10 points of TAT.
#
# Below are, in the upper row, the four filters that carry most of the bonus of TAT, and in the
# lower row those that carry most of the penalty of GCG. For each logo we take the windows above
# half of the filter's largest output, so that it shows what the filter likes best rather than all
# that it tolerates.

# %%
few_rows = test_rows[:8000]
few_inputs = all_inputs[few_rows]


def find_conv(net):
    """The first convolution of a model."""
    return next(layer for layer in net.modules() if isinstance(layer, nn.Conv1d))


@torch.no_grad()
def contribution(net, f):
    """What filter f adds to the prediction for each of few_inputs: (n,)."""
    silenced = copy.deepcopy(net)
    find_conv(silenced).weight[f] = 0
    find_conv(silenced).bias[f] = 0
    return (predict(net, few_inputs) - predict(silenced, few_inputs)).flatten()


conv = find_conv(cnn_model)
parts = torch.stack([contribution(cnn_model, f) for f in range(conv.out_channels)])
in_group = {name: members[few_rows] for name, (members, _) in GROUPS.items()}
motif_points = {
    name: parts[:, in_group[name]].mean(1) - parts[:, in_group["neither"]].mean(1)
    for name in ("TAT", "GCG")
}
peaks = conv(few_inputs.transpose(1, 2).to(device)).amax(dim=(0, 2)).detach().cpu()

fig, axes = plt.subplots(2, 4, figsize=(7.5, 3.6), sharex=True, sharey=True)
for row, (name, points) in zip(axes, motif_points.items(), strict=True):
    order = points.argsort(descending=name == "TAT")
    for ax, f in zip(row, order[:4].tolist(), strict=True):
        frequencies = filter_pwm(conv, few_inputs.to(device), threshold=peaks[f].item() / 2)[f]
        draw_logo(ax, frequencies, f"filter {f}: {points[f].item():+.1f} for {name}")
    print(f"{name}: all {len(points)} filters together {points.sum().item():+.1f} points")
fig.supxlabel("place in the filter", fontsize=10)
fig.supylabel("bits", fontsize=10)
plt.show()

# %% [markdown]
# Compare the logos with the rule. A logo that reads TAT or GCG is a motif detector that nobody
# wrote: the training words, their scores and gradient descent have put a PWM into a filter. Two
# things are worth noticing, in your figure or a neighbour's.
#
# * **Filters share the work.** Often several filters carry parts of one motif, and some respond to
#   near misses such as TAA or TAC, which other filters then correct. The network is asked for good
#   predictions, and not for one motif in one filter.
# * **A penalty can also be learned by silence.** A network that started at 0 instead of the mean
#   tends to have no filter for GCG. It has raised everything, and lowers the score of GCG by
#   filters that fall silent there. Its $R^2$ is as good, and its logos do not show why. A logo
#   tells you what excites a filter; what the network makes of it, you learn by silencing.
#
# ## 2.7 The right architecture needs less data
#
# Is the CNN simply better? Give the models more words and see. In the next figure each model is
# trained on 1, 3, 10 and 30 percent of the words, always for about 800 steps with batches of 64,
# and measured on 20,000 words that none of them saw. To be fair to the MLP, it runs in two sizes.
# All models start at the mean here: they learn the score minus the mean score of the words they
# see, and we add it back.

# %%
judged, pool = test_words[:20000], train_words + test_words[20000:]
x_judged = all_inputs[[row_of[word] for word in judged]]
y_judged = all_targets[[row_of[word] for word in judged]]
shares = (0.01, 0.03, 0.1, 0.3)
contenders = {
    "linear": (DNALinear, ORANGE, "o-"),
    "MLP, 64 units": (DNAMLP, BLUE, "o-"),
    "MLP, 256 units": (lambda seq_len: DNAMLP(seq_len, 256), BLUE, "o--"),
    "CNN, 32 filters": (DNACNN, GREEN, "o-"),
}
efficiency = pd.DataFrame(index=[f"{share:.0%}" for share in shares], columns=list(contenders))
for share in shares:
    seen = pool[:round(share * len(words))]
    mean_seen = all_targets[[row_of[word] for word in seen]].mean()
    loader = make_loader(seen, all_targets - mean_seen)
    small_val_dl = make_loader(val_words[:64], all_targets - mean_seen)  # we do not look at it
    for name, (make, _, _) in contenders.items():
        torch.manual_seed(seed)
        net = make(8).to(device)
        adam = torch.optim.Adam(net.parameters(), lr=0.01)
        n_epochs = round(800 / len(loader))
        train_model(net, loader, small_val_dl, adam, nn.MSELoss(), device, n_epochs)
        y_hat = predict(net, x_judged) + mean_seen
        efficiency.loc[f"{share:.0%}", name] = r_squared(y_hat, y_judged)
print(efficiency.astype(float).round(3).to_string())

fig, ax = plt.subplots()
for name, (_, colour, style) in contenders.items():
    ax.plot(shares, efficiency[name].astype(float), style, color=colour, label=name)
ax.set(xlabel="share of the words used for training", ylabel="$R^2$ on unseen words",
       xscale="log", ylim=(0, 1.02))
ax.set_xticks(shares, list(efficiency.index))
ax.minorticks_off()
ax.legend(loc="upper left", bbox_to_anchor=(1, 1))
plt.show()

# %% [markdown]
# With 655 words the CNN already explains most of the variance, while the MLPs are not far from the
# linear model. With 3 percent the wide MLP, which has 14 times the parameters of the CNN, comes
# closer; from 10 percent on it is level or ahead. It can represent the rule, but must learn TAT
# anew for each place. The CNN has "a motif is a motif wherever it is" built in, and each example of
# TAT at one place teaches it about all places. This is called an *inductive bias*: an assumption in
# the architecture. If it is true, it saves data. If it is false, no amount of data makes up for it,
# as for the linear model, whose curve is flat. (The CNN's curve levels off below 1, too. It also
# assumes something that is not quite true; you will find out what in 2.9.)
#
# Now compare the MLP of 64 units at 10 percent with the one of 2.3: the same network and the same
# number of words, and a much better $R^2$. Only the start differs. What looks like the weakness of
# an architecture can be a weakness of its training, so compare models only if all of them had the
# same care.
#
# ## 2.8 Where, or only whether?
#
# The CNN flattens: its linear layer has a weight for each filter *at each place*. The other common
# way is **global pooling**: add each filter's outputs up over all places (or take their maximum, as
# in 1.6) and go on with one number per filter. Pooling asks whether, flattening can also ask where.
# That is what `score_by_position` was for.
#
# The pooled network below also shows another way to think of a convolution: cut the sequence into
# windows, and apply one and the same small linear layer to each. Again all models start at the
# mean.

# %%
class PooledCNN(nn.Module):
    """Filters on all windows of width k, ReLU, then the sum over the places, then linear."""

    def __init__(self, seq_len, n_filters=32, k=3):
        super().__init__()
        self.k = k
        self.filters = nn.Linear(4 * k, n_filters)
        self.head = nn.Linear(n_filters, 1)

    def forward(self, x):
        windows = x.unfold(1, self.k, 1).flatten(2)  # (n, places, 4k)
        return self.head(self.filters(windows).relu().sum(1))


place_targets = torch.tensor([score_by_position(word) for word in words]).float().unsqueeze(1)
table = pd.DataFrame(index=["PooledCNN", "DNACNN"], columns=["score_sequence", "score_by_position"])
for score, targets in (("score_sequence", all_targets), ("score_by_position", place_targets)):
    centred = targets - targets[[row_of[word] for word in train_words]].mean()
    loaders = make_loader(train_words, centred), make_loader(val_words, centred, 1024, False)
    for make in (PooledCNN, DNACNN):
        torch.manual_seed(seed)
        net = make(8).to(device)
        adam = torch.optim.Adam(net.parameters(), lr=0.01)
        train_model(net, *loaders, adam, nn.MSELoss(), device, 10)
        table.loc[make.__name__, score] = r_squared(predict(net, x_test), centred[test_rows])
print("R² on test words:")
print(table.astype(float).round(3).to_string())

# %% [markdown]
# The pooled network loses much of its $R^2$ when the place begins to count: it can say whether TAT
# occurs and, at best, give it the bonus of an average place. The flattened CNN has no trouble,
# since its last layer can weigh the TAT filter at place 0 with 10 and at place 5 with 0. The choice
# goes back to biology. Where only the presence of a site counts, pooling is the right assumption,
# needs fewer weights and works for sequences of any length. Where the place counts, keep it.
#
# ## 2.9 Where the CNN errs
#
# Now for the outliers. Sort the test words by the CNN's squared error and look at the worst.

# %%
cnn_errors = (predict(cnn_model, x_test) - y_test).flatten()
worst = cnn_errors.abs().argsort(descending=True)
print("the ten worst test words:")
for i in worst[:10].tolist():
    print(f"  {test_words[i]}  true {y_test[i].item():5.1f}, "
          f"predicted {y_test[i].item() + cnn_errors[i].item():5.1f}")
squared = cnn_errors[worst] ** 2
print(f"the worst 1% of the words make up "
      f"{squared[:len(worst) // 100].sum() / squared.sum():.0%} of the squared error")

# %% [markdown]
# What do these words have in common, and what about the network makes it fail on them? Think about
# how a filter and a linear layer together count to one. Then change *one* thing and see whether it
# helps. The cell below has a place for it: another number of filters, another width, more epochs,
# more data, a layer more, or pooling in some form (write a class of your own if you need one).

# %%
my_name = "64 filters instead of 32"  # change it
torch.manual_seed(seed)
my_net = DNACNN(8, num_filters=64).to(device)  # change it; start at the mean if cnn_model did
my_adam = torch.optim.Adam(my_net.parameters(), lr=0.01)
train_model(my_net, train_dl, val_dl, my_adam, nn.MSELoss(), device, epochs)

repeated = torch.tensor([max(sum(word[i:i + 3] == motif for i in range(6)) for motif in
                             ("TAT", "GCG")) > 1 for word in test_words])
for name, net in (("cnn_model", cnn_model), (my_name, my_net)):
    errors = (predict(net, x_test) - y_test).flatten()
    print(f"{name}: R² on test words {r_squared(predict(net, x_test), y_test):.3f}; root mean "
          f"squared error {errors[repeated].square().mean().sqrt():.2f} on the "
          f"{int(repeated.sum())} words that repeat a motif, "
          f"{errors[~repeated].square().mean().sqrt():.2f} on the others")

# %% [markdown]
# **Written answer: improvement.** Where does your CNN err most, and why? Which one change
# did you make, and what was its effect?
#
# A good answer (about eight lines) shows some of the worst words and says what they share, explains
# from the architecture why exactly these must go wrong, names one change with the reason why it
# should help, and gives $R^2$ on test words before and after, for at least two seeds. A change that
# did not help is as good an answer as one that did, if you can say why.

# %% [markdown]
# #| written: improvement, points: 3
# ### BEGIN SOLUTION
# *Where.* The worst words are TATATATA, GCGCGCGC and their like: every one repeats a motif. They
# are about 1% of the words. The root mean squared error on them is 7.1, on all others 0.74
# (seed 0). ATATATAT, for instance, holds TAT three times, scores 25.5 and is predicted as 41.5.
#
# *Why.* The rule counts a motif once. The CNN's last layer adds up what the TAT filter finds at the
# six places, so two copies bring the bonus twice: about 10 points too many for each extra copy. A
# sum cannot say "at least one". (Because repeats pull the weights down, the CNN also gives words
# with a single TAT about one point too little.)
#
# *One change.* I gave the last layer, beside the flattened outputs, each filter's maximum over the
# places, since a maximum stays the same when a second copy comes: `m = a.amax(2)`, and then
# `torch.cat([a.flatten(1), m], dim=1)`, with the activations a of shape (n, 32, 6). It is has_motif
# inside a network. That adds 32 weights.
#
# *Effect.* R² on test words from 0.941 to 1.000 (seed 0), from 0.944 to 1.000 (seed 1); the error
# on words with repeats from 7.1 to 0.03 and from 7.7 to 0.03. In comparison, 64 filters instead of
# 32 gave 0.946 and 0.948: no real change, because more filters that are added up are still a sum.
# ### END SOLUTION

# %% [markdown]
# ## Why this matters for genomics
#
# Proteins that bind DNA find their sites anywhere in long stretches of it, tolerate some bases, and
# do more or less according to what else is near. For decades such sites have been described by
# PWMs, gathered from aligned binding sites, one protein at a time (Stormo, 2000). The step of this
# notebook is to learn the filters from the outcome instead: give the network sequences and
# measurements, and the motifs appear as a by-product. DeepBind did this for hundreds of proteins
# (Alipanahi et al., 2015).
#
# Keep three habits. Compare with a linear model, and say what it cannot do. Ask which assumption an
# architecture makes, and whether it is true of your data. And look into the model, at its filters
# and its worst errors, for a good $R^2$ hid a systematic mistake here as well. Our data were clean,
# short and simulated; in week 3 the sequences are longer, the sites lie on both strands, and the
# answer is wanted at every position.
#
# ## References
#
# * Alipanahi, Delong, Weirauch, Frey (2015). Predicting the sequence specificities of DNA- and
#   RNA-binding proteins by deep learning. *Nature Biotechnology* 33, 831.
# * Kingma, Ba (2015). Adam: a method for stochastic optimization. *ICLR*.
# * Stormo (2000). DNA binding sites: representation and discovery. *Bioinformatics* 16, 16.
# * Tareen, Kinney (2020). Logomaker: beautiful sequence logos in Python. *Bioinformatics* 36, 2272.
# * Wilson (2022). Modeling DNA sequences with PyTorch. *Towards Data Science* (blog).
