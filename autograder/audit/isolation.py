"""Does one mistake cost points once? Grades the solution with one sample answer put in."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor

import nbformat

from autograder.audit.answers import Answer
from autograder.audit.dataflow import has_side_effects, read_names
from autograder.audit.model import Cost
from autograder.course import Assignment
from autograder.grading import hidden_tests
from autograder.grading.failures import CellSources
from autograder.grading.options import Options
from autograder.grading.session import open_session
from autograder.notebook.cells import exercise_cells, grade_id
from autograder.workers import work_through


def first_of_each_kind(answers: Sequence[Answer]) -> list[Answer]:
    """The first mutant and the first alternative of each exercise."""
    return list({(a.exercise, a.is_mutant): a for a in reversed(answers)}.values())[::-1]


def measure_costs(
    assignment: Assignment,
    answers: Sequence[Answer],
    options: Options,
    pool: ProcessPoolExecutor,
    on_step: Callable[[int], None] = lambda steps: None,
) -> list[Cost]:
    """The cost of each answer in a notebook that runs from its first cell to its last."""
    jobs = [(assignment, answer, options) for answer in answers]
    return work_through(pool, measure_cost, jobs, lambda _: on_step(1))


def measure_cost(assignment: Assignment, answer: Answer, options: Options) -> Cost:
    """Run and examine one whole submission.

    An exercise with side effects, such as a trained model, may lose points together with one whose
    result its cell reads, if its tests do not replace that result by a correct one.
    """
    notebook = nbformat.read(assignment.source_notebook, as_version=4)
    solved = exercise_cells(notebook)
    for cell in notebook.cells:
        if grade_id(cell) in answer.cells:
            cell.source = answer.cells[grade_id(cell)]
    tests = hidden_tests.collect(assignment.hidden_tests)
    replaced = {test.exercise: test.builds_on for test in tests}
    sources = CellSources({**solved, **answer.cells}, solved)
    with open_session(
        assignment, assignment.release, notebook, options.launcher(assignment), sources
    ) as session:
        results = hidden_tests.examine(assignment.hidden_tests, session, list(solved))
    lost = tuple(result.name for result in results if result.score < result.max_score)
    unexpected_losses = tuple(
        name
        for name in lost
        if name != answer.exercise
        and not (
            has_side_effects(solved[name])
            and answer.exercise in read_names(solved[name])
            and answer.exercise not in replaced[name]
        )
    )
    return Cost(answer, lost, unexpected_losses)
