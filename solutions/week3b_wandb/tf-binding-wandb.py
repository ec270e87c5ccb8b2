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
# # Week 3b. Tuning a model of TF binding with Weights & Biases
#
# GENE 46100, Deep Learning in Genomics. Unit 0: why deep learning for genomics?
#
# In week 3a you built a network that finds the binding sites of a transcription factor in DNA. On
# the way you chose a learning rate, a batch size, a number of filters, a filter width and an
# optimizer. Would other choices have done better? By how much? Could you show it to a colleague
# half a year from now? This week is about answering such questions in an orderly way.
#
# * **Part 1. One run.** You describe the choices, build a model that obeys them, and write a
#   training run that records everything in Weights & Biases (W&B).
# * **Part 2. Many runs.** You let a *sweep* try configurations, find the best one, and ask which of
#   the choices mattered.
# * **Part 3. The tuned model.** You train with the best configuration and measure the result on
#   windows that took no part in the choice.
#
# **How to work.** As before: read from top to bottom, write your code where it says
# `YOUR CODE HERE`, and delete the line that raises `NotImplementedError`. The checks are there to
# help you; they do not test everything, so read the docstring too. Before you hand in, restart the
# kernel and run all cells.
#
# **With or without an account.** W&B is a service: the library records runs, a website shows them.
# An account is free for academic use, but you need none here. Without one, W&B works *offline*: it
# writes the same records to files, and this notebook reads them (`wandb sync` can upload them
# later). You are graded offline.

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
epochs = 4  # passes over the data in each run of the sweep
n_runs = 12  # how many configurations the sweep tries
data_folder = "data"
use_account = False  # True: a real sweep on wandb.ai, for which you log in first (see below)

# %% [markdown]
# To use an account, run `wandb login` once in a terminal (in Colab: put your key into the
# environment variable `WANDB_API_KEY`), set `use_account = True` above, and restart the kernel. The
# next cell says what it found.

# %%
import contextlib
import io
import itertools
import json
import os
import struct
import tempfile
import uuid
import warnings
from pathlib import Path
from unittest.mock import patch

# W&B reads these when it starts: no messages in the notebook, no capture of what cells print.
os.environ.update(WANDB_SILENT="true", WANDB_CONSOLE="off", WANDB_ERROR_REPORTING="false")
os.environ.setdefault("WANDB_DIR", os.getcwd())  # runs are written to its folder wandb

import pandas as pd
import wandb
import yaml
from torch.utils.data import DataLoader, TensorDataset
from wandb.proto.wandb_internal_pb2 import Record


def has_api_key():
    """Is there a key, in the environment or in the file to which `wandb login` writes it?"""
    files = [os.environ.get("NETRC", ""), Path.home() / ".netrc", Path.home() / "_netrc"]
    texts = [Path(f).read_text(errors="ignore") for f in files if f and Path(f).is_file()]
    return bool(os.environ.get("WANDB_API_KEY")) or any("wandb" in text for text in texts)


online = use_account and has_api_key() and os.environ.get("WANDB_MODE", "online") == "online"
if not online:
    os.environ["WANDB_MODE"] = "offline"
project = "gene46100-week3b"
print("W&B", wandb.__version__, "online" if online else "offline")

# The look of the figures. The colours can be told apart by colour-blind readers
# (Okabe and Ito's palette).
BLUE, ORANGE, GREEN, GREY = "#0072B2", "#D55E00", "#009E73", "#8C8C8C"
plt.rcParams.update({
    "figure.dpi": 150,
    "figure.figsize": (6, 3.5),
    "figure.constrained_layout.use": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
})

# %% [markdown]
# # Part 1. One run
#
# ## 1.1 The task, in short
#
# The data are those of week 3a: windows of 300 bp, and for each position the score of the CTCF site
# that covers it, or 0 where there is none. They are **simulated**. Sites of a real motif (JASPAR
# MA0139.2; Rauluseviciute et al., 2024) were placed into artificial background sequence, so that
# the truth is known. The model sees the sequence and predicts all 300 scores.
#
# Each chromosome has a role:
#
# | chromosome | tensors | used to |
# |---|---|---|
# | chr1, chr2 | `train_x`, `train_y` | fit the weights |
# | chr21 | `val_x`, `val_y` | follow the loss while a model learns |
# | chr22 | `test_x`, `test_y` | give each run its score, `test_avg_pearsonr` |
#
# Remember the last row. Section 3.2 asks how far that score can be trusted.

# %%
BASES = "ACGT"


def load_chromosomes(names):
    """Windows of these chromosomes: one-hot sequences (n, 300, 4) and scores (n, 300), float32."""
    table = np.zeros((256, 4), dtype=np.float32)  # a row for each character; N stays a row of zeros
    for column, base in enumerate(BASES):
        table[[ord(base), ord(base.lower())], column] = 1
    onehots, scores = [], []
    for name in names:
        windows = pd.read_csv(f"{data_folder}/{name}_sequences.txt.gz", sep="\t")
        columns = pd.read_csv(f"{data_folder}/{name}_scores.txt.gz", sep="\t")
        scores.append(columns[windows["window_name"]].to_numpy(np.float32).T)  # matched by name
        letters = np.frombuffer("".join(windows["sequence"]).encode(), dtype=np.uint8)
        onehots.append(table[letters].reshape(len(windows), -1, 4))
    return torch.from_numpy(np.concatenate(onehots)), torch.from_numpy(np.concatenate(scores))


train_x, train_y = load_chromosomes(["chr1", "chr2"])
val_x, val_y = load_chromosomes(["chr21"])
test_x, test_y = load_chromosomes(["chr22"])
for name, inputs, targets in (("train", train_x, train_y), ("val", val_x, val_y),
                              ("test", test_x, test_y)):
    share = (targets > 0).any(dim=1).float().mean()
    print(f"{name + ':':6} inputs {tuple(inputs.shape)}, scores {tuple(targets.shape)}, "
          f"{share:.0%} of the windows have a site")

# %% [markdown]
# The training loop is the one that you wrote in weeks 2 and 3a, so here it is given, together with
# the yardstick: the Pearson correlation between the predicted and the true scores of a window,
# averaged over the windows that have a site. It is 1 for perfect predictions and about 0 for
# useless ones.

# %%
loss_fn = nn.MSELoss()


def train_epoch(model, dl, optimizer):
    """One pass over the batches of dl, with a step for each; returns the mean training loss."""
    model.train()
    total, n = 0.0, 0
    for x, y in dl:
        loss = loss_fn(model(x.to(device)), y.to(device))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total, n = total + loss.item() * len(x), n + len(x)
    return total / n


def predict_scores(model, x):
    """Predictions (n, 300) for x (n, 300, 4): a tensor on the CPU; the model does not change."""
    model.eval()
    with torch.no_grad():
        return torch.cat([model(part.to(device)).cpu() for part in x.split(256)])


