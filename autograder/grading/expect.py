"""Reads and compares returned values in hidden tests: no reshaping, squeezing or broadcasting.

An exercise may return numpy or torch, a float or a 0-d array, unless its contract says otherwise.
A handle is refused, because it is not data.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.grading.failures import Unserializable
from autograder.grading.remote import Handle
from autograder.results import wording

__tracebackhide__ = True  # a failed test's report shows the TA the test, not this module


def array(value: Any, shape: tuple[int, ...] | None = None) -> np.ndarray:
    """A returned array, tensor, number or (nested) list of numbers as a numpy array.

    Keeps the dtype if the value has one, except that bfloat16 and float8 become float32. Raises
    AssertionError if the shape is not `shape` or the value is not a numeric array, and
    Unserializable if it is a handle.
    """
    if type(value) is Handle:
        raise Unserializable(wording.NO_NUMBERS, repr(value))
    if type(value).__module__.partition(".")[0] == "torch":
        lacks = str(value.dtype).startswith(("torch.bfloat16", "torch.float8"))  # numpy does
        value = value.float().numpy() if lacks else value.numpy()
    try:
        result = np.asarray(value)
    except ValueError as error:  # a ragged list
        raise AssertionError(f"not an array: {error}") from error
    assert result.dtype.kind in "buif", f"not an array of numbers: {value!r}"
    if shape is not None:
        assert result.shape == shape, f"shape {result.shape}, not {shape}"
    return result


def number(value: Any) -> float:
    """A returned number: int, float, numpy scalar, 0-d array or 0-d tensor."""
    return float(array(value, shape=()))


def close(actual: Any, expected: Any, rtol: float, atol: float = 0.0) -> None:
    """Assert equal shapes, and |actual - expected| <= atol + rtol |expected| everywhere."""
    wanted = array(expected)
    found = array(actual, wanted.shape)
    np.testing.assert_allclose(
        found.astype(np.float64), wanted.astype(np.float64), rtol=rtol, atol=atol, strict=False
    )


def equal(actual: Any, expected: Any) -> None:
    """Assert the same dtype, shape and bits."""
    np.testing.assert_array_equal(array(actual), array(expected), strict=True)


def gradients(
    actual: Any,
    loss: Callable[[np.ndarray], float],
    at: Any,
    rtol: float = 1e-5,
    atol: float = 1e-8,
    directions: int = 5,
    seed: int = 0,
) -> None:
    """Assert that `actual` is the gradient of the scalar function `loss` at the array `at`.

    `loss` is the test's own float64 calculation, smooth around `at`, and `actual` has the shape of
    `at`. In each of some random directions, the slope of `actual` must be that of central
    differences of `loss`, but for `rtol` times the largest such slope, and `atol`. Several
    directions are needed: a wrong gradient can have the right slope in one.
    """
    point = array(at).astype(np.float64)
    gradient = array(actual, point.shape).astype(np.float64)
    assert np.isfinite(gradient).all(), "not finite"
    # The step that balances rounding (about 1e-16 / step) and the third derivative (step ** 2).
    step = np.finfo(np.float64).eps ** (1 / 3) * max(1.0, float(np.abs(point).max(initial=0.0)))
    ways = np.random.default_rng(seed).normal(size=(directions, *point.shape))
    slopes = [
        (float(loss(point + step * way)) - float(loss(point - step * way))) / (2 * step)
        for way in ways
    ]
    largest = max(map(abs, slopes))
    for way, slope in zip(ways, slopes, strict=True):
        found = float((gradient * way).sum())
        assert abs(found - slope) <= atol + rtol * largest, f"slope {found:.6g}, not {slope:.6g}"
