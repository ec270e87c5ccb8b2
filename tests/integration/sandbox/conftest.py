"""A small course whose one student's notebook is graded in the sandbox."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from support.tiny import make_course

from autograder.course import Assignment, Limits
from autograder.files import remove
from autograder.grading.options import Options
from autograder.grading.record import write_autograded
from autograder.grading.submission import grade
from autograder.results.model import SubmissionResult
from autograder.sandbox.template import TEMPLATES
from autograder.temporary import temporary_folder


@pytest.fixture(scope="module", params=[True, False], ids=["warm", "cold"], autouse=True)
def warm(request: pytest.FixtureRequest, no_sandbox: str) -> Iterator[bool]:
    """Every test runs in a session that is forked from a template, and in one that starts cold."""
    if no_sandbox:
        pytest.skip(no_sandbox)
    yield bool(request.param)
    assert TEMPLATES.failures == []  # else the warm tests ran cold


@pytest.fixture
def work(warm: bool) -> Iterator[Path]:
    """A folder for a session to work in, where a template can see it."""
    folder = temporary_folder("work")
    yield folder
    remove(folder)


@pytest.fixture(autouse=True)
def _nothing_deep_is_left(tmp_path: Path) -> Iterator[None]:
    """pytest removes its folders by recursion, which the deepest of these would end."""
    yield
    remove(tmp_path)


@pytest.fixture
def course(tmp_path: Path) -> Assignment:
    """A course with one small assignment, `tiny`."""
    return make_course(tmp_path / "course")


@pytest.fixture
def graded(course: Assignment, warm: bool) -> Callable[..., SubmissionResult]:
    """graded(notebook or bytes, name=bytes…) hands it in as eve's and grades it."""

    def run(
        book: NotebookNode | bytes, limits: Limits = course.limits, **files: str
    ) -> SubmissionResult:
        folder = course.submitted("eve")
        folder.mkdir(parents=True, exist_ok=True)
        content = book if isinstance(book, bytes) else nbformat.writes(book).encode()
        (folder / "tiny.ipynb").write_bytes(content)
        for name, text in files.items():
            (folder / f"{name}.py").write_text(text)
        graded = grade(replace(course, limits=limits), "eve", "", Options(warm=warm))
        write_autograded(course, graded)
        return graded.result

    return run


@pytest.fixture
def shown(course: Assignment) -> Callable[[], str]:
    """shown() is all that the student is shown: the autograded notebook, and hints and remarks."""

    def read() -> str:
        folder = course.autograded("eve")
        told = json.loads((folder / "result.json").read_text())
        for exercise in told["exercises"]:
            for test in exercise["tests"]:
                del test["detail"], test["seconds"], test["symptoms"]
        return (folder / "tiny.ipynb").read_text() + json.dumps(told["exercises"])

    return read