def evaluate(model, x, y):
    """Mean loss of the model on x, y."""
    return loss_fn(predict_scores(model, x), y).item()


def mean_pearson(pred, obs):
    """Mean Pearson r over the windows of obs (n, L) that have a site; nan if pred holds nan.

    A prediction that is constant over its window counts as r = 0.
    """
    pred, obs = torch.as_tensor(pred).double(), torch.as_tensor(obs).double()
    with_site = (obs != 0).any(dim=1)
    pred, obs = pred[with_site], obs[with_site]
    pred, obs = pred - pred.mean(dim=1, keepdim=True), obs - obs.mean(dim=1, keepdim=True)
    lengths = pred.norm(dim=1) * obs.norm(dim=1)
    return ((pred * obs).sum(dim=1) / lengths.clamp(min=1e-9)).mean().item()


example = torch.tensor([[0.0, 0.0, 9.0, 9.0]])
print("r of a perfect prediction: ", round(mean_pearson(example, example), 3))
print("r of one shifted by a base:", round(mean_pearson(example.roll(-1), example), 3))

# %% [markdown]
# ## 1.2 Hyperparameters, and how to search them
#
# Training finds the **parameters** of a model: weights and biases. What must be decided before
# training can start are its **hyperparameters**: the learning rate and the batch size, but also
# the number of filters and their width. No gradient says how to improve them. To know how good a
# configuration is, one has to train with it, which is what makes the search expensive.
#
# Three ways to search are common, and W&B offers all of them:
#
# * **Grid.** A few values for each hyperparameter, and every combination of them. Easy to explain,
#   but five hyperparameters with four values each already make 1024 runs.
# * **Random.** Each run draws its values at random. You decide how many runs you can afford.
# * **Bayesian.** A statistical model of the runs so far proposes the next configuration, where it
#   expects a good result or knows little (Snoek, Larochelle and Adams, 2012). It often needs fewer
#   runs, but each proposal has to wait for earlier results.
#
# Random search sounds careless. Bergstra and Bengio (2012) showed why it tends to beat the grid:
# usually a few hyperparameters matter and the others hardly do, but which ones is not known
# beforehand. The next figure has two hyperparameters, of which only the first matters, and nine
# runs. The ticks on top show how many *different* values of the important one were tried.

# %%
def toy_score(first):
    """How good a run is: it depends on the first hyperparameter only, with its best at 0.7."""
    return np.exp(-((first - 0.7) / 0.08) ** 2)


levels = (np.arange(3) + 0.5) / 3
designs = {
    "grid": np.array(list(itertools.product(levels, levels))),
    "random": np.random.default_rng(seed).uniform(size=(9, 2)),
}
fig, axes = plt.subplots(1, 2, figsize=(6.5, 3.3), sharey=True)
for ax, (name, points), colour in zip(axes, designs.items(), (ORANGE, BLUE), strict=True):
    ax.imshow(toy_score(np.linspace(0, 1, 200))[None, :], extent=(0, 1, 0, 1), cmap="Greys",
              vmin=0, vmax=2, aspect="auto")
    ax.scatter(*points.T, s=35, color=colour, zorder=3, clip_on=False)
    ax.vlines(points[:, 0], 1.02, 1.08, color=colour, lw=2, clip_on=False)
    ax.set(title=f"{name}: {len(np.unique(points[:, 0]))} different values\n",
           xlabel="a hyperparameter that matters", xlim=(0, 1), ylim=(0, 1))
    print(f"{name}: best score of nine runs {toy_score(points[:, 0]).max():.2f}")
axes[0].set_ylabel("one that does not")
plt.show()

repeated = np.random.default_rng(seed).uniform(size=(10_000, 9))
print(f"random, average over 10,000 repetitions: {toy_score(repeated).max(axis=1).mean():.2f}")

# %% [markdown]
# The grid spent nine runs on three values and fell into the gaps between them (shade: the score).
# Nine random runs try nine values.
#
# How many runs does one need? With $n$ independent random configurations, the chance that at least
# one lies among the best 5 % of all is $1 - 0.95^n$: 46 % for 12 runs, 95 % for 59. Note what the
# formula does not contain: the number of hyperparameters. It promises a place among the best 5 %
# of *your* ranges, though, so if the ranges are bad, so are their best 5 %.
#
# In W&B a search is a dictionary with three entries:
#
# * `method`: `"grid"`, `"random"` or `"bayes"`;
# * `metric`: a dictionary with its `name` and its `goal`, `"maximize"` or `"minimize"`;
# * `parameters`: for each hyperparameter another dictionary, one of
#   `{"values": [...]}` to choose from a list, `{"value": ...}` to keep it fixed, or
#   `{"min": ..., "max": ...}` for a range, which may also have a `"distribution"`: `"uniform"`,
#   `"int_uniform"` or `"log_uniform_values"`.
#
# Think in factors for rates: from 0.001 to 0.003 is as long a way as from 0.01 to 0.03. Every run
# costs time, so be modest: more than 32 filters, or filters much wider than 20 bp, are slow on a
# laptop. This is where we start, a configuration that somebody in a hurry might have typed:

# %%
default_config = {
    "learning_rate": 0.001,
    "batch_size": 64,
    "num_filters": 8,
    "kernel_size": 7,
    "optimizer": "SGD",
}

# %%
#| exercise: sweep_config
# Define sweep_config, a valid W&B sweep configuration (see above). It maximizes the metric
# test_avg_pearsonr and has at least the five parameters of default_config, under the same names.
# For the optimizer give the choice of "SGD" and "Adam". Batch sizes, numbers of filters and kernel
# sizes are positive whole numbers. If the method is "grid", no parameter may be a range.
# The CTCF motif is 15 bp wide: a range of kernel sizes that stays far below is a waste.
### BEGIN SOLUTION
sweep_config = {
    "method": "random",
    "metric": {"name": "test_avg_pearsonr", "goal": "maximize"},
    "parameters": {
        "learning_rate": {"values": [0.003, 0.01, 0.03]},
        "batch_size": {"values": [16, 32, 64]},
        "num_filters": {"values": [8, 16, 32]},
        "kernel_size": {"values": [7, 11, 15]},
        "optimizer": {"values": ["SGD", "Adam"]},
    },
}
### END SOLUTION

# %%
#| check: sweep_config
assert isinstance(sweep_config, dict), "sweep_config should be a dictionary"
for _key in ("method", "metric", "parameters"):
    assert _key in sweep_config, f"sweep_config has no entry '{_key}'"
assert sweep_config["method"] in ("grid", "random", "bayes"), (
    f"the method is one of grid, random and bayes, not {sweep_config['method']!r}"
)
assert isinstance(sweep_config["metric"], dict), "the metric is a dictionary: its name, its goal"
assert sweep_config["metric"].get("name") == "test_avg_pearsonr", (
    "the metric's name must be the one that runs will log, test_avg_pearsonr"
)
assert sweep_config["metric"].get("goal") == "maximize", "a high correlation is good: maximize"
for _name in ("learning_rate", "batch_size", "num_filters", "kernel_size", "optimizer"):
    assert _name in sweep_config["parameters"], f"the parameters lack {_name}"
