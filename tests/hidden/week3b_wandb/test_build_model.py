"""build_model(config): a model (n, L, 4) -> (n, L) with the configuration's filters and width."""

import numpy as np
import torch

from autograder.testing import expect, inert_parameters, points, remote

CHANGED = 250  # the position of the base that is changed
TRY = """
import collections, types, warnings
import torch

class OnlyLookup(collections.abc.Mapping):  # as wandb.config: a mapping that is no dict
    def __init__(self, values):
        self.values_ = values
    def __getitem__(self, name):
        return self.values_[name]
    def __iter__(self):
        return iter(self.values_)
    def __len__(self):
        return len(self.values_)

def build(build_model, config, device, mapping, seed):
    warnings.simplefilter("ignore")  # PyTorch's note on even widths
    torch.manual_seed(seed)
    given = OnlyLookup(config) if mapping else dict(config)
    model = build_model(given)
    if not isinstance(model, torch.nn.Module):
        raise TypeError("build_model returned no nn.Module")
    return model.to(device)

def outputs(model, x):
    with torch.no_grad():
        return model.eval()(x)

def gradients(model, x, seed):
    model.train()
    model.zero_grad()
    out = model(x)
    generator = torch.Generator().manual_seed(seed)
    out.backward(torch.randn(out.shape, generator=generator).to(out.device))
    return {n: None if p.grad is None else float(p.grad.abs().max())
            for n, p in model.named_parameters()}

def affine(model, x):
    # Sizes of the parameters in which the output is affine: no ReLU stands behind them. Far from
    # where they were initialized, so that no unit is dead.
    model = model.double().eval()
    generator = torch.Generator().manual_seed(5)
    def noise(p):
        return torch.randn(p.shape, generator=generator, dtype=torch.float64).to(p.device)
    with torch.no_grad():
        for p in model.parameters():
            p.add_(0.2 * noise(p))
        found, here, scale = [], model(x), 0.0
        for p in model.parameters():
            kept, bend = p.clone(), 0.0
            for _ in range(3):
                step, ends = noise(p), []
                for sign in (1.0, -1.0):
                    p.copy_(kept + sign * step)
                    ends.append(model(x))
                p.copy_(kept)
                scale = max(scale, float((ends[0] - ends[1]).abs().max()))
                bend = max(bend, float((ends[0] + ends[1] - 2 * here).abs().max()))
            if bend < 1e-6 * scale:
                found.append(p.numel())
    return found

def start_alike(build_model, config):
    # Do two models, built one after the other, have the same weights?
    torch.manual_seed(90)
    first, second = (list(build_model(dict(config)).parameters()) for _ in range(2))
    return all(torch.equal(a.cpu(), b.cpu()) for a, b in zip(first, second))

def sizes(model):
    return [p.numel() for p in model.parameters()]
"""


def config(filters, width, **more):
    return {
        "num_filters": filters, "kernel_size": width, "learning_rate": 0.01,
        "batch_size": 16, "optimizer": "Adam", **more,
    }  # fmt: skip


def build(student, filters, width, mapping=False, seed=47):
    make = remote.define(student, TRY, "build")
    return make(student.build_model, config(filters, width), student.device, mapping, seed)


def windows(n, length, seed):
    codes = torch.randint(4, (n, length), generator=torch.Generator().manual_seed(seed))
    return torch.nn.functional.one_hot(codes, 4).float()


def outputs(student, model, x):
    return remote.define(student, TRY, "outputs")(model, remote.put(student, x, student.device))


@points(1, form=True)
def test_shape(student):
    """The output has the wrong shape, or the model cannot be built. It maps (n, L, 4) to (n, L),
    one score per position: for one window and for many, for any length L, and for odd and even
    kernel sizes. The config may be a dict or wandb.config, which is a mapping but not a dict: look
    values up with config["..."]."""
    for width in (7, 8, 3):
        for mapping in (False, True):
            model = build(student, 6, width, mapping)
            for n, length in ((1, 300), (5, 300), (3, 57)):
                found = outputs(student, model, windows(n, length, n))
                assert torch.isfinite(torch.as_tensor(expect.array(found, (n, length)))).all()


