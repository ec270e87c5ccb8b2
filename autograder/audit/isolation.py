"""Does one mistake cost once? Whole submissions, each the solution with one answer put in."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import nbformat

from autograder.audit.answers import Answer
from autograder.audit.dataflow import makes, reads
from autograder.course import Assignment
from autograder.files import remove
from autograder.grading import hidden_tests
from autograder.grading.blame import Written
from autograder.grading.remote import Student
from autograder.grading.session import Options, Run
from autograder.notebook.cells import exercise_cells, grade_id
from autograder.workers import work_through


@dataclass(frozen=True)
class Cost:
    """The exercises that lost points in a whole submission, and those of them that must not."""

    answer: Answer
    lost: tuple[str, ...]
    unjust: tuple[str, ...]

    @property
    def fine(self) -> bool:
        return not self.unjust and (self.answer.exercise in self.lost) == self.answer.wrong


def first_of_each(answers: Sequence[Answer]) -> list[Answer]:
    """An exercise's first mutant and its first alternative."""
    return list({(a.exercise, a.wrong): a for a in reversed(answers)}.values())[::-1]


def collateral(
    assignment: Assignment,
    answers: Sequence[Answer],
    options: Options,
    pool: ProcessPoolExecutor,
    on_step: Callable[[int], None] = lambda steps: None,
) -> list[Cost]:
    """What each answer costs in a notebook that runs from its first cell to its last."""
    jobs = [(assignment, answer, options) for answer in answers]
    return work_through(pool, cost, jobs, lambda _: on_step(1))


def cost(assignment: Assignment, answer: Answer, options: Options) -> Cost:
    """Run and examine one whole submission.

    A trained model, and what measures it, may fall with a piece that its exercise asks the student
    to write into it: one that its cell reads and that its tests do not put right.
    """
    notebook = nbformat.read(assignment.source_notebook, as_version=4)
    solved = exercise_cells(notebook)
    for cell in notebook.cells:
        if grade_id(cell) in answer.cells:
            cell.source = answer.cells[grade_id(cell)]
    tests = hidden_tests.collect(assignment.hidden_tests)
    puts_right = {test.exercise: test.builds_on for test in tests}
    run = Run(assignment, assignment.release, options)
    try:
        _, kernel = run.execute(notebook)
        written = Written({**solved, **answer.cells}, solved)
        pupil = Student(kernel, assignment.limits, written, run.revive, run.script)
        try:
            results = hidden_tests.examine(assignment.hidden_tests, pupil, list(solved))
        finally:
            pupil.close()
    finally:
        remove(run.folder)
    lost = tuple(result.name for result in results if result.score < result.max_score)
    unjust = tuple(
        name
        for name in lost
        if name != answer.exercise
        and not (
            makes(solved[name])
            and answer.exercise in reads(solved[name])
            and answer.exercise not in puts_right[name]
        )
    )
    return Cost(answer, lost, unjust)
