"""Figures in the notebook, whichever way of showing them a notebook chooses.

A kernel that runs a notebook by itself has no display, and nobody who would close a window. So
matplotlib shows figures inline instead, and a line in the cell's output says so. Figures are shown
with at most 256 colors, which takes less than half of the bytes in notebooks and feedback pages.
"""

import base64 as codes
import functools
import io
import os
import sys
from importlib.abc import Loader
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

from IPython.core import pylabtools

INLINE = "module://matplotlib_inline.backend_inline"
# Backends that open no window and need no other package.
SILENT = frozenset(("inline", INLINE, "agg", "cairo", "pdf", "pgf", "ps", "svg", "template"))
CHANGED = ("matplotlib", "matplotlib.pyplot")  # the modules that `keep_inline` changes
VARIABLE = "MPLBACKEND"
DRAWING = 4096  # colors at most, those of smoothed edges included; a photo has more
MAX_PIXELS = 4_000_000


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


def keep_figures_small() -> None:
    """Change how IPython makes a figure a PNG image. Images in files stay as they are."""
    print_figure: Any = pylabtools.print_figure
    if hasattr(print_figure, "__wrapped__"):
        return

    @functools.wraps(print_figure)
    def print_small(
        fig: Any, fmt: str = "png", bbox_inches: Any = "tight", base64: bool = False, **more: Any
    ) -> Any:
        if fmt != "png":
            return print_figure(fig, fmt, bbox_inches, base64, **more)
        image = print_figure(fig, fmt, bbox_inches, **more)
        small = with_palette(image) if image else image
        return codes.b64encode(small).decode("ascii") if small and base64 else small

    pylabtools.print_figure = print_small


def with_palette(image: bytes) -> bytes:
    """A PNG image with 256 colors, if it is a drawing without transparency; else the image."""
    try:
        pillow = sys.modules["PIL.Image"]  # matplotlib imported it
        opened = pillow.open(io.BytesIO(image))
        if opened.width * opened.height > MAX_PIXELS:
            return image
        if opened.mode == "RGBA" and opened.getextrema()[3] != (255, 255):
            return image
        colored = opened.convert("RGB")
        if colored.getcolors(DRAWING) is None:
            return image
        made = io.BytesIO()
        colored.quantize(256, dither=pillow.Dither.NONE).save(made, "PNG")
        return min(image, made.getvalue(), key=len)
    except Exception:  # a notebook may have changed Pillow; its figures are shown all the same
        return image


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
