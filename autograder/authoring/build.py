"""Worked notebooks to source/ and release/, and the proof that they still hold."""

import copy
import hashlib
import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.authoring.directives import KINDS, solution_lines, source_notebook
from autograder.course import Assignment
from autograder.errors import AutograderError
from autograder.files import File, plain_files, remove
from autograder.gradebook.config import configure
from autograder.grading import hidden_tests
from autograder.grading.blame import Written
from autograder.grading.engine import failed_cells
from autograder.grading.remote import Student
from autograder.grading.session import Options, Run
from autograder.log import quiet_logger
from autograder.notebook.cells import exercise_cells

DATA = "data"  # the folder of solutions/WEEK that goes to source/ and release/ as it is
WORKED = (".py", ".md", ".ipynb")  # what Jupytext reads and a course may keep
LOG = quiet_logger(__name__)
TRIVIAL = frozenset(
    ("return", "pass", "else:", "try:", "break", "continue", ")", "):", "]", "}", '"""')
)


@dataclass(frozen=True)
class Built:
    """The files of one assignment, by path; `folders` hold these and nothing else."""

    files: dict[Path, bytes]
    folders: tuple[Path, Path]
    source: NotebookNode
    release: NotebookNode

    def stale(self) -> list[Path]:
        """The files that are missing on disk or differ from what is built, and those too many."""
        changed = [path for path, content in self.files.items() if _read(path) != content]
        there = [file.path for folder in self.folders for file in _plain_files(folder)]
        return changed + [path for path in there if path not in self.files]

    def write(self) -> list[Path]:
        """Write what differs, remove what an earlier build wrote and this one does not.

        Raises AutograderError rather than overwrite or remove what someone made by hand.
        """
        stale = self.stale()
        for path in stale:
            if path.exists() and not self._is_generated(path):
                raise AutograderError(
                    f"{path} was edited since it was built, or is not from a build: move it away "
                    "first (edits and data belong into solutions/)"
                )
        for path in stale:
            if path in self.files:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(self.files[path])
            else:
                path.unlink()
        return stale

    def _is_generated(self, path: Path) -> bool:
        """Is the file as some build wrote it?"""
        if path.suffix == ".ipynb":
            return _notebook_is_generated(path)
        folder = next(folder for folder in self.folders if path.is_relative_to(folder))
        digests: set[str] = set()
        for notebook in folder.glob("*.ipynb"):
            if _notebook_is_generated(notebook):
                known = nbformat.read(notebook, as_version=4).metadata.autograder.get("data", {})
                digests.add(known.get(path.relative_to(folder).as_posix(), ""))
        return hashlib.sha256(path.read_bytes()).hexdigest() in digests


def build(assignment: Assignment) -> Built:
    """The source and release notebooks of an assignment, not yet written.

    Raises AutograderError where the worked notebook and its hidden tests do not fit together, or
    a line of a solution would reach the students.
    """
    worked_path = _worked_notebook(assignment)
    points: dict[str, float] = {}
    tests = hidden_tests.collect(assignment.hidden_tests)
    for test in tests:
        points[test.exercise] = points.get(test.exercise, 0.0) + test.points
    bonus = sorted({test.exercise for test in tests if test.bonus})
    source = source_notebook(jupytext.read(worked_path), points)
    release = _released(source, worked_path.stem)
    if leaked := leaked_lines(source, release):
        raise AutograderError(
            f"a line of a solution is in the release of {assignment.name}: {leaked[0]}"
        )
    data = {
        f"{DATA}/{file.below}": file.path.read_bytes()
        for file in _plain_files(assignment.solutions / DATA)
    }
    files: dict[Path, bytes] = {}
    for folder, notebook in ((assignment.source, source), (assignment.release, release)):
        files[folder / f"{worked_path.stem}.ipynb"] = _text(notebook, data, bonus).encode()
        files.update({folder / name: content for name, content in data.items()})
    return Built(files, (assignment.source, assignment.release), source, release)


def check(assignment: Assignment) -> None:
    """Raise AutograderError where what is built is stale, or the solution does not hold."""
    built = build(assignment)
    if stale := built.stale():
        names = ", ".join(str(path.relative_to(assignment.root)) for path in stale)
        raise AutograderError(f"stale: {names}; run 'autograder build' and commit")
    verify(assignment, built)


