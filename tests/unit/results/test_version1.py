"""A result of schema version 1 is read as it was meant, so that a course keeps its grades."""

import json

import pytest

from autograder.notebook.failure import CellFailure, FailureCause
from autograder.results.model import Outcome, Status
from autograder.results.store import read_result, to_json
from autograder.results.wording import attention, verdict

TEST = {"name": "test_shape", "points": 2.0, "hint": "a hint", "detail": "", "seconds": 0.1}
# As version 1 wrote it.
RESULT = {
    "schema_version": 1,
    "student": "ada",
    "assignment": "week1_mlp",
    "status": "graded",
    "key": "0f",
    "device": "cpu",
    "sandboxed": True,
    "seconds": 8.1,
    "peak_memory_bytes": 512,
    "restored": ["setup: this cell had been deleted and was put back"],
    "failed_cells": [{"index": 7, "reason": "ValueError: no"}],
    "score": 2.0,
    "max_score": 4.0,
    "exercises": [
        {
            "name": "mse_loss",
            "score": 2.0,
            "max_score": 2.0,
            "tests": [{**TEST, "outcome": "passed", "remark": "", "measures": {"r": 0.5}}],
        },
        {
            "name": "train",
            "score": 0.0,
            "max_score": 2.0,
            "tests": [{**TEST, "outcome": "missing", "remark": "not written yet"}],
        },
        {
            "name": "more",
            "score": 0.0,
            "max_score": 2.0,
            "bonus": True,
            "tests": [{**TEST, "outcome": "raised", "remark": "it raised ValueError"}],
        },
    ],
}


def read(tmp_path, **changes):
    (tmp_path / "result.json").write_text(json.dumps({**RESULT, **changes}))
    return read_result(tmp_path)


def test_its_scores_and_states_are_kept(tmp_path):
    result = read(tmp_path)
    assert (result.score, result.max_score, result.bonus) == (2.0, 4.0, 2.0)
    assert (result.status, result.fingerprint, result.version) == (Status.GRADED, "0f", "")
    assert result.measures == {"r": 0.5}
    outcomes = [test.outcome for exercise in result.exercises for test in exercise.tests]
    assert outcomes == [Outcome.PASSED, Outcome.UNWRITTEN, Outcome.RAISED]
    assert verdict(result.exercises[1].tests[0]) == "not written yet"
    assert to_json(result)["schema_version"] == 5


def test_a_failed_one_keeps_its_reason(tmp_path):
    result = read(tmp_path, status="failed", reason="it is empty")
    assert attention(result) == "failed: it is empty"


@pytest.mark.parametrize(
    ("reason", "failure"),
    [
        ("stopped after 60 s (an endless loop?)", CellFailure(FailureCause.TIMEOUT, "60 s")),
        ("stopped: it printed more than 4 MB", CellFailure(FailureCause.OUTPUT_LIMIT, "4 MB")),
        (
            "stopped: what it sent was not readable (KeyError)",
            CellFailure(FailureCause.UNREADABLE_OUTPUT, "KeyError"),
        ),
        (
            "ended the notebook's Python: it used more than 4,096 MB of memory",
            CellFailure(FailureCause.ENDED_PYTHON, "it used more than 4,096 MB of memory"),
        ),
        (
            "did not run: the notebook's Python had ended: it crashed, or was told to exit",
            CellFailure(FailureCause.NOT_RUN_PYTHON_ENDED, "it crashed, or was told to exit"),
        ),
        (
            "did not run: the notebook took more than 240 s",
            CellFailure(FailureCause.NOT_RUN_NOTEBOOK_TIME, "240 s"),
        ),
        (
            "did not run: cells kept ending the notebook's Python",
            CellFailure(FailureCause.NOT_RUN_KEEPS_ENDING),
        ),
        (
            "AttributeError: 'list' object has no attribute 'appended'",
            CellFailure(
                FailureCause.RAISED, "'list' object has no attribute 'appended'", "AttributeError"
            ),
        ),
        ("NotImplementedError", CellFailure(FailureCause.RAISED, "", "NotImplementedError")),
    ],
)
def test_its_sentences_become_causes(tmp_path, reason, failure):
    result = read(tmp_path, failed_cells=[{"index": 3, "reason": reason}])
    assert [(cell.index, cell.failure) for cell in result.failed_cells] == [(3, failure)]
