"""tuned_model: trained with the best configuration, measured on windows that nobody has seen.

CALIBRATION.md has the gap that both thresholds stand in: above all that the default configuration
reaches, below all that the tuned one does.
"""

import csv
import gzip
import math
from functools import cache
from pathlib import Path

import numpy as np

from autograder.testing import expect, points, remote

BUILDS_ON = ("build_model", "build_optimizer")
GIVEN_FOR = ("train_sweep", "best_run")  # their result is best_config
GIVEN = """
best_config = {"learning_rate": 0.003, "batch_size": 32, "num_filters": 32, "kernel_size": 15,
               "optimizer": "Adam"}
"""
DEFAULT, TUNED = 0.40, 0.80
MOST = 1000  # windows of a chromosome: more would not fit into a call's time
DATA = Path(__file__).parent / "data"
ROWS = dict(zip("ACGTN", np.eye(5, 4, dtype=np.float32), strict=True))

PREDICT = """
import torch

def predict(model, x, device):
    if not isinstance(model, torch.nn.Module):
        raise TypeError("tuned_model is not an nn.Module")
    was_training = model.training
    model.eval()
    with torch.no_grad():
        out = torch.cat([model(part.to(device)) for part in torch.tensor(x).split(50)])
    model.train(was_training)
    return out
"""


@cache
def windows():
    """(one-hot (n, 300, 4) float32, scores (n, 300)) of the held-out chromosomes.

    Of a chromosome with many windows, MOST of them, evenly spaced.
    """
    onehots, scores = [], []
    for path in sorted(DATA.glob("*_sequences.txt.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
        rows = rows[:: math.ceil(len(rows) / MOST)]
        with gzip.open(str(path).replace("_sequences", "_scores"), "rt", encoding="utf-8") as file:
            table = csv.reader(file, delimiter="\t")
            at = {name: index for index, name in enumerate(next(table))}
            chosen = [at[row["window_name"]] for row in rows]
            scores.append(np.array([[float(line[i]) for i in chosen] for line in table]).T)
        for row in rows:
            bases = [ROWS.get(base, np.zeros(4, np.float32)) for base in row["sequence"].upper()]
            onehots.append(np.array(bases))
    return np.array(onehots), np.concatenate(scores)


def held_out_r(student):
    """Mean Pearson r over the held-out windows that have a site; 0 for a constant prediction."""
    onehots, scores = windows()
    found = remote.define(student, PREDICT, "predict")(student.tuned_model, onehots, student.device)
    predicted, total, n = expect.array(found, scores.shape).astype(np.float64), 0.0, 0
    for p, o in zip(predicted, scores, strict=True):
        if o.any():
            p, o, n = p - p.mean(), o - o.mean(), n + 1
            size = math.sqrt(float((p @ p) * (o @ o)))
            total += float(p @ o) / size if size > 1e-9 else 0.0
    return total / n


@points(1)
def test_form(student):
    """tuned_model is an nn.Module on `device` that turns (n, 300, 4) into (n, 300), also for a
    single window. If its shape is wrong, look at build_model first."""
    onehots, _ = windows()
    for n in (1, 5):
        x = onehots[:n]
        found = remote.define(student, PREDICT, "predict")(student.tuned_model, x, student.device)
        assert np.isfinite(expect.array(found, (n, 300))).all()


@points(2)
def test_better_than_the_default(student):
    """On windows of a chromosome that you do not have, tuned_model is better than the default
    configuration ever is. If not: is it built with best_config, did it train at all, and do
    build_model and build_optimizer pass their tests?"""
    r = held_out_r(student)
    assert r >= DEFAULT, f"r = {r:.3f}"


@points(4)
def test_well_tuned(student):
    """On windows of a chromosome that you do not have, tuned_model's mean Pearson r is that of a
    good configuration (you were told a goal a little above it). If not: train longer than the
    sweep's runs, try more configurations, and look at which of them learn at all."""
    r = held_out_r(student)
    assert r >= TUNED, f"r = {r:.3f}"
