"""A course with one small assignment, `tiny`: two exercises, a written answer, hidden tests."""

import textwrap
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.course import Assignment, Limits
from support.attached import Student

REPOSITORY = Path(__file__).resolve().parents[2]
MIB = 2**20


LIMITS = Limits(
    cell_seconds=4, notebook_seconds=40, call_seconds=6, exercise_seconds=12,
    memory_bytes=600 * MIB, processes=24, disk_bytes=48 * MIB, output_bytes=MIB,
    submission_bytes=8 * MIB, kernel_starts=2,
)  # fmt: skip


MARK = "zz-secret-of-the-host"


HIDDEN = {
    "test_double.py": '''
from autograder.testing import expect, points

@points(1)
def test_large(student):
    """Twice as much."""
    assert expect.number(student.double(48611)) == 97222

@points(1)
def test_negative(student):
    """Also below zero."""
    assert expect.number(student.double(-907)) == -1814
''',
    "test_triple.py": '''
from autograder.testing import expect, points

BUILDS_ON = ("double",)

@points(1)
def test_large(student):
    """Three times as much."""
    assert expect.number(student.triple(31337)) == 94011
''',
}


DOUBLE = "def double(x):\n    return 2 * x"


TRIPLE = "def triple(x):\n    return double(x) + x"


def note(name: str, **flags: Any) -> dict[str, Any]:
    flags = {"grade": False, "solution": False, "locked": False, "task": False, **flags}
    return {"nbgrader": {"schema_version": 3, "grade_id": name, **flags}}


def notebook(
    double: str = DOUBLE, triple: str = TRIPLE, first: str = "y = 1", more: Any = ()
) -> NotebookNode:
    """Two exercises and their checks, a cell of one's own before and others behind them."""
    locked = {"locked": True, "grade": True}
    answer = {"solution": True, "grade": True, "points": 3.0}
    book = new_notebook(
        cells=[
            new_code_cell("x = 1", id="setup", metadata=note("setup", locked=True)),
            new_code_cell(first, id="first"),
            new_code_cell(double, id="double", metadata=note("double", solution=True)),
            new_code_cell(
                "double(2)", id="double-check", metadata=note("double-check", points=2.0, **locked)
            ),
            new_code_cell(triple, id="triple", metadata=note("triple", solution=True)),
            new_code_cell(
                "triple(2)", id="triple-check", metadata=note("triple-check", points=1.0, **locked)
            ),
            new_markdown_cell("", id="essay", metadata=note("essay", **answer)),
            *more,
        ]
    )
    spec = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    book.metadata.kernelspec = NotebookNode(spec)
    return book


def make_course(root: Path) -> Assignment:
    """A course at `root` with the assignment `tiny` and no submission."""
    stub = "def {}(x):\n    raise NotImplementedError"
    books = {
        "source": notebook(),
        "release": notebook(stub.format("double"), stub.format("triple")),
    }
    for kind, book in books.items():
        (root / kind / "tiny").mkdir(parents=True)
        nbformat.write(book, root / kind / "tiny" / "tiny.ipynb")
    assignment = Assignment("tiny", root, LIMITS)
    assignment.hidden_tests.mkdir(parents=True)
    for name, text in HIDDEN.items():
        (assignment.hidden_tests / name).write_text(text)
    return assignment


def hand_in(assignment: Assignment, student: str, book: NotebookNode) -> None:
    """Submit a notebook."""
    assignment.submitted(student).mkdir(parents=True, exist_ok=True)
    nbformat.write(book, assignment.submitted(student) / "tiny.ipynb")


# What every forged message starts with: the kernel's session, and what the cell's request was.
FORGE = """
kernel = get_ipython().kernel
session, request = kernel.session, kernel.get_parent()
def send(kind, content):
    session.send(kernel.iopub_socket, kind, content, parent=request)
def send_raw(content):
    parts = session.serialize(session.msg("display_data", {}, parent=request))
    parts[-1] = content
    start = parts.index(b"<IDS|MSG>")
    parts[start + 1] = session.sign(parts[start + 2:])
    kernel.iopub_socket.send_multipart(parts)
def replace_reply(kind, content):
    original = session.send
    def forged(stream, what, given=None, *args, **more):
        return original(stream, what, content if what == kind else given, *args, **more)
    session.send = forged
"""


def look(student: Student, body: str) -> Any:
    """What the body of a function returns when it runs inside."""
    source = "def look():\n" + textwrap.indent(textwrap.dedent(body).strip(), "    ")
    return student.define(source, "look")()
