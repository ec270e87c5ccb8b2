"""train_sweep(): one run of a sweep, driven as W&B's agent drives it, with other configurations.

What took effect is seen from outside by PyTorch's global hooks: the parameters that an optimizer
stepped, its class and rate, and how many windows each batch had. What was recorded is read from the
file that W&B wrote.
"""

import math

import numpy as np
from week3b_wandb import run_file

from autograder import expect
from autograder.suite import points

BUILDS_ON = ("build_model", "build_optimizer")
EPOCHS = 2  # shorter than the notebook's, to see more configurations
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

DRIVE = """
import glob, os, tempfile, unittest.mock
import numpy, torch, wandb, yaml
from torch.nn.modules import module
from torch.optim import optimizer as optimizers

def drive(train_sweep, config, epochs, test_x, fail_at=0):
    seen = {"steps": [], "files": [], "error": "", "test": None}
    depth, batch, models = [0], [0], []

    def enter(net, inputs):
        x = inputs[0] if inputs else None
        if depth[0] == 0 and torch.is_tensor(x) and net.training and torch.is_grad_enabled():
            batch[0] = len(x)
            models[:] = [net]
        depth[0] += 1

    def leave(net, inputs, output):
        depth[0] -= 1

    def step(optimizer, args, kwargs):
        if len(seen["steps"]) + 1 == fail_at:
            raise RuntimeError("an error in training, made by the grader")
        groups = optimizer.param_groups
        seen["steps"].append({
            "kinds": [kind.__name__ for kind in type(optimizer).__mro__],
            "rates": [float(group["lr"]) for group in groups],
            "shapes": [list(p.shape) for group in groups for p in group["params"]],
            "batch": batch[0],
        })

    names = getattr(train_sweep, "__globals__", {})
    kept = names.get("epochs")
    with tempfile.TemporaryDirectory() as folder:
        with open(folder + "/config.yaml", "w") as file:
            yaml.safe_dump({name: {"value": value} for name, value in config.items()}, file)
        agent = {"WANDB_MODE": "offline", "WANDB_DIR": folder, "WANDB_SWEEP_ID": "hidden",
                 "WANDB_SWEEP_PARAM_PATH": folder + "/config.yaml", "WANDB_SILENT": "true"}
        hooks = [module.register_module_forward_pre_hook(enter),
                 module.register_module_forward_hook(leave, always_call=True),
                 optimizers.register_optimizer_step_pre_hook(step)]
        code = 0
        try:
            with unittest.mock.patch.dict(os.environ, agent):
                wandb.teardown()
                names["epochs"] = epochs
                try:
                    train_sweep()
                except Exception as error:
                    if not fail_at:
                        raise
                    seen["error"], code = type(error).__name__, 1
                finally:
                    names["epochs"] = kept
                    seen["closed"] = wandb.run is None
                    wandb.teardown(code)
        finally:
            for hook in hooks:
                hook.remove()
        for path in sorted(glob.glob(folder + "/**/run-*.wandb", recursive=True)):
            seen["files"].append(numpy.fromfile(path, dtype=numpy.uint8))
    if models:
        net, device = models[0], next(models[0].parameters()).device
        net.eval()
        with torch.no_grad():
            seen["test"] = torch.cat([net(part.to(device)) for part in test_x.split(100)])
    return seen
"""

SHAPES = """
def shapes(model):
    return [list(parameter.shape) for parameter in model.parameters()]
"""


def drive(student, config, fail_at=0):
    """What happened in one call of train_sweep with this configuration, as plain data."""
    run = student.define(DRIVE, "drive")
    return run(student.train_sweep, config, EPOCHS, student.test_x, fail_at)


def recorded(seen):
    """The only run that was recorded."""
    assert len(seen["files"]) == 1, f"{len(seen['files'])} runs were recorded, not one"
    return run_file.read(np.asarray(seen["files"][0]).tobytes())


@points(2)
def test_model_is_the_configurations(student):
    """The model that is trained is the one that wandb.config describes, with its number of filters
    and its kernel size, whatever they are: take them from wandb.config after wandb.init, build the
    model with them, and hand that model's parameters to the optimizer."""
    shapes = student.define(SHAPES, "shapes")
    for config in (FIRST, SECOND):
        seen = drive(student, config)
        assert seen["steps"], "no optimizer took a step"
        expected = sorted(shapes(student.build_model(config)))
        assert all(sorted(step["shapes"]) == expected for step in seen["steps"]), config


@points(2)
def test_optimizer_is_the_configurations(student):
    """The steps are taken by the optimizer that wandb.config names, at its learning rate. A rate or
    an optimizer that is fixed in the code, or read from the defaults, records one thing and does
    another."""
    for config in (FIRST, SECOND):
        seen = drive(student, config)
        assert seen["steps"], "no optimizer took a step"
        first = seen["steps"][0]
        assert config["optimizer"] in first["kinds"], first["kinds"]
        for rate in first["rates"]:
            expect.close(rate, config["learning_rate"], rtol=1e-9)


@points(1)
def test_batch_size_is_the_configurations(student):
    """Each step sees as many windows as wandb.config's batch size says (the last batch of an epoch
    may be smaller), over the training windows, in every epoch."""
    for config in (FIRST, SECOND):
        sizes = [step["batch"] for step in drive(student, config)["steps"]]
        n, size = len(student.train_x), config["batch_size"]
        rest = [n % size] if n % size else []
        epoch = sorted([*[size] * (n // size), *rest])
        whole, dropped = epoch * EPOCHS, [size] * (n // size) * EPOCHS
        assert sorted(sizes) in (sorted(whole), sorted(dropped)), sorted(set(sizes))


@points(2)
def test_metrics_of_every_epoch(student):
    """W&B's record of the run has `epoch`, `train_loss` and `val_loss` for every one of the
    notebook's `epochs`, logged with wandb.log under exactly these names while it trains, and the
    configuration that was used."""
    run = recorded(drive(student, FIRST))
    for name in ("epoch", "train_loss", "val_loss"):
        values = run.logged(name)
        assert all(isinstance(v, (int, float)) and math.isfinite(v) for v in values), values
        steps = sorted(set(values)) if name == "epoch" else values
        assert len(steps) == EPOCHS, f"{name}: {values}"
    assert {name: run.config.get(name) for name in FIRST} == FIRST, run.config


@points(1)
def test_result_of_the_run(student):
    """At the end W&B's record has `test_avg_pearsonr`, the metric of the sweep: the trained model's
    mean Pearson r on test_x, test_y, in evaluation mode, as a number."""
    seen = drive(student, FIRST)
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
