"""Does a score depend on chance? Grades the solution and every alternative under many seeds."""

import copy
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain

import nbformat
from nbformat import NotebookNode
from papermill.parameterize import parameterize_notebook

from autograder.audit.answers import Answer
from autograder.audit.live import LiveNotebook
from autograder.audit.model import SeedScore
from autograder.course import Assignment
from autograder.grading.options import Options
from autograder.notebook.cells import exercise_cells
from autograder.workers import work_through

SOLUTION = "the solution"


def scores_under_seeds(
    assignment: Assignment,
    answers: Sequence[Answer],
    seeds: Sequence[int],
    options: Options,
    pool: ProcessPoolExecutor,
    on_step: Callable[[int], None] = lambda steps: None,
) -> list[SeedScore]:
    """Every exercise of the solution, and every alternative, under every seed.

    For each seed the notebook runs from its first cell, with the seed set as papermill does it.
    Raises AutograderError if the solution does not run under a seed.
    """
    alternatives = [answer for answer in answers if not answer.is_mutant]
    jobs = [(assignment, alternatives, seed, options) for seed in seeds]
    scores = work_through(pool, scores_under_seed, jobs, lambda _: on_step(1))
    return list(chain.from_iterable(scores))


def scores_under_seed(
    assignment: Assignment, alternatives: Sequence[Answer], seed: int, options: Options
) -> list[SeedScore]:
    """Every exercise of the solution, and every alternative, under one seed."""
    solved = with_seed(nbformat.read(assignment.source_notebook, as_version=4), seed)
    live = LiveNotebook(assignment, solved, options)
    tried: list[tuple[str, str, Mapping[str, str]]] = [
        *((exercise, SOLUTION, {}) for exercise in exercise_cells(solved)),
        *((answer.exercise, answer.name, answer.cells) for answer in alternatives),
    ]
    try:
        return [
            SeedScore(exercise, name, seed, _failed_tests(live, exercise, cells))
            for exercise, name, cells in tried
        ]
    finally:
        live.close()


def with_seed(notebook: NotebookNode, seed: int) -> NotebookNode:
    """A copy of the notebook with its parameter `seed` set, as papermill does it."""
    notebook = copy.deepcopy(notebook)
    notebook.metadata["papermill"] = NotebookNode()
    for cell in notebook.cells:
        cell.metadata.setdefault("tags", [])  # papermill reads the tags of every cell
    return parameterize_notebook(notebook, {"seed": seed}, kernel_name="python3")


def _failed_tests(live: LiveNotebook, exercise: str, cells: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(test.name for test in live.outcomes(exercise, cells) if not test.passed)
