"""Finds weights that a model registers and does not use."""

from typing import Any

from autograder.grading.remote import RemoteNotebook, define, value

# Runs beside the student's code. Noise changes all elements of a parameter at once, so a unit that
# ReLU switches off hides nothing. The model is in evaluation mode: no dropout, fixed batch norm.
SOURCE = """
import torch

def inert(model, inputs):
    was_training = model.training
    model.eval()
    generator = torch.Generator().manual_seed(0)
    names = []
    try:
        with torch.no_grad():
            before = model(*inputs).double()
            scale = before.std() if before.numel() > 1 else before.abs().max()
            for name, parameter in model.named_parameters():
                kept = parameter.detach().clone()
                noise = torch.randn(parameter.shape, generator=generator).to(parameter)
                size = kept.std() if kept.numel() > 1 else kept.abs().max()
                try:
                    parameter.add_(noise * (0.1 + size))
                    after = model(*inputs).double()
                finally:
                    parameter.copy_(kept)
                effect = (after - before).abs().max()
                if parameter.dim() > 1 and effect <= 1e-5 * (1e-12 + scale):
                    names.append(name)
    finally:
        model.train(was_training)
    return names
"""


def inert_parameters(student: RemoteNotebook, model: Any, *inputs: Any) -> list[str]:
    """Names of the weights of a student's `nn.Module` that have no effect on its output.

    A weight is a parameter with two or more axes. Others may have none in a right model, such as a
    bias before a normalization.

    `model` and `inputs` are handles, or tensors that the model takes. Each parameter in turn gets
    Gaussian noise (standard deviation 0.1 plus the parameter's own) and its values back. It has no
    effect if no output changes by more than 1e-5 of the outputs' standard deviation.
    """
    names: list[str] = value(define(student, SOURCE, "inert")(model, list(inputs)))
    return names
