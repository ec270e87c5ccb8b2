"""What forged messages, patched comparisons, links and metadata gain: nothing."""

import os
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from support.tiny import FORGE, LIMITS, MARK, MIB, TRIPLE, note, notebook

from autograder.course import Assignment
from autograder.results.model import Outcome, SubmissionResult

pytestmark = pytest.mark.usefixtures("needs_sandbox")


MESSAGES = {
    "no_content": 'send("stream", {})',
    "no_text": 'send("stream", {"name": "stdout", "text": {"a": 1}})',
    "no_state": 'send("status", {})',
    "no_data": 'send("display_data", {"data": "abc", "metadata": 5})',
    "odd_transient": 'send("display_data", {"data": {}, "metadata": {}, "transient": "abc"})',
    "no_widget": 'send("comm_open", {"comm_id": "a", "target_name": "x", "data": {"state": 5}})',
    "bad_signature": 'kernel.iopub_socket.send_multipart([b"", b"<IDS|MSG>", b"0"] + [b"{}"] * 4)',
    "no_message": 'kernel.iopub_socket.send_multipart([b"x", b"y"])',
    "deep": "send_raw(b'{\"data\": ' + b'[' * 3000 + b']' * 3000 + b'}')",
    "html_as_list": 'send("display_data", {"data": {"text/html": ["<b>", "x"]}, "metadata": {}})',
    "no_reason": 'replace_reply("execute_reply", {"status": "error", "evalue": None})',
}


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES)
def test_a_forged_message_stops_no_grading(
    graded: Callable[..., SubmissionResult], message: str
) -> None:
    """What is defined in other cells still gets its points."""
    assert graded(notebook(first=FORGE + message)).score == 3.0


@pytest.mark.parametrize(
    "answer",
    [
        '({"status": "ok", "text": "true"}, b"")',
        '({"status": "passed", "score": 9}, b"")',
        '({"status": "raised", "types": [], "message": "", "lines": []}, b"")',
        '({"status": "raised", "types": ["A"], "message": "m", "lines": [["a", 3], 7]}, b"")',
    ],
)
def test_a_forged_answer_gains_nothing(
    graded: Callable[..., SubmissionResult], answer: str
) -> None:
    """It fails that test, and is said to be no answer."""
    forgery = f"get_ipython().kernel.answer = lambda *request: {answer}"
    result = graded(notebook("def double(x): pass", "def triple(x): pass", forgery))
    outcomes = {test.outcome for exercise in result.exercises for test in exercise.tests}
    assert result.score == 0
    assert outcomes == {Outcome.UNSERIALIZABLE}


def test_a_forged_answer_fills_no_disk(
    graded: Callable[..., SubmissionResult], course: Assignment
) -> None:
    answer = '({"status": "raised", "types": ["A"], "message": "m" * 10**7, "lines": []}, b"")'
    graded(notebook(first=f"get_ipython().kernel.answer = lambda *request: {answer}"))
    assert (course.autograded("eve") / "result.json").stat().st_size < MIB


def test_patched_comparisons_gain_nothing(graded: Callable[..., SubmissionResult]) -> None:
    cheat = """
class Yes(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
    @property
    def __class__(self): return float
import numpy as np
np.testing.assert_allclose = np.allclose = lambda *a, **k: True
"""
    yes = "def {}(x):\n    return Yes(1)"
    assert graded(notebook(yes.format("double"), yes.format("triple"), cheat)).score == 0


def test_correct_pieces_that_come_by_gain_nothing(
    graded: Callable[..., SubmissionResult],
) -> None:
    """A cell that is tried on a correct `double` cannot give it to its notebook."""
    keep = "import __main__\nif globals() is not vars(__main__):\n    __main__.double = double\n"
    result = graded(notebook("def double(x):\n    return 0", keep + TRIPLE))
    assert [exercise.score for exercise in result.exercises] == [0, 1]


