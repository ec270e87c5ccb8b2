"""The symptoms of a wrong answer: where a hidden test stopped, and how the answer was wrong.

Answers with the same mistake have the same symptoms, so `mistakes` can name the likely cause. They
may hold hidden inputs and expected values: like a test's detail, no student sees them.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.grading import expect
from autograder.grading.failures import Raised, StudentError, Unserializable
from autograder.results import wording

MAX_STATEMENT = 70  # characters of the test's line
MAX_SUMMARY = 120
NEGLIGIBLE = 1e-12  # rounding has no sign
FEW = 6  # numbers that are written out; of more, the first and last and their mean size
TOLERANCE = 1e-4  # relative: a relation is about the kind of the error, not about rounding
# The remark on these says what is wrong.
CLEAR_ERRORS = frozenset(
    ("NameError", "ImportError", "SyntaxError", "RecursionError", "MemoryError",
     "KeyboardInterrupt", "NotImplementedError")
)  # fmt: skip


def symptoms(error: pytest.ExceptionInfo[BaseException], suite: Path, got: Any) -> tuple[str, ...]:
    """The symptoms of a failed test: how and where it stopped, how the answer differs, the answer.

    `got` is what the student's code returned last, in a list, or an empty list. There are none
    where what happened is clear without them: nothing was defined, a name was missing, time was up.
    """
    try:
        return _symptoms(error, suite, got)
    except Exception:  # an answer can be anything, and no answer may stop its own grading
        return ()


def _symptoms(error: pytest.ExceptionInfo[BaseException], suite: Path, got: Any) -> tuple[str, ...]:
    kind = _kind(error.value)
    if not kind:
        return ()
    frames = list(error.traceback)
    here = [frame for frame in frames if Path(frame.path).is_relative_to(suite)]
    statement = " ".join(str(here[-1].statement).split())[:MAX_STATEMENT] if here else ""
    found = [kind, f"at {statement}"]
    with np.errstate(all="ignore"):
        found += [f"answer: {how}" for how in _differences(frames)]
        found += [f"got {summary(value)}" for value in got]
    return tuple(found)


def _kind(error: BaseException) -> str:
    if isinstance(error, Raised):
        clear = CLEAR_ERRORS.intersection(error.types) or wording.NO_GPU in error.remark
        return "" if clear else f"raised {error.types[0]}"
    if isinstance(error, Unserializable):
        return "no data"
    if isinstance(error, StudentError):
        return ""
    failed = isinstance(error, AssertionError | pytest.fail.Exception)  # the other: no exception
    return "failed" if failed else f"failed with {type(error).__name__}"


def _differences(frames: Sequence[Any]) -> Iterator[str]:
    """How the answer differs from what `expect` compared it with."""
    for frame in frames:
        if frame.path != Path(expect.__file__):
            continue
        seen = frame.frame.raw.f_locals
        if "found" in seen:  # in `close`
            yield relation(seen["found"], seen["wanted"])
            return
        if "result" in seen and seen.get("shape") is not None:  # in `array`
            yield shape_relation(seen["result"].shape, seen["shape"])
            return


def relation(found: np.ndarray, wanted: np.ndarray) -> str:
    """How wrong numbers differ from right ones of the same shape, as far as that has a name."""
    found, wanted = found.astype(np.float64), wanted.astype(np.float64)
    if np.isnan(found).any():
        return "nan"
    if not np.isfinite(found).all():
        return "infinite"
    if not found.any():
        return "all zero"
    size = float(np.abs(wanted).max())

    def same(x: np.ndarray, y: np.ndarray) -> bool:
        return x.shape == y.shape and bool((np.abs(x - y) <= TOLERANCE * size).all())

    if same(found, wanted):
        return "nearly right"
    if not size:
        return "not zero"
    ratio = float((found * wanted).sum() / (wanted * wanted).sum())
    if same(found, ratio * wanted):
        simple = [text for value, text in RATIOS.items() if abs(ratio - value) < TOLERANCE]
        if simple or found.size > 1:
            return simple[0] if simple else "a constant factor"
        return "too large" if abs(ratio) > 1 else "too small"
    if same(found - (found - wanted).flat[0], wanted):
        return "a constant added"
    if same(np.abs(found), np.abs(wanted)):
        return "some signs"
    if same(found, np.maximum(wanted, 0)):
        return "negative numbers are zero"
    if any(same(found, np.flip(wanted, axis)) for axis in range(found.ndim)):
        return "reversed"
    if same(np.sort(found, None), np.sort(wanted, None)):
        return "another order"
    if len(found) > 1 and (same(found[1:], wanted[:-1]) or same(found[:-1], wanted[1:])):
        return "shifted by one"
    rows = (np.abs(found - wanted) <= TOLERANCE * size).reshape(len(found), -1)
    if not rows.any():
        return "other numbers"
    right = rows.all(axis=1)
    if right[:-1].any() and right[:-1].all():
        return "only the last one wrong"
    if right[1:].any() and right[1:].all():
        return "only the first one wrong"
    if right[0] and not right[1:].any():
        return "only the first one right"
    return "some right"


RATIOS = {
    -1.0: "the wrong sign",
    2.0: "twice",
    0.5: "half",
    -2.0: "minus twice",
    -0.5: "minus half",
}


def shape_relation(found: Sequence[int], wanted: Sequence[int]) -> str:
    """How a wrong shape differs from the right one."""
    found, wanted = tuple(found), tuple(wanted)
    if not found:
        return "a single number"
    if found == (*wanted, 1):
        return "an axis of 1 at the end"
    if found == (1, *wanted):
        return "an axis of 1 in front"
    if [n for n in found if n != 1] == [n for n in wanted if n != 1]:
        return "an axis of 1 too few" if len(found) < len(wanted) else "an axis of 1 too many"
    if len(found) != len(wanted):
        return "axes missing" if len(found) < len(wanted) else "axes too many"
    if sorted(found) == sorted(wanted):
        return "axes exchanged"
    steps = {n - m for n, m in zip(found, wanted, strict=True)} - {0}
    if len(steps) > 1:
        return "another shape"
    step = steps.pop()
    size = "one" if abs(step) == 1 else "some"
    return f"{size} too {'many' if step > 0 else 'few'}"


def summary(value: Any) -> str:
    """An answer in one short line, in which numbers have three digits."""
    if isinstance(value, bool | str) or value is None:
        return repr(value)[:MAX_SUMMARY]
    if isinstance(value, dict):
        names = ", ".join(map(repr, list(value)[:FEW]))
        return f"dict of {len(value)}{_mean_size(value.values())}: {names}"[:MAX_SUMMARY]
    try:
        numbers = expect.array(value)
    except (AssertionError, StudentError, AttributeError, TypeError, RuntimeError):
        kind = type(value).__name__
        if not isinstance(value, list | tuple):
            return kind
        # Texts in a list are words in random order, or names: no two answers need have the same.
        parts = "; ".join("text" if isinstance(p, str) else summary(p) for p in value[:3])
        return f"{kind} of {len(value)}{_mean_size(value)}: {parts}"[:MAX_SUMMARY]
    flat = numbers.astype(np.float64).ravel()
    shape = f"({','.join(map(str, numbers.shape))}) " if numbers.shape else ""
    if flat.size <= FEW:
        return shape + ", ".join(map(_digits, flat))
    ends = f"{_digits(flat[0])}, {_digits(flat[-1])}"
    return f"{shape}{ends}, mean size {_digits(np.abs(flat).mean())}"


def _mean_size(values: Iterable[Any]) -> str:
    """The mean size of all numbers in these arrays, or '' if they are not all arrays."""
    try:
        sizes = [np.abs(expect.array(value).astype(np.float64)).ravel() for value in values]
        return f", mean size {_digits(np.concatenate(sizes).mean())}"
    except (AssertionError, StudentError, AttributeError, TypeError, RuntimeError, ValueError):
        return ""


def _digits(x: float) -> str:
    return f"{0.0 if abs(x) < NEGLIGIBLE else x:.3g}"
