"""Looks at a student's model: its shapes, its parameters, its parts."""

import numpy as np
import torch
from week2_dna_cnn.helpers import normal, uniform

from autograder.testing import expect, remote

# Runs in the student's kernel, on their device.
MODELS = """
import torch
from torch.overrides import TorchFunctionMode

torch.backends.cudnn.allow_tf32 = False  # a GPU's convolutions in all of float32's digits

def build(kind, args, kwargs, device, seed=0):
    torch.manual_seed(seed)
    model = kind(*args, **kwargs)
    if not isinstance(model, torch.nn.Module):
        raise TypeError("not an nn.Module")
    return model.to(device)

def sizes(model):
    return [p.numel() for p in model.parameters() if p.requires_grad]

def shake(model, seed):
    "Give every parameter other values, so that nothing depends on how it was initialized."
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for p in model.parameters():
            p.copy_(torch.randn(p.shape, generator=generator))

def gradients(model, x, cotangent):
    "The largest gradient of each parameter, by absolute value."
    model.zero_grad()
    model(x).backward(cotangent)
    return [0.0 if p.grad is None else float(p.grad.abs().max()) for p in model.parameters()]

def silence(model):
    "Every parameter 0: what is left is what the layers do not compute."
    with torch.no_grad():
        for p in model.parameters():
            p.zero_()

def evaluate(model):
    model.eval()

def same_after_loading(kind, args, device, x):
    "The output of a model, and of another one that was given its state dict."
    first, second = (build(kind, args, {}, device, seed).eval() for seed in (1, 2))
    second.load_state_dict(first.state_dict())
    with torch.no_grad():
        return first(x), second(x)

class StayOnMeta(TorchFunctionMode):
    "The notebook's own device is not at hand: `x.to(device)` leaves x where it is."
    def __torch_function__(self, function, types, args=(), kwargs=None):
        moves = (torch.Tensor.to, torch.Tensor.cpu, torch.Tensor.cuda)
        if function in moves and args[0].is_meta:
            return args[0]
        return function(*args, **(kwargs or {}))

def on_meta(kind, args, shape):
    "Device and shape of the output, all on the meta device, where tensors have no values."
    try:
        model = build(kind, args, {}, "cpu").eval().to("meta")
        with StayOnMeta():
            output = model(torch.empty(shape, device="meta"))
        return [output.device.type, list(output.shape)]
    except Exception as error:
        return [type(error).__name__, str(error)[:500]]

def one_sided(model, hidden_size, sign, seed):
    "Make all weights of the hidden layer positive, or negative; False where it is not found."
    found = [p for p in model.parameters() if p.numel() == hidden_size]
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for p in found:
            p.copy_(sign * (0.2 + 0.2 * torch.rand(p.shape, generator=generator)))
    return len(found) == 1

def call(model, x):
    with torch.no_grad():
        return model(x)

def seeded_call(model, x):
    torch.manual_seed(0)  # the same dropout, and the same layers where a call makes new ones
    return call(model, x)

def input_matters(model, x):
    "Whether other inputs give another output: as it is, and with all parameters at 0, as they stay"
    other = x.flip(0)
    as_made = not torch.equal(seeded_call(model, x), seeded_call(model, other))
    silence(model)
    return as_made, not torch.equal(seeded_call(model, x), seeded_call(model, other))
"""


