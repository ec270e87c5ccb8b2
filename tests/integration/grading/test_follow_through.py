"""A cell is run again on correct pieces, so that one mistake costs once."""

import pytest
from support.attached import Student

from autograder.course import Limits
from autograder.grading.failures import (
    CellSources,
    MissingName,
    Raised,
)

PATIENT = Limits(call_seconds=20)


SECRET = 731846


def raised_by(call, *args):
    with pytest.raises(Raised) as caught:
        call(*args)
    return caught.value


PIECES = {"inner": "def inner(x): return 2 * x", "middle": "def middle(x): return inner(x) + 1"}


OWN = {
    "inner": "def inner(x): return 3 * x",
    "outer": """
calls = 0
def outer(x):
    global calls
    calls += 1
    return middle(x) * 10
""",
    "timed": "%time y = inner(2)\ndef timed(): return y",
    "broken": "raise ValueError('731846')",
    "renamed": "def another_name(): return 1",
}


@pytest.fixture(scope="module")
def chained(open_notebook):
    return open_notebook("\n".join([OWN["inner"], "def middle(x): return inner(x)", OWN["outer"]]))


@pytest.fixture
def follower(chained):
    pupil = Student(chained, PATIENT, CellSources(OWN, PIECES))
    yield pupil
    pupil.end_test()


def test_a_cell_is_run_on_correct_pieces_until_the_test_ends(follower):
    assert follower.outer(1) == 30
    assert follower.follow_through("outer", ["inner", "middle"]) is True
    assert follower.outer(1) == 30  # (2 * 1 + 1) * 10
    assert follower.outer(2) == 50
    follower.end_test()
    assert follower.outer(2) == 60


def test_correct_pieces_do_not_change_the_notebook(follower):
    before = follower.calls
    follower.follow_through("outer", ["inner", "middle"])
    follower.outer(1)
    follower.end_test()
    assert (follower.inner(2), follower.middle(2), follower.calls) == (6, 6, before)


def test_the_cells_are_run_once_for_all_tests_of_an_exercise(follower):
    follower.begin_exercise("outer")
    for calls in (1, 2):
        follower.follow_through("outer", ["inner", "middle"])
        follower.outer(1)
        assert follower.calls == calls
        follower.end_test()
    follower.begin_exercise("outer")
    follower.follow_through("outer", ["inner", "middle"])
    assert follower.calls == 0


def test_what_a_rerun_cell_writes_stays_apart(follower):
    cell = "import os\nopen('written.txt', 'w').write('x')\ndef there(): return os.listdir('.')"
    pupil = Student(follower.kernel, PATIENT, CellSources({"there": cell}, PIECES))
    pupil.follow_through("there", [])
    assert (pupil.there(), pupil.file("written.txt")) == (["written.txt"], b"x")
    pupil.end_test()
    with pytest.raises(MissingName):
        pupil.file("written.txt")


def test_everything_is_found_among_the_correct_pieces(follower):
    follower.follow_through("outer", ["inner"], given="inner_of_two = inner(2)")
    assert (follower.inner(2), follower.inner_of_two) == (4, 4)


def test_a_rerun_cell_can_look_up_its_own_source(follower):
    own = {"where": "import inspect\ndef where(): pass\ntext = inspect.getsource(where)"}
    pupil = Student(follower.kernel, PATIENT, CellSources(own, PIECES))
    assert pupil.follow_through("where", [])
    assert pupil.text == "def where(): pass\n"
    pupil.end_test()


def test_a_function_that_is_no_named_piece_goes_on_calling_the_notebooks_own(follower):
    follower.follow_through("outer", ["inner"])
    assert follower.outer(2) == 60


def test_a_cell_with_magics_can_be_run_again(follower):
    assert follower.follow_through("timed", ["inner"])
    assert follower.timed() == 4


def test_an_exercise_that_is_not_in_the_notebook_has_nothing_to_follow(follower):
    assert follower.follow_through("absent", ["inner"]) is False


def test_a_cell_that_fails_on_correct_pieces_says_so(follower):
    error = raised_by(follower.follow_through, "broken", ["inner"])
    assert error.types[0] == "ValueError" and str(SECRET) not in error.remark


def test_a_cell_that_does_not_define_its_name_is_missing_it(follower):
    follower.follow_through("renamed", ["inner"])
    with pytest.raises(MissingName):
        _ = follower.renamed


def test_a_correct_piece_can_be_a_handle_to_data(follower):
    written = CellSources({"table": "table = [inner(1), inner(2)]"}, PIECES)
    pupil = Student(follower.kernel, PATIENT, written)
    assert pupil.follow_through("table", ["inner"])
    assert pupil.value(pupil.table) == [2, 4]
    pupil.end_test()
