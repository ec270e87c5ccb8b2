"""A week's worked notebook, alive in a kernel: one exercise after another is redefined in it."""

import copy
from collections.abc import Mapping, Sequence

from nbformat import NotebookNode

from autograder.audit.dataflow import binds, file_names, goes_on, makes
from autograder.course import Assignment
from autograder.errors import AutograderError
from autograder.files import remove
from autograder.grading import hidden_tests
from autograder.grading.blame import Written
from autograder.grading.engine import failed_cells
from autograder.grading.remote import Student
from autograder.grading.session import Options, Run
from autograder.notebook.cells import exercise_cells
from autograder.results.model import TestOutcome
from autograder.sandbox.kernel import Kernel

KEEP = "__kept = {name: value for name, value in globals().items() if name != '__kept'}"
PUT_BACK = """
for __name in [n for n in globals() if n not in __kept and not n.startswith("_")]:
    del globals()[__name]
globals().update(__kept)
"""


class LiveNotebook:
    """The solution, run once; `outcomes` then tells what the hidden tests say of another answer.

    Raises AutograderError where the worked notebook itself fails.
    """

    def __init__(self, assignment: Assignment, solved: NotebookNode, options: Options):
        self.assignment = assignment
        self.solved = solved
        self.options = options
        self.cells = exercise_cells(solved)
        self.tests = assignment.hidden_tests
        self._run: Run | None = None
        self._kernel: Kernel | None = None

    def outcomes(
        self,
        exercise: str,
        cells: Mapping[str, str],
        tests: Sequence[str] = (),
        stop: bool = False,
    ) -> tuple[TestOutcome, ...]:
        """What the exercise's hidden tests, or some of them, say where these cells read otherwise.

        `stop` leaves out those after the first that fails. What was made when the notebook ran is
        made again: the exercise's cell, and the later ones that go on with what it makes.
        """
        kernel = self.start()
        made = makes(self.cells[exercise])
        names = [*cells, *([exercise] if made and exercise not in cells else [])]
        names += goes_on(exercise, self.cells) if made else []
        # What the solution wrote or defined must not stand in for what this answer does.
        files = self._take_files([name for name in names if makes(self.cells[name])])
        gone = sorted(set().union(*(binds(self.cells[name]) for name in names)))
        self._cell(f"for __name in {gone}: globals().pop(__name, None)")
        text = {**self.cells, **cells}
        for name in names:
            self._cell(text[name])
        try:
            return self._examine(kernel, exercise, text, tests, stop)
        finally:
            if kernel.alive:
                for name, content in files.items():
                    remove(kernel.work / name)
                    (kernel.work / name).write_bytes(content)
                self._cell(PUT_BACK)

    def still_right(self, exercise: str, tests: Sequence[str]) -> bool:
        """Does the solution itself pass these tests, or did an answer leave something behind?"""
        outcomes = self._examine(self.start(), exercise, self.cells, tests)
        return all(outcome.passed for outcome in outcomes)

    def _examine(
        self,
        kernel: Kernel,
        exercise: str,
        cells: Mapping[str, str],
        tests: Sequence[str],
        stop: bool = False,
    ) -> tuple[TestOutcome, ...]:
        assert self._run is not None
        written = Written(cells, self.cells)
        limits, script = self.assignment.limits, self._run.script
        pupil = Student(kernel, limits, written, script=script)  # no other kernel in its place
        (result,) = hidden_tests.examine(self.tests, pupil, only=exercise, tests=tests, stop=stop)
        return result.tests

    def close(self) -> None:
        if self._kernel is not None:
            self._kernel.close()
        if self._run is not None:
            remove(self._run.folder)
        self._run = self._kernel = None

    def start(self) -> Kernel:
        """The live kernel; where there is none, a fresh one in which the notebook ran."""
        if self._kernel is None or self._run is None or not self._kernel.alive:
            self.close()
            self._run = Run(self.assignment, self.assignment.release, self.options)
            notebook, self._kernel = self._run.execute(copy.deepcopy(self.solved))
            if self._kernel is None or (failed := failed_cells(notebook)):
                reason = "it ends its Python" if self._kernel is None else failed[0].reason
                self.close()
                raise AutograderError(
                    f"the solution of {self.assignment.name} does not run ({reason}): "
                    "'autograder build --check' says where"
                )
            self._cell(KEEP)
        return self._kernel

    def _take_files(self, made_by: Sequence[str]) -> dict[str, bytes]:
        """The files of the notebook's folder that these cells name, which it then has no more."""
        assert self._kernel is not None
        taken: dict[str, bytes] = {}
        for name in set().union(*(file_names(self.cells[exercise]) for exercise in made_by)):
            path = self._kernel.work / name
            if "/" not in name and path.is_file():
                taken[name] = path.read_bytes()
                path.unlink()
        return taken

    def _cell(self, source: str) -> None:
        """Run a cell; one that takes longer than the course allows is interrupted."""
        assert self._kernel is not None
        sent = self._kernel.client.execute(source, silent=True, allow_stdin=False)
        self._kernel.reply_to(sent, self.assignment.limits.cell_seconds)
