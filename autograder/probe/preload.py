"""Imports the course's libraries ahead of student code, and hides them until it imports them.

A notebook must not notice that a library was imported before: neither by a name that works without
its import (`sklearn.metrics` after `import sklearn`), nor by a file of its own with the library's
name that no longer wins. So `import_hidden` records which module imported which, then takes all of
them out of `sys.modules` and out of their packages. A later import of one of them gets the module
that is there, together with the modules that it imported when it was loaded.
"""

import builtins
import contextlib
import importlib
import importlib.util
import sys
from collections.abc import Callable, Sequence
from importlib.abc import Loader
from importlib.machinery import ModuleSpec, PathFinder
from types import FrameType, ModuleType
from typing import Any


def import_hidden(libraries: Sequence[str]) -> "HiddenModules":
    """Import those of the `libraries` that are installed, and hide what came with them."""
    known = set(sys.modules)
    with _ImportRecorder() as recorder:
        for library in libraries:
            with contextlib.suppress(ModuleNotFoundError):
                importlib.import_module(library)
    sys.modules.pop("__mp_main__", None)  # multiprocessing's second name for this process's program
    names = [name for name, module in sys.modules.items() if name not in known and module]
    for name in names:  # torch puts some modules into sys.modules together with their package
        if name not in recorder.looked_for:
            recorder.imported_by.setdefault(name.rpartition(".")[0], set()).add(name)
    hidden = HiddenModules({name: sys.modules[name] for name in names}, recorder.imported_by)
    sys.meta_path.insert(0, hidden)
    return hidden


class HiddenModules(Loader):
    """A finder and loader of modules that are in memory but not in `sys.modules`."""

    def __init__(self, modules: dict[str, ModuleType], imported_by: dict[str, set[str]]):
        self.modules = modules
        self._imported_by = imported_by
        self._specs = {name: getattr(module, "__spec__", None) for name, module in modules.items()}
        # The package of a module, where it is an attribute of it.
        self._packages: dict[str, Any] = {}
        for name, module in modules.items():
            parent, _, child = name.rpartition(".")
            package = sys.modules.get(parent)
            if getattr(package, "__dict__", {}).get(child) is module:
                self._packages[name] = package
        for name, package in self._packages.items():
            delattr(package, name.rpartition(".")[2])
        for name in modules:
            del sys.modules[name]

    @property
    def top_level(self) -> frozenset[str]:
        """The names that a submitted file must not have if it is to run here."""
        return frozenset(name for name in self.modules if "." not in name)

    def reveal_all(self) -> None:
        """Put every module back: what libraries do when Python ends needs their modules."""
        for name in list(self.modules):
            self._put_back(name)

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """The spec of a hidden module, unless another file is found first under its name."""
        if name not in self.modules or not self._is_found_first(name, path):
            return None
        is_package = hasattr(self.modules[name], "__path__")
        return ModuleSpec(name, self, origin=name, is_package=is_package)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """The module that is in memory. What it imported comes back with it."""
        self._reveal(spec.name)
        return self.modules[spec.name]

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to execute; the module gets its own spec back."""
        spec: Any = module.__spec__
        del self.modules[spec.name]
        module.__spec__ = self._specs[spec.name]

    def _is_found_first(self, name: str, path: Any) -> bool:
        spec = self._specs[name]
        if spec is None or spec.origin in ("built-in", "frozen"):
            return True
        found = PathFinder.find_spec(name, path)
        return found is not None and found.origin == spec.origin

    def _reveal(self, name: str) -> None:
        """Put what `name` imported back into sys.modules; the import system adds `name` itself."""
        reached, waiting = {name}, [name]
        while waiting:
            new = self._imported_by.get(waiting.pop(), set()) - reached
            reached |= new
            waiting += new
        for other in reached - {name}:
            if other in self.modules:
                self._put_back(other)

    def _put_back(self, name: str) -> None:
        module = sys.modules[name] = self.modules.pop(name)
        if name in self._packages:
            setattr(self._packages[name], name.rpartition(".")[2], module)


class _ImportRecorder:
    """Records, in a `with` block, which modules each module imports while it is loaded.

    It sees every import statement, and the first import of a module by any other means, such as
    compiled code.
    """

    def __init__(self) -> None:
        self.imported_by: dict[str, set[str]] = {}
        self.looked_for: set[str] = set()  # the modules that the import system searched for
        self._statement = builtins.__import__

    def __enter__(self) -> "_ImportRecorder":
        sys.meta_path.insert(0, self)
        self._replace(self._import)
        return self

    def __exit__(self, *_: object) -> None:
        self._replace(self._statement)
        sys.meta_path.remove(self)

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        """Note a first import, and leave it to the other finders."""
        self.looked_for.add(name)
        asker = sys._getframe(2)  # behind the import system's loop over the finders
        # torch asks importlib.util.find_spec whether sklearn is there, which imports nothing.
        if asker.f_globals.get("__name__") != "importlib.util":
            self._note(asker, name)

    def _import(
        self, name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0
    ) -> ModuleType:
        module = self._statement(name, globals, locals, fromlist, level)
        base = name
        if level:
            package = globals.get("__package__") or globals["__name__"].rpartition(".")[0]
            base = importlib.util.resolve_name("." * level + name, package)
        frame = sys._getframe(1)
        self._note(frame, base)
        names = fromlist or ()
        if "*" in names:
            names = getattr(module, "__all__", ())
        for part in names:
            if f"{base}.{part}" in sys.modules:
                self._note(frame, f"{base}.{part}")
        return module

    def _note(self, frame: FrameType | None, name: str) -> None:
        """Add an import by the module whose loading led to `frame`."""
        while frame is not None and not _is_module(frame):
            frame = frame.f_back
        importer = str(frame.f_globals["__name__"]) if frame else ""
        parts = name.split(".")
        packages = (".".join(parts[:count]) for count in range(1, len(parts) + 1))
        self.imported_by.setdefault(importer, set()).update(packages)

    @staticmethod
    def _replace(function: Callable[..., ModuleType]) -> None:
        builtins.__import__ = function


def _is_module(frame: FrameType) -> bool:
    """Whether the frame runs a module's own code. What a module executes as text has no name."""
    return frame.f_code.co_name == "<module>" and "__name__" in frame.f_globals