for _name, _spec in sweep_config["parameters"].items():
    assert isinstance(_spec, dict), f'{_name}: write {{"values": [...]}}, not the bare values'
    assert "values" in _spec or "value" in _spec or {"min", "max"} <= set(_spec), (
        f"{_name} needs 'values', 'value', or 'min' and 'max'"
    )
    assert isinstance(_spec.get("values", []), list), f"the values of {_name} should be a list"
    if {"min", "max"} <= set(_spec):
        assert _spec["min"] < _spec["max"], f"the range of {_name} has its ends exchanged"
        assert sweep_config["method"] != "grid", f"a grid needs 'values': {_name} is a range"
assert set(sweep_config["parameters"]["optimizer"].get("values", [])) == {"SGD", "Adam"}, (
    'the optimizers to choose from are "SGD" and "Adam", spelled like this'
)
print("sweep_config: looks right so far")

# %% [markdown]
# ## 1.3 A model that obeys
#
# To be searched, a choice must be an argument: a number that is written into the model's code
# cannot be varied. A function builds the model from a configuration, any mapping in which
# `config["num_filters"]` and `config["kernel_size"]` can be looked up.
#
# Week 3a's lesson was that every position needs the same treatment, so that a network should stay
# convolutional to the end. With `padding="same"`, a convolution's output is as long as its input.
# You need at least two convolutions of width `kernel_size`: one to recognize the motif, another
# one to spread the news over the 15 positions that the site covers. A last convolution of width 1
# turns the channels at each position into one score.
#
# Conv1d wants channels before positions. This little layer swaps the two, and is all that you need
# besides PyTorch's own:

# %%
class ChannelsFirst(nn.Module):
    """(n, L, 4) becomes (n, 4, L)."""

    def forward(self, x):
        return x.transpose(1, 2)


# %%
#| exercise: build_model
def build_model(config):
    """A new convolutional model of TF binding, as the configuration says.

    config: a mapping (a dict, or wandb.config) with "num_filters" and "kernel_size".
    Returns an nn.Module, (n, L, 4) to (n, L), for any L: convolutional to the end, no dense layer.
    Every convolution but the last has num_filters filters and is kernel_size wide; there are at
    least two of these, with a ReLU after each. The last one has width 1 and a single filter.
    Even kernel sizes must work too. Do not change config or set a seed.
    """
    ### BEGIN SOLUTION
    filters, width = config["num_filters"], config["kernel_size"]
    return nn.Sequential(
        ChannelsFirst(),
        nn.Conv1d(4, filters, width, padding="same"),
        nn.ReLU(),
        nn.Conv1d(filters, filters, width, padding="same"),
        nn.ReLU(),
        nn.Conv1d(filters, 1, 1),
        nn.Flatten(),  # (n, 1, L) becomes (n, L)
    )
    ### END SOLUTION


# %%
#| check: build_model
_model = build_model({"num_filters": 6, "kernel_size": 5})
assert isinstance(_model, nn.Module), "return the model"
_convs = [layer for layer in _model.modules() if isinstance(layer, nn.Conv1d)]
assert len(_convs) >= 3, f"two convolutions and the last one make three; found {len(_convs)}"
assert all(conv.out_channels == 6 for conv in _convs[:-1]), (
    "with num_filters = 6, every convolution but the last has 6 filters; found "
    f"{[conv.out_channels for conv in _convs[:-1]]}"
)
assert all(conv.kernel_size == (5,) for conv in _convs[:-1]), (
    "with kernel_size = 5, every convolution but the last is 5 wide; found "
    f"{[conv.kernel_size[0] for conv in _convs[:-1]]}"
)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # PyTorch notes that even widths cost a copy
    for _width, _length in ((5, 300), (6, 300), (5, 40)):
        _out = build_model({"num_filters": 6, "kernel_size": _width})(torch.rand(2, _length, 4))
        assert tuple(_out.shape) == (2, _length), (
            f"width {_width}: (2, {_length}, 4) in, (2, {_length}) out; got {tuple(_out.shape)}"
        )
_other = build_model({"num_filters": 6, "kernel_size": 5})
assert not torch.equal(next(_model.parameters()), next(_other.parameters())), (
    "two models start with equal weights: do not set a seed in build_model"
)
print("build_model: looks right so far")

# %%
#| exercise: build_optimizer
def build_optimizer(model, config):
    """The optimizer that the configuration asks for.

    model: an nn.Module. config: a mapping with "optimizer", which is "SGD" or "Adam", and
    "learning_rate". Returns a torch.optim.SGD or torch.optim.Adam over all parameters of the model,
    at that rate, with PyTorch's defaults otherwise (no momentum, no weight decay).
    """
    ### BEGIN SOLUTION
    kinds = {"SGD": torch.optim.SGD, "Adam": torch.optim.Adam}
    return kinds[config["optimizer"]](model.parameters(), lr=config["learning_rate"])
    ### END SOLUTION


# %%
#| check: build_optimizer
_model = nn.Sequential(nn.Linear(3, 2), nn.Linear(2, 1))
for _name, _kind in (("SGD", torch.optim.SGD), ("Adam", torch.optim.Adam)):
    _out = build_optimizer(_model, {"optimizer": _name, "learning_rate": 0.125})
    assert type(_out) is _kind, f"asked for {_name}, got {type(_out).__name__}"
    _group = _out.param_groups[0]
    assert _group["lr"] == 0.125, f"the configuration says rate 0.125, found {_group['lr']}"
    assert sum(len(group["params"]) for group in _out.param_groups) == 4, (
        "the model has four parameter tensors: hand all of them to the optimizer"
    )
    assert not _group.get("momentum") and not _group["weight_decay"], (
        "momentum and weight decay stay at 0, so that runs are comparable"
    )
print("build_optimizer: looks right so far")

# %% [markdown]
# ## 1.4 A run, recorded
#
# What would you need to know about a training run in half a year? Its *configuration*, its
# *history* (the losses, epoch by epoch), its *result*, and whether it *ended as it should*. Nobody
# notes all this by hand for the thirtieth run of a long evening. W&B does, with four calls:
#
# | call | what it does |
# |---|---|
# | `wandb.init(project=..., config=...)` | opens a run; `config` holds its hyperparameters |
# | `wandb.config["learning_rate"]` | the hyperparameters *of this run* |
# | `wandb.log({"epoch": 1, "train_loss": 3.2})` | adds a row to the run's history |
# | `wandb.finish()` | closes the run |
#
# **Where the configuration comes from.** In a sweep, W&B's *agent* calls your function, without
# arguments, again and again. Before each call it leaves a configuration for `wandb.init`, which
# puts these values in place of the ones that you pass as `config`. So pass the defaults, and from
# then on read every hyperparameter from `wandb.config`. A run that trains with any other value
# records a lie, and no error message will tell you.
#
# **How it ends.** A run that fails must be closed as well, or the next one finds it still open.
# `wandb.init` can be used in a `with` statement, like an open file:
# `with wandb.init(...) as run:` closes the run at the end of the block, and if an error ended it,
# marks the run as failed. (`try` and `finally` with `wandb.finish` do it by hand.)

