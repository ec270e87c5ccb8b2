"""Reads what is compared: the class's submissions, and notebooks of earlier years."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.course import Assignment
from autograder.errors import BadSubmission, UsageError
from autograder.files import is_clutter
from autograder.notebook.cells import (
    answer_words,
    grade_id,
    is_unwritten,
    is_written_answer,
)
from autograder.notebook.file import choose_notebook, file_name
from autograder.notebook.reader import read_notebook, read_submission
from autograder.notebook.restore import restore
from autograder.similarity.code import MOST_CODE
from autograder.similarity.traces import NO_TRACES, Traces, read_traces

OTHER_CELLS = "other cells"  # the student's own code outside the exercises; no exercise's name


@dataclass(frozen=True)
class Work:
    """What one student handed in, or a group together.

    `code` and `words` are the answers by exercise and by question, without those that are not
    written. `is_current` is False for an earlier year's.
    """

    label: str
    is_current: bool
    code: Mapping[str, str]
    words: Mapping[str, str]
    traces: Traces = NO_TRACES
    group: str = ""


@dataclass(frozen=True)
class Works:
    """What could be read, and one line for each notebook or answer that is not compared in full."""

    works: tuple[Work, ...]
    problems: tuple[str, ...] = ()


def read_release(assignment: Assignment) -> NotebookNode:
    """The released notebook, with nbgrader's metadata."""
    return nbformat.read(assignment.release_notebook, as_version=4)


def read_class(
    assignment: Assignment, groups: Mapping[str, str], step: Callable[[int], None]
) -> Works:
    """The submissions of the class. `groups` has the group of each student who has one."""
    released = read_release(assignment)
    places = [(student, assignment.submitted(student)) for student in assignment.students()]
    read = _read_all(places, assignment, released, step)
    works = [replace(work, group=groups.get(work.label, "")) for work in read.works]
    return Works(tuple(_joined_groups(works)), read.problems)


def read_earlier(folder: Path, assignment: Assignment) -> Works:
    """The notebooks of an earlier year: a course's folder, its `submitted`, or one of notebooks.

    Raises UsageError if there is no such folder, or no notebook in it.
    """
    if not folder.is_dir():
        raise UsageError(f"--against: there is no folder {folder}: name a folder with notebooks")
    inner = folder / "submitted"
    inner = inner if inner.is_dir() else folder
    places = []
    for path in sorted(inner.iterdir()):
        if is_clutter(path.name) or path.is_symlink():
            continue
        if path.is_file() and path.suffix == ".ipynb":
            places.append((f"{folder.name}/{path.stem}", path))
        elif (path / assignment.name).is_dir():
            places.append((f"{folder.name}/{path.name}", path / assignment.name))
        elif path.is_dir() and any(path.glob("*.ipynb")):
            places.append((f"{folder.name}/{path.name}", path))
    if not places:
        raise UsageError(
            f"--against: {folder} has no notebook of {assignment.name}: name a folder with "
            f"notebooks, or with STUDENT/{assignment.name}/"
        )
    read = _read_all(places, assignment, read_release(assignment), lambda _: None)
    return Works(tuple(replace(work, is_current=False) for work in read.works), read.problems)


def _read_all(
    places: Iterable[tuple[str, Path]],
    assignment: Assignment,
    released: NotebookNode,
    step: Callable[[int], None],
) -> Works:
    works, problems = [], []
    for label, path in places:
        try:
            works.append(_read(label, path, assignment, released))
        except (BadSubmission, OSError) as error:
            problems.append(f"{label} is not compared: {error}")
        step(1)
    for work in works:
        for name, source in work.code.items():
            if len(source) > MOST_CODE:
                problems.append(
                    f"{work.label}: of {name}, only the first {MOST_CODE:,} characters are compared"
                )
    return Works(tuple(works), tuple(problems))


def _read(label: str, path: Path, assignment: Assignment, released: NotebookNode) -> Work:
    """A submission's folder, or a notebook's file. Raises BadSubmission if it cannot be read."""
    if path.is_dir():
        wanted = file_name(assignment.release_notebook)
        reading = read_submission(path, assignment.limits, wanted)
        path, _ = choose_notebook(path, wanted)
    else:
        reading = read_notebook(path)
    restored = restore(reading.notebook, released)
    code = {
        name: _lines(source)
        for name, source in restored.exercises.items()
        if not is_unwritten(source)
    }
    given = {cell.source.strip() for cell in released.cells}
    other = [
        cell.source
        for cell in restored.notebook.cells
        if cell.cell_type == "code" and not grade_id(cell) and cell.source.strip() not in given
    ]
    words = {
        grade_id(cell): _lines(cell.source)
        for cell in restored.notebook.cells
        if is_written_answer(cell) and answer_words(cell.source)
    }
    if other:
        code[OTHER_CELLS] = _lines("\n\n".join(other))
    return Work(label, True, code, words, read_traces(path))


def _lines(text: str) -> str:
    """Text with one kind of line end, as the page shows it."""
    return "\n".join(text.split("\r\n")).replace("\r", "\n")


def _joined_groups(works: Iterable[Work]) -> list[Work]:
    """One work for the members of a group who handed in the same."""
    joined: list[Work] = []
    for work in works:
        for place, other in enumerate(joined):
            same = (work.group, work.code, work.words) == (other.group, other.code, other.words)
            if work.group and same:
                joined[place] = replace(other, label=f"{other.label}, {work.label}")
                break
        else:
            joined.append(work)
    return joined
