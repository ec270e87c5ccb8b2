"""Reads results of schema version 1, in which causes were sentences.

A course in the middle of its term keeps its grades: its results are read as they are, and written
in the present form when a submission is graded again.
"""

import re
from typing import Any

from autograder.notebook.failure import CellFailure, FailureCause
from autograder.results.model import SCHEMA_VERSION, Outcome

NOT_WRITTEN = "not written yet"  # version 1's remark on an exercise that holds its stub
# Version 1's sentences, each with the cause that it stood for. No exception's name holds a space.
REASONS = (
    (r"stopped after (\d+ s) .*", FailureCause.TIMEOUT),
    (r"stopped: it printed more than (\d+ MB)", FailureCause.OUTPUT_LIMIT),
    (r"stopped: what it sent was not readable \((\w+)\)", FailureCause.UNREADABLE_OUTPUT),
    (r"ended the notebook's Python: (.*)", FailureCause.ENDED_PYTHON),
    (r"did not run: the notebook's Python had ended: (.*)", FailureCause.NOT_RUN_PYTHON_ENDED),
    (r"did not run: the notebook took more than (\d+ s)", FailureCause.NOT_RUN_NOTEBOOK_TIME),
    (r"did not run: cells kept ending the notebook's Python()", FailureCause.NOT_RUN_KEEPS_ENDING),
)


def upgrade(data: dict[str, Any]) -> dict[str, Any]:
    """The present form of a version 1 result. Raises KeyError or TypeError for anything else."""
    upgraded = {name: value for name, value in data.items() if name != "key"}
    upgraded["fingerprint"] = data["key"]
    upgraded["schema_version"] = SCHEMA_VERSION
    upgraded["version"] = ""
    upgraded["failed_cells"] = [
        {"index": cell["index"], "failure": _failure(cell["reason"])}
        for cell in data["failed_cells"]
    ]
    upgraded["exercises"] = [
        {**exercise, "tests": [_test(test) for test in exercise["tests"]]}
        for exercise in data["exercises"]
    ]
    return upgraded


def _test(test: dict[str, Any]) -> dict[str, Any]:
    if test["remark"] == NOT_WRITTEN:
        return {**test, "outcome": Outcome.UNWRITTEN, "remark": ""}
    return test


def _failure(reason: str) -> CellFailure:
    for pattern, cause in REASONS:
        if match := re.fullmatch(pattern, reason):
            return CellFailure(cause, match[1])
    name, _, message = reason.partition(": ")
    return CellFailure(FailureCause.RAISED, message, exception=name)
