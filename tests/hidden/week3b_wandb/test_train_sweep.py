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
    """The model that is trained is not the one that wandb.config describes. Call wandb.init first,
    then build one model from wandb.config and give its parameters to the optimizer. All epochs
    train this same model, and every step follows loss.backward."""
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
    """The optimizer or its rate is not wandb.config's, or old gradients are not cleared. If the
    rate or the optimizer is fixed in the code, or read from default_config, the record says one
    thing and the run does another. Clear the gradients before each batch's loss.backward."""
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
    """The batches are not wandb.config's, the windows are not shuffled, or the model does not start
    from `seed`. Each step sees as many windows as the batch size says (the last batch of an epoch
    may be smaller). Every epoch goes over all training windows, and over no others, in a random
    order. Call torch.manual_seed(seed) before you build the model, so that runs with the same
    configuration start with the same weights."""
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
        assert not seen["as_stored"], "the windows come in the order in which they are stored"
    again = drive(student, FIRST, fail_at=3)  # the same configuration, another random state
    assert again["start"] == drive(student, FIRST)["start"], "other weights at the start"


@points(2)
def test_metrics_of_every_epoch(student):
    """An epoch, a loss or the configuration is missing from W&B's record. After each of the
    notebook's `epochs`, while the run trains, log `epoch`, `train_loss` and `val_loss` with
    wandb.log, under exactly these names. Measure the validation loss on val_x, in evaluation
    mode."""
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
    """`test_avg_pearsonr` is missing from W&B's record, or it is another number. Log it at the end,
    under exactly this name: the trained model's mean Pearson r on test_x, test_y, in evaluation
    mode."""
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


@points(1, form=True)
def test_run_is_closed(student):
    """The run is still open when train_sweep returns, or there were several. Open one run, and
    close it with wandb.finish or with the end of a with block. Otherwise the next run of the sweep
    finds it open."""
    seen = drive(student, SECOND)
    assert seen["closed"], "wandb.run is not None after train_sweep"
    assert recorded(seen).exit_code is not None


@points(1)
def test_run_is_closed_when_training_fails(student):
    """The run stays open when training fails, for example because memory runs out. Open it in a
    `with` statement, or close it in a `finally` block."""
    seen = drive(student, FIRST, fail_at=3)
    assert len(seen["steps"]) == 2, "training took no third step"
    assert seen["closed"], "wandb.run is not None after an error in training"
    assert recorded(seen).exit_code is not None