def test_metadata_of_ones_own_gains_nothing(
    graded: Callable[..., SubmissionResult], course: Assignment
) -> None:
    book = notebook("def double(x):\n    return 0", "def triple(x):\n    return 0")
    for cell in book.cells:
        cell.metadata["papermill"] = {"status": "completed"}
        cell.metadata["autograder"] = {"state": "stopped", "reason": "by itself"}
        cell.metadata["tags"] = ["raises-exception"]
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader.update(points=1000, locked=False, grade=True, solution=True)
    book.cells.append(new_code_cell("9", metadata=note("bonus", grade=True, points=50.0)))
    result = graded(book)
    assert (result.score, result.max_score) == (0, 3)
    assert result.failed_cells == ()
    written = nbformat.read(course.autograded("eve") / "tiny.ipynb", as_version=4)
    notes = [cell.metadata.nbgrader for cell in written.cells if "nbgrader" in cell.metadata]
    points = {n.grade_id: n.points for n in notes if n.grade}
    assert points == {"double-check": 2.0, "triple-check": 1.0, "essay": 3.0}


def test_a_cell_that_asks_to_be_skipped_is_run_or_said_to_be_skipped(
    graded: Callable[..., SubmissionResult],
) -> None:
    book = notebook(more=[new_code_cell("1 / 0", metadata={"tags": ["skip-execution"]})])
    assert [cell.index for cell in graded(book).failed_cells] == [7]


def test_a_link_is_not_followed(
    graded: Callable[..., SubmissionResult], course: Assignment, tmp_path: Path
) -> None:
    """Neither one that was handed in, nor one made while running."""
    secret = tmp_path / MARK
    secret.write_text(MARK)
    folder = course.submitted("eve")
    folder.mkdir(parents=True)
    (folder / "link").symlink_to(secret)
    (folder / "folder").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe")
    first = f"""
import os
assert not os.path.lexists("link") and not os.path.lexists("pipe")
os.symlink({str(tmp_path)!r}, "out")
os.symlink({str(secret)!r}, "tiny.html")
"""
    result = graded(notebook(first=first))
    assert (result.score, result.failed_cells) == (3.0, ())
    assert secret.read_text() == MARK
    assert sorted(p.name for p in course.autograded("eve").iterdir()) == [
        "result.json",
        "tiny.ipynb",
    ]


DYING_MODULE = """
import glob, os
for log in glob.glob("/tmp/grader-*/**/kernel.log", recursive=True):
    os.unlink(log)
    os.symlink({secret!r}, log)
os._exit(1)
"""


def test_the_kernels_log_is_not_followed(
    graded: Callable[..., SubmissionResult], course: Assignment, tmp_path: Path
) -> None:
    """The grader quotes the log's last line; a link there must not lead to a file of the host."""
    secret = tmp_path / MARK
    secret.write_text("the first line\nthe line that must not be told\n")
    module = DYING_MODULE.format(secret=str(secret))
    first = f"import os\nopen('debugpy.py', 'w').write({module!r})\nos._exit(0)"
    try:
        told = repr(graded(notebook(first=first)))
    except Exception as error:
        told = repr(error)
    assert "must not be told" not in told


def test_a_file_named_like_a_module_of_the_kernel_stops_nothing(
    graded: Callable[..., SubmissionResult],
) -> None:
    files = {name: "1 / 0" for name in ("debugpy", "comm", "queue", "psutil", "zmq")}
    assert graded(notebook(), **files).score == 3.0


@pytest.mark.parametrize(
    "flood",
    [
        'send("display_data", {"data": {}, "metadata": {}, "transient": {"display_id": "a"}})\n'
        'send("update_display_data", {"data": {"text/plain": "y" * 6_000_000}, "metadata": {},'
        ' "transient": {"display_id": "a"}})',
        'send("comm_open", {"comm_id": "a", "target_name": "x",'
        ' "data": {"state": {"_model_name": "x", "a": "y" * 6_000_000}}})',
        'send("display_data", {"data": {"text/plain": "y" * 6_000_000}, "metadata": {}})',
        'print("y" * 6_000_000)',
    ],
    ids=["updates", "widgets", "displays", "text"],
)
def test_output_of_every_kind_is_limited(
    graded: Callable[..., SubmissionResult], course: Assignment, flood: str
) -> None:
    assert graded(notebook(first=FORGE + flood)).score == 3.0
    assert (course.autograded("eve") / "tiny.ipynb").stat().st_size < 3 * LIMITS.output_bytes
