"""The files of a new week: a small complete example, or what a bare notebook becomes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import jupytext

from autograder.authoring.adopt import Adopted, adopt
from autograder.authoring.sketches import sketches
from autograder.authoring.worked import read_worked
from autograder.course import Assignment
from autograder.errors import UsageError

TEMPLATES = Path(__file__).with_name("templates") / "new_week"
WEEK = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
KINDS = {"mutant": "mutants", "alternative": "alternatives"}


@dataclass(frozen=True)
class NewWeek:
    """A week's files, by path below the course's folder, and lines about what was done."""

    files: Mapping[str, str]
    done: tuple[str, ...] = ()


def skeleton(week: str) -> NewWeek:
    """The example: one exercise with its tests and four sample answers, and one question."""
    notebook = _template("notebook").replace("@SETUP@", _template("setup").rstrip())
    files = {
        f"solutions/{week}/{week}.py": notebook,
        f"solutions/{week}/README.md": _readme(week, week),
        f"tests/hidden/{week}/test_gc_content.py": _template("test_gc_content"),
    }
    for path in sorted(TEMPLATES.glob("*-*.txt")):
        kind, _, name = path.stem.partition("-")
        files[f"tests/submissions/{week}/{KINDS[kind]}/{name}.py"] = _template(path.stem)
    return NewWeek(files)


def from_notebook(week: str, path: Path) -> NewWeek:
    """What a bare notebook becomes.

    Raises AutograderError if it cannot be read or has directives.
    """
    notebook = read_worked(path)
    adopted = adopt(notebook, _setup_cell())
    files = {
        f"solutions/{week}/{path.stem}.py": jupytext.writes(adopted.notebook, fmt="py:percent"),
        f"solutions/{week}/README.md": _readme(week, path.stem),
    }
    for name, cell in adopted.exercises.items():
        files[f"tests/hidden/{week}/test_{name}.py"] = _template("test_exercise").replace(
            "@NAME@", name
        )
        for below, text in sketches(name, cell).items():
            files[f"tests/submissions/{week}/{below}"] = text
    return NewWeek(files, _lines(adopted))


def write_week(assignment: Assignment, new: NewWeek) -> list[Path]:
    """Write a new week. Raises UsageError, and writes nothing, if the week exists or cannot be."""
    name, root = assignment.name, assignment.root
    if not WEEK.fullmatch(name):
        raise UsageError(f"'{name}' cannot name a week: use letters, digits, _ and -")
    taken = [
        folder
        for folder in (
            assignment.solutions,
            assignment.source,
            assignment.release,
            assignment.hidden_tests,
            root / "tests" / "submissions" / name,
        )
        if folder.exists()
    ]
    if taken:
        raise UsageError(f"{taken[0].relative_to(root)} exists: choose another name, or remove it")
    written = []
    for below, text in new.files.items():
        path = root / below
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written


def _lines(adopted: Adopted) -> tuple[str, ...]:
    """What was recognized, one line each, and what the instructor still has to write."""
    lines = [
        f"exercise {name}: its hidden test is still to be written; its two mutants and two "
        "alternatives are sketches"
        for name in adopted.exercises
    ]
    lines += [f"question {name}: 1 point, its rubric is still to be written"
              for name in adopted.questions]  # fmt: skip
    if not lines:
        lines = ["found no exercise (a cell that defines one function or class) and no question"]
    return (*lines, *adopted.left)


def _setup_cell() -> str:
    """The setup as a notebook holds it: its magic, which installs for Colab, is no comment."""
    cell, *_ = jupytext.reads(f"# %%\n{_template('setup')}", fmt="py:percent").cells
    return str(cell.source)


def _readme(week: str, stem: str) -> str:
    return _template("README").replace("@WEEK@", week).replace("@STEM@", stem)


def _template(name: str) -> str:
    return (TEMPLATES / f"{name}.txt").read_text(encoding="utf-8")
