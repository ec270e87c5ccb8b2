"""Do week 1's hidden tests tell right answers from wrong ones? Every sample answer, one by one.

The notebook runs once; then each answer takes its exercise's place in that live kernel.
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from autograder import suite
from autograder.course import Limits
from autograder.errors import AutograderError
from autograder.execute import execute
from autograder.kernel import Kernel, start_kernel
from autograder.restore import exercise_cells
from autograder.sandbox import require_sandbox
from autograder.student import Student, Written

PIECES = Path(__file__).parents[1] / "submissions" / "week1_mlp"
LIMITS = Limits(call_seconds=15)


@dataclass
class Live:
    """A kernel in which the solution ran, and the text of its exercises."""

    kernel: Kernel
    solutions: dict[str, str]

    def run(self, source):
        sent = self.kernel.client.execute(source, silent=True)
        while True:
            reply = self.kernel.client.get_shell_msg(timeout=60)
            if reply["parent_header"].get("msg_id") == sent:
                return


@pytest.fixture(scope="module")
def assignment(repository):
    return repository.assignment("week1_mlp")


@pytest.fixture(scope="module")
def live(assignment):
    try:
        require_sandbox()
    except AutograderError as error:
        pytest.skip(str(error))
    notebook = nbformat.read(assignment.source_notebook, as_version=4)
    with tempfile.TemporaryDirectory() as work:
        _, kernel = execute(
            notebook, lambda: start_kernel(Path(work), LIMITS, assignment.root), LIMITS
        )
        with kernel:
            yield Live(kernel, exercise_cells(notebook))


@pytest.fixture
def outcome_of(live, assignment):
    """outcome_of(path) is the result of one sample answer on its own exercise."""

    def try_answer(path):
        name = path.stem.split("-")[0]
        source = path.read_text(encoding="utf-8")
        assert f"# exercise: {name}\n" in source
        live.run(f"globals().pop({name!r}, None)\n{source}")
        written = Written({**live.solutions, name: source}, live.solutions)
        pupil = Student(live.kernel, LIMITS, written)
        try:
            (result,) = suite.examine(assignment.hidden_tests, pupil, only=name)
        finally:
            live.run(live.solutions[name])
        return result

    return try_answer


def answers(kind):
    return [pytest.param(path, id=path.stem) for path in sorted(PIECES.joinpath(kind).glob("*.py"))]


@pytest.mark.parametrize("path", answers("alternatives"))
def test_a_right_answer_keeps_every_point(outcome_of, path):
    result = outcome_of(path)
    assert [test.detail for test in result.tests if not test.passed] == []


@pytest.mark.parametrize("path", answers("mutants"))
def test_a_wrong_answer_loses_points(outcome_of, path):
    result = outcome_of(path)
    assert result.score < result.max_score


def test_every_exercise_has_wrong_and_right_answers(live):
    for name in live.solutions:
        assert len(list(PIECES.glob(f"mutants/{name}-*.py"))) >= 5
        assert len(list(PIECES.glob(f"alternatives/{name}-*.py"))) >= 2
