"""The result that a check hands to GitHub Classroom."""

import base64
import json

import pytest

from autograder.check.github import classroom_result, summary
from autograder.check.report import CheckReport, ExerciseCheck, State


def reported(*results):
    """What Classroom's grading reporter makes of its runners' results.

    It decodes each, adds up the scores of all tests and the highest scores of all runners, and
    fails where a status is 'fail' or 'error': classroom-resources/autograding-grading-reporter,
    src/main.js and src/notify-classroom.js.
    """
    decoded = [json.loads(base64.b64decode(result).decode("utf-8")) for result in results]
    total = most = 0
    for result in decoded:
        if result["max_score"]:
            most += result["max_score"]
            total += sum(test["score"] for test in result["tests"])
    failed = any(result["status"] in ("fail", "error") for result in decoded)
    return total, most, failed


@pytest.mark.parametrize(
    ("states", "total", "failed", "statuses"),
    [
        ("passed passed passed", 10, False, ["pass", "pass", "pass"]),
        ("passed failed passed", 7, True, ["pass", "fail", "pass"]),
        ("passed timeout unwritten", 2, True, ["pass", "error", "fail"]),
        ("not_run not_run not_run", 0, True, ["error", "error", "error"]),
    ],
)
def test_the_grading_reporter_adds_up_the_right_points(states, total, failed, statuses):
    points = (2.0, 3.0, 5.0)
    exercises = [
        ExerciseCheck(f"exercise_{i}", worth, State(state), "with ümlauts and ::commands::")
        for i, (worth, state) in enumerate(zip(points, states.split(), strict=True))
    ]
    essay = ExerciseCheck("essay", 8.0, State.WRITTEN, "needs manual grading", written=True)
    result = classroom_result(CheckReport("week.ipynb", (*exercises, essay), (), 1.0))
    assert reported(result) == (total, 10, failed)
    assert reported(result, result) == (2 * total, 20, failed)
    data = json.loads(base64.b64decode(result))
    assert data["version"] == 1
    assert [test["status"] for test in data["tests"]] == statuses
    assert data["status"] == ("pass" if not failed else "error" if total == 0 else "fail")


def test_a_bonus_is_left_out_of_what_can_be_reached_and_of_what_must_be_done():
    exercises = (
        ExerciseCheck("needed", 4.0, State.PASSED, ""),
        ExerciseCheck("more", 2.0, State.UNWRITTEN, "not written yet", bonus=True),
    )
    report = CheckReport("week.ipynb", exercises, (), 1.0)
    assert report.is_done
    assert (report.points, report.max_points) == (4.0, 4.0)
    assert "more (bonus)" in summary(report)
