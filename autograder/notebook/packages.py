"""What a notebook can import in grading.

`packages.json` lists it, so that a student's machine knows it too. `autograder build` writes the
file; `autograder/authoring/environment.py` says from what.
"""

import sys
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from pydantic import TypeAdapter

from autograder.errors import AutograderError
from autograder.settings import FILE_NAME, Settings, read_text
from autograder.toml_file import line_of

FILE = Path(__file__).with_name("packages.json")
PACKAGES = ("environment", "packages")  # the key of course.toml


@dataclass(frozen=True)
class Package:
    """A package that grading promises: its name, its version, and the names that one imports."""

    name: str
    version: str
    imports: tuple[str, ...]


@dataclass(frozen=True)
class Packages:
    """The packages that grading promises, and the import names of the others that come with them.

    An import name has dots where several packages share a folder, as in `google.protobuf`.
    """

    promised: tuple[Package, ...]
    others: tuple[str, ...]

    @property
    def modules(self) -> frozenset[str]:
        """The import names of all packages, and of the standard library."""
        promised = (name for package in self.promised for name in package.imports)
        return frozenset((*promised, *self.others, *sys.stdlib_module_names, "__main__"))

    def missing_part(self, module: str) -> str:
        """The first part of a dotted name that grading does not have, or '' if it has the module.

        `onnx` of `onnx.helper`, and `google.colab` of `google.colab.files`.
        """
        modules = self.modules
        parts = module.split(".")
        for count in range(1, len(parts) + 1):
            name = ".".join(parts[:count])
            if name in modules:
                return ""
            if not any(other.startswith(f"{name}.") for other in modules):
                return name
        return ""


@cache
def grading_packages() -> Packages:
    """What `packages.json` says."""
    return TypeAdapter(Packages).validate_json(FILE.read_bytes())


def require_packages() -> None:
    """Raises AutograderError if a package that grading promises is not installed here."""
    absent = [p.name for p in grading_packages().promised if not _is_installed(p.name)]
    if absent:
        raise AutograderError(
            f"grading promises {', '.join(absent)} to notebooks, which this environment lacks: run "
            "'make build', or install the package's extra `grade` with constraints.txt"
        )


def require_listed(root: Path, settings: Settings) -> None:
    """Raises AutograderError if course.toml promises a package that is not installed here."""
    absent = [name for name in settings.environment.packages or () if not _is_installed(name)]
    if absent:
        raise AutograderError(
            f"{root / FILE_NAME}, line {line_of(read_text(root), PACKAGES)}: environment.packages: "
            f"not installed here: {', '.join(absent)}. Add it to `notebooks` in pyproject.toml and "
            "run 'make lock', then 'make build', or take it out of the list"
        )


def _is_installed(name: str) -> bool:
    try:
        return bool(metadata.version(name))
    except metadata.PackageNotFoundError:
        return False
