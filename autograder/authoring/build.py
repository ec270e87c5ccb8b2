"""Builds source/ and release/ from worked notebooks, and checks the solutions by running them."""

import copy
import hashlib
import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.authoring.directives import (
    KINDS,
    solution_lines,
    source_notebook,
    without_rubric,
)
from autograder.authoring.environment import beyond_default
from autograder.authoring.worked import read_worked
from autograder.course import Assignment
from autograder.errors import AutograderError
from autograder.files import File, plain_files, read_or_none, sha256_of
from autograder.gradebook.config import configure
from autograder.grading import hidden_tests
from autograder.grading.engine import failed_cells
from autograder.grading.failures import CellSources
from autograder.grading.faults_in_tests import failed_on_solution
from autograder.grading.fingerprint import shared_digest
from autograder.grading.options import Options
from autograder.grading.session import open_session
from autograder.log import LastError, quiet_logger
from autograder.notebook.cells import exercise_cells
from autograder.notebook.rubrics import WORKED
from autograder.results import wording
from autograder.settings import Weights, read_settings
from autograder.text import one_line

CHECKED = ".checked"  # in reports/: by week, a digest of what the last check that passed looked at
# The instructor's own code needs no sandbox, so a check works without bubblewrap.
UNPROTECTED = Options(sandboxed=False)
DATA = "data"  # this folder of solutions/WEEK is copied unchanged to source/ and release/
# Lines that give no solution away.
TRIVIAL = frozenset(
    ("return", "pass", "else:", "try:", "break", "continue", ")", "):", "]", "}", '"""')
)


@dataclass(frozen=True)
class Built:
    """The generated files of one assignment, by path. `folders` hold these files and no others.

    `warnings` are lines about what the worked notebook should have and has not.
    """

    files: dict[Path, bytes]
    folders: tuple[Path, Path]
    source: NotebookNode
    release: NotebookNode
    warnings: tuple[str, ...] = ()

    def stale(self) -> list[Path]:
        """The files on disk that are missing, differ from `files`, or are not among them."""
        changed = [p for p, content in self.files.items() if read_or_none(p) != content]
        on_disk = [file.path for folder in self.folders for file in _plain_files(folder)]
        return changed + [path for path in on_disk if path not in self.files]

    def write(self) -> list[Path]:
        """Write the files that differ, and remove those that only an earlier build wrote.

        Returns the paths that changed. Raises AutograderError, and writes nothing, if that would
        change a file that was edited by hand.
        """
        stale = self.stale()
        for path in stale:
            if path.exists() and not self._is_generated(path):
                raise AutograderError(
                    f"{path} was edited since it was built, or is not from a build: move it away "
                    "first (edits and data go in solutions/)"
                )
        for path in stale:
            if path in self.files:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(self.files[path])
            else:
                path.unlink()
        return stale

    def _is_generated(self, path: Path) -> bool:
        """Was the file written by a build, and not edited since?"""
        if path.suffix == ".ipynb":
            return _notebook_is_generated(path)
        folder = next(folder for folder in self.folders if path.is_relative_to(folder))
        digests: set[str] = set()
        for notebook in folder.glob("*.ipynb"):
            if _notebook_is_generated(notebook):
                recorded = nbformat.read(notebook, as_version=4).metadata.autograder.get("data", {})
                digests.add(recorded.get(path.relative_to(folder).as_posix(), ""))
        return sha256_of(path) in digests


def build(assignment: Assignment) -> Built:
    """The source and release notebooks of an assignment, not yet written.

    Raises AutograderError if the worked notebook and its hidden tests do not match, or if the
    release contains a line of a solution.
    """
    worked_path = _worked_notebook(assignment)
    points: dict[str, float] = {}
    tests = hidden_tests.collect(assignment.hidden_tests)
    for test in tests:
        points[test.exercise] = points.get(test.exercise, 0.0) + test.points
    bonus_exercises = sorted({test.exercise for test in tests if test.bonus})
    data = {
        f"{DATA}/{file.below}": file.path.read_bytes()
        for file in _plain_files(assignment.solutions / DATA)
    }
    place = assignment.published
    worked = read_worked(worked_path)
    source = source_notebook(
        worked,
        points,
        place.badge(f"{worked_path.stem}.ipynb") if place else "",
        place.raw if place else "",
        [name for name in sorted(data) if not name.endswith(".md")],
        beyond_default(read_settings(assignment.root).environment.packages),
    )
    release = _released(source, worked_path.stem)
    if leaked := leaked_lines(source, release):
        raise AutograderError(
            f"the release of {assignment.name} contains a line of a solution: {leaked[0]}"
        )
    files: dict[Path, bytes] = {}
    for folder, notebook in ((assignment.source, source), (assignment.release, release)):
        files[folder / f"{worked_path.stem}.ipynb"] = _text(
            notebook, data, bonus_exercises, assignment.weights
        ).encode()
        files.update({folder / name: content for name, content in data.items()})
    warnings = tuple(
        f"{assignment.name}: the question {name} has no rubric: add a cell '#| rubric: {name}'"
        for name in without_rubric(worked)
    )
    return Built(files, (assignment.source, assignment.release), source, release, warnings)


