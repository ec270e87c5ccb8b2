"""Live kernels and a graded class, in the sandbox where this machine can make one."""

import copy
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from filelock import FileLock
from hypothesis import settings
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell
from support.submissions import without_demonstrations

from autograder.authoring.sample_class import ENDLESS, compose, prepare
from autograder.course import Assignment, Course, Limits, find_course
from autograder.errors import AutograderError
from autograder.grading.cohort import grade_class
from autograder.grading.options import Options
from autograder.notebook.cells import exercise_cells, grade_id
from autograder.results.model import SubmissionResult
from autograder.results.store import read_result
from autograder.sandbox.bubblewrap import require_sandbox
from autograder.sandbox.kernel import Kernel, start_kernel
from autograder.sandbox.launcher import Launcher
from autograder.temporary import temporary_folder
from autograder.workers import collect_rarely

FILE = "hands-on-introduction_to_deep_learning.ipynb"
# Says whatever it was called with, in every way that an exception has of saying something.
LEAKY = """
def predict_linear(X, beta, bias=0.0):
    raise ValueError(f"LEAK {X} {beta}")

def normal_equation(X, y):
    raise type(f"LEAK{abs(hash(X.tobytes()))}", (Exception,), {})(repr(y))

def mse_loss(y_hat, y):
    import linecache, sys
    print("LEAK", y_hat)
    code = sys._getframe().f_code
    linecache.cache[code.co_filename] = (1, None, [f"LEAK {y!r}\\n"] * 99, code.co_filename)
    raise RuntimeError
"""


