"""Figures in the notebook, whichever way of showing them a notebook chooses.

A kernel that runs a notebook by itself has no display, and nobody who would close a window. So
matplotlib shows figures inline instead, and a line in the cell's output says so.
"""

import functools
import os
import sys
from importlib.abc import Loader
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

INLINE = "module://matplotlib_inline.backend_inline"
# Backends that open no window and need no other package.
SILENT = frozenset(("inline", INLINE, "agg", "cairo", "pdf", "pgf", "ps", "svg", "template"))
CHANGED = ("matplotlib", "matplotlib.pyplot")  # the modules that `keep_inline` changes
VARIABLE = "MPLBACKEND"


def usable(backend: Any) -> Any:
    """The backend, or the inline one and a warning."""
    if _is_silent(backend):
        return backend
    print(
        f"matplotlib: the backend '{backend}' is not available here; figures are shown inline",
        file=sys.stderr,
    )
    return INLINE


def _is_silent(backend: Any) -> bool:
    return str(backend).lower() in SILENT


def keep_inline(module: ModuleType) -> None:
    """Change how matplotlib, or its pyplot, chooses a backend. Any other module stays as it is."""
    names: dict[str, Any] = vars(module)
    if callable(use := names.get("use")):

        @functools.wraps(use)
        def use_usable(backend: Any, *, force: bool = True) -> None:
            use(usable(backend), force=force)

        names["use"] = use_usable
    if callable(switch_backend := names.get("switch_backend")):

        @functools.wraps(switch_backend)
        def switch_to_usable(newbackend: Any) -> None:
            wanted = os.environ.get(VARIABLE) or INLINE
            if not _is_silent(wanted):  # the notebook set it, before or after the import
                os.environ[VARIABLE] = INLINE
                newbackend = wanted
            elif not isinstance(newbackend, str):  # matplotlib looks for one by itself
                newbackend = INLINE
            backend = usable(newbackend)
            if backend == INLINE:  # what its module looks for when it is imported
                names["rcParams"]["backend"] = INLINE
            switch_backend(backend)

        names["switch_backend"] = switch_to_usable


def keep_shell_inline(shell: Any) -> None:
    """Change what IPython's `%matplotlib` and `%gui` do."""
    enable = shell.enable_matplotlib

    def enable_matplotlib(gui: Any = None) -> Any:
        chosen = "inline" if gui is None else usable(gui)
        return enable("inline" if chosen == INLINE else chosen)

    shell.enable_matplotlib = enable_matplotlib
    shell.enable_gui = lambda gui=None: None


def watch_imports() -> None:
    """Call `keep_inline` for each of these modules when it is imported."""
    sys.meta_path.insert(0, _Finder())


class _Finder:
    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path) if name in CHANGED else None
        if spec is not None and spec.loader is not None:
            spec.loader = _ChangingLoader(spec.loader)
        return spec


class _ChangingLoader(Loader):
    def __init__(self, loader: Any):
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        created: ModuleType | None = self._loader.create_module(spec)
        return created

    def exec_module(self, module: ModuleType) -> None:
        if module.__spec__ is not None:
            module.__spec__.loader = module.__loader__ = self._loader
        self._loader.exec_module(module)
        keep_inline(module)