def check(assignment: Assignment, again: bool = True) -> None:
    """Raise AutograderError if a generated file is stale, or if the solution fails its tests.

    Without `again`, a solution that passed does not run again while nothing has changed.
    """
    built = build(assignment)
    if stale := built.stale():
        names = ", ".join(str(path.relative_to(assignment.root)) for path in stale)
        raise AutograderError(
            f"stale: {names}; run 'autograder build {assignment.name}' and commit"
        )
    passed = assignment.class_page.parent / CHECKED / assignment.name
    digest = shared_digest(assignment, UNPROTECTED).encode()
    if again or read_or_none(passed) != digest:
        verify(assignment, built)
        passed.parent.mkdir(parents=True, exist_ok=True)
        passed.write_bytes(digest)


def verify(assignment: Assignment, built: Built) -> None:
    """Run the worked notebook and its hidden tests. Raises AutograderError at the first failure."""
    launcher = UNPROTECTED.launcher(assignment)
    solutions = exercise_cells(built.source)
    sources = CellSources(solutions, solutions)
    notebook = copy.deepcopy(built.source)
    with open_session(assignment, assignment.release, notebook, launcher, sources) as session:
        for failed in failed_cells(session.notebook):
            first_line = session.notebook.cells[failed.index].source.split("\n", 1)[0]
            raise AutograderError(
                f"{assignment.name}, '{first_line}', fails on the solution: "
                f"{wording.cell_failure(failed.failure)}"
            )
        exercises = hidden_tests.examine(assignment.hidden_tests, session)
    for line in failed_on_solution(exercises):
        raise AutograderError(f"{assignment.name}: {line}")


def leaked_lines(source: NotebookNode, release: NotebookNode) -> list[str]:
    """The lines of solutions that are anywhere in the release, except for trivial ones."""
    secret = {line for cell in source.cells for line in solution_lines(cell.source)}
    shown = {line.strip() for cell in release.cells for line in cell.source.split("\n")}
    return sorted(line for line in secret & shown if line not in TRIVIAL)


def _worked_notebook(assignment: Assignment) -> Path:
    files = sorted(path for path in assignment.solutions.glob("*") if path.name != "README.md")
    notebooks = [path for path in files if path.suffix in WORKED]
    worked = [path for path in notebooks if _has_directives(path)]
    if len(worked) == 1:
        return worked[0]
    if worked:
        what = f"has several worked notebooks: keep one of {', '.join(p.name for p in worked)}"
    elif notebooks:
        what = (
            f"has no notebook with directives: {notebooks[0].name} needs a line such as "
            "'#| exercise: NAME' at the top of each exercise's cell (see solutions/README.md)"
        )
    else:
        what = "has no worked notebook: write NAME.py or NAME.ipynb"
    raise AutograderError(f"{assignment.solutions} {what}")


def _has_directives(path: Path) -> bool:
    text = path.read_text(encoding="utf-8", errors="replace")
    return any(f"#| {kind}" in text for kind in KINDS)


def _released(source: NotebookNode, stem: str) -> NotebookNode:
    """The release notebook that nbgrader's GenerateAssignment makes from a source notebook."""
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
        converter.log, said = quiet_logger(__name__), LastError()
        converter.log.addHandler(said)
        try:
            converter.start()
        except NbGraderException as error:  # "see the above traceback", which it logged
            why = said.line or one_line(str(error))
            raise AutograderError(f"nbgrader cannot make a release of {stem}: {why}") from error
        finally:
            converter.log.removeHandler(said)
        release = nbformat.read(course / "release" / "assignment" / f"{stem}.ipynb", as_version=4)
    return release


def _text(
    notebook: NotebookNode, data: Mapping[str, bytes], bonus_exercises: list[str], weights: Weights
) -> str:
    """The notebook as JSON, with digests of its cells and data, which reveal later edits."""
    notebook.metadata["autograder"] = NotebookNode(digest=_digest(notebook))
    if bonus_exercises:
        notebook.metadata["autograder"]["bonus_exercises"] = bonus_exercises
    if weights is not Weights.RETRAIN:  # a student's `check` reads it
        notebook.metadata["autograder"]["weights"] = str(weights)
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
    except Exception:  # not a notebook, or one without a digest
        return False


def _plain_files(folder: Path) -> Iterator[File]:
    """The folder's files, except hidden ones, which tools and file managers leave behind."""
    for file in plain_files(folder) if folder.is_dir() else ():
        if not any(part.startswith(".") for part in Path(file.below).parts):
            yield file
