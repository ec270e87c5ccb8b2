"""The repository that students get: its files, and writing them without touching anyone's work."""

import hashlib
import json
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.authoring import environment
from autograder.authoring.wheel import PROJECT, build_wheel
from autograder.check.runner import DATA
from autograder.check.source import COPY
from autograder.course import Assignment
from autograder.errors import AutograderError
from autograder.files import plain_files, read_or_none, sha256_of
from autograder.notebook.cells import bonus_exercises, exercise_of, handed_in_files
from autograder.notebook.packages import grading_packages
from autograder.published import BADGE, COLAB
from autograder.reports.pages import render
from autograder.settings import read_settings
from autograder.text import escape_markdown

TEMPLATES = Path(__file__).with_name("templates")
MANIFEST = f"{COPY}/published.json"


def repository_files(assignment: Assignment, colab: str = COLAB) -> dict[str, bytes]:
    """The repository's files, by path: all that a student needs, and no solution or hidden test.

    `colab` is the address of what opens notebooks from GitHub. Raises AutograderError if
    environment.md is not up to date.
    """
    notebook = assignment.release_notebook
    released = {file.below: file.path.read_bytes() for file in plain_files(assignment.release)}
    wheel, content = build_wheel()
    environment.check()
    files = {
        **released,
        f"{COPY}/{notebook.name}": released[notebook.name],
        f"wheels/{wheel}": content,
        "requirements.txt": requirements(f"./wheels/{wheel}").encode(),
        environment.PAGE: (PROJECT / environment.PAGE).read_bytes(),
        "README.md": _readme(assignment, colab, data=(assignment.release / DATA).is_dir()),
        ".gitignore": (TEMPLATES / "gitignore").read_bytes(),
    }
    for name, path in (
        ("devcontainer.json", ".devcontainer/devcontainer.json"),
        ("feedback.yml", ".github/workflows/feedback.yml"),
    ):
        text = (TEMPLATES / name).read_text(encoding="utf-8")
        text = text.replace("@NOTEBOOK@", notebook.name).replace("@WEEK@", assignment.name)
        files[path] = text.encode()
    return with_manifest(files)


def with_manifest(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files, and the list of their digests by which `write_repository` knows them again."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return files | {MANIFEST: (json.dumps(digests, indent=1, sort_keys=True) + "\n").encode()}


def write_repository(files: dict[str, bytes], folder: Path) -> list[str]:
    """Write the files to an empty folder, or update the unchanged files of an earlier call.

    Returns the paths that were written. Raises AutograderError, and writes nothing, if the folder
    contains any other file: no work is ever overwritten.
    """
    if folder.exists() and not folder.is_dir():
        raise AutograderError(f"{folder} is a file: name a new or empty folder")
    on_disk = {file.below for file in plain_files(folder)} if folder.is_dir() else set()
    on_disk = {name for name in on_disk if not name.startswith(".git/")}
    digests = _manifest(folder)
    work = sorted(name for name in on_disk if digests.get(name) != sha256_of(folder / name))
    work = [name for name in work if name != MANIFEST or not digests]
    if work:
        more = f" and {len(work) - 3} more" if len(work) > 3 else ""
        raise AutograderError(
            f"{folder} holds work that would be overwritten ({', '.join(work[:3])}{more}): "
            "name a new or empty folder"
        )
    changed = [name for name, content in files.items() if read_or_none(folder / name) != content]
    for name in sorted(on_disk - set(files)):
        (folder / name).unlink()
    for name in changed:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(files[name])
    return changed


def requirements(wheel: str) -> str:
    """`autograder check`, and what grading promises, in the versions that it has."""
    pins = (f"{package.name}=={package.version}" for package in grading_packages().promised)
    return "\n".join((wheel, *pins, ""))


def graded_exercises(released: NotebookNode) -> list[dict[str, Any]]:
    """Name, points, and whether it is written or a bonus, of each exercise, in their order."""
    bonus = bonus_exercises(released)
    exercises = []
    for cell in released.cells:
        note = cell.metadata.get("nbgrader", {})
        if note.get("grade"):
            name = exercise_of(note["grade_id"])
            written, points = note["solution"], note["points"]
            exercises.append(
                {"name": name, "points": points, "written": written, "bonus": name in bonus}
            )
    return exercises


def _readme(assignment: Assignment, colab: str, data: bool) -> bytes:
    notebook = assignment.release_notebook
    released = nbformat.read(notebook, as_version=4)
    title_cell = next((cell.source for cell in released.cells if cell.source.startswith("# ")), "")
    text = render(
        "README.md.j2",
        TEMPLATES,
        title=title_cell.split("\n")[0].removeprefix("# ") or assignment.name,
        course=escape_markdown(read_settings(assignment.root).name),
        week=assignment.name,
        notebook=notebook.name,
        exercises=graded_exercises(released),
        data=data,
        artifacts=handed_in_files(released),
        badge=BADGE,
        page=place.page(notebook.name, colab) if (place := assignment.published) else "",
    )
    return (text.rstrip() + "\n").encode()


def _manifest(folder: Path) -> dict[str, str]:
    """The digests of the files that an earlier call wrote, by path; empty if there are none."""
    try:
        data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}
