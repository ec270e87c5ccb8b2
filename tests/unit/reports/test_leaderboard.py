"""The leaderboard: who is on it, in what order, under what name."""

import json

import pytest

from autograder.course import Assignment
from autograder.reports.leaderboard import MAX_NAME, public_name, standings, write_leaderboard
from autograder.results.model import ExerciseResult, Outcome, Status, SubmissionResult, TestOutcome
from autograder.results.store import read_result, write_result

MEASURE = "Mean Pearson r"


def result(student, score=None, name="", status=Status.GRADED, **more):
    measures = {} if score is None else {"leaderboard_score": score, "leaderboard_name": name}
    measures |= more
    measures |= {} if score is None else {"leaderboard_measure": MEASURE}
    outcome = TestOutcome("test_r", 3.0, Outcome.PASSED, "hint", "", "", 0.1, measures)
    exercises = (ExerciseResult("held_out_accuracy", (outcome,)),)
    return SubmissionResult(
        student, "week3a_tf_binding", status, "key", "cpu", True, 1.0, 1, exercises
    )


def test_the_best_comes_first_and_ties_share_a_rank():
    class_of = [
        result("ada", 0.91, "Helix"),
        result("ben", 0.95, "Zinc Finger"),
        result("cleo", 0.91002, "Groove"),
        result("dev", 0.5, "Loop"),
    ]
    board = [(s.rank, s.name, s.score) for s in standings(class_of)]
    assert board == [
        (1, "Zinc Finger", 0.95), (2, "Groove", 0.91), (2, "Helix", 0.91), (4, "Loop", 0.5)
    ]  # fmt: skip


def test_the_lowest_comes_first_where_lower_is_better(tmp_path):
    class_of = [
        result(student, score, name, leaderboard_order="lower is better")
        for student, score, name in (("ada", 0.02, "Helix"), ("ben", 0.01, "Loop"))
    ]
    assert [(s.rank, s.name) for s in standings(class_of)] == [(1, "Loop"), (2, "Helix")]
    page, _ = write_leaderboard(Assignment("week3a_tf_binding", tmp_path), class_of)
    text = page.read_text(encoding="utf-8")
    assert "(lower is better)" in text and "<meter" not in text


@pytest.mark.parametrize(("score", "full"), [(0.9, 1), (2.4, 3), (-0.1, None)])
def test_a_meter_has_headroom(tmp_path, score, full):
    assignment = Assignment("week3a_tf_binding", tmp_path)
    page, _ = write_leaderboard(assignment, [result("ada", score, "Helix")])
    text = page.read_text(encoding="utf-8")
    assert ("<meter" in text) == (full is not None)
    assert full is None or f'max="{full}"' in text


def test_who_failed_or_chose_no_name_is_not_on_it():
    class_of = [
        result("ada", 0.9, "  "),
        result("ben", 0.9, "Helix", Status.FAILED),
        result("cleo"),
        result("dev", 0.9, 17),
        result("eve", 0.2, "Loop"),
    ]
    assert [s.name for s in standings(class_of)] == ["Loop"]


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ("  two\n words\t", "two words"),
        ("x" * 99, "x" * MAX_NAME),
        ("\u202eright to left", "right to left"),
        ("a\0b\x1b[31m", "ab[31m"),
        ("\uff28elix", "Helix"),
        ("\ud800", ""),
        (None, ""),
    ],
)
def test_a_name_is_one_short_printable_line(chosen, shown):
    assert public_name(chosen) == shown


def test_it_is_written_as_a_page_and_as_json(tmp_path):
    assignment = Assignment("week3a_tf_binding", tmp_path)
    name = "<script>alert(1)</script>"
    page, data = write_leaderboard(assignment, [result("ada", 0.912345, name)])
    text = page.read_text()
    assert "<script>" not in text and "&lt;script&gt;" in text and "ada" not in text
    assert json.loads(data.read_text()) == {
        "assignment": "week3a_tf_binding",
        "measure": MEASURE,
        "standings": [{"rank": 1, "name": name, "score": 0.9123}],
    }


def test_an_assignment_that_measures_nothing_has_none(tmp_path):
    assignment = Assignment("week1_mlp", tmp_path)
    assert write_leaderboard(assignment, [result("ada")]) == []
    assert not assignment.leaderboard.exists()


def test_what_was_measured_is_kept_in_the_result(tmp_path):
    write_result(result("ada", 0.9, "Helix"), tmp_path)
    assert read_result(tmp_path).measures["leaderboard_score"] == 0.9
