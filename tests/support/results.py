"""Made-up results of a class, for tests of pages, figures and feedback."""

import csv
import io
import random
from dataclasses import replace

from autograder.course import Assignment
from autograder.gradebook.totals import Mark, Total, Totals
from autograder.reports.canvas_csv import make_sheet
from autograder.results.model import ExerciseResult, Outcome, Status, SubmissionResult, TestOutcome

WEEK = "week1_mlp"


def outcome(name, passed, points=1.0, how=Outcome.FAILED, remark=""):
    how = Outcome.PASSED if passed else how
    return TestOutcome(f"test_{name}", points, how, f"Hint of {name}.", remark, "", 0.1)


def submission(student, exercises, seconds=10.0, **changes):
    """Exercises by name: a list of what each test gave; the exercise 'extra' is a bonus."""
    made = tuple(
        ExerciseResult(
            name,
            tuple(
                test if isinstance(test, TestOutcome) else outcome(f"{name}_{i}", test)
                for i, test in enumerate(tests)
            ),
            name == "extra",
        )
        for name, tests in exercises.items()
    )
    result = SubmissionResult(
        student, WEEK, Status.GRADED, "key", "cpu", True, seconds, 1, made
    )  # fmt: skip
    return replace(result, **changes)


def failed(student, reason="it is broken JSON"):
    exercises = {"first": [False] * 2, "second": [False] * 3, "third": [False] * 2}
    missing = {
        name: [outcome(f"{name}_{i}", False, how=Outcome.MISSING) for i in range(len(tests))]
        for name, tests in exercises.items()
    }
    return submission(student, missing, seconds=0.0, status=Status.FAILED, reason=reason)


def unwritten(name, count):
    return [outcome(f"{name}_{i}", False, how=Outcome.UNWRITTEN) for i in range(count)]


def sample(count=30, seed=0):
    """A class of s01, s02 ... of differing skill."""
    generator = random.Random(seed)
    found = []
    for number in range(1, count + 1):
        skill = generator.betavariate(4, 1.5)
        shape = {"first": 2, "second": 3, "third_of_a_long_name": 6, "extra": 2}
        exercises = {
            name: [generator.random() < skill for _ in range(size)] for name, size in shape.items()
        }
        if number % 10 == 3:
            exercises["second"] = unwritten("second", 3)
        found.append(submission(f"s{number:02}", exercises, seconds=9.0 + number % 4))
    return found


# Canvas

HEADER = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]


def plain_result(student, status=Status.GRADED):
    return SubmissionResult(student, WEEK, status, "key", "cpu", True, 1.0, 1, ())


def sheet_of(totals, roster=None, failed=(), **settings):
    statuses = {
        student: Status.FAILED if student in failed else Status.GRADED for student in totals
    }
    results = [plain_result(student, status) for student, status in statuses.items()]
    return make_sheet(Assignment(WEEK, None), Totals(50.0, totals), results, roster, **settings)


def parsed(sheet):
    return list(csv.reader(io.StringIO(sheet.text())))


# One student's feedback

TOTAL = Total(
    5.5,
    marks=(
        Mark("mse_loss", 1.0, 3.0),
        Mark("learning_rate", 4.5, 6.0, written=True, is_manual=True),
    ),
)


def result_of(student, hint="Compare with the formula.", remark="", failed=1):
    tests = [
        TestOutcome("test_shape", 1.0, Outcome.PASSED, "The shape.", "", "", 0.1),
        TestOutcome("test_by_hand", 2.0, Outcome.FAILED, hint, remark, "SECRET 42", 0.1),
    ]
    exercises = (ExerciseResult("mse_loss", tuple(tests[: 1 + failed])),)
    return replace(plain_result(student), exercises=exercises)
