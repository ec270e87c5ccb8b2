"""A trained model's files that were handed in: whether hidden tests get them or the notebook's."""

from dataclasses import replace

import pytest
from support.tiny import DOUBLE, hand_in, make_course, notebook

from autograder.artifacts import LARGE_FILE
from autograder.grading.options import Options
from autograder.grading.submission import grade
from autograder.results.model import Outcome
from autograder.settings import Weights

pytestmark = pytest.mark.usefixtures("needs_sandbox")

TESTS = '''
from autograder.testing import expect, points, remote

@points(1)
def test_script(student):
    """predict.py is that of the student's machine."""
    assert remote.read_file(student, "predict.py") == b"handed in"

@points(1)
def test_weights(student):
    """model_weights.pt is that of the notebook."""
    assert remote.read_file(student, "model_weights.pt") == b"written"

@points(1)
def test_which(student):
    """Which of them were handed in."""
    names = ("predict.py", "model_weights.pt")
    assert [remote.is_handed_in(student, name) for name in names] == [True, False]
'''
PASSED, FAILED, MISSING = Outcome.PASSED, Outcome.FAILED, Outcome.MISSING
WRITES = """
for name in ("predict.py", "model_weights.pt"):
    with open(name, "w") as file:
        file.write("written")
"""
LOOKS = """
import pathlib
assert not [*pathlib.Path(".").rglob("predict.py"), *pathlib.Path(".").rglob("*.pt")]
"""


@pytest.fixture
def assignment(tmp_path):
    assignment = make_course(tmp_path)
    (assignment.hidden_tests / "test_double.py").write_text(TESTS)
    return assignment


def graded(assignment, weights, book, **files):
    """The result of ada's notebook with these files beside it, and its outcomes by exercise."""
    hand_in(assignment, "ada", book)
    for path, content in files.items():
        place = assignment.submitted("ada") / path
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(content)
    result = grade(replace(assignment, weights=weights), "ada", "", Options()).result
    return result, {e.name: [test.outcome for test in e.tests] for e in result.exercises}


def test_handed_in_files_do_not_stand_in_for_the_notebooks(assignment):
    """Nor does one in a folder from which hidden tests read in a second try."""
    files = {"predict.py": b"handed in", "model_weights.pt": b"written", "again/predict.py": b"x"}
    result, outcomes = graded(assignment, Weights.RETRAIN, notebook(first=LOOKS), **files)
    assert result.failed_cells == ()
    assert outcomes["double"] == [MISSING, MISSING, FAILED]
    assert result.notes == ()


def test_where_they_count_they_come_before_the_notebooks_and_a_missing_one_is_said(assignment):
    book = notebook(first=LOOKS + WRITES)
    result, outcomes = graded(assignment, Weights.SUBMITTED, book, **{"predict.py": b"handed in"})
    assert result.failed_cells == ()
    assert outcomes["double"] == [PASSED, PASSED, PASSED]
    (note,) = result.notes
    assert note == "model_weights.pt was not handed in; the one that the notebook writes counts"


@pytest.mark.parametrize("ending", ["while True:\n    pass", "import os\nos._exit(1)"])
def test_they_count_whatever_becomes_of_the_notebook(assignment, ending):
    book = notebook(first=WRITES + ending)
    _, outcomes = graded(assignment, Weights.SUBMITTED, book, **{"predict.py": b"handed in"})
    assert outcomes["double"][0] is PASSED


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (LARGE_FILE + b"v1", "model_weights.pt is kept in Git LFS"),
        (None, "model_weights.pt is not a file that can be read"),
    ],
)
def test_one_that_cannot_be_taken_is_said_and_the_notebooks_counts(assignment, content, said):
    files = {"predict.py": b"handed in"}
    if content is None:
        hand_in(assignment, "ada", notebook())
        (assignment.submitted("ada") / "model_weights.pt").symlink_to("/etc/hostname")
    else:
        files["model_weights.pt"] = content
    result, outcomes = graded(assignment, Weights.SUBMITTED, notebook(first=WRITES), **files)
    assert outcomes["double"] == [PASSED, PASSED, PASSED]
    (note,) = result.notes
    assert note.startswith(said)


def test_a_second_try_is_about_what_the_students_code_writes_with_correct_pieces(assignment):
    (assignment.hidden_tests / "test_double.py").write_text('''
from autograder.testing import expect, points

@points(1)
def test_it(student):
    """Twice."""
    assert expect.number(student.double(4)) == 8
''')
    (assignment.hidden_tests / "test_triple.py").write_text('''
from autograder.testing import points, remote

BUILDS_ON = ("double",)

@points(1)
def test_file(student):
    """It holds twice one."""
    assert remote.read_file(student, "predict.py") == b"2"
''')
    writes = "with open('predict.py', 'w') as file:\n    file.write(str(double(1)))"
    book = notebook(double=DOUBLE.replace("2", "1"), triple=f"def triple(x): pass\n{writes}")
    _, outcomes = graded(assignment, Weights.SUBMITTED, book, **{"predict.py": b"1"})
    assert outcomes == {"double": [FAILED], "triple": [PASSED]}