@points(1)
def test_obeys_num_filters(student):
    """The number of filters does not follow config["num_filters"], or two models start with the
    same weights. The first convolution reads the four bases with that many filters, and more
    filters make a larger model. Each call builds a new model and sets no seed."""
    for filters in (5, 13):
        model = build(student, filters, 7)
        sizes = remote.define(student, TRY, "sizes")(model)
        assert filters * 4 * 7 in sizes, sizes
    assert_used(student, model)
    small, large = (
        sum(remote.define(student, TRY, "sizes")(build(student, filters, 7))) for filters in (6, 12)
    )
    assert small < large
    start_alike = remote.define(student, TRY, "start_alike")
    assert not start_alike(student.build_model, config(6, 7)), "two models start alike"


@points(1)
def test_obeys_kernel_size(student):
    """The filters' width does not follow config["kernel_size"], or the input is reshaped where it
    should be transposed, or there is only one wide convolution. Changing a base changes the scores
    around it, further away for wider filters and for two layers than for one. If it changes scores
    elsewhere, look at how (n, L, 4) becomes (n, 4, L): a reshape mixes bases with positions."""
    for width in (5, 10, 17):
        model = build(student, 6, width)
        sizes = remote.define(student, TRY, "sizes")(model)
        assert 6 * 4 * width in sizes, sizes
    assert_used(student, model)
    narrow, wide = (reached(student, filters, width) for filters, width in ((16, 3), (4, 15)))
    assert len(narrow) <= len(wide), f"{len(narrow)} and {len(wide)} positions"
    distances = np.abs(wide - CHANGED)
    assert distances.min() <= 15, f"positions {wide.min()} to {wide.max()}"
    assert distances.max() > 15 // 2, "no score depends on more than one wide convolution sees"


def assert_used(student, model):
    """Every parameter has an effect: sizes of decoys prove nothing."""
    x = remote.put(student, windows(8, 300, 66), student.device)
    inert = inert_parameters(student, model, x)
    assert not inert, f"no effect: {inert}"


def reached(student, filters, width):
    """The positions whose score a change of one base can change, in any of a few models."""
    positions: set[int] = set()
    x = windows(8, 300, 80)
    other = x.clone()
    other[:, CHANGED] = x[:, CHANGED].roll(1, dims=1)
    for seed in (81, 82, 83):
        model = build(student, filters, width, seed=seed)
        before, after = (expect.array(outputs(student, model, part)) for part in (x, other))
        positions |= set(np.flatnonzero(np.abs(after - before).max(axis=0) > 1e-6).tolist())
    assert positions, "no score depends on the base"
    return np.array(sorted(positions))


@points(1)
def test_learns_with_every_parameter(student):
    """A ReLU or a used layer is missing, or windows influence each other. Every convolution but the
    last is followed by a ReLU (without it, two convolutions act as one). Every parameter gets a
    gradient from the output. In evaluation mode, a window's scores do not depend on the rest of its
    batch."""
    model = build(student, 6, 7)
    gradients = remote.define(student, TRY, "gradients")
    largest: dict[str, float] = {}
    for seed in range(3):  # a ReLU may be dead on one batch
        found = gradients(
            model, remote.put(student, windows(8, 300, 60 + seed), student.device), seed
        )
        assert all(value is not None for value in found.values()), found
        largest = {name: max(value, largest.get(name, 0.0)) for name, value in found.items()}
    assert largest and all(value > 0 for value in largest.values()), largest
    held = remote.put(student, windows(4, 300, 68).double(), student.device)
    straight = remote.define(student, TRY, "affine")(build(student, 6, 7), held)
    assert all(size <= 6 * 7 for size in straight), f"no ReLU behind weights of sizes {straight}"
    x = windows(6, 300, 70)
    together = outputs(student, model, x)
    expect.close(outputs(student, model, x[2:3]), together[2:3], rtol=1e-4, atol=1e-5)
