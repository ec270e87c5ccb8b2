"""Results as data: scores add up, JSON keeps everything, files are whole or absent."""

import json
from dataclasses import replace

import pytest

from autograder.errors import AutograderError
from autograder.results.model import (
    ExerciseResult,
    FailedCell,
    Outcome,
    Status,
    SubmissionResult,
    TestOutcome,
    read_result,
    write_result,
)

TESTS = (
    TestOutcome("test_shape", 1.0, Outcome.PASSED, "a hint", "", "", 0.01),
    TestOutcome("test_values", 2.5, Outcome.RAISED, "a hint", "it raised", "ü: Traceback", 0.2),
)
RESULT = SubmissionResult(
    student="ada",
    assignment="week1_mlp",
    status=Status.GRADED,
    key="0f",
    device="cpu",
    sandboxed=True,
    seconds=8.1,
    peak_memory_bytes=512,
    exercises=(ExerciseResult("mse_loss", TESTS), ExerciseResult("train", TESTS[:1])),
    restored=("setup: put back",),
    failed_cells=(FailedCell(7, "ValueError: no"),),
)


def test_scores_are_the_points_of_the_tests_that_passed():
    assert [(e.score, e.max_score) for e in RESULT.exercises] == [(1.0, 3.5), (1.0, 1.0)]
    assert (RESULT.score, RESULT.max_score) == (2.0, 4.5)


@pytest.mark.parametrize(
    "result", [RESULT, replace(RESULT, status=Status.FAILED, reason="it is empty", exercises=())]
)
def test_json_there_and_back(result):
    text = json.dumps(result.to_json())
    assert SubmissionResult.from_json(json.loads(text)) == result


def test_other_programs_find_the_names_they_rely_on():
    data = json.loads(json.dumps(RESULT.to_json()))
    assert set(data) == {
        "schema_version", "student", "assignment", "status", "key", "device", "sandboxed",
        "seconds", "peak_memory_bytes", "restored", "failed_cells", "score", "max_score",
        "exercises",
    }  # fmt: skip
    assert data["schema_version"] == 1
    assert data["failed_cells"] == [{"index": 7, "reason": "ValueError: no"}]
    assert set(data["exercises"][0]) == {"name", "score", "max_score", "tests"}
    test = data["exercises"][0]["tests"][1]
    assert test["outcome"] == "raised"
    assert {"name", "points", "outcome", "hint", "detail", "seconds"} <= set(test)


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path):
    write_result(RESULT, tmp_path / "new")
    write_result(replace(RESULT, student="ben"), tmp_path / "new")
    assert read_result(tmp_path / "new").student == "ben"
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["result.json"]


def test_a_write_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    write_result(RESULT, tmp_path)
    monkeypatch.setattr("autograder.results.model.os.replace", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_result(replace(RESULT, student="ben"), tmp_path)
    assert read_result(tmp_path) == RESULT
    assert [path.name for path in tmp_path.iterdir()] == ["result.json"]


def test_no_file_is_no_result_and_a_broken_one_is_an_error(tmp_path):
    assert read_result(tmp_path) is None
    for text in ("", "{}", "[]", '{"schema_version": 99}'):
        (tmp_path / "result.json").write_text(text)
        with pytest.raises(AutograderError, match="move it away and grade again"):
            read_result(tmp_path)
