"""Any result.json is read, or refused with one line."""

import json
import tempfile
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st
from support.mutations import changed_bytes, changed_json, encodings, value_or_error
from support.results import failed, sample

from autograder.errors import AutograderError
from autograder.notebook.failure import CellFailure, FailureCause
from autograder.results.model import FailedCell, SubmissionResult
from autograder.results.store import FILE_NAME, read_result, to_json

RESULT = to_json(sample(count=3)[2])
RESULT["failed_cells"] = to_json(failed("ada"))["failed_cells"]
OLD = {
    **{name: RESULT[name] for name in RESULT if name not in ("fingerprint", "version")},
    "schema_version": 1,
    "key": "k",
    "failed_cells": [{"index": 2, "reason": "ValueError: x"}, {"index": 3, "reason": "a: b"}],
}
NAMES = (
    "schema_version",
    "status",
    "exercises",
    "tests",
    "outcome",
    "failed_cells",
    "reason",
    "key",
)
odd = st.sampled_from((1, 2, 3, 99, "passed", "graded", "1", {"cause": "raised"}, 1e400, -1))


def read(data):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / FILE_NAME).write_bytes(data)
        return value_or_error(lambda: read_result(Path(folder)), AutograderError)


@given(changed_json(RESULT, 4, NAMES, odd) | changed_json(OLD, 4, NAMES, odd))
@example(json.dumps({**OLD, "failed_cells": [{"index": 1, "reason": None}]}).encode())
@example(json.dumps({**OLD, "exercises": {"a": 1}}).encode())
@example(json.dumps({**RESULT, "schema_version": "\n"}).encode())
def test_a_result_with_changed_parts_is_read_or_refused(data):
    found = read(data)
    assert isinstance(found, SubmissionResult | AutograderError)
    if isinstance(found, SubmissionResult):  # and can be written again
        assert json.dumps(to_json(found))


@given(changed_bytes(json.dumps(RESULT).encode(), [b"[", b"{", b"NaN", b"1e999", b"\\ud800"])
       | encodings(json.dumps(RESULT).encode()))  # fmt: skip
@example(b"[" * 100_000)
@example(b"9" * 5000)
def test_changed_bytes_of_a_result_are_read_or_refused(data):
    assert isinstance(read(data), SubmissionResult | AutograderError)


def test_the_samples_are_valid():
    assert isinstance(read(json.dumps(RESULT).encode()), SubmissionResult)
    found = read(json.dumps(OLD).encode())
    assert found.failed_cells[0] == FailedCell(
        2, CellFailure(FailureCause.RAISED, "x", exception="ValueError")
    )
