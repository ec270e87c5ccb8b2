"""Results as JSON: result.json in a submission's folder, and the schema that it follows."""

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from autograder.course import Assignment
from autograder.errors import AutograderError
from autograder.files import write_atomically
from autograder.results import version1
from autograder.results.model import SCHEMA_VERSION, SubmissionResult
from autograder.text import first_line

FILE_NAME = "result.json"
SCHEMA = Path(__file__).with_name("result.schema.json")
ADAPTER = TypeAdapter(SubmissionResult)


def to_json(result: SubmissionResult) -> dict[str, Any]:
    """A result as JSON data."""
    data: dict[str, Any] = ADAPTER.dump_python(result, mode="json")
    return data


def from_json(data: dict[str, Any]) -> SubmissionResult:
    """A result from JSON data of this schema version or an earlier one.

    Raises AttributeError, KeyError, TypeError or ValueError for anything else.
    """
    if data["schema_version"] == 1:
        data = version1.upgrade(data)
    # 2 had fewer outcomes and no notes, 3 named no mistake, 4 had no tests of form and no times.
    if data["schema_version"] in (2, 3, 4):
        data = {**data, "schema_version": SCHEMA_VERSION}
    return ADAPTER.validate_python(data)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of `to_json`'s data."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **ADAPTER.json_schema(mode="serialization"),
    }


def write_schema() -> Path:
    """Write the schema beside this module, after a change to the result's types."""
    return write_atomically(SCHEMA, json.dumps(json_schema(), indent=1) + "\n")


def write_result(result: SubmissionResult, folder: Path) -> Path:
    """Write result.json into the folder, whole or not at all."""
    text = json.dumps(to_json(result), indent=1, ensure_ascii=False) + "\n"
    return write_atomically(folder / FILE_NAME, text)


def read_result(folder: Path) -> SubmissionResult | None:
    """The folder's result, or None where there is none.

    Raises AutograderError for a file that cannot be read as a result.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return None
    try:
        return from_json(json.loads(path.read_text(encoding="utf-8")))
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise AutograderError(
            f"{path} is not a result that this version can read ({first_line(error)}): move it "
            "away and grade again"
        ) from error


def class_results(assignment: Assignment) -> list[SubmissionResult]:
    """The results of every student who submitted and was graded, by student."""
    found = (read_result(assignment.autograded(student)) for student in assignment.students())
    return [result for result in found if result is not None]


if __name__ == "__main__":
    write_schema()
