"""Results as data: scores add up, JSON keeps everything, files are whole or absent."""

import json
from dataclasses import replace

import jsonschema
import pytest
from support.results import failed, sample

from autograder import __version__
from autograder.errors import AutograderError
from autograder.notebook.failure import CellFailure, FailureCause
from autograder.results.model import (
    ExerciseResult,
    FailedCell,
    Outcome,
    Status,
    SubmissionResult,
    TestOutcome,
    Times,
)
from autograder.results.store import (
    SCHEMA,
    from_json,
    json_schema,
    read_result,
    to_json,
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
    fingerprint="0f",
    device="cpu",
    sandboxed=True,
    seconds=8.1,
    peak_memory_bytes=512,
    exercises=(ExerciseResult("mse_loss", TESTS), ExerciseResult("train", TESTS[:1])),
    restored=("setup: put back",),
    failed_cells=(FailedCell(7, CellFailure(FailureCause.RAISED, "no", "ValueError")),),
    times=Times(start=0.4, cells=5.5, tests={"mse_loss": 1.0, "train": 0.8}, limit=360.0),
)


def test_scores_are_the_points_of_the_tests_that_passed():
    assert [(e.score, e.max_score) for e in RESULT.exercises] == [(1.0, 3.5), (1.0, 1.0)]
    assert (RESULT.score, RESULT.max_score) == (2.0, 4.5)


def test_form_counts_only_beside_values():
    form, values = replace(TESTS[0], form=True), replace(TESTS[1], outcome=Outcome.PASSED)
    assert ExerciseResult("f", (form, TESTS[1])).score == 0.0
    assert ExerciseResult("f", (form, values)).score == 3.5
    assert ExerciseResult("f", (replace(form, outcome=Outcome.FAILED), values)).score == 2.5


@pytest.mark.parametrize(
    "result", [RESULT, replace(RESULT, status=Status.FAILED, reason="it is empty", exercises=())]
)
def test_json_there_and_back(result):
    text = json.dumps(to_json(result))
    assert from_json(json.loads(text)) == result


def test_other_programs_find_the_names_they_rely_on():
    data = json.loads(json.dumps(to_json(RESULT)))
    assert set(data) == {
        "schema_version", "student", "assignment", "status", "fingerprint", "device", "sandboxed",
        "seconds", "peak_memory_bytes", "restored", "failed_cells", "score", "max_score",
        "exercises", "reason", "version", "notes", "times",
    }  # fmt: skip
    assert data["schema_version"] == 5
    assert data["version"] == __version__
    failure = {"cause": "raised", "detail": "no", "exception": "ValueError", "missing_name": "",
               "line": 0}  # fmt: skip
    assert data["failed_cells"] == [{"index": 7, "failure": failure}]
    assert set(data["exercises"][0]) == {
        "name", "score", "max_score", "tests", "bonus", "mistake",
    }  # fmt: skip
    assert data["times"] == {
        "start": 0.4, "cells": 5.5, "restarts": 0.0, "tests": {"mse_loss": 1.0, "train": 0.8},
        "limit": 360.0, "ran_out": False,
    }  # fmt: skip
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
    monkeypatch.setattr("autograder.files.os.replace", lambda *_: 1 / 0)
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


def test_the_published_schema_is_the_types_own():
    """After a change: python -m autograder.results.store"""
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == json.loads(json.dumps(json_schema()))


@pytest.mark.parametrize("result", [RESULT, failed("eve"), *sample(4)], ids=lambda r: r.student)
def test_results_follow_the_published_schema(result):
    jsonschema.validate(to_json(result), json_schema())


@pytest.mark.parametrize(
    ("name", "value"),
    [("score", "two"), ("status", "unknown"), ("exercises", [{}]), ("fingerprint", None)],
)
def test_the_schema_refuses_what_is_not_a_result(name, value):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(to_json(RESULT) | {name: value}, json_schema())


def test_a_result_of_schema_version_2_is_read(tmp_path):
    data = json.loads(json.dumps(to_json(RESULT)))
    del data["notes"], data["times"]
    data["schema_version"] = 2
    assert from_json(data) == replace(RESULT, times=Times())


def test_a_result_of_schema_version_3_is_read():
    """It named no mistake, and its tests had no symptoms."""
    data = json.loads(json.dumps(to_json(RESULT)))
    data["schema_version"] = 3
    del data["times"]
    for exercise in data["exercises"]:
        del exercise["mistake"]
        for test in exercise["tests"]:
            del test["symptoms"]
    assert from_json(data) == replace(RESULT, times=Times())


def test_a_result_of_schema_version_4_is_read():
    """It did not say how its time was spent."""
    data = json.loads(json.dumps(to_json(RESULT)))
    data["schema_version"] = 4
    del data["times"]
    assert from_json(data) == replace(RESULT, times=Times())
