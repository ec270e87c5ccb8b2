"""Calls a student's train_sweep as W&B's agent does, and watches what happens.

What takes effect is seen from outside by PyTorch's global hooks: the parameters that an optimizer
steps, its class and rate, which windows the model was given and in what mode. What was recorded is
read from the file that W&B wrote.
"""

import numpy as np
from week3b_wandb import run_file

from autograder.testing import remote

EPOCHS = 2  # shorter than the notebook's, to see more configurations
DRIVE = """
import glob, os, tempfile, unittest.mock
import numpy, torch, wandb, yaml
from torch.nn.modules import module
from torch.optim import optimizer as optimizers

def drive(train_sweep, config, epochs, test_x, fail_at=0):
    seen = {"steps": [], "files": [], "error": "", "test": None, "windows": {}, "start": []}
    depth, batch, models, arrived, failed, stepped = [0], [0], [], {}, [], {}
    order = []  # of the windows that were trained on
    names = getattr(train_sweep, "__globals__", {})
    weights = torch.randint(2**40, (300, 4), generator=torch.Generator().manual_seed(7))

    def prints(x):
        return (x.detach().cpu().long() * weights).sum((1, 2)).tolist()  # a window's own number

    parts = ("train", "val", "test")
    owner = {value: part for part in parts for value in prints(names[part + "_x"])}

    def note(net, x):
        mode = "trained on" if net.training and torch.is_grad_enabled() else (
            "in train mode" if net.training else "in eval mode")
        if mode == "trained on":
            order.extend(prints(x))
        for value in prints(x):
            key = owner.get(value, "other") + " " + mode
            seen["windows"][key] = seen["windows"].get(key, 0) + 1

    def gather(parameter):
        def hook(gradient):
            arrived[parameter] = arrived.get(parameter, 0) + gradient.detach()
        return hook

    def cleared(parameters):
        for p in parameters:
            if p not in arrived:
                p.register_hook(gather(p))
                continue
            if p.grad is not None and torch.is_tensor(arrived[p]):
                a, b = p.grad.flatten().double(), arrived[p].flatten().double()
                if float(a @ b) < 0.9999 * float(a.norm() * b.norm()):
                    return False
        return True

    def enter(net, inputs):
        x = inputs[0] if inputs else None
        windows = torch.is_tensor(x) and x.dim() == 3  # a loss is a module too
        if depth[0] == 0 and windows:
            note(net, x)
        if depth[0] == 0 and windows and net.training and torch.is_grad_enabled():
            batch[0] = len(x)
            models[:] = [net]
        depth[0] += 1

    def leave(net, inputs, output):
        depth[0] -= 1

    def step(optimizer, args, kwargs):
        if len(seen["steps"]) + 1 == fail_at:
            failed.append(True)
            raise RuntimeError("an error in training, made by the grader")
        groups = optimizer.param_groups
        parameters = [p for group in groups for p in group["params"]]
        ids = {id(p) for p in parameters}
        fresh = cleared(parameters)
        arrived.update({p: 0 for p in parameters})
        if not seen["steps"]:
            seen["start"] = [float(p.detach().cpu().double().sum()) for p in parameters]
        seen["steps"].append({
            "kinds": [kind.__name__ for kind in type(optimizer).__mro__],
            "rates": [float(group["lr"]) for group in groups],
            "shapes": [list(p.shape) for p in parameters],
            "batch": batch[0],
            "fresh": fresh,
            "graded": any(p.grad is not None for p in parameters),
            "same": ids == stepped.setdefault("ids", ids),
        })

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
                torch.manual_seed(1000 * epochs + fail_at)  # other calls start elsewhere
                try:
                    train_sweep()
                except Exception as error:
                    if not failed:  # an error of its own
                        raise
                    seen["error"], code = type(error).__name__, 1
                finally:
                    names["epochs"] = kept
                    seen["closed"] = wandb.run is None
                    wandb.teardown(code)
        finally:
            for hook in hooks:
                hook.remove()
        for path in sorted(glob.glob(folder + "/**/offline-run-*/run-*.wandb", recursive=True)):
            seen["files"].append(numpy.fromfile(path, dtype=numpy.uint8))
    stored = prints(names["train_x"][: len(order)])[:200]
    seen["as_stored"] = bool(stored) and order[: len(stored)] == stored
    if models and not failed:
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


def drive(student, config, fail_at=0, epochs=EPOCHS):
    """What happened in one call of train_sweep with this configuration, as plain data.

    The tests look at the same call.
    """

    def call():
        run = remote.define(student, DRIVE, "drive")
        return run(student.train_sweep, config, epochs, student.test_x, fail_at)

    return remote.once(student, (*config.items(), fail_at, epochs), call)


def recorded(seen):
    """The only run that was recorded."""
    assert len(seen["files"]) == 1, f"{len(seen['files'])} runs were recorded, not one"
    return run_file.read(np.asarray(seen["files"][0]).tobytes())
