"""A copy of the course for attacks: with guarded texts in all that a submission must not see.

Canaries are random texts. One is in each place that an attack may try to read: the hidden tests,
the solutions, the course's folder, the home folder, another submission, the grader's environment,
and an argument of a hidden test that the copy adds.
"""

import copy
import hashlib
import json
import secrets
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.audit.attacks import Attack, Base, Part, Place
from autograder.audit.dataflow import has_side_effects, with_what_they_need
from autograder.audit.judge import CANARY_TEST
from autograder.course import CONFIG, Assignment, Limits
from autograder.notebook.cells import exercise_cells, grade_id
from autograder.results.store import FILE_NAME
from autograder.settings import FILE_NAME as SETTINGS
from autograder.settings import Weights

NEIGHBOR = "neighbor"  # the first letters of the honest submissions' names
ENVIRONMENT = "GRADER_CANARY"
GIVES_A_CANARY = '''

from autograder.testing import points as _points_of_canary

@_points_of_canary(1)
def {test}(student):
    """A text in place of the input."""
    student.{exercise}("{canary}")
    raise AssertionError("{canary}")
'''


@dataclass(frozen=True)
class AttackCourse:
    """A course at `root` beside a home folder, and the canaries in them by where they are."""

    place: Path
    assignment: Assignment
    canaries: Mapping[str, str]

    @cached_property
    def _bases(self) -> dict[Base, NotebookNode]:
        paths = {
            Base.SOLUTION: self.assignment.source_notebook,
            Base.STUB: self.assignment.release_notebook,
        }
        found = {}
        for base, path in paths.items():
            notebook = without_demonstrations(nbformat.read(path, as_version=4))
            for cell in notebook.cells:
                cell.source = cell.source.replace(f"\n# {self.canaries['the solutions']}", "")
            found[base] = notebook
        return found

    def base_notebook(self, base: Base) -> NotebookNode:
        """The solved or the released notebook, without code that only shows something."""
        return copy.deepcopy(self._bases[base])

    @cached_property
    def quick_solutions(self) -> dict[str, str]:
        """Exercise -> its solved cell, for the exercises that train nothing and write no file."""
        solved = exercise_cells(self._bases[Base.SOLUTION])
        return {name: cell for name, cell in solved.items() if not has_side_effects(cell)}

    @property
    def home(self) -> Path:
        return self.place / "home"

    def submit(self, student: str, notebook: NotebookNode) -> Path:
        """Hand in a notebook. Returns the submission's folder."""
        folder = self.assignment.submitted(student)
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / self.assignment.release_notebook.name)
        return folder

    def submit_neighbor(self, number: int) -> str:
        """Hand in an honest notebook with a canary in it. Returns the student's name."""
        student = f"{NEIGHBOR}-{number}"
        notebook = nbformat.read(self.assignment.release_notebook, as_version=4)
        for cell in notebook.cells:
            cell.source = self.quick_solutions.get(grade_id(cell), cell.source)
        notebook = without_demonstrations(notebook)  # of a solved cell, which may need others
        notebook.cells.append(new_code_cell(f"# {self.canaries['another submission']}"))
        self.submit(student, notebook)
        return student

    def submit_attack(self, attack: Attack, places: Mapping[str, str]) -> None:
        """Hand in an attack. `places` replace the words of `attacks.PLACES` in its code."""
        notebook = self.base_notebook(attack.base)
        parts = [_with_places(part, {**places, "NAME": attack.name}) for part in attack.parts]
        put_in(notebook, parts)
        folder = self.submit(attack.name, notebook)
        path = folder / self.assignment.release_notebook.name
        for part in parts:
            if part.place is Place.FILE:
                (folder / part.name).parent.mkdir(parents=True, exist_ok=True)
                (folder / part.name).write_text(part.source, encoding="utf-8")
            elif part.place is Place.BUILD:
                data = json.loads(path.read_text(encoding="utf-8"))
                names = {"notebook": data, "folder": folder, "path": path}
                exec(compile(part.source, str(attack.path), "exec"), names)
                if path.is_file() and not path.is_symlink():  # unless it was replaced
                    path.write_text(json.dumps(data), encoding="utf-8")

    def digests(self) -> dict[str, str]:
        """A hash of each file that grading must leave alone, by its path."""
        folders = [self.home, self.place / "outside", *self.assignment.root.glob("*")]
        written = {"autograded", "feedback", "reports", "gradebook.db", ".nbgrader.log", ".cache"}
        files: Iterable[Path] = (
            path
            for folder in folders
            if folder.name not in written
            for path in ([folder] if folder.is_file() else folder.rglob("*"))
        )
        return {
            str(path.relative_to(self.place)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in files
            if path.is_file() and not path.is_symlink() and "__pycache__" not in path.parts
        }

    def shown(self, student: str) -> dict[str, str]:
        """What a student is shown, by file: the executed notebook, the pages, and the result
        without what is for the TA alone."""
        texts = {}
        for folder in (self.assignment.autograded(student), self.assignment.feedback(student)):
            for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
                if not path.is_file():
                    continue
                text = path.read_text(encoding="utf-8", errors="replace")
                if path.name == FILE_NAME:
                    text = _without_details(text)
                texts[str(path.relative_to(self.assignment.root))] = text
        return texts


def make_course(
    assignment: Assignment, place: Path, limits: Limits, weights: Weights
) -> AttackCourse:
    """Copy what grading needs of the course into `place`, with canaries."""
    names = (
        "the hidden tests", "a hidden input", "the solutions", "the course's folder",
        "the home folder", "another submission", "the environment", "a folder beside the course",
    )  # fmt: skip
    canaries = {name: f"canary{secrets.token_hex(12)}" for name in names}
    root = place / "course"
    copied = replace(assignment, root=root, limits=limits)
    for old, new in (
        (assignment.source, copied.source),
        (assignment.release, copied.release),
        (assignment.hidden_tests, copied.hidden_tests),
    ):
        shutil.copytree(old, new, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(assignment.root / CONFIG, root)  # no settings, which may name other weeks
    if weights is Weights.SUBMITTED:
        settings = f'[weeks.{assignment.name}]\nweights = "{weights}"\n'
        (root / SETTINGS).write_text(settings, encoding="utf-8")
    made = AttackCourse(place, copied, canaries)
    for path, name in (
        (root / "canary.txt", "the course's folder"),
        (made.home / ".netrc", "the home folder"),
        (made.home / "canary.txt", "the home folder"),
        (place / "outside" / "canary.txt", "a folder beside the course"),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(canaries[name] + "\n", encoding="utf-8")
    for path in copied.hidden_tests.glob("test_*.py"):
        text = path.read_text(encoding="utf-8")
        exercise = path.stem.removeprefix("test_")
        text += GIVES_A_CANARY.format(
            test=CANARY_TEST, exercise=exercise, canary=canaries["a hidden input"]
        )
        path.write_text(f"{text}\n# {canaries['the hidden tests']}\n", encoding="utf-8")
    solved = nbformat.read(copied.source_notebook, as_version=4)
    for cell in solved.cells:
        if grade_id(cell) in exercise_cells(solved):
            cell.source += f"\n# {canaries['the solutions']}"
    nbformat.write(solved, copied.source_notebook)
    return made


def without_demonstrations(notebook: NotebookNode) -> NotebookNode:
    """The notebook without the code that only shows something, which takes half of the time.

    Kept are the cells with an id of nbgrader, the parameters, and each cell that assigns a name
    that a kept cell needs. The others are the student's own, so a submission may lack them.
    """
    notebook = copy.deepcopy(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    kept = [c for c in code if grade_id(c) or "parameters" in c.metadata.get("tags", [])]
    kept = with_what_they_need(kept, code)
    notebook.cells = [c for c in notebook.cells if c.cell_type != "code" or c in kept]
    return notebook


def put_in(notebook: NotebookNode, parts: Iterable[Part]) -> None:
    """Put an attack's cells into a notebook: a `first` cell comes after the first code cell."""
    code = [index for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    first = code[0] + 1 if code else 0
    for part in parts:
        if part.place is Place.EXERCISE:
            for cell in notebook.cells:
                if grade_id(cell) == part.name:
                    cell.source = part.source
        elif part.place is Place.CELL and part.name == "first":
            notebook.cells.insert(first, new_code_cell(part.source))
            first += 1
        elif part.place is Place.CELL:
            notebook.cells.append(new_code_cell(part.source))


def _with_places(part: Part, places: Mapping[str, str]) -> Part:
    source = part.source
    for name, value in places.items():
        source = source.replace(f"@{name}@", value)
    return replace(part, source=source)


def _without_details(text: str) -> str:
    data = json.loads(text)
    for exercise in data["exercises"]:
        for test in exercise["tests"]:
            test["detail"], test["symptoms"] = "", []
    return json.dumps(data, ensure_ascii=False)