# %%
#| exercise: train_sweep
def train_sweep():
    """One run, from a configuration to its score, recorded in W&B. Returns nothing.

    Opens a run with wandb.init, in `project`, with default_config as its config. From then on takes
    every hyperparameter from wandb.config, and none from elsewhere.
    Sets torch's seed to `seed`. Builds the model (build_model, on device), its optimizer
    (build_optimizer), and a DataLoader of train_x, train_y that shuffles and has the
    configuration's batch size.
    Trains for `epochs` epochs. After each, logs epoch (1, 2, ...), train_loss (of train_epoch) and
    val_loss (on val_x, val_y) in one call of wandb.log.
    At the end logs test_avg_pearsonr: mean_pearson of the predictions for test_x.
    Closes the run in any case, also when training raises an exception, which it does not swallow.
    """
    ### BEGIN SOLUTION
    with wandb.init(project=project, config=default_config):
        config = wandb.config
        torch.manual_seed(seed)  # all runs start alike and differ by their configuration only
        model = build_model(config).to(device)
        optimizer = build_optimizer(model, config)
        data = TensorDataset(train_x, train_y)
        dl = DataLoader(data, batch_size=config["batch_size"], shuffle=True)
        for epoch in range(1, epochs + 1):
            train_loss = train_epoch(model, dl, optimizer)
            val_loss = evaluate(model, val_x, val_y)
            wandb.log({"epoch": epoch, "train_loss": train_loss, "val_loss": val_loss})
        r = mean_pearson(predict_scores(model, test_x), test_y)
        wandb.log({"test_avg_pearsonr": r})
    ### END SOLUTION


# %% [markdown]
# To try your function we need somebody who calls it. Online that is W&B's agent. Offline the next
# cell takes its place: `run_offline(config)` leaves a configuration where `wandb.init` looks for
# it, exactly as the agent does, calls `train_sweep()`, and then reads what W&B has recorded. You
# need not follow it line by line.

# %%
def read_records(path):
    """The records in a .wandb file, in which W&B keeps all that a run has told it.

    The file is a log of 32 KiB blocks after a header of 7 bytes. Each piece has a checksum (4
    bytes), a length (2) and a type (1): a whole record (1), or the first (2), a middle (3) or the
    last piece (4) of a longer one.
    """
    raw, at, record = Path(path).read_bytes(), 7, b""
    while at + 7 <= len(raw):
        room = 32768 - at % 32768
        if room < 7:  # too little for another piece: the rest of the block is empty
            at += room
            continue
        length, kind = struct.unpack("<HB", raw[at + 4 : at + 7])
        record += raw[at + 7 : at + 7 + length]
        at += 7 + length
        if kind in (1, 4):
            yield Record.FromString(record)
            record = b""


def read_run(path):
    """What a .wandb file says of its run: a dict with config, history, summary and exit_code."""
    found = {"config": {}, "history": [], "summary": {}, "exit_code": None}
    for record in read_records(path):
        for item in (*record.run.config.update, *record.config.update):
            if item.key and not item.key.startswith("_"):
                found["config"][item.key] = json.loads(item.value_json)
        if record.HasField("history"):
            row = {item.key or ".".join(item.nested_key): json.loads(item.value_json)
                   for item in record.history.item}
            row = {key: value for key, value in row.items() if not key.startswith("_")}
            found["history"].append(row)
            found["summary"].update(row)  # the last value of each
        for item in record.summary.update:
            found["summary"][item.key or ".".join(item.nested_key)] = json.loads(item.value_json)
        if record.HasField("exit"):
            found["exit_code"] = record.exit.exit_code
    return found


def run_offline(config):
    """Call train_sweep() for one configuration, as W&B's agent does, but without a network.

    Returns a dict: config, history (DataFrame, one row an epoch) and test_avg_pearsonr (nan if
    missing), all as W&B recorded them; state ("finished" or "crashed"); error (None, or what went
    wrong); closed (did train_sweep close its run?).
    """
    run_id, error = uuid.uuid4().hex[:8], None
    with tempfile.TemporaryDirectory() as folder:
        handed_over = Path(folder) / "config.yaml"
        handed_over.write_text(yaml.safe_dump({k: {"value": v} for k, v in config.items()}))
        with patch.dict(os.environ, WANDB_MODE="offline", WANDB_RUN_ID=run_id,
                        WANDB_SWEEP_ID="offline", WANDB_SWEEP_PARAM_PATH=str(handed_over)):
            wandb.teardown()  # so that W&B reads the environment again
            try:
                train_sweep()
            except NotImplementedError:
                raise
            except Exception as problem:
                error = f"{type(problem).__name__}: {problem}"
            finally:
                closed = wandb.run is None
                wandb.teardown(exit_code=0 if error is None else 1)
    files = list(Path(os.environ["WANDB_DIR"], "wandb").glob(f"*run-*-{run_id}/run-{run_id}.wandb"))
    found = read_run(files[0]) if files else {}
    recorded = found.get("config") or config
    if not found and error is None:
        error = "train_sweep opened no run: does it call wandb.init?"
    if error is not None:
        print("a run crashed:", error)
    history = pd.DataFrame([row for row in found.get("history", []) if "epoch" in row])
    return {
        "config": {name: recorded[name] for name in [*config, *recorded] if name in recorded},
        "history": history,
        "test_avg_pearsonr": float(found.get("summary", {}).get("test_avg_pearsonr", "nan")),
        "state": "finished" if error is None and found["exit_code"] == 0 else "crashed",
        "error": error,
        "closed": closed,
    }


# %%
#| check: train_sweep
# A tiny problem, two epochs, and a model that remembers the configuration it was built from.
def _try(config, **stand_ins):
    """run_offline while some of the notebook's names stand for other things."""
    kept = {name: globals()[name] for name in stand_ins}
    globals().update(stand_ins)
    try:
        return run_offline(config)
    finally:
        globals().update(kept)


