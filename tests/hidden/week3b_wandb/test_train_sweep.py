"""train_sweep(): one run of a sweep, driven as W&B's agent drives it, with other configurations."""

import math

import numpy as np
from week3b_wandb.agent import EPOCHS, SHAPES, drive, recorded

from autograder.testing import expect, points, remote

BUILDS_ON = ("build_model", "build_optimizer")
FIRST = {
    "learning_rate": 0.0037,
    "batch_size": 50,
    "num_filters": 5,
    "kernel_size": 11,
    "optimizer": "Adam",
}
SECOND = {
    "learning_rate": 0.021,
    "batch_size": 24,
    "num_filters": 9,
    "kernel_size": 6,
    "optimizer": "SGD",
}


@points(2)
def test_model_is_the_configurations(student):
    """The model that is trained is the one that wandb.config describes, with its number of filters
    and its kernel size, whatever they are: take them from wandb.config after wandb.init, build one
    model with them, and hand that model's parameters to the optimizer. Each step follows
    loss.backward, and all epochs train the same model."""
    shapes = remote.define(student, SHAPES, "shapes")
    for config in (FIRST, SECOND):
        seen = drive(student, config)
        assert seen["steps"], "no optimizer took a step"
        expected = sorted(shapes(student.build_model(config)))
        assert all(sorted(step["shapes"]) == expected for step in seen["steps"]), config
        assert all(step["graded"] for step in seen["steps"]), "a step without any gradient"
        assert all(step["same"] for step in seen["steps"]), "another model than at the first step"


@points(2)
def test_optimizer_is_the_configurations(student):
    """The steps are taken by the optimizer that wandb.config names, at its learning rate. A rate or
    an optimizer that is fixed in the code, or read from the defaults, records one thing and does
    another. Each step follows its own batch: the gradients of the one before are cleared."""
    for config in (FIRST, SECOND):
        seen = drive(student, config)
        assert seen["steps"], "no optimizer took a step"
        first = seen["steps"][0]
        assert config["optimizer"] in first["kinds"], first["kinds"]
        for rate in first["rates"]:
            expect.close(rate, config["learning_rate"], rtol=1e-9)
        assert all(step["fresh"] for step in seen["steps"]), "old gradients were added"


@points(1)
def test_batch_size_is_the_configurations(student):
    """Each step sees as many windows as wandb.config's batch size says (the last batch of an epoch
    may be smaller), over the training windows and no others, in every epoch."""
    for config in (FIRST, SECOND):
        seen = drive(student, config)
        trained = {key for key in seen["windows"] if key.endswith("trained on")}
        assert trained == {"train trained on"}, seen["windows"]
        sizes = [step["batch"] for step in seen["steps"]]
        n, size = len(student.train_x), config["batch_size"]
        rest = [n % size] if n % size else []
        epoch = sorted([*[size] * (n // size), *rest])
        whole, dropped = epoch * EPOCHS, [size] * (n // size) * EPOCHS
        assert sorted(sizes) in (sorted(whole), sorted(dropped)), sorted(set(sizes))


@points(2)
def test_metrics_of_every_epoch(student):
    """W&B's record of the run has `epoch`, `train_loss` and `val_loss` for every one of the
    notebook's `epochs`, logged with wandb.log under exactly these names while it trains, and the
    configuration that was used. The validation loss is measured on val_x, in evaluation mode."""
    seen = drive(student, FIRST, epochs=EPOCHS + 1)
    run = recorded(seen)
    assert seen["windows"].get("val in eval mode", 0) >= (EPOCHS + 1) * len(student.val_x), seen[
        "windows"
    ]
    for name in ("epoch", "train_loss", "val_loss"):
        values = run.logged(name)
        assert all(isinstance(v, (int, float)) and math.isfinite(v) for v in values), values
        steps = sorted(set(values)) if name == "epoch" else values
        assert len(steps) == EPOCHS + 1, f"{name}: {values}"
    assert {name: run.config.get(name) for name in FIRST} == FIRST, run.config
    cut_short = drive(student, FIRST, fail_at=len(seen["steps"]) // (EPOCHS + 1) + 1)
    assert len(recorded(cut_short).logged("train_loss")) == 1, "logged after the training only"


@points(1)
def test_result_of_the_run(student):
    """At the end W&B's record has `test_avg_pearsonr`, the metric of the sweep: the trained model's
    mean Pearson r on test_x, test_y, in evaluation mode, as a number."""
    seen = drive(student, FIRST)
    assert seen["windows"].get("test in eval mode", 0) >= len(student.test_x), seen["windows"]
    values = recorded(seen).logged("test_avg_pearsonr")
    assert values, "test_avg_pearsonr was not logged"
    predicted = expect.array(seen["test"]).astype(np.float64)
    observed = expect.array(student.test_y).astype(np.float64)
    kept = observed.any(axis=1)
    p, o = (v[kept] - v[kept].mean(axis=1, keepdims=True) for v in (predicted, observed))
    size = np.sqrt((p**2).sum(axis=1) * (o**2).sum(axis=1))
    r = float(np.mean((p * o).sum(axis=1) / np.maximum(size, 1e-12)))
    expect.close(values[-1], r, rtol=0, atol=0.01)


@points(1)
def test_run_is_closed(student):
    """When train_sweep returns, its run is closed (wandb.finish, or the end of a with block), and
    it opened one run only: the next run of the sweep must not find it open."""
    seen = drive(student, SECOND)
    assert seen["closed"], "wandb.run is not None after train_sweep"
    assert recorded(seen).exit_code is not None


@points(1)
def test_run_is_closed_when_training_fails(student):
    """An error in the middle of training (a rate that makes everything nan, no memory left) must
    not leave the run open: close it in a `finally`, or open it in a `with` statement."""
    seen = drive(student, FIRST, fail_at=3)
    assert len(seen["steps"]) == 2, "training took no third step"
    assert seen["closed"], "wandb.run is not None after an error in training"
    assert recorded(seen).exit_code is not None
