"""The README.md of a student's feedback branch."""

from dataclasses import replace

from support.results import TOTAL, result_of

from autograder.gradebook.totals import Mark, Total
from autograder.late import LatePolicy
from autograder.reports.feedback import feedback_text
from autograder.results.model import ExerciseResult, Outcome, Status, SubmissionResult, TestOutcome

WEEK, NOTEBOOK = "week1_mlp", "week.ipynb"


EVIL = "<script>alert(1)</script> [x](javascript:1) | `@everyone`"


def test_what_a_student_wrote_is_shown_and_does_nothing():
    text = feedback_text(result_of("ada", remark=EVIL), TOTAL, "week.html")
    assert "<script>" not in text
    assert "](javascript" not in text
    assert "`@" not in text
    assert "alert" in text


def test_what_is_not_written_is_said_once():
    tests = tuple(
        TestOutcome(f"test_{n}", 1.0, Outcome.UNWRITTEN, "A hint.", "", "", 0.1) for n in "ab"
    )
    result = result_of("ada")
    result = replace(result, exercises=(ExerciseResult("train", tests),))
    text = feedback_text(result, TOTAL, "week.html")
    assert text.count("ot written yet") == 1
    assert "A hint." not in text


def test_a_failed_submission_says_why():
    result = SubmissionResult(
        "ada", WEEK, Status.FAILED, "k", "cpu", True, 0.0, 0, (), reason="it is *broken* JSON"
    )
    assert "could not be run:** it is \\*broken\\* JSON" in feedback_text(
        result, TOTAL, "week.html"
    )


def test_what_waits_for_a_person_is_said_and_a_bonus_is_beyond_the_full_points():
    bonus = replace(result_of("ada").exercises[0], name="extra", bonus=True)
    result = replace(result_of("ada"), exercises=(*result_of("ada").exercises, bonus))
    marks = (
        Mark("mse_loss", 1.0, 3.0),
        Mark("extra", 1.0, 3.0),
        Mark("learning_rate", 0.0, 6.0, written=True, needs_grading=True),
        Mark("approximation", 4.5, 6.0, written=True, is_manual=True, needs_grading=True),
    )
    text = feedback_text(
        result,
        Total(4.5, needs_grading=True, penalty=2.0, marks=marks),
        "week.html",
        LatePolicy().text(0, 2.0),
    )
    assert text.startswith("# week1\\_mlp: 4.5 of 15 points so far\n")
    assert "| extra (bonus) | 1 | 3 |" in text
    assert "| learning\\_rate | your TA will grade it | 6 |" in text
    assert "| approximation | 4.5 for an earlier version, your TA will grade it again | 6 |" in text
    assert "Late penalty: 2 points." in text
