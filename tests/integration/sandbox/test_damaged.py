"""A damaged notebook or a strange file ends in a result."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from support.tiny import notebook

from autograder.course import Assignment
from autograder.results.model import Status, SubmissionResult

pytestmark = pytest.mark.usefixtures("needs_sandbox")


def altered(edit: Callable[[dict[str, Any]], Any]) -> bytes:
    data = json.loads(nbformat.writes(notebook()))
    edit(data)
    return json.dumps(data).encode()


def nested(depth: int) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for _ in range(depth):
        tree = {"a": tree}
    return tree


DAMAGED = {
    "half_a_character_in_code": lambda: altered(lambda d: d["cells"][1].update(source="'\ud800'")),
    "half_a_character_in_text": lambda: altered(lambda d: d["cells"][6].update(source="\ud800")),
    "half_a_character_in_metadata": lambda: altered(lambda d: d["metadata"].update(a="\ud800")),
    "deep_metadata": lambda: altered(lambda d: d["metadata"].update(a=nested(800))),
    "infinite_version": lambda: altered(lambda d: d.update(nbformat_minor=float("inf"))),
    "no_cells": lambda: altered(lambda d: d.update(cells=None)),
    "no_source": lambda: altered(lambda d: d["cells"][0].update(source=5)),
    "odd_tags": lambda: altered(lambda d: d["cells"][0]["metadata"].update(tags=5)),
    "odd_note": lambda: altered(lambda d: d["cells"][2]["metadata"].update(nbgrader=["double"])),
    "odd_grade_id": lambda: altered(
        lambda d: d["cells"][2]["metadata"]["nbgrader"].update(grade_id={"a": 1})
    ),
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_notebook_ends_in_a_result(
    graded: Callable[..., SubmissionResult], course: Assignment, content: Callable[[], bytes]
) -> None:
    """Graded, or failed with a reason; an exception would stop the class."""
    result = graded(content())
    assert result.status is Status.GRADED or result.reason
    assert (course.autograded("eve") / "tiny.ipynb").is_file()


def test_a_strange_file_name_ends_in_a_result(
    graded: Callable[..., SubmissionResult], course: Assignment
) -> None:
    folder = course.submitted("eve")
    folder.mkdir(parents=True)
    Path(os.fsdecode(os.fsencode(folder) + b"/na\xefve.csv")).write_text("1")
    assert graded(notebook()).score == 3.0


def test_deep_folders_end_in_a_result(
    graded: Callable[..., SubmissionResult], course: Assignment
) -> None:
    folder = course.submitted("eve")
    folder.mkdir(parents=True)
    script = "import os\nfor _ in range(1200):\n    os.mkdir('d')\n    os.chdir('d')"
    subprocess.run([sys.executable, "-c", script], cwd=folder, check=True)
    result = graded(notebook())
    assert result.status is Status.GRADED or result.reason


def test_deep_folders_made_while_running_end_in_a_result(
    graded: Callable[..., SubmissionResult],
) -> None:
    first = "import os\nfor _ in range(1200):\n    os.mkdir('d')\n    os.chdir('d')\n"
    assert graded(notebook(first=first + "os.chdir('/submission')")).score == 3.0
