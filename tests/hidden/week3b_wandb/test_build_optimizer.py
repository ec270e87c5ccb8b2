"""build_optimizer(model, config): SGD or Adam at the configuration's rate, over all parameters."""

from autograder.testing import expect, points, remote

TRY = """
import torch

class Net(torch.nn.Module):
    # Parameters in layers, in layers of layers, and of its own.
    def __init__(self):
        super().__init__()
        self.first = torch.nn.Conv1d(4, 3, 5)
        self.rest = torch.nn.Sequential(torch.nn.ReLU(), torch.nn.Conv1d(3, 1, 1))
        self.scale = torch.nn.Parameter(torch.ones(2))

def attempt(build_optimizer, config, device):
    # (classes of the optimizer, its rates, where its steps lead, where PyTorch's own lead)
    torch.manual_seed(31)
    models = [Net().double().to(device) for _ in range(2)]
    models[1].load_state_dict(models[0].state_dict())
    mine = build_optimizer(models[0], config)
    kind = getattr(torch.optim, config["optimizer"])
    plain = kind(models[1].parameters(), lr=config["learning_rate"])
    generator = torch.Generator().manual_seed(32)
    for number in range(4):
        gradients = [
            torch.randn(p.shape, generator=generator, dtype=p.dtype) for p in models[1].parameters()
        ]
        for model, optimizer in zip(models, (mine, plain)):
            for p, gradient in zip(model.parameters(), gradients):
                p.grad = gradient.to(device)
            optimizer.step()
    ends = [[p.detach().flatten() for p in model.parameters()] for model in models]
    kinds = [kind.__name__ for kind in type(mine).__mro__]
    return kinds, [float(group["lr"]) for group in mine.param_groups], *ends
"""


def attempt(student, optimizer, rate):
    config = {"optimizer": optimizer, "learning_rate": rate, "batch_size": 8, "num_filters": 3}
    return remote.define(student, TRY, "attempt")(student.build_optimizer, config, student.device)


@points(1)
def test_kind(student):
    """The optimizer is not the one that config["optimizer"] names. The names are "SGD" and
    "Adam"."""
    for name, other in (("SGD", "Adam"), ("Adam", "SGD")):
        kinds = attempt(student, name, 0.01)[0]
        assert name in kinds and other not in kinds, kinds


@points(1)
def test_rate(student):
    """The learning rate is not config["learning_rate"]. Is it fixed in the code, or left at
    PyTorch's default?"""
    for name in ("SGD", "Adam"):
        for rate in (0.0173, 0.4):
            assert all(abs(found - rate) < 1e-12 for found in attempt(student, name, rate)[1])


@points(1)
def test_moves_every_parameter(student):
    """Some parameters do not move, or they move in another way. The optimizer needs all parameters
    of the model: weights, biases, and any that the model has outside its layers. Apart from the
    learning rate, leave every setting at PyTorch's default: no momentum, no weight decay."""
    for name in ("SGD", "Adam"):
        _, _, found, expected = attempt(student, name, 0.125)
        for one, other in zip(found, expected, strict=True):
            expect.close(one, expect.array(other), rtol=1e-9)