def verify(assignment: Assignment, built: Built) -> None:
    """Run the worked notebook and its hidden tests. Raises AutograderError at the first failure."""
    # The instructor's own code needs no walls, so this works where bubblewrap does not.
    run = Run(assignment, assignment.release, Options(sandboxed=False))
    try:
        notebook, kernel = run.execute(copy.deepcopy(built.source))
        solutions = exercise_cells(built.source)
        written = Written(solutions, solutions)
        student = Student(kernel, assignment.limits, written, script=run.script)
        try:
            for cell in failed_cells(notebook):
                first = notebook.cells[cell.index].source.split("\n", 1)[0]
                raise AutograderError(
                    f"{assignment.name}, '{first}', fails on the solution: {cell.reason}"
                )
            exercises = hidden_tests.examine(assignment.hidden_tests, student)
        finally:
            student.close()
    finally:
        remove(run.folder)
    for exercise in exercises:
        for test in exercise.tests:
            if not test.passed:
                raise AutograderError(
                    f"{assignment.name}: the solution of {exercise.name} does not pass its hidden "
                    f"test {test.name}: {test.hint}"
                )


def leaked_lines(source: NotebookNode, release: NotebookNode) -> list[str]:
    """The solutions' lines that stand anywhere in the release, but for those that say nothing."""
    secret = {line for cell in source.cells for line in solution_lines(cell.source)}
    shown = {line.strip() for cell in release.cells for line in cell.source.split("\n")}
    return sorted(line for line in secret & shown if line not in TRIVIAL)


def _worked_notebook(assignment: Assignment) -> Path:
    found = [p for p in sorted(assignment.solutions.glob("*")) if p.suffix in WORKED]
    found = [p for p in found if _has_directives(p)]
    if len(found) != 1:
        names = ", ".join(p.name for p in found) or "none"
        raise AutograderError(
            f"{assignment.solutions} must hold one worked notebook; found {names}"
        )
    return found[0]


def _has_directives(path: Path) -> bool:
    return any(f"#| {kind}" in path.read_text(encoding="utf-8") for kind in KINDS)


def _released(source: NotebookNode, stem: str) -> NotebookNode:
    """What nbgrader's own GenerateAssignment makes of a source notebook."""
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder)
        (course / "source" / "assignment").mkdir(parents=True)
        nbformat.write(source, course / "source" / "assignment" / f"{stem}.ipynb")
        config = Config()
        configure(config, course)
        config.CourseDirectory.assignment_id = "assignment"
        config.GenerateAssignment.no_database = True
        config.SaveCells.enabled = False
        converter = GenerateAssignment(coursedir=CourseDirectory(config=config), config=config)
        converter.log = LOG
        try:
            converter.start()
        except NbGraderException as error:
            raise AutograderError(f"nbgrader cannot make a release of {stem}: {error}") from error
        release = nbformat.read(course / "release" / "assignment" / f"{stem}.ipynb", as_version=4)
    return release


def _text(notebook: NotebookNode, data: Mapping[str, bytes], bonus: list[str]) -> str:
    """The notebook's file, with the digests by which an edit of it or of its data is noticed."""
    notebook.metadata["autograder"] = NotebookNode(digest=_digest(notebook))
    if bonus:
        notebook.metadata["autograder"]["bonus_exercises"] = bonus
    if data:
        digests = {name: hashlib.sha256(content).hexdigest() for name, content in data.items()}
        notebook.metadata["autograder"]["data"] = NotebookNode(digests)
    return str(nbformat.writes(notebook)) + "\n"


def _digest(notebook: NotebookNode) -> str:
    bare = {
        **notebook,
        "metadata": {k: v for k, v in notebook.metadata.items() if k != "autograder"},
    }
    return hashlib.sha256(json.dumps(bare, sort_keys=True).encode()).hexdigest()


def _notebook_is_generated(path: Path) -> bool:
    try:
        notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
        return bool(notebook.metadata.autograder.digest == _digest(notebook))
    except Exception:  # whatever it is, no build wrote it
        return False


def _plain_files(folder: Path) -> Iterator[File]:
    """The folder's files, but for those that a tool or a system leaves behind."""
    for file in plain_files(folder) if folder.is_dir() else ():
        if not any(part.startswith(".") for part in Path(file.below).parts):
            yield file


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
