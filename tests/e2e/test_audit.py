"""The audit: it must find every problem, in a small course and in the real one."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace

import nbformat
import pytest
from support.tiny import REPOSITORY
from typer.testing import CliRunner

from autograder.audit.answers import Answer
from autograder.audit.campaign import AuditPlan, run_audit
from autograder.audit.isolation import measure_cost
from autograder.audit.live import LiveNotebook
from autograder.audit.model import Verdict
from autograder.audit.page import write_audit_page
from autograder.audit.trial import BROKEN
from autograder.authoring.build import build
from autograder.cli.app import app
from autograder.errors import AutograderError, UsageError
from autograder.grading.mistakes import read_mistakes, with_mistakes
from autograder.grading.options import Options
from autograder.results.model import ExerciseResult

WORKED = '''# %%
#| setup
import torch
device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')

# %% tags=["parameters"]
seed = 0

# %%
#| exercise: double
def double(x):
    """Return twice x."""
    ### BEGIN SOLUTION
    return x + x
    ### END SOLUTION

# %%
#| check: double
assert double(2) == 4, "twice two is four"

# %%
#| exercise: shift
def shift(x, by=1):
    """Return twice x, plus `by`."""
    ### BEGIN SOLUTION
    return double(x) + by
    ### END SOLUTION

# %%
#| check: shift
assert shift(2) == 5, "twice two and one is five"

# %%
#| exercise: total
### BEGIN SOLUTION
total = sum(double(i) for i in range(4)) + 0 * seed
with open("total.txt", "w") as file:
    print(total, file=file)
### END SOLUTION

# %%
#| check: total
assert total == 12, "the doubles of 0, 1, 2 and 3 sum to 12"
'''
HEAD = "from autograder.testing import points, remote\n"
TESTS = {
    "double": '''
@points(1)
def test_two(student):
    """Twice two is four."""
    assert student.double(2) == 4
    assert student.double(0) == 0

@points(1)
def test_negative(student):
    """Negative numbers too."""
    assert student.double(3) == 6
    assert student.double(-3) == -6
''',
    "shift": '''
BUILDS_ON = ("double",)

@points(2)
def test_shift(student):
    """Twice x plus one."""
    assert student.shift(2) == 5
''',
    "total": '''
BUILDS_ON = ("double",)

@points(1)
def test_total(student):
    """The sum of the doubles."""
    assert student.total == 12

@points(1)
def test_file(student):
    """total.txt holds the total."""
    assert remote.read_file(student, "total.txt").strip() == b"12"
''',
}
MUTANTS = {
    "double-square": ("test_negative", "squares", "def double(x):\n    return x * x"),
    "double-absolute": ("test_negative", "loses the sign", "def double(x): return abs(x + x)"),
    "double-dies": ("test_two", "ends Python", "import os\ndef double(x): os._exit(1)"),
    "shift-by_two": ("test_shift", "adds two", "def shift(x, by=2):\n    return 2 * x + by"),
    "total-no_file": ("test_file", "writes no file", "total = 12"),
    "total-one_too_few": ("test_total", "stops early", "total = 6\nopen('total.txt', 'w')"),
}
ALTERNATIVES = {
    "double-times": ("multiplies", "def double(x):\n    return 2 * x"),
    "shift-other_name": ("own helper", "def twice(x): return 2 * x\ndef shift(x, by=1): return "
                         "twice(x) + by"),
    "total-written": ("by hand", "total = 12\nopen('total.txt', 'w').write('12')"),
}  # fmt: skip


@pytest.fixture(scope="module")
def week(tmp_path_factory, repository):
    """A small course without problems. The tests do not change it."""
    place = tmp_path_factory.mktemp("course")
    shutil.copy(repository.root / "nbgrader_config.py", place)
    files = {"solutions/week0/first.py": WORKED}
    for name, text in TESTS.items():
        files[f"tests/hidden/week0/test_{name}.py"] = HEAD + text
    for name, (test, says, text) in MUTANTS.items():
        files[f"tests/submissions/week0/mutants/{name}.py"] = (
            f"# exercise: {name.split('-')[0]}\n# mistake: {says}\n# caught by: {test}\n{text}\n"
        )
    for name, (says, text) in ALTERNATIVES.items():
        files[f"tests/submissions/week0/alternatives/{name}.py"] = (
            f"# exercise: {name.split('-')[0]}\n# style: {says}\n{text}\n"
        )
    for path, text in files.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_text(text)
    assignment = type(repository)(place).assignment("week0")
    build(assignment).write()
    return assignment


@pytest.fixture(scope="module")
def plan(no_sandbox):
    # Each worker runs the notebook first. That several share the work, `everything` shows.
    return AuditPlan(Options(sandboxed=not no_sandbox), workers=1)


class Steps:
    """A progress bar that counts its steps."""

    def __init__(self):
        self.counted = {}

    def __call__(self, what, total):
        self.what, self.total, self.done = what, total, 0
        return self

    def __enter__(self):
        return self.step

    def step(self, steps):
        self.done += steps

    def __exit__(self, *_):
        self.counted[self.what.rpartition(": ")[2]] = (self.done, self.total)


def verdicts(audit):
    return {verdict.answer.name: verdict.verdict for verdict in audit.verdicts}


@pytest.fixture(scope="module")
def everything(week, plan):
    steps = Steps()
    asked = replace(plan, workers=2, generate=True, whole=True, weaken=True, seeds=2)
    return run_audit(week, asked, steps), steps.counted


def test_mutants_are_killed_and_alternatives_accepted(everything):
    audit, _ = everything
    assert verdicts(audit) == {
        **dict.fromkeys(MUTANTS, Verdict.KILLED),
        **dict.fromkeys(ALTERNATIVES, Verdict.ACCEPTED),
        "shift-on_broken_pieces": Verdict.ACCEPTED,
        "total-on_broken_pieces": Verdict.ACCEPTED,
    }
    exercises = {exercise.name: exercise for exercise in audit.exercises}
    assert (exercises["double"].mutants, exercises["double"].killed) == (3, 3)
    assert (exercises["total"].alternatives, exercises["total"].accepted) == (1, 1)
    assert exercises["double"].unnamed_tests == ()


def test_a_test_that_fails_on_the_solution_judges_no_answer(week, plan, tmp_path):
    shutil.copytree(week.root, tmp_path, dirs_exist_ok=True)
    faulty = replace(week, root=tmp_path)
    path = faulty.hidden_tests / "test_double.py"
    path.write_text(path.read_text().replace("student.double(2) == 4", "student.double(2) == 5"))
    audit = run_audit(faulty, replace(plan, exercises=("double",)), Steps())
    assert verdicts(audit) == {
        "double-square": Verdict.KILLED,  # by test_negative, which is right
        "double-absolute": Verdict.KILLED,
        "double-dies": Verdict.NOT_JUDGED,  # its header names the faulty test
        "double-times": Verdict.NOT_JUDGED,
    }
    (exercise,) = audit.exercises
    assert (exercise.mutants, exercise.killed) == (3, 2)
    fault, not_judged = audit.problems()
    assert fault.startswith(
        "double: the hidden test test_two fails on the solution: AssertionError"
    )
    assert "tests/hidden/week0/test_double.py:" in fault and "may be at fault" in fault
    assert not_judged.startswith("2 sample answers were not judged")


def test_every_step_is_counted(everything):
    _, counted = everything
    assert counted["answers"] == (11, 11)
    assert counted["seeds"] == (2, 2)
    assert all(done == total > 0 for done, total in counted.values())


def test_generated_mutants_are_killed_or_listed(everything):
    generated = everything[0].generated
    assert generated.tried > 40 and generated.killed >= 30
    # No test calls shift with another `by`, and the seed is a number without an effect here.
    assert all("total, " in line or "shift, " in line for line in generated.survivors)
    assert any("seed" in line for line in generated.survivors)


def test_weakened_tests_are_noticed_where_a_mutant_needs_their_last_line(everything):
    weakened = {weak.test: weak for weak in everything[0].weakened}
    assert weakened["test_negative"].survivor == "double-absolute"
    assert weakened["test_negative"].removed == "assert student.double(-3) == -6"
    assert weakened["test_two"].survivor == ""  # its mutant ends Python before
    assert weakened["test_file"].survivor == "total-no_file"


def test_in_a_whole_notebook_one_mistake_costs_once(everything):
    lost = {cost.answer.name: (cost.lost, cost.is_expected) for cost in everything[0].costs}
    assert lost["double-absolute"] == (("double",), True)
    assert lost["double-times"] == ((), True)
    assert lost["total-no_file"] == (("total",), True)


def test_right_answers_hold_under_every_seed(everything):
    scores = everything[0].scores
    assert {(score.answer, score.seed) for score in scores} >= {
        ("the solution", 1),
        ("total-written", 0),
    }
    assert not any(score.failed for score in scores)


def test_the_page_and_its_json(everything, week):
    audit, _ = everything
    page, data = write_audit_page(audit)
    found = json.loads(data.read_text(encoding="utf-8"))
    assert found["exercises"][0]["killed"] == 3
    assert found["problems"] == audit.problems()
    assert {a["verdict"] for a in found["answers"]} == {"killed", "accepted"}
    assert "double-absolute" in page.read_text(encoding="utf-8")


def answer(folder, kind, name, text):
    path = folder / kind / f"{name}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_each_problem_names_the_file_to_open(week, plan, tmp_path):
    survivor = answer(tmp_path, "mutants", "double-fine", "# exercise: double\n# mistake: none\n"
                      "def double(x):\n    return x * 2")  # fmt: skip
    rejected = answer(tmp_path, "alternatives", "double-text", "# exercise: double\n# style: odd\n"
                     "def double(x):\n    return str(x)")  # fmt: skip
    answer(tmp_path, "mutants", "double-wrong", "# exercise: double\n# caught by: test_of_theirs\n"
           "def double(x):\n    return x")  # fmt: skip
    other = answer(tmp_path, "mutants", "double-abs", "# exercise: double\n# caught by: test_two\n"
                   "def double(x):\n    return abs(2 * x)")  # fmt: skip
    audit = run_audit(week, replace(plan, submissions=tmp_path), Steps())
    assert verdicts(audit) == {
        "double-fine": Verdict.SURVIVED,
        "double-text": Verdict.REJECTED,
        "double-wrong": Verdict.KILLED,  # others need not know our tests' names
        "double-abs": Verdict.KILLED_BY_OTHER,
    }
    problems = "\n".join(audit.problems())
    for path in (survivor, rejected, other):
        assert str(path) in problems
    assert "rejected by test_two" in problems
    assert "names test_two, but test_negative fails" in problems


def test_an_audit_with_problems_ends_with_1(week, tmp_path, needs_sandbox):
    course = tmp_path / "course"
    shutil.copytree(week.root, course, ignore=shutil.ignore_patterns("reports"))
    shutil.copytree(week.root / "tests" / "submissions", tmp_path / "answers")
    mutant = answer(tmp_path / "answers" / "week0", "mutants", "double-none", "# exercise: double\n"
                    "# mistake: none at all\ndef double(x):\n    return x * 2")  # fmt: skip
    asked = ["audit", "week0", "--exercise", "double", "--workers", "1"]
    asked += ["--submissions", str(tmp_path / "answers"), "--course", str(course)]

    command = [sys.executable, "-m", "autograder", *asked]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 1
    assert "double-none: survived (none at all); open" in done.stdout
    mutant.unlink()
    done = CliRunner().invoke(app, [*asked, "--json"])
    assert done.exit_code == 0
    (found,) = json.loads(done.stdout)
    assert found["passed"] and found["exercises"][0]["mutants"] == 3
    assert (course / "reports" / "week0-audit-part.html").is_file()
    assert not (course / "reports" / "week0-audit.html").exists()


def test_known_mistakes_are_made_per_exercise_kept_current_and_measured(week, plan, tmp_path):
    shutil.copytree(week.root, tmp_path / "course")
    course = type(week)("week0", tmp_path / "course", week.limits)
    folder = course.root / "tests" / "submissions"
    answer(folder / "held_out" / "week0", "mutants", "double-power", "# exercise: double\n"
           "# mistake: squares\ndef double(x):\n    return x**2")  # fmt: skip
    causes = folder / "week0" / "causes.toml"
    causes.write_text('[double.squares]\nhint = "you square x."\nmutants = ["square", "power"]\n')
    done = run_audit(course, replace(plan, mistakes=True, held_out=True), Steps())
    assert done.problems() == []
    assert done.hints[0].counts == {"right": 1, "none": 0, "wrong": 0}
    table = read_mistakes(course.hidden_tests)
    assert set(table) == {"double", "shift", "total"}
    assert {cause.name: cause.hint for cause in table["double"].causes} == {
        "squares": "you square x.",
        "absolute": "an answer that fails like this one loses the sign.",
    }  # the mutant that ends Python needs no name

    result = result_of(course, plan, "def double(x): return x * x")
    (found,) = with_mistakes([result], table)
    assert found.mistake == "you square x."

    causes.write_text(causes.read_text().replace("square x", "square your x"))
    (problem,) = run_audit(course, plan, Steps()).problems()
    assert "autograder audit week0 --exercise double --mistakes" in problem
    only = replace(plan, exercises=("double",), mistakes=True)
    assert run_audit(course, only, Steps()).problems() == []
    again = read_mistakes(course.hidden_tests)
    assert "you square your x." in {cause.hint for cause in again["double"].causes}
    assert (again["shift"], again["total"]) == (table["shift"], table["total"])


def result_of(course, plan, text):
    """The result of an answer to `double`."""
    live = live_notebook(course, plan.options)
    try:
        return ExerciseResult("double", live.outcomes("double", {"double": text}))
    finally:
        live.close()


def test_only_a_trained_model_may_fall_with_its_pieces(week, plan, tmp_path):
    shutil.copytree(week.root, tmp_path / "course")
    course = type(week)("week0", tmp_path / "course", week.limits)
    text = "def double(x):\n    return 3 * x"
    wrong = Answer("double-thrice", "double", True, "", {"double": text})
    for name in ("shift", "total"):
        test = course.hidden_tests / f"test_{name}.py"
        test.write_text(test.read_text().replace('BUILDS_ON = ("double",)', ""))
    cost = measure_cost(course, wrong, plan.options)
    assert set(cost.lost) == {"double", "shift", "total"}
    # total's cell makes something of double; shift only calls it, and its tests must see to that.
    assert cost.unexpected_losses == ("shift",) and not cost.is_expected


def test_an_unknown_exercise_or_folder_is_one_line(week, plan, tmp_path):
    with pytest.raises(UsageError, match="no exercise 'halve' in week0; there are: double, shift"):
        run_audit(week, replace(plan, exercises=("halve",)), Steps())
    with pytest.raises(AutograderError, match="no sample answers in"):
        run_audit(week, replace(plan, submissions=tmp_path), Steps())


def live_notebook(week, options):
    solved = nbformat.read(week.source_notebook, as_version=4)
    return LiveNotebook(week, solved, options)


def test_a_live_notebook_forgets_each_answer(week, plan):
    live = live_notebook(week, plan.options)
    try:
        helper = "def helper(x): return 2 * x\ndef double(x): return helper(x)"
        assert all(o.passed for o in live.outcomes("double", {"double": helper}))
        borrowed = {"double": "def double(x): return helper(x)"}
        assert not any(o.passed for o in live.outcomes("double", borrowed))
        assert all(o.passed for o in live.outcomes("total", {}))
        assert not all(o.passed for o in live.outcomes("total", {"total": "total = 12"}))
        assert all(o.passed for o in live.outcomes("total", {}))
        assert all(
            o.passed for o in live.outcomes("shift", {"double": BROKEN.format(name="double")})
        )
    finally:
        live.close()


def test_an_answer_that_ends_python_costs_only_itself(week, plan):
    live = live_notebook(week, plan.options)
    try:
        first = live.outcomes("double", {"double": "import os\nos._exit(1)"})
        assert not any(o.passed for o in first)
        assert all(o.passed for o in live.outcomes("double", {}))
    finally:
        live.close()


@pytest.mark.parametrize(
    "week", sorted(folder.name for folder in (REPOSITORY / "solutions").glob("*/"))
)
def test_the_audit_of_the_course_finds_no_problem(repository, week, needs_sandbox):
    """The hand-written audit of all weeks: mutants are killed, alternatives accepted."""
    # Weeks run side by side under pytest-xdist.
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    plan = AuditPlan(Options(), workers=(os.cpu_count() or 1) if alone else 1)
    audit = run_audit(repository.assignment(week), plan, Steps())
    assert audit.problems() == []
    for exercise in audit.exercises:
        assert exercise.mutants >= 5 and exercise.alternatives >= 2, exercise