class Models:
    """Models of one of the student's classes, and what their kernel can say of them."""

    def __init__(self, student, name):
        self.student, self.kind = student, getattr(student, name)

    def ask(self, function, *arguments):
        return remote.define(self.student, MODELS, function)(*arguments)

    def make(self, *args, seed=0, **kwargs):
        return self.ask("build", self.kind, args, kwargs, self.student.device, seed)

    def output(self, model, x, n=None):
        """(n, 1) of the tensor x, sent to the student's device."""
        held = remote.put(self.student, x, self.student.device)
        return expect.array(self.ask("call", model, held), (len(x) if n is None else n, 1))

    def check_shapes(self, cases):
        """(n, L, 4) -> (n, 1) in float32, for one example and for an odd number."""
        for args in cases:
            model = self.make(*args)
            self.ask("evaluate", model)
            for n in (1, 7):
                assert self.output(model, normal(n, n, args[0], 4)).dtype == np.float32

    def check_gradients(self, *args):
        """Every parameter gets a gradient that is not zero."""
        model = self.make(*args)
        self.ask("evaluate", model)
        self.ask("shake", model, 5)
        tensors = (normal(31, 64, args[0], 4), normal(32, 64, 1))
        held = [remote.put(self.student, tensor, self.student.device) for tensor in tensors]
        found = self.ask("gradients", model, *held)
        assert found, "no parameters"
        assert min(found) > 0, found

    def check_all_of_it_is_known(self, *args):
        """What it computes with is in its state dict, and moves when the model is moved."""
        x = remote.put(self.student, normal(33, 5, args[0], 4), self.student.device)
        first, second = self.ask("same_after_loading", self.kind, args, self.student.device, x)
        expect.close(second, first, rtol=1e-5, atol=1e-6)
        assert self.ask("on_meta", self.kind, args, (3, args[0], 4)) == ["meta", [3, 1]]

    def check_parameters_decide(self, *args):
        """The input has an effect on the output, and none when all parameters are 0."""
        x = remote.put(self.student, normal(38, 8, args[0], 4), self.student.device)
        as_made, without_parameters = self.ask("input_matters", self.make(*args), x)
        assert as_made, "the output does not depend on the input"
        assert not without_parameters, "the output depends on the input without parameters"

    def check_nothing_added(self, *args):
        """With parameters that are all 0 the output is 0."""
        model = self.make(*args)
        self.ask("evaluate", model)
        self.ask("silence", model)
        expect.close(self.output(model, normal(37, 5, args[0], 4)), np.zeros((5, 1)), rtol=0)

    def check_examples_alone(self, *args, evaluate=False):
        """No example depends on its neighbors; twice the same; the input unchanged."""
        model, x = self.make(*args), normal(34, 9, args[0], 4)
        if evaluate:
            self.ask("evaluate", model)
        held = remote.put(self.student, x, self.student.device)
        together = expect.array(self.ask("call", model, held), (9, 1))
        expect.close(self.ask("call", model, held), together, rtol=1e-6, atol=1e-7)
        for i in (0, 4):
            expect.close(self.output(model, x[i : i + 1])[0], together[i], rtol=1e-4, atol=1e-5)
        expect.equal(remote.value(held), x)

    def check_relu_between(self, hidden_size, *args):
        """The hidden layer is cut at zero, and nothing else bends, nor is cut."""
        # The same at every position: the largest of several such windows bends nothing.
        low, high = (0.5 + 0.5 * uniform(s, 6, 1, 4).repeat(1, args[0], 1) for s in (35, 36))
        others = []  # what models with other random parameters, laid out in another way, give
        for seed in range(12):
            model = self.make(*args, seed=seed)
            self.ask("evaluate", model)
            x = torch.cat([low, high, (low + high) / 2])
            if not self.ask("one_sided", model, hidden_size, -1.0, seed):
                values = self.output(model, x - 0.75)  # laid out in another way: does it bend?
                assert np.abs(values[:6] + values[6:12] - 2 * values[12:]).max() > 1e-4
                expect.close(self.output(model, x - 0.75), values, rtol=1e-6, atol=1e-7)
                assert not any(np.array_equal(values, other) for other in others), "a formula"
                others.append(values)
                continue
            values = self.output(model, x)
            assert np.ptp(values) < 1e-5, "negative values pass the hidden layer"
            self.ask("one_sided", model, hidden_size, 1.0, seed)
            values = self.output(model, x)
            scale = float(np.abs(values).max())
            assert np.ptp(values) > 1e-3 * scale, "positive values do not pass"
            bend = np.abs(values[:6] + values[6:12] - 2 * values[12:]).max()
            assert bend < 1e-5 * (1 + scale), "positive values are bent"
