"""Do the hidden tests tell right answers from wrong ones? Every sample answer, one by one.

A week's notebook runs once; then each answer takes its exercise's place in that live kernel. By
default a few answers an exercise are tried; `pytest --all-answers` tries all of them.
"""

import math
import re
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
NO_FILES = """
from pathlib import Path
for name in ("predict.py", "model_weights.pt"):
    Path(name).unlink(missing_ok=True)
"""
LIMITS = Limits(call_seconds=20)
MOST = 2  # answers of a kind and an exercise, unless all are asked for
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

    def examine(self, source, limits=LIMITS):
        """The result of one sample answer on its own exercise."""
        name = source.partition("# exercise: ")[2].partition("\n")[0]
        later = [self.solutions[other] for other in CARRIED_ON_BY.get(name, ())]
        self.cell("__kept = {k: v for k, v in globals().items() if k != '__kept'}")
        self.cell(f"globals().pop({name!r}, None)")
        if name == "predict" or later:
            self.cell(NO_FILES)  # what the solution wrote must not stand in for what this one does
        for cell in (source, *later):
            self.cell(cell)
        written = Written({**self.solutions, name: source}, self.solutions)
        pupil = Student(self.kernel, limits, written, script=self.run.script)
        try:
            (result,) = suite.examine(self.assignment.hidden_tests, pupil, only=name)
        finally:
            if self.kernel.alive:  # else `live` starts another for the next answer
                self.cell("globals().update(__kept)")
                if name == "predict" or later:
                    self.cell(self.solutions["predict"])
        return result


@pytest.fixture(scope="module")
def live(repository):
    """live(week) is the week's solution in a kernel, one week at a time."""
    try:
        require_sandbox()
    except AutograderError as error:
        pytest.skip(str(error))
    now: list[Live] = []

    def end():
        for old in now:
            old.kernel.close()
            remove(old.run.folder)
        now.clear()

    def start(week):
        if not now or now[0].assignment.name != week or not now[0].kernel.alive:
            end()
            now.append(_start(replace(repository.assignment(week), limits=LIMITS)))
        return now[0]

    yield start
    end()


def _start(assignment):
    run = Run(assignment, assignment.release, Options())
    notebook = nbformat.read(assignment.source_notebook, as_version=4)
    notebook, kernel = run.execute(notebook)
    assert kernel is not None and failed_cells(notebook) == ()
    return Live(assignment, run, kernel, exercise_cells(notebook))


def answers(week, kind, most):
    """At most so many sample answers an exercise, spread evenly over its sorted files."""
    found = {}
    for path in sorted((SUBMISSIONS / week / kind).glob("*.py")):
        found.setdefault(path.stem.split("-")[0], []).append(path)
    for paths in found.values():
        step = max(1, math.ceil(len(paths) / most))
        yield from paths[::step]


def pytest_generate_tests(metafunc):
    if "path" not in metafunc.fixturenames:
        return
    most = 1000 if metafunc.config.getoption("--all-answers") else MOST
    cases = [
        pytest.param(week, path, id=f"{week}-{kind}-{path.stem}")
        for week in WEEKS
        for kind in ("alternatives", "mutants")
        for path in answers(week, kind, most)
    ]
    metafunc.parametrize(("week", "path"), cases)


def test_right_answers_keep_every_point_and_wrong_ones_lose_some(live, week, path):
    source = path.read_text(encoding="utf-8")
    assert source.startswith(f"# exercise: {path.stem.split('-')[0]}\n")
    result = live(week).examine(source)
    if path.parent.name == "alternatives":
        assert [test.detail for test in result.tests if not test.passed] == []
    else:
        assert result.score < result.max_score


ASKS = {
    "network": """
    os.environ["WANDB_API_KEY"] = "0" * 40
    with wandb.init(project=project, config=default_config, mode="online"):
        pass
""",
    "input": """
    rate = float(input("which learning rate?"))
""",
    "a thousand runs": """
    for _ in range(1000):
        with wandb.init(project=project, config=default_config):
            train_epoch(build_model(default_config), [(train_x, train_y)], None)
""",
}


@pytest.mark.parametrize("week", ["week3b_wandb"])
@pytest.mark.parametrize("asked", ASKS)
def test_a_sweep_that_asks_for_too_much_ends_at_its_limit_and_says_so(live, week, asked):
    limits = replace(LIMITS, call_seconds=4, exercise_seconds=10)
    result = live(week).examine(f"# exercise: train_sweep\ndef train_sweep():{ASKS[asked]}", limits)
    assert result.score == 0
    for test in result.tests:
        assert re.search("took longer|it raised|time was used up|ended", test.remark), test


@pytest.mark.parametrize("week", WEEKS)
def test_every_exercise_has_wrong_and_right_answers(repository, week):
    source = nbformat.read(repository.assignment(week).source_notebook, as_version=4)
    for name in exercise_cells(source):
        assert len(list((SUBMISSIONS / week / "mutants").glob(f"{name}-*.py"))) >= 5
        assert len(list((SUBMISSIONS / week / "alternatives").glob(f"{name}-*.py"))) >= 2
