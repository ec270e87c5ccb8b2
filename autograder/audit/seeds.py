"""Does a score hang on chance? The solution and every right answer, under many seeds."""

import copy
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain

import nbformat
from nbformat import NotebookNode
from papermill.parameterize import parameterize_notebook

from autograder.audit.answers import Answer
from autograder.audit.live import LiveNotebook
from autograder.course import Assignment
from autograder.grading.session import Options
from autograder.notebook.cells import exercise_cells
from autograder.workers import work_through

SOLUTION = "the solution"


@dataclass(frozen=True)
class Score:
    """What one answer got on its exercise under one seed; `failed` names the tests it failed."""

    exercise: str
    answer: str
    seed: int
    failed: tuple[str, ...]
    remarks: tuple[str, ...] = ()


def stability(
    assignment: Assignment,
    answers: Sequence[Answer],
    seeds: Sequence[int],
    options: Options,
    pool: ProcessPoolExecutor,
    on_step: Callable[[int], None] = lambda steps: None,
) -> list[Score]:
    """The score of the solution's and each other right answer's exercise, under every seed.

    The notebook runs anew with each seed, as papermill sets it. Raises AutograderError where it
    does not run under one of them.
    """
    right = [answer for answer in answers if not answer.wrong]
    jobs = [(assignment, right, seed, options) for seed in seeds]
    return list(chain.from_iterable(work_through(pool, under_seed, jobs, lambda _: on_step(1))))


def under_seed(
    assignment: Assignment, answers: Sequence[Answer], seed: int, options: Options
) -> list[Score]:
    """Every score under one seed."""
    solved = with_seed(nbformat.read(assignment.source_notebook, as_version=4), seed)
    live = LiveNotebook(assignment, solved, options)
    tried: list[tuple[str, str, dict[str, str]]]
    tried = [(name, SOLUTION, {}) for name in exercise_cells(solved)]
    tried += [(answer.exercise, answer.name, answer.cells) for answer in answers]
    try:
        return [_score(live, seed, exercise, name, cells) for exercise, name, cells in tried]
    finally:
        live.close()


def with_seed(notebook: NotebookNode, seed: int) -> NotebookNode:
    """The notebook with its parameter `seed` set, as papermill does it."""
    notebook = copy.deepcopy(notebook)
    notebook.metadata["papermill"] = NotebookNode()
    for cell in notebook.cells:
        cell.metadata.setdefault("tags", [])  # papermill looks for its own in all of them
    return parameterize_notebook(notebook, {"seed": seed}, kernel_name="python3")


def _score(live: LiveNotebook, seed: int, exercise: str, name: str, cells: dict[str, str]) -> Score:
    failed = [test for test in live.outcomes(exercise, cells) if not test.passed]
    remarks = tuple(test.remark or test.detail.strip().splitlines()[-1] for test in failed)
    return Score(exercise, name, seed, tuple(test.name for test in failed), remarks)
