"""A week's worked notebook in a live kernel, where exercises are redefined one after another."""

import copy
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from nbformat import NotebookNode

from autograder.audit.dataflow import (
    assigned_names,
    downstream,
    file_names,
    has_side_effects,
    names_in_tests,
    with_what_they_need,
)
from autograder.authoring.directives import SETUP
from autograder.course import Assignment, Limits
from autograder.errors import AutograderError
from autograder.files import remove
from autograder.grading import hidden_tests
from autograder.grading.engine import failed_cells
from autograder.grading.failures import CellSources
from autograder.grading.options import Options
from autograder.grading.session import Session, open_session
from autograder.notebook.cells import exercise_cells, grade_id, is_check
from autograder.results import wording
from autograder.results.model import ExerciseResult, TestOutcome
from autograder.sandbox.kernel import Kernel

PATIENCE = 5  # times the course's limits for the solution's cells
SAVE = "__saved = {name: value for name, value in globals().items() if name != '__saved'}"
RESTORE = """
for __name in [n for n in globals() if n not in __saved and not n.startswith("_")]:
    del globals()[__name]
globals().update(__saved)
"""


class LiveNotebook:
    """The solution, of which the exercises run once, and what they and the hidden tests need.

    `outcomes` then tries one answer in it.

    The notebook starts when it is first needed, and again after an answer ended its kernel.
    """

    def __init__(self, assignment: Assignment, solved: NotebookNode, options: Options):
        self.assignment = assignment
        self.solved = _what_tests_need(solved, assignment.hidden_tests)
        self.options = options
        self.cells = exercise_cells(solved)
        self._session: Session | None = None
        self._resources = ExitStack()

    def outcomes(
        self,
        exercise: str,
        cells: Mapping[str, str],
        tests: Sequence[str] = (),
        stop: bool = False,
        limits: Limits | None = None,
        suite: Path | None = None,
    ) -> tuple[TestOutcome, ...]:
        """The outcomes of an exercise's hidden tests after `cells` replaced the solution's cells.

        `tests` names some of the exercise's tests. `stop` skips those after the first that fails.
        `limits` and `suite` are by default the course's limits and the week's hidden tests. If the
        cells have side effects, they run again: the exercise's own cell and those downstream.
        Afterwards the kernel is as it was, as far as an answer allows that. Raises AutograderError
        if the solution itself does not run.
        """
        session, kernel = self._living()
        redo = has_side_effects(self.cells[exercise])
        names = [*cells, *([exercise] if redo and exercise not in cells else [])]
        names += downstream(exercise, self.cells) if redo else []
        # What the solution wrote or defined must not stand in for the answer's own results.
        files = _take_files(
            kernel, [self.cells[name] for name in names if has_side_effects(self.cells[name])]
        )
        assigned = sorted(set().union(*(assigned_names(self.cells[name]) for name in names)))
        self._run_cell(kernel, f"for __name in {assigned}: globals().pop(__name, None)")
        submitted = {**self.cells, **cells}
        for name in names:
            self._run_cell(kernel, submitted[name])
        try:
            session.prepare(CellSources(submitted, self.cells), limits)
            (result,) = hidden_tests.examine(
                suite or self._suite,
                session,
                only=exercise,
                tests=tests,
                stop=stop,
                wrong=set(cells) - {exercise},  # else all pieces are the solution's
                keep_modules=suite is None,
            )
            return result.tests
        finally:
            if kernel.alive:
                for file_name, content in files.items():
                    remove(kernel.work / file_name)
                    (kernel.work / file_name).write_bytes(content)
                self._run_cell(kernel, RESTORE)

    def solution_result(self, exercise: str, tests: Sequence[str] = ()) -> ExerciseResult:
        """The solution's result in all of an exercise's tests, or in these."""
        session, _ = self._living()
        session.prepare(CellSources(self.cells, self.cells))
        (result,) = hidden_tests.examine(
            self._suite, session, only=exercise, tests=tests, keep_modules=True
        )
        return result

    def solution_passes(self, exercise: str, tests: Sequence[str]) -> bool:
        """Does the solution pass these tests? If not, an answer changed the kernel."""
        return all(test.passed for test in self.solution_result(exercise, tests).tests)

    def start(self) -> None:
        """Run the notebook, unless it is live. Raises AutograderError if a cell fails."""
        self._living()

    def close(self) -> None:
        """End the kernel. The next use starts a new one, and imports the hidden tests again."""
        self._resources.close()
        self._session = None
        hidden_tests.forget_modules(self._suite)

    @property
    def _suite(self) -> Path:
        return self.assignment.hidden_tests

    def _living(self) -> tuple[Session, Kernel]:
        """The session and its live kernel. If there is none, a fresh one that ran the notebook."""
        session = self._session
        if session is not None and session.kernel is not None and session.kernel.alive:
            return session, session.kernel
        self.close()
        # A machine that does other work, too, says nothing about the solution.
        patient = replace(self.assignment, limits=_patient(self.assignment.limits))
        launcher = self.options.launcher(patient)
        session = self._resources.enter_context(
            open_session(
                patient,
                self.assignment.release,
                copy.deepcopy(self.solved),
                launcher,
                revive=False,  # after an answer ended the kernel, the next one gets a fresh session
            )
        )
        failed = failed_cells(session.notebook)
        if session.kernel is None or failed:
            self.close()
            why = "it ends its Python"
            if failed:
                first = failed[0]
                why = f"cell {first.index + 1}: {wording.cell_failure(first.failure)}"
            raise AutograderError(
                f"the solution of {self.assignment.name} does not run ({why}): "
                "'autograder build --check' shows the error"
            )
        self._session = session
        self._run_cell(session.kernel, SAVE)
        return session, session.kernel

    def _run_cell(self, kernel: Kernel, source: str) -> None:
        """Run a cell. One that takes longer than the course allows is interrupted."""
        sent = kernel.client.execute(source, silent=True, allow_stdin=False)
        kernel.reply_to(sent, self.assignment.limits.cell_seconds)


def _patient(limits: Limits) -> Limits:
    """The course's limits with more time for the cells of the solution."""
    return replace(
        limits,
        cell_seconds=PATIENCE * limits.cell_seconds,
        notebook_seconds=PATIENCE * limits.notebook_seconds,
    )


def _what_tests_need(solved: NotebookNode, suite: Path) -> NotebookNode:
    """The notebook's exercises, without their checks, and the cells that define what is needed.

    The setup cell is kept in any case: an answer may use a library that the solution does not.
    """
    notebook = copy.deepcopy(solved)
    code = [c for c in notebook.cells if c.cell_type == "code" and not is_check(grade_id(c))]
    exercises = exercise_cells(notebook)
    kept = [
        c
        for c in code
        if grade_id(c) in (*exercises, SETUP) or "parameters" in c.metadata.get("tags", [])
    ]
    notebook.cells = with_what_they_need(kept, code, names_in_tests(suite))
    return notebook


def _take_files(kernel: Kernel, cells: Sequence[str]) -> dict[str, bytes]:
    """Remove the files that these cells name from the notebook's folder; returns their content."""
    taken: dict[str, bytes] = {}
    for name in set().union(*(file_names(cell) for cell in cells)):
        path = kernel.work / name
        if "/" not in name and path.is_file():
            taken[name] = path.read_bytes()
            path.unlink()
    return taken
