"""Puts back what one cell left behind for all others: settings of libraries, and names.

A cell that turns gradients off, or says `torch = 1`, must not cost the exercises after it. The
kernels of grading and of a student's own check have a guard.
"""

import builtins
import contextlib
import json
import os
import sys
import warnings
from collections.abc import Iterable
from types import ModuleType
from typing import Any

ATTRIBUTE = "autograder_guard"  # of IPython's shell
WANDB_SERVICE = "WANDB_SERVICE"
MISSING = object()
# Packages whose functions IPython may go on to call at every cell.
HOOKS_OF = frozenset(
    ("IPython", "ipykernel", "ipywidgets", "matplotlib", "matplotlib_inline", "wandb")
)


class Guard:
    """The state of a kernel as the course's own cells left it.

    `given` holds what their names stood for.
    """

    def __init__(self, shell: Any):
        """`shell` is the kernel's IPython shell."""
        self.shell = shell
        self.namespace: dict[str, Any] = shell.user_ns
        self.given: dict[str, Any] = {}
        self._functions: dict[str, tuple[ModuleType, dict[str, Any]]] = {}  # by module
        self._shadows: dict[str, Any] = {}
        self._first: dict[str, Any] = {}

    def start(self) -> None:
        """Remember how IPython set up the kernel: due before the first cell of the student's."""
        if not self._first:
            self._first = dict(self.namespace)
            self._builtins = dict(vars(builtins))
            self._recursion_limit = sys.getrecursionlimit()
            self._filters = list(warnings.filters)

    def keep(self, names: Iterable[str]) -> None:
        """Remember what these names stand for now: the course's cells have just defined them."""
        for name in names:
            self._shadows.pop(name, None)
            if name in self.namespace:
                self.given[name] = self.namespace[name]
                self._keep_functions(self.namespace[name])

    def _keep_functions(self, module: Any) -> None:
        """Remember a module's functions, and those of its part for random numbers."""
        for one in (module, getattr(module, "random", None)):
            if isinstance(one, ModuleType) and one.__name__ not in self._functions:
                functions = {k: v for k, v in vars(one).items() if callable(v)}
                self._functions[one.__name__] = (one, functions)

    def tidy(self) -> list[str]:
        """Put settings back that a cell changed. Returns what was changed, as words for a note."""
        self.start()
        changed = []
        with contextlib.suppress(Exception):  # student code can replace parts of IPython
            changed += self._remove_hooks()
        for name, tidy in (("torch", _torch), ("numpy", _numpy), ("wandb", _wandb)):
            if module := sys.modules.get(name):
                try:
                    changed += tidy(module)
                except Exception:  # a module that student code changed, or another version
                    continue
        errors = [one for one in warnings.filters if one[0] == "error" and one not in self._filters]
        if errors:
            kept = [one for one in warnings.filters if one not in errors]
            warnings.resetwarnings()
            warnings.filters.extend(kept)  # type: ignore[attr-defined]
            changed.append("turned warnings into errors")
        if sys.getrecursionlimit() < self._recursion_limit:
            sys.setrecursionlimit(self._recursion_limit)
            changed.append("lowered the recursion limit")
        for module, functions in self._functions.values():
            for name, function in functions.items():
                if not callable(vars(module).get(name)):  # as in `torch.manual_seed = 0`
                    setattr(module, name, function)
                    changed.append(f"replaced {module.__name__}.{name}")
        for name, value in self._builtins.items():
            if name != "_" and vars(builtins).get(name, MISSING) is not value:
                setattr(builtins, name, value)
                changed.append(f"replaced the built-in {name}")
        return changed

    def _remove_hooks(self) -> list[str]:
        """Remove the student's functions that IPython calls at every cell, or Python at every line.

        One that never returns would stop all cells after it.
        """
        changed = []
        if sys.gettrace() is not None or sys.getprofile() is not None:
            sys.settrace(None)
            sys.setprofile(None)
            changed.append("had Python call a function at every line")
        removed = False
        for callbacks in self.shell.events.callbacks.values():
            kept = [one for one in callbacks if _package(one) in HOOKS_OF]
            removed = removed or len(kept) < len(callbacks)
            callbacks[:] = kept
        if removed:
            changed.append("had IPython call a function at every cell")
        return changed

    def clean_names(self) -> list[str]:
        """Give names their first meaning until `put_names_back`: those of the course's cells, and
        built-in ones for which a cell has another value. Returns these names."""
        self.start()
        self.put_names_back()
        for name, value in self.given.items():
            if self.namespace.get(name, MISSING) is not value:
                self._shadows[name] = self.namespace.get(name, MISSING)
                self.namespace[name] = value
        for name in self._builtins.keys() & self.namespace.keys() - self.given.keys():
            own = self.namespace[name]
            if not name.startswith("_") and own is not self._first.get(name, MISSING):
                self._shadows[name] = self.namespace.pop(name)
        return sorted(self._shadows)

    def put_names_back(self) -> None:
        """Give the names of `clean_names` the meaning that the notebook gave them."""
        for name, value in self._shadows.items():
            if value is MISSING:
                self.namespace.pop(name, None)
            else:
                self.namespace[name] = value
        self._shadows = {}

    def step(self, names: Iterable[str], is_given: bool) -> str:
        """What is due between a cell of the course, which defined these names, and one of the
        student's, or the other way. The next cell is the course's if `is_given`: it gets clean
        names. Returns what `tidy` changed, as JSON."""
        self.keep(names)
        self.put_names_back()
        changed = self.tidy()
        if is_given:
            self.clean_names()
        return json.dumps(changed)


def load(shell: Any) -> None:
    """Start a guard in the kernel of an IPython shell."""
    setattr(shell, ATTRIBUTE, Guard(shell))


def _package(function: Any) -> str:
    """The package that defines a function, or a class's object; '' if that is not known."""
    return str(getattr(function, "__module__", "")).partition(".")[0]


def _torch(torch: Any) -> list[str]:
    changed = []
    if not torch.is_grad_enabled():
        torch.set_grad_enabled(True)
        changed.append("turned gradients off")
    if torch.get_default_dtype() is not torch.float32:
        changed.append(f"made {torch.get_default_dtype()} the default type of tensors")
        torch.set_default_dtype(torch.float32)
    try:
        device = torch.get_default_device().type
    except (AssertionError, RuntimeError):  # one that this machine does not have
        device = "a GPU"
    if device != "cpu":
        torch.set_default_device(None)
        changed.append(f"made {device} the default device of tensors")
    if torch.are_deterministic_algorithms_enabled():
        torch.use_deterministic_algorithms(False)
        changed.append("allowed only deterministic algorithms")
    if torch.is_anomaly_enabled():
        torch.autograd.set_detect_anomaly(False)
        changed.append("turned anomaly detection on")
    return changed


def _numpy(numpy: Any) -> list[str]:
    if "raise" not in numpy.geterr().values():
        return []
    numpy.seterr(divide="warn", over="warn", under="ignore", invalid="warn")
    return ["turned NumPy's warnings into errors"]


def _wandb(wandb: Any) -> list[str]:
    """Close an open run, and end W&B's service, which each new run looks for in the environment."""
    is_open = wandb.run is not None
    if is_open:
        wandb.finish()
    if is_open or WANDB_SERVICE in os.environ:
        wandb.teardown()
        os.environ.pop(WANDB_SERVICE, None)
    return ["left a W&B run open"] if is_open else []