class _Tiny(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.scale = nn.Linear(4, 1)
        _seen.append({name: config[name] for name in _config})

    def forward(self, x):
        _batches.append(len(x))
        return self.scale(x).squeeze(2)


class _Broken(_Tiny):
    def forward(self, x):
        raise RuntimeError("broken on purpose")


def _tiny_optimizer(model, config):
    _rates.append(config["learning_rate"])
    return torch.optim.SGD(model.parameters(), lr=0.0)


_small = {"train_x": train_x[:40], "train_y": train_y[:40], "val_x": val_x[:10],
          "val_y": val_y[:10], "epochs": 2, "build_optimizer": _tiny_optimizer}
_config = {"learning_rate": 0.25, "batch_size": 16, "num_filters": 3, "kernel_size": 9,
           "optimizer": "Adam"}
_seen, _batches, _rates = [], [], []
_out = _try(_config, build_model=_Tiny, **_small)
assert _out["error"] is None, f"the run failed with {_out['error']}"
assert _out["closed"], "train_sweep left its run open: use a with statement, or wandb.finish"
assert _seen and _rates, "build the model with build_model, the optimizer with build_optimizer"
assert _seen[-1] == _config and _rates[-1] == 0.25, (
    f"the sweep asked for {_config}, but the model was built from {_seen[-1]} and the optimizer "
    f"for the rate {_rates[-1]}: take the hyperparameters from wandb.config after wandb.init"
)
assert _out["config"] == _config, f"W&B recorded another configuration: {_out['config']}"
assert _batches[:3] == [16, 16, 8], (
    f"40 windows in batches of 16 make 16, 16 and 8; the model saw {_batches[:3]} first"
)
_history = _out["history"]
for _name in ("epoch", "train_loss", "val_loss"):
    assert _name in _history, f"after each epoch, log {_name} in the call that logs the epoch too"
assert list(_history["epoch"]) == [1, 2], (
    f"two epochs make two rows, 1 and 2; W&B recorded {list(_history['epoch'])}"
)
assert _history[["train_loss", "val_loss"]].notna().all(axis=None), (
    "a loss is missing or nan: log epoch, train_loss and val_loss together, in one call"
)
assert np.isfinite(_out["test_avg_pearsonr"]), "log test_avg_pearsonr at the end"
assert -1 <= _out["test_avg_pearsonr"] <= 1, "a correlation lies between -1 and 1"
with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
    _out = _try(_config, build_model=_Broken, **_small)
assert _out["error"], "an exception in training disappeared: let it go on after closing the run"
assert "on purpose" in _out["error"], f"expected the model's own error, got {_out['error']}"
assert _out["closed"], "when training fails, the run stays open: use a with statement"
assert _out["state"] == "crashed", f"a run that failed has the state {_out['state']}"
print("train_sweep: looks right so far")

# %% [markdown]
# Now a real run, of the default configuration. This is all that W&B knows about it:

# %%
baseline = run_offline(default_config)
print("config: ", baseline["config"])
print("state:  ", baseline["state"])
print("result: ", f"test_avg_pearsonr = {baseline['test_avg_pearsonr']:.3f}")
print("history:")
print(baseline["history"][["epoch", "train_loss", "val_loss"]].round(3).to_string(index=False))

# %% [markdown]
# The loss falls a little, and the predictions are useless. From these rows alone you cannot tell
# why: too small a rate, too few filters, too few epochs? One run answers no question about a
# choice. We need several that differ.
#
# # Part 2. Many runs
#
# ## 2.1 The sweep
#
# Online, `wandb.sweep` registers your `sweep_config` at W&B, which then hands out configurations to
# its agents, on one machine or on fifty; `wandb.agent` is such an agent. Offline, `draw_configs`
# draws the configurations. It always draws at random (from a grid: without repeating itself),
# since there is no server whose Bayesian model could propose any.

# %%
def draw_configs(sweep_config, n, seed):
    """At most n configurations, drawn at random from a sweep's parameters; the seed fixes them."""
    def draw(spec):
        if "value" in spec:
            return spec["value"]
        if "values" in spec:
            return spec["values"][rng.integers(len(spec["values"]))]
        low, high = spec["min"], spec["max"]
        whole = isinstance(low, int) and isinstance(high, int)
        kind = spec.get("distribution", "int_uniform" if whole else "uniform")
        if kind == "int_uniform":
            return int(rng.integers(low, high + 1))
        if kind == "log_uniform_values":
            return float(np.exp(rng.uniform(np.log(low), np.log(high))))
        if kind == "uniform":
            return float(rng.uniform(low, high))
        raise ValueError(f"draw_configs knows no distribution {kind!r}")

    rng, configs = np.random.default_rng(seed), []
    for _ in range(100 * n):  # a configuration that was drawn before is drawn again
        config = {name: draw(spec) for name, spec in sweep_config["parameters"].items()}
        if config not in configs:
            configs.append(config)
        if len(configs) == n:
            break
    return configs


def run_sweep_online():
    """A real sweep on wandb.ai; returns its runs as run_offline does."""
    sweep_id = wandb.sweep(sweep_config, project=project)
    wandb.agent(sweep_id, function=train_sweep, project=project, count=n_runs)
    sweep = wandb.Api().sweep(f"{project}/{sweep_id}")
    print("on the web:", sweep.url)
    return [{
        "config": {name: run.config.get(name) for name in sweep_config["parameters"]},
        "history": run.history(keys=["epoch", "train_loss", "val_loss"]),
        "test_avg_pearsonr": float(run.summary.get("test_avg_pearsonr", "nan")),
        "state": run.state,
    } for run in sweep.runs]


if online:
    sweep_results = run_sweep_online()
else:
    sweep_results = [run_offline(config) for config in draw_configs(sweep_config, n_runs, seed)]

runs = pd.DataFrame([
    {**result["config"], "test_avg_pearsonr": result["test_avg_pearsonr"], "state": result["state"]}
    for result in sweep_results
])
print(runs.sort_values("test_avg_pearsonr", ascending=False).round(4).to_string(index=False))

# %% [markdown]
# Every row is a run. The learning curves of all of them:

# %%
colours = {"SGD": ORANGE, "Adam": BLUE}
top = runs["test_avg_pearsonr"].where(runs["state"] == "finished").idxmax()

fig, ax = plt.subplots(figsize=(7, 3.8))
for number, result in enumerate(sweep_results):
    if len(result["history"]):
        ax.plot(result["history"]["epoch"], result["history"]["val_loss"], "o-", ms=4,
                lw=3 if number == top else 1.2, color=colours[result["config"]["optimizer"]])
for name, colour in colours.items():
    ax.plot([], [], color=colour, label=name)
ax.plot([], [], color="black", lw=3, label="highest r on chr22")
ax.axhline(val_y.var(correction=0), color=GREY, lw=1, ls=":", label="always predicting the mean")
ax.set(xlabel="epoch", ylabel="validation loss (chr21)", ylim=(0, None),
       xticks=range(1, epochs + 1))
ax.legend(loc="center left", bbox_to_anchor=(1, 0.5))
plt.show()

# %% [markdown]
# The curves fan out although data, seed and number of epochs are the same: all the difference is in
# the configurations. A curve that stays at the dotted line belongs to a run that has learned
# nothing yet, or never will: after too large a step all units of a layer can be zero for good, as
# single units were in week 1. Most other curves still fall at the end. A sweep with short runs
# favours configurations that learn *fast*. That is usually a fair guide, but a slow one that would
# win in the end gets no chance.
#
# ## 2.2 The best run
#
# Looking for the best row takes more care than `max`, because not every row is a result. A run
# that failed may have logged a metric before it failed, or none at all. A run with too large a rate
# can finish and have `nan` as its result (*not a number*, which a diverging loss ends in).

# %%
#| exercise: best_run
def best_run(runs, metric, goal):
    """The configuration of the best run.

    runs: DataFrame, one row a run. The column named by `metric` holds its result, the column
    "state" how it ended; every other column is a hyperparameter.
    goal: "maximize" or "minimize". At least one run qualifies.
    Returns a dict, hyperparameter to value, of the best row. Only rows count whose state is
    "finished" and whose metric is not nan. Values keep their type: an int column gives ints.
    Do not change runs.
    """
    ### BEGIN SOLUTION
    usable = runs[(runs["state"] == "finished") & runs[metric].notna()]
    ordered = usable.sort_values(metric, ascending=goal == "minimize")
    return ordered.drop(columns=[metric, "state"]).head(1).to_dict("records")[0]
    ### END SOLUTION


# %%
#| check: best_run
_runs = pd.DataFrame({
    "learning_rate": [0.1, 0.2, 0.3, 0.4],
    "num_filters": [8, 16, 32, 64],
    "r": [0.5, 0.7, 0.9, float("nan")],
    "state": ["finished", "finished", "crashed", "finished"],
})
_out = best_run(_runs, "r", "maximize")
assert isinstance(_out, dict), f"return a dict, not a {type(_out).__name__}"
assert _out.get("learning_rate") != 0.3, "the run with r = 0.9 crashed: it does not count"
assert _out.get("learning_rate") != 0.4, "a run without a result (nan) won"
assert "r" not in _out and "state" not in _out, (
    "the metric and the state are no hyperparameters: leave them out"
)
assert _out == {"learning_rate": 0.2, "num_filters": 16}, f"the second run is the best, got {_out}"
assert isinstance(_out["num_filters"], (int, np.integer)), (
    f"num_filters was an int and became {_out['num_filters']!r}: do numbers of a whole row share "
    "one type in pandas?"
)
_out = best_run(_runs, "r", "minimize")
assert _out["learning_rate"] == 0.1, "with the goal minimize, the run with r = 0.5 is the best"
assert list(_runs.columns) == ["learning_rate", "num_filters", "r", "state"], "runs was changed"
print("best_run: looks right so far")

# %%
best_config = best_run(runs, "test_avg_pearsonr", "maximize")
print("best configuration:", best_config)
print(f"its r on chr22: {runs['test_avg_pearsonr'][top]:.3f}; "
      f"the default's: {baseline['test_avg_pearsonr']:.3f}")

# %% [markdown]
# ## 2.3 Seeing all dimensions: parallel coordinates
#
# Five hyperparameters and a result are six dimensions. A **parallel-coordinates plot** draws each
# dimension as a vertical axis and each run as a line that crosses all of them. Read it from the
# right: where do the lines with a high r come from? If they pass an axis in one place, that
# hyperparameter matters; if they come from everywhere, it does not. W&B's website draws the same
# plot for a sweep, and there you can brush an axis to select runs. Here the best run is orange, and
# the others are the darker the higher their r. Lines are shifted a little so that they do not hide
# each other.

# %%
def axis_positions(column):
    """Places from 0 to 1 for the values of a column, and its ticks: (places, {place: label})."""
    values = sorted(column.unique())
    numeric = pd.api.types.is_numeric_dtype(column)
    if numeric and len(values) > 6:  # a range: a continuous axis, logarithmic if it is wide
        log = values[0] > 0 and values[-1] / values[0] >= 10
        scale = np.log if log else np.asarray
        low, high = scale(values[0]), scale(values[-1])
        places = {v: float((scale(v) - low) / (high - low)) for v in values}
        shown = (values[0], values[-1])
    else:
        places = {v: i / max(len(values) - 1, 1) for i, v in enumerate(values)}
        shown = values
    labels = {places[v]: f"{v:.3g}" if numeric else str(v) for v in shown}
    return column.map(places).to_numpy(dtype=float), labels


def parallel_coordinates(runs, metric):
    """One line a run across its hyperparameters to the metric; finished runs only."""
    shown = runs[(runs["state"] == "finished") & runs[metric].notna()].reset_index(drop=True)
    names = [n for n in shown.columns if n not in (metric, "state") and shown[n].nunique() > 1]
    ax = plt.subplots(figsize=(7.5, 4))[1]
    shift = np.random.default_rng(0).uniform(-0.025, 0.025, size=(len(shown), len(names)))
    places = []
    for x, name in enumerate(names):
        place, labels = axis_positions(shown[name])
        places.append(place + shift[:, x])
        ax.axvline(x, color=GREY, lw=1)
        for y, label in labels.items():
            ax.annotate(label, (x, y), (-6, 0), textcoords="offset points", ha="right",
                        va="center", fontsize=9,
                        bbox={"fc": "white", "ec": "none", "alpha": 0.8, "pad": 0.5}, zorder=5)
    low, high = min(0.0, shown[metric].min()), 1.0
    places = np.column_stack([*places, (shown[metric] - low) / (high - low)])
    ax.axvline(len(names), color=GREY, lw=1)
    for tick in np.linspace(0, 1, 6):
        ax.annotate(f"{tick:.1f}", (len(names), (tick - low) / (high - low)), (6, 0),
                    textcoords="offset points", va="center", fontsize=9)
    shade, best = plt.get_cmap("Blues"), shown[metric].argmax()
    for row in shown[metric].argsort():  # the best last, on top
        ax.plot(places[row], lw=3.5 if row == best else 1.6,
                color=ORANGE if row == best else shade(0.3 + 0.7 * max(0, shown[metric][row])))
    ax.set_xticks(range(len(names) + 1), [n.replace("_", "\n") for n in names] + ["r\n(chr22)"])
    ax.set(yticks=[], xlim=(-0.35, len(names) + 0.25), ylim=(-0.06, 1.06))
    ax.tick_params(length=0)
    ax.spines[["left", "bottom"]].set_visible(False)
    plt.show()


parallel_coordinates(runs, "test_avg_pearsonr")

# %% [markdown]
# ## 2.4 Which choices mattered?
#
# A simple summary, one hyperparameter at a time: group the runs by its value, average the metric in
# each group, and take the difference between the highest and the lowest average. If it is large,
# the choice made a difference (whichever of its values was the good one).

# %%
#| exercise: hyperparameter_effect
def hyperparameter_effect(runs, metric):
    """How much each hyperparameter mattered for the metric.

    runs: as for best_run; again only finished rows with a metric that is not nan count.
    Returns a pandas Series: its index are the hyperparameters that take more than one value in
    these rows, its values the differences between the largest and the smallest mean of the metric
    over the hyperparameter's values. Sorted, the largest difference first.
    Hyperparameters can be numbers or strings. Do not change runs.
    """
    ### BEGIN SOLUTION
    usable = runs[(runs["state"] == "finished") & runs[metric].notna()]
    effects = {}
    for name in usable.columns.drop([metric, "state"]):
        means = usable.groupby(name)[metric].mean()
        if len(means) > 1:
            effects[name] = means.max() - means.min()
    return pd.Series(effects, dtype=float).sort_values(ascending=False)
    ### END SOLUTION


# %%
#| check: hyperparameter_effect
# By hand: SGD 0.1 and 0.3, mean 0.2; Adam 0.7 and 0.5, mean 0.6; the difference is 0.4.
# Width 5 has 0.1 and 0.7, mean 0.4; width 9 has 0.3 and 0.5, mean 0.4; the difference is 0.
_runs = pd.DataFrame({
    "kernel_size": [5, 9, 5, 9, 15, 15],
    "optimizer": ["SGD", "SGD", "Adam", "Adam", "Adam", "SGD"],
    "batch_size": [32, 32, 32, 32, 32, 64],
    "r": [0.1, 0.3, 0.7, 0.5, 1.0, float("nan")],
    "state": ["finished", "finished", "finished", "finished", "crashed", "finished"],
})
_out = hyperparameter_effect(_runs, "r")
assert isinstance(_out, pd.Series), f"return a pandas Series, not a {type(_out).__name__}"
assert "r" not in _out.index and "state" not in _out.index, (
    "the metric and the state are no hyperparameters"
)
assert "batch_size" not in _out.index, (
    "among the runs that count batch_size is always 32: a value that does not vary has no effect"
)
assert set(_out.index) == {"optimizer", "kernel_size"}, f"got effects of {list(_out.index)}"
assert not np.isclose(_out["kernel_size"], 0.6), "a crashed run was counted"
assert np.isclose(_out["optimizer"], 0.4), f"optimizer: expected 0.4, got {_out['optimizer']}"
assert np.isclose(_out["kernel_size"], 0), f"kernel_size: expected 0, got {_out['kernel_size']}"
assert list(_out.index) == ["optimizer", "kernel_size"], "sort: the largest difference first"
print("hyperparameter_effect: looks right so far")

# %%
effect = hyperparameter_effect(runs, "test_avg_pearsonr")

fig, ax = plt.subplots(figsize=(6, 0.6 + 0.4 * len(effect)))
ax.barh(effect.index[::-1], effect[::-1], color=BLUE, height=0.65)
for place, value in enumerate(effect[::-1]):
    ax.annotate(f"{value:.2f}", (value, place), (4, 0), textcoords="offset points", va="center")
ax.set(xlabel="best minus worst mean r over the values")
ax.margins(x=0.1)
plt.show()

# %% [markdown]
# Look behind such bars before you believe them. The next figure shows what they were made from:
# each dot is a run, each line a mean.

# %%
finished = runs[(runs["state"] == "finished") & runs["test_avg_pearsonr"].notna()]
fig, axes = plt.subplots(1, len(effect), figsize=(8, 2.8), sharey=True, squeeze=False)
for ax, name in zip(axes[0], effect.index, strict=True):
    place, labels = axis_positions(finished[name])
    for value in np.unique(place):
        at = place == value
        ax.hlines(finished["test_avg_pearsonr"][at].mean(), value - 0.1, value + 0.1, color=GREY)
    ax.scatter(place, finished["test_avg_pearsonr"], s=22, zorder=3,
               c=[colours[kind] for kind in finished["optimizer"]])
    ax.set_xticks(list(labels), list(labels.values()), fontsize=8)
    ax.set_title(name, fontsize=9)
    ax.margins(x=0.2)
axes[0, 0].set_ylabel("r on chr22")
fig.supxlabel("value (blue: Adam, orange: SGD)", fontsize=9)
plt.show()

# %% [markdown]
# Three reasons to be careful with effects from a handful of runs:
#
# * **Few runs a value.** A mean of one or two runs says little, and the *range* of several noisy
#   means is above zero even when nothing matters. More values, more range: a continuous
#   hyperparameter has a different value in every run, and its "effect" would be the difference
#   between the best and the worst run, whatever the reason.
# * **Confounding.** If most runs with many filters happened to draw Adam as well, Adam's merit is
#   credited to the filters. Random draws balance this out in the long run, not in twelve.
# * **Interactions.** A mean over one hyperparameter hides what depends on another. The best rate of
#   SGD is not the best rate of Adam.
#
# # Part 3. The tuned model
#
# ## 3.1 Train it longer
#
# The sweep's runs were short, to try many configurations. The one that is worth it now gets more
# time. Goal: a mean Pearson r of at least **0.85** on windows that the model has not seen, and that
# is neither the training nor the choosing. It should hold for other seeds too, so leave a margin,
# and keep the training under 30 seconds on a CPU.

# %%
#| exercise: tuned_model
# Build a model with build_model(best_config) and train it longer than the sweep's runs, with
# best_config's optimizer, rate and batch size; call it tuned_model.
# It must be an nn.Module on device that maps float32 (n, 300, 4) to (n, 300).
# Train on train_x, train_y only. Use val_x, val_y to follow the loss if you like.
torch.manual_seed(seed)
### BEGIN SOLUTION
tuned_model = build_model(best_config).to(device)
tuned_optimizer = build_optimizer(tuned_model, best_config)
tuned_dl = DataLoader(
    TensorDataset(train_x, train_y), batch_size=best_config["batch_size"], shuffle=True
)
for tuned_epoch in range(4 * epochs):
    if tuned_epoch == 3 * epochs:  # small steps at the end, to settle down
        for group in tuned_optimizer.param_groups:
            group["lr"] /= 10
    train_epoch(tuned_model, tuned_dl, tuned_optimizer)
### END SOLUTION

# %%
#| check: tuned_model
assert isinstance(tuned_model, nn.Module), "tuned_model should be the trained model itself"
assert next(tuned_model.parameters()).device.type == device.type, "tuned_model must be on device"
with torch.no_grad():
    _out = tuned_model.eval()(val_x[:100].to(device)).cpu()
assert tuple(_out.shape) == (100, 300), f"(100, 300) out for 100 windows; got {tuple(_out.shape)}"
_r = mean_pearson(predict_scores(tuned_model, torch.cat([val_x, test_x])),
                  torch.cat([val_y, test_y]))
print(f"mean r on windows that the model was not trained on: {_r:.3f}")
assert _r > 0.4, "no better than the default: was it trained, and with best_config?"
assert _r >= 0.85, (
    f"r is {_r:.3f}, the goal is 0.85: train longer, or change the ranges of sweep_config and "
    "search again (more filters? wider ones? larger rates?)"
)
print("tuned_model: looks right so far")

# %% [markdown]
# ## 3.2 An honest number
#
# We *chose* the configuration because it had the highest r on chr22. Every measurement is partly
# luck, and the highest of many is partly the luckiest, so the winner's r on chr22 is an optimistic
# estimate, and the more so the more runs there were. For a number to *report*, use data that took
# part in no choice: choose on one set, report on another.
#
# Here is a trap of words. The metric's name says "test", but a set's role follows from what you do
# with it, not from its name. By choosing on chr22 we made it a validation set. And chr21, called
# validation set, was only looked at: no choice depended on it, as long as you did not pick an epoch
# or a seed by its loss. In that case chr21 gives the honest number. (The grader uses a chromosome
# that you have never seen.)
#
# On windows that a model has not seen, the two chromosomes usually agree closely here: twelve runs
# that differ widely leave little room for luck. With a thousand runs of about the same quality,
# luck would decide.
#
# Does tuning matter, or would the default have caught up with more training? To be fair, the
# default configuration now gets four times as many epochs as in the sweep.

# %%
torch.manual_seed(seed)
untuned = build_model(default_config).to(device)
untuned_steps = build_optimizer(untuned, default_config)
batches = DataLoader(TensorDataset(train_x, train_y), default_config["batch_size"], shuffle=True)
for _ in range(4 * epochs):
    train_epoch(untuned, batches, untuned_steps)

compared = {f"default, {4 * epochs} epochs": untuned, "tuned": tuned_model}
chromosomes = {"chr22 (used to choose)": (test_x, test_y), "chr21 (not used)": (val_x, val_y)}
fig, ax = plt.subplots()
for row, (chromosome, (x, y)) in enumerate(chromosomes.items()):
    scores = [mean_pearson(predict_scores(model, x), y) for model in compared.values()]
    places = np.arange(len(compared)) + (row - 0.5) * 0.36
    bars = ax.bar(places, scores, 0.34, color=(GREY, BLUE)[row], label=chromosome)
    ax.bar_label(bars, fmt="%.3f", padding=2, fontsize=9)
    print(f"{chromosome}: " + ", ".join(
        f"{name} r = {r:.3f}" for name, r in zip(compared, scores, strict=True)))
ax.set_xticks(range(len(compared)), list(compared))
ax.set(ylabel="mean Pearson r", ylim=(min(0, ax.get_ylim()[0]), 1.1))
ax.legend(loc="upper left")
plt.show()

# %% [markdown]
# What such numbers look like on the sequence: three windows of chr21 that have at least two sites.

# %%
site_starts = ((val_y[:, 1:] != val_y[:, :-1]) & (val_y[:, 1:] > 0)).sum(dim=1)
chosen = torch.nonzero(site_starts >= 2).flatten()[:3]
tracks = {name: predict_scores(model, val_x[chosen]) for name, model in compared.items()}

fig, axes = plt.subplots(3, 1, figsize=(7, 4.2), sharex=True, sharey=True)
for row, ax in enumerate(axes):
    ax.fill_between(range(300), val_y[chosen[row]], color=GREY, alpha=0.4, lw=0, label="truth")
    for (name, track), colour in zip(tracks.items(), (ORANGE, BLUE), strict=True):
        ax.plot(track[row], color=colour, lw=1.5, label=name)
axes[0].legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3)
axes[1].set_ylabel("score")
axes[2].set_xlabel("position in the window")
plt.show()

