"""Do the hidden tests tell right answers from wrong ones? Every sample answer, one by one.

A week's notebook runs once; then each answer takes its exercise's place in that live kernel.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import nbformat
import pytest

from autograder import suite
from autograder.course import Assignment, Limits
from autograder.errors import AutograderError
from autograder.execute import failed_cells
from autograder.files import remove
from autograder.kernel import Kernel
from autograder.restore import exercise_cells
from autograder.run import Options, Run
from autograder.sandbox import require_sandbox
from autograder.student import Student, Written

SUBMISSIONS = Path(__file__).parents[1] / "submissions"
WEEKS = sorted(folder.name for folder in SUBMISSIONS.glob("*/"))
# Where tests look at what a later cell made of an exercise, that cell runs again after it.
CARRIED_ON_BY = {"held_out_accuracy": ("predict",)}


@dataclass
class Live:
    """A week's solution, alive in a kernel, and the text of its exercises."""

    assignment: Assignment
    run: Run
    kernel: Kernel
    solutions: dict[str, str]

    def cell(self, source):
        sent = self.kernel.client.execute(source, silent=True)
        while True:
            reply = self.kernel.client.get_shell_msg(timeout=120)
            if reply["parent_header"].get("msg_id") == sent:
                return

    def examine(self, path):
        """The result of one sample answer on its own exercise."""
        name = path.stem.split("-")[0]
        source = path.read_text(encoding="utf-8")
        assert f"# exercise: {name}\n" in source
        later = [self.solutions[other] for other in CARRIED_ON_BY.get(name, ())]
        self.cell("__kept = {k: v for k, v in globals().items() if k != '__kept'}")
        self.cell(f"globals().pop({name!r}, None)")
        for cell in (source, *later):
            self.cell(cell)
        written = Written({**self.solutions, name: source}, self.solutions)
        pupil = Student(self.kernel, self.assignment.limits, written, script=self.run.script)
        try:
            (result,) = suite.examine(self.assignment.hidden_tests, pupil, only=name)
        finally:
            self.cell("globals().update(__kept)")
            if name == "predict" or later:
                self.cell(self.solutions["predict"])
        return result


@pytest.fixture(scope="module")
def live(request, repository):
    try:
        require_sandbox()
    except AutograderError as error:
        pytest.skip(str(error))
    limits = Limits(call_seconds=20)
    assignment = replace(repository.assignment(request.param), limits=limits)
    run = Run(assignment, assignment.release, Options())
    notebook = nbformat.read(assignment.source_notebook, as_version=4)
    notebook, kernel = run.execute(notebook)
    with kernel:
        assert failed_cells(notebook) == ()
        yield Live(assignment, run, kernel, exercise_cells(notebook))
    remove(run.folder)


def answers(kind):
    return [
        pytest.param(week, path, id=f"{week}-{path.stem}")
        for week in WEEKS
        for path in sorted((SUBMISSIONS / week / kind).glob("*.py"))
    ]


@pytest.mark.parametrize(("live", "path"), answers("alternatives"), indirect=["live"])
def test_a_right_answer_keeps_every_point(live, path):
    result = live.examine(path)
    assert [test.detail for test in result.tests if not test.passed] == []


@pytest.mark.parametrize(("live", "path"), answers("mutants"), indirect=["live"])
def test_a_wrong_answer_loses_points(live, path):
    result = live.examine(path)
    assert result.score < result.max_score


@pytest.mark.parametrize("week", WEEKS)
def test_every_exercise_has_wrong_and_right_answers(repository, week):
    source = nbformat.read(repository.assignment(week).source_notebook, as_version=4)
    for name in exercise_cells(source):
        assert len(list((SUBMISSIONS / week / "mutants").glob(f"{name}-*.py"))) >= 5
        assert len(list((SUBMISSIONS / week / "alternatives").glob(f"{name}-*.py"))) >= 2
