"""A class made of sample answers, in which no two students have the same answer to an exercise."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat

from autograder.audit.answers import Answer, read_answers
from autograder.authoring.sample_class import compose
from autograder.course import Assignment, Course
from autograder.notebook.cells import exercise_cells
from autograder.similarity.code import given_names

STUDENTS = 30
SOLUTION = "solution"


@dataclass(frozen=True)
class SimilarClass:
    """The course's folder with the class, who has which sample answer, and what they wrote."""

    assignment: Assignment
    drawn: Mapping[str, Mapping[str, str]]  # student -> exercise -> the sample answer's name
    code: Mapping[str, Mapping[str, str]]
    known: frozenset[str]
    alternatives: Mapping[str, Answer]

    def hand_in(self, student: str, code: Mapping[str, str], words: str = "") -> None:
        """Submit a notebook with this code, and `words` for each written answer."""
        released = nbformat.read(self.assignment.release_notebook, as_version=4)
        names = [cell.metadata.get("nbgrader", {}).get("grade_id", "") for cell in released.cells]
        kinds = [cell.cell_type for cell in released.cells]
        text = {
            name: words
            for name, kind in zip(names, kinds, strict=True)
            if name and kind == "markdown"
        }
        notebook = compose(released, code, text if words else {})
        folder = self.assignment.submitted(student)
        folder.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, folder / self.assignment.release_notebook.name)


def course_without_samples(repository: Course, week: str, root: Path) -> Assignment:
    """The week in a course that has no sample answers, so that these can be the class."""
    for part in ("release", "source"):
        (root / part).mkdir(parents=True)
        (root / part / week).symlink_to(repository.root / part / week)
    return Assignment(week, root)


def read_samples(repository: Course, week: str) -> list[Answer]:
    """The hand-written sample answers of a week."""
    assignment = repository.assignment(week)
    exercises = exercise_cells(nbformat.read(assignment.release_notebook, as_version=4))
    return read_answers(repository.root / "tests" / "submissions" / week, list(exercises))


def make_class(repository: Course, week: str, root: Path, seed: int = 0) -> SimilarClass:
    """Thirty students, s00 to s29. Each draws the solution, an alternative or a mutant.

    Mutants are near copies of the solution, as natural answers are of each other.
    """
    assignment = course_without_samples(repository, week, root)
    solution = exercise_cells(nbformat.read(assignment.source_notebook, as_version=4))
    samples = read_samples(repository, week)
    choose = random.Random(seed)
    students = [f"s{place:02}" for place in range(STUDENTS)]
    drawn: dict[str, dict[str, str]] = {student: {} for student in students}
    code: dict[str, dict[str, str]] = {student: {} for student in students}
    for exercise, text in solution.items():
        own = [answer for answer in samples if answer.exercise == exercise]
        mutants = [answer for answer in own if answer.is_mutant]
        choose.shuffle(mutants)
        pool = [(a.name, a.cells[exercise]) for a in own if not a.is_mutant]
        pool += [(a.name, a.cells[exercise]) for a in mutants]
        pool = [(SOLUTION, text), *pool][:STUDENTS]
        pool += [(SOLUTION, text)] * (STUDENTS - len(pool))
        choose.shuffle(pool)
        for student, (name, source) in zip(students, pool, strict=True):
            drawn[student][exercise], code[student][exercise] = name, source
    released = nbformat.read(assignment.release_notebook, as_version=4)
    given = [cell.source for cell in released.cells if cell.cell_type == "code"]
    alternatives = {answer.name: answer for answer in samples if not answer.is_mutant}
    made = SimilarClass(assignment, drawn, code, given_names(given), alternatives)
    for student in students:
        made.hand_in(student, code[student])
    return made