# %% [markdown]
# **Written answer: tuning.** What did you tune, what mattered, and what does the
# parallel-coordinates plot show?
#
# A good answer (15 to 20 lines) has four parts. *What:* the hyperparameters with their values, the
# method, the number of runs, and why you chose them so. *What mattered:* the largest and the
# smallest effects, with numbers; why a model of a 15 bp motif should care; and what so few runs
# cannot prove. *The plot:* which axes the best runs cross in the same place and which not, and one
# thing that it shows and the bars do not. *The result:* r of the default and of the tuned model, on
# which windows, why that number is honest or not, and what you would search next.

# %% [markdown]
# #| written: tuning, points: 12
# ### BEGIN SOLUTION
# *What.* A random search of 12 runs of 4 epochs each (seed 0) over 162 combinations: rates 0.003,
# 0.01, 0.03; batches of 16, 32, 64; 8, 16, 32 filters; widths 7, 11, 15; SGD or Adam. I left out
# the default's rate of 0.001, which is slow in so few steps, and stopped at width 15, the motif's.
# Random, because a grid of this size would take 162 runs.
#
# *What mattered.* The effects are 0.66 for num_filters, 0.27 for kernel_size, 0.22 for the rate,
# 0.21 for the optimizer and 0.15 for the batch size. I do not believe the first: it says that 32
# filters are worst (mean r 0.14), but only two runs had 32. One was the slowest SGD (rate 0.003,
# r 0.28); in the other, Adam at 0.03 with r = 0.000, all units of a layer seem to have died. Twelve
# runs leave such gaps, and a mean over one hyperparameter mixes in all the others. The other four
# are plausible. Without the dead run Adam's mean is 0.82, against 0.49 for SGD, and that makes it
# the largest effect that I would bet on. Width 7 never got beyond 0.74: two layers of width 7 see
# 13 bp around a position, less than the motif and far less than a position needs at its edge.
#
# *The plot.* The three best runs (r 0.95, 0.93, 0.88) share Adam, rate 0.03 and batch 32, and have
# 11 or 15 on the axis of the width. On the axis of the filters they come from 8 and 16, so that
# axis hardly separates them. What the bars cannot show: the worst line crosses the other axes where
# the best one does (0.03, 32, 15, Adam) and differs only in its 32 filters. A good configuration
# can lie close to a cliff, so I would not trust this rate with another seed without trying it.
#
# *The result.* After 16 epochs each, r on chr21 is 0.21 for the default and 0.990 for the tuned
# model. By chr21 I chose nothing, so the number is honest. On chr22, by which I chose, it is 0.991:
# luck played little part. But the data are simulated and all sites follow one motif; on real
# binding data I expect much less. Next: Adam with rates from 0.003 to 0.03, more runs with 32
# filters, widths 15 to 21, three seeds each.
# ### END SOLUTION

# %% [markdown]
# ## Why this matters for genomics
#
# Published models often differ in their architecture *and* in how much they were tuned, and only
# the first is in the title. If a new model is tuned for a month and its baseline is run as
# downloaded, the comparison measures patience. So when you read a benchmark, ask three questions.
# Was the baseline tuned with the same budget? On which data was the configuration chosen, and on
# which was the result measured? And are those really apart? Windows that overlap or homologous
# genes on both sides make a test set easier than new data will be; splitting by chromosome takes
# care of the first and helps with the second. Keep records of your own, too: the run that somebody
# asks about is rarely the last one.
#
# ## References
#
# * Bergstra, Bengio (2012). Random search for hyper-parameter optimization. *Journal of Machine
#   Learning Research* 13, 281.
# * Rauluseviciute et al. (2024). JASPAR 2024: 20th anniversary of the open-access database of
#   transcription factor binding profiles. *Nucleic Acids Research* 52, D174.
# * Snoek, Larochelle, Adams (2012). Practical Bayesian optimization of machine learning algorithms.
#   *Advances in Neural Information Processing Systems* 25.
