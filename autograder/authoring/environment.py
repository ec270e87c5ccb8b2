"""Writes what grading promises that notebooks can import: environment.md and `packages.json`.

The names come from course.toml, or else from the extra `notebooks` in pyproject.toml. The versions
come from constraints.txt, and the import names from the packages that are installed here.
"""

import hashlib
import inspect
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path, PurePath
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pydantic import TypeAdapter

from autograder.authoring.wheel import PROJECT
from autograder.errors import AutograderError
from autograder.files import read_or_none
from autograder.notebook.packages import FILE, Package, Packages, require_listed
from autograder.reports.pages import render
from autograder.settings import read_settings

PAGE = "environment.md"
TEMPLATES = Path(__file__).with_name("templates")
DIGEST = re.compile(r"\n<!-- Made by 'autograder build' \((\w+)\)\. -->\n$")
# A pin counts if it holds in each of these: the page is the same wherever it is built.
EVERYWHERE = [
    {"python_full_version": f"{version}.2", "python_version": version, "sys_platform": system}
    for version in ("3.11", "3.14")
    for system in ("linux", "darwin")
]


def stale(project: Path = PROJECT) -> dict[Path, bytes]:
    """The files of `project` that are not up to date, and what they should hold.

    Raises AutograderError if a package that grading promises has no version or is not installed.
    """
    packages = current_packages(project)
    data = TypeAdapter(Packages).dump_json(packages, indent=1) + b"\n"
    page = render(PAGE + ".j2", TEMPLATES, packages=packages).rstrip() + "\n"
    page += f"\n<!-- Made by 'autograder build' ({_digest(page, data)}). -->\n"
    files = {project / PAGE: page.encode(), project / FILE.relative_to(PROJECT): data}
    return {path: text for path, text in files.items() if read_or_none(path) != text}


def write(project: Path = PROJECT) -> list[Path]:
    """Write the files that are not up to date. Returns their paths.

    Raises AutograderError, and writes nothing, if a file was edited since it was written.
    """
    files = stale(project)
    page, data = project / PAGE, project / FILE.relative_to(PROJECT)
    if files and page.exists() and not _is_generated(page.read_text(), read_or_none(data) or b""):
        raise AutograderError(
            f"{PAGE} or {data.relative_to(project)} was edited since it was built: save what you "
            f"changed, remove {PAGE}, and build again (packages go in course.toml)"
        )
    for path, content in files.items():
        path.write_bytes(content)
    return list(files)


def check(project: Path = PROJECT) -> None:
    """Raise AutograderError if a file is not up to date."""
    if files := stale(project):
        names = ", ".join(str(path.relative_to(project)) for path in files)
        raise AutograderError(f"stale: {names}; run 'autograder build' and commit")


def current_packages(project: Path) -> Packages:
    """What course.toml, pyproject.toml, constraints.txt and the installed packages say.

    Raises AutograderError if a package that grading promises has no version or is not installed.
    """
    about = _about(project)
    pins = pinned_versions((project / "constraints.txt").read_text(encoding="utf-8"))
    settings = read_settings(project)
    require_listed(project, settings)
    listed = settings.environment.packages
    if listed:  # what constraints.txt does not pin was installed by hand
        pins = {canonicalize_name(name): metadata.version(name) for name in listed} | pins
    names = sorted(listed or _default_names(about), key=canonicalize_name)
    promised = tuple(_package(name, pins) for name in names)
    of_promised = {name for package in promised for name in package.imports}
    others: set[str] = set()
    for name in _needed(about, names):
        if name in pins:  # else there is another one, or none, under another Python
            others |= _imports(name)
    return Packages(promised, tuple(sorted(others - of_promised)))


def beyond_default(listed: Sequence[str] | None, project: Path = PROJECT) -> list[str]:
    """Those of course.toml's packages that are not promised by default, in their order."""
    if not listed:
        return []
    default = {canonicalize_name(name) for name in _default_names(_about(project))}
    return [name for name in listed if canonicalize_name(name) not in default]


def pinned_versions(constraints: str) -> dict[str, str]:
    """Canonical name -> version, of the pins that hold on every Python and system."""
    pins: dict[str, str] = {}
    for line in constraints.splitlines():
        if not line.startswith("#"):
            pin = Requirement(line)
            if pin.marker is None or all(map(pin.marker.evaluate, EVERYWHERE)):
                pins[canonicalize_name(pin.name)] = str(pin.specifier).removeprefix("==")
    return pins


def import_names(files: Iterable[PurePath]) -> set[str]:
    """The names by which one imports a package that consists of these files.

    `google.protobuf` where the folder `google` is no package itself, so that others can share it.
    Names that start with an underscore are left out.
    """
    modules = {
        (*file.parts[:-1], inspect.getmodulename(file.name) or "")
        for file in files
        if inspect.getmodulename(file.name) and "__pycache__" not in file.parts
    }
    names = set()
    for parts in modules:
        packages = (parts[:n] for n in range(1, len(parts)) if (*parts[:n], "__init__") in modules)
        name = next(packages, parts)
        if all(part.isidentifier() and not part.startswith("_") for part in name):
            names.add(".".join(name))
    return names


def _about(project: Path) -> dict[str, Any]:
    text = (project / "pyproject.toml").read_text(encoding="utf-8")  # a clone has it
    return dict(tomllib.loads(text)["project"])


def _default_names(about: Mapping[str, Any]) -> list[str]:
    return [Requirement(line).name for line in about["optional-dependencies"]["notebooks"]]


def _package(name: str, pins: Mapping[str, str]) -> Package:
    key = canonicalize_name(name)
    if key not in pins:
        raise AutograderError(
            f"constraints.txt has no one version of {name} for every Python: run 'make lock'"
        )
    imports = _imports(name)
    if not imports:
        raise AutograderError(f"{name} is not installed here: run 'make build'")
    return Package(name, pins[key], tuple(sorted(imports)))


@cache
def _imports(name: str) -> set[str]:
    try:
        return import_names(metadata.files(name) or [])
    except metadata.PackageNotFoundError:
        return set()


def _needed(about: Mapping[str, Any], promised: Sequence[str]) -> set[str]:
    """The canonical names of the promised packages, and of all that they and grading need."""
    lines = [*about["dependencies"], *promised, *about["optional-dependencies"]["grade"]]
    waiting = [(one, "") for one in map(Requirement, lines) if one.name != about["name"]]
    seen: set[tuple[str, str]] = set()
    while waiting:
        requirement, extra = waiting.pop()
        marker = requirement.marker
        if marker is not None and not marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        for wanted in {"", *requirement.extras} - {e for n, e in seen if n == name}:
            seen.add((name, wanted))
            try:
                needs = metadata.requires(name) or []
            except metadata.PackageNotFoundError:
                continue
            waiting += [(Requirement(line), wanted) for line in needs]
    return {name for name, _ in seen} - {canonicalize_name(about["name"])}


def _digest(page: str, data: bytes) -> str:
    return hashlib.sha256(page.encode() + data).hexdigest()[:16]


def _is_generated(page: str, data: bytes) -> bool:
    mark = DIGEST.search(page)
    return mark is not None and mark[1] == _digest(page[: mark.start()], data)