collect_rarely()  # as the command does
# The same examples in every run, so that no run fails by chance. `make property` draws others.
settings.register_profile("same", derandomize=True, deadline=None, max_examples=60)
settings.register_profile("random", deadline=None, max_examples=2000, print_blob=True)
settings.load_profile("same")
TESTS = Path(__file__).parent
SAMPLE_LIMITS = Limits(cell_seconds=12, call_seconds=10)
KINDS = ("unit", "integration", "e2e")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--thorough` runs the tests with the marker `thorough`, too."""
    parser.addoption("--thorough", action="store_true", help="also run what takes long: minutes")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Each test carries its folder's name as its marker. Thorough tests run only if asked for."""
    if not config.getoption("--thorough"):
        left_out = [item for item in items if item.get_closest_marker("thorough")]
        items[:] = [item for item in items if not item.get_closest_marker("thorough")]
        config.hook.pytest_deselected(items=left_out)
    for item in items:
        if item.path.is_relative_to(TESTS):
            kind = item.path.relative_to(TESTS).parts[0]
            if kind in KINDS:
                item.add_marker(kind)


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """built_once(name, build) is the folder `name` that build(folder) filled.

    Under pytest-xdist, one worker builds it while the others wait for the file lock. They all read
    the same folder, so a test that changes something takes a copy.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def folder(name: str, build: Callable[[Path], object]) -> Path:
        place, done = shared / name, shared / f"{name}.done"
        with FileLock(shared / f"{name}.lock"):
            if not done.exists():
                shutil.rmtree(place, ignore_errors=True)
                place.mkdir()
                build(place)
                done.touch()
        return place

    return folder


@pytest.fixture(scope="session")
def no_sandbox() -> str:
    """Why this machine can make no sandbox, or ''."""
    try:
        require_sandbox()
    except AutograderError as error:
        return str(error)
    return ""


@pytest.fixture
def needs_sandbox(no_sandbox: str) -> None:
    if no_sandbox:
        pytest.skip(no_sandbox)


@pytest.fixture(scope="session")
def run_cell() -> Callable[[Kernel, str], Any]:
    """run_cell(kernel, source) runs a cell, which must succeed."""

    def run(kernel: Kernel, source: str) -> None:
        sent = kernel.client.execute(source)
        while True:
            reply = kernel.client.get_shell_msg(timeout=300)
            if reply["parent_header"].get("msg_id") == sent:
                break
        assert reply["content"]["status"] == "ok", reply["content"]

    return run


@pytest.fixture(scope="module")
def open_notebook(
    tmp_path_factory: pytest.TempPathFactory, no_sandbox: str, run_cell: Callable[..., Any]
) -> Iterator[Callable[..., Kernel]]:
    """open_notebook(*cells) is a kernel in which these cells ran, until the module ends."""
    kernels: list[Kernel] = []

    def start(*cells: str) -> Kernel:
        work, hidden = temporary_folder("work"), tmp_path_factory.mktemp("hidden")
        kernels.append(start_kernel(Launcher(Limits(), hidden, sandboxed=not no_sandbox), work))
        for cell in cells:
            run_cell(kernels[-1], cell)
        return kernels[-1]

    yield start
    for kernel in kernels:
        kernel.close()


@dataclass(frozen=True)
class SampleClass:
    """A graded class in a course of its own; `results` by student."""

    course: Course
    assignment: Assignment
    results: dict[str, SubmissionResult]


@pytest.fixture(scope="session")
def repository() -> Course:
    """The course that this repository is, for reading."""
    return find_course(Path(__file__).parent)


@pytest.fixture(scope="session")
def pieces(repository: Course) -> Path:
    """Student code of week 1, right and wrong, an exercise a file."""
    return repository.root / "tests" / "submissions" / "week1_mlp"


@pytest.fixture(scope="session")
def empty_course(
    repository: Course, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Course]:
    """empty_course() is a fresh copy of the course without any submission."""

    def make(place: Path | None = None) -> Course:
        place = place or tmp_path_factory.mktemp("course")
        prepare(repository, place)
        shutil.rmtree(place / "submitted")
        return Course(place, SAMPLE_LIMITS)

    return make


@pytest.fixture(scope="session")
def sample_class(
    built_once: Callable[..., Path],
    empty_course: Callable[..., Course],
    pieces: Path,
    no_sandbox: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> SampleClass:
    """Every kind of submission, graded once; each worker has its own copy of the course."""
    if no_sandbox:
        pytest.skip(no_sandbox)
    built = built_once("sample_class", lambda place: grade_samples(empty_course(place), pieces))
    place = tmp_path_factory.mktemp("sample_class") / "course"
    shutil.copytree(built, place)
    course = Course(place, SAMPLE_LIMITS)
    assignment = course.assignment("week1_mlp")
    students = assignment.students()
    results = {student: read_result(assignment.autograded(student)) for student in students}
    return SampleClass(course, assignment, results)


def grade_samples(course: Course, pieces: Path) -> None:
    """Hand in and grade every kind of submission."""
    assignment = course.assignment("week1_mlp")
    for student, notebook in class_of_samples(assignment, pieces).items():
        folder = assignment.submitted(student)
        folder.mkdir(parents=True)
        for name, content in notebook.items():
            (folder / name).write_bytes(content)
    # The other workers of pytest often wait for it, so it takes all cores.
    workers = os.cpu_count() or 1
    graded = list(grade_class(course, assignment, assignment.students(), Options(), workers))
    assert len(graded) == len(assignment.students())


def class_of_samples(assignment: Assignment, pieces: Path) -> dict[str, dict[str, bytes]]:
    """Student -> what they hand in, by file name."""
    released = nbformat.read(assignment.release_notebook, as_version=4)
    solved = nbformat.read(assignment.source_notebook, as_version=4)
    right = exercise_cells(solved)
    answer = {"learning_rate": "Too small is slow, too large diverges: $a<b$."}

    def with_code(**code: str) -> NotebookNode:
        return without_demonstrations(compose(released, {**right, **code}, answer))

    def mutant(name: str) -> NotebookNode:
        text = (pieces / "mutants" / f"{name}.py").read_text(encoding="utf-8")
        return with_code(**{name.split("-")[0]: text})

    def style(which: int) -> NotebookNode:
        files = {name: sorted(pieces.glob(f"alternatives/{name}-*.py"))[which] for name in right}
        return with_code(**{n: path.read_text(encoding="utf-8") for n, path in files.items()})

    no_cells = copy.deepcopy(released)
    no_cells.cells = []
    ends_python = "import os\ndef mse_loss(y_hat, y):\n    return os._exit(1)"
    dies = with_code(mse_loss=ends_python)
    leaky = with_code(predict_linear=LEAKY, normal_equation="", mse_loss="")
    notebooks = {
        "solution": solved,
        "stub": released,
        "no_cells": no_cells,
        "no_factor_two": mutant("mse_gradient-missing_factor_two"),
        "no_zero_grad": mutant("train-no_zero_grad"),
        "no_relu": mutant("MLP-no_relu"),
        "first_style": style(0),
        "last_style": style(-1),
        "endless": with_code(cubic_model=ENDLESS),
        "dies": dies,
        "leaky": leaky,
        "messy": messy(with_code()),
    }
    short = without_demonstrations(solved)
    whole = nbformat.writes(short)
    old = nbformat.convert(copy.deepcopy(short), 3)  # it changes what it is given
    handed_in = {name: {FILE: nbformat.writes(nb).encode()} for name, nb in notebooks.items()}
    return handed_in | {
        "nothing": {"notes.txt": b"the notebook is on my other laptop"},
        "two": {"mine.ipynb": whole.encode(), "copy.ipynb": whole.encode() + b" "},
        "broken": {FILE: whole[:5000].encode()},
        "empty": {FILE: b""},
        "damaged": {FILE: _edited(short, damage), "copy.ipynb": b""},
        "old_format": {
            FILE: nbformat.writes(old, version=3).replace('"nbformat": 3', '"nbformat": 2').encode()
        },
        "julia": {
            FILE: _edited(short, lambda d: d.update(metadata=_kernel("julia-1.11", "julia")))
        },
        "conda": {FILE: _edited(released, lambda d: d.update(metadata=_kernel("gene", "python")))},
    }


def messy(notebook: NotebookNode) -> NotebookNode:
    """A renamed function, a deleted and an edited check, a doubled cell, points of one's own."""
    by_name = {grade_id(cell): cell for cell in notebook.cells}
    by_name["predict_linear"].source = by_name["predict_linear"].source.replace(
        "def predict_linear", "def my_prediction"
    )
    by_name["mse_gradient-check"].source = "print('all fine')"
    by_name["mse_gradient-check"].metadata.nbgrader.points = 1000
    by_name["train-check"].metadata.nbgrader.grade = False
    doubled = copy.deepcopy(by_name["gradient_descent"])
    doubled.id = "doubled"
    script = "<script>document.title='taken'</script><img src=x onerror=alert(1)>"
    gone = ("mse_loss-check", "setup")
    notebook.cells = [cell for cell in notebook.cells if grade_id(cell) not in gone]
    notebook.cells += [
        doubled,
        new_markdown_cell(script),
        new_code_cell(f"from IPython.display import HTML\nHTML({script!r})"),
    ]
    notebook.metadata.kernelspec.name = "my-laptop"
    return notebook


def _edited(notebook: NotebookNode, edit: Callable[[Any], Any]) -> bytes:
    data = json.loads(nbformat.writes(notebook))
    edit(data)
    return json.dumps(data).encode()


def damage(data: Any) -> None:
    """No metadata anywhere, and a null byte in a cell of the student's own."""
    data["metadata"] = {}
    for cell in data["cells"]:
        cell["metadata"] = {}
    _append(data, "x = 1\0")


def _append(data: Any, source: str) -> None:
    cell = {"id": "more", "cell_type": "code", "metadata": {}, "outputs": [], "source": source}
    data["cells"].append({**cell, "execution_count": None})


def _kernel(name: str, language: str) -> Mapping[str, Any]:
    return {"kernelspec": {"name": name, "display_name": name, "language": language}}
