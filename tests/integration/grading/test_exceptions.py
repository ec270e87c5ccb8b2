"""What the student and the TA are told when the student's code raises an error."""

import pytest
from support.attached import Student

from autograder.course import Limits
from autograder.grading.failures import (
    CellSources,
    Raised,
    Unwritten,
)
from autograder.results.model import Outcome

PATIENT = Limits(call_seconds=20)


CELL = """# the cell's first line
def halve(x):
    return half_of(x)

def half_of(x):
    if x < 0:
        raise ValueError(f"cannot halve {x}")
    return x / nothing

def unwritten(x):
    raise NotImplementedError

class ShowsNothing(Exception):
    def __str__(self):
        raise RuntimeError("no message")

class DiesWhenShown(Exception):
    def __str__(self):
        raise SystemExit

def unshowable(x):
    raise ShowsNothing(x)

def dies_when_shown(x):
    raise DiesWhenShown(x)

def named(x):
    raise type(f"Secret{x}", (KeyError,), {})(x)

def forge_lines(x):
    import linecache
    linecache.cache[forge_lines.__code__.co_filename] = (1, None, [f"forged {x}\\n"] * 99, "")
    raise ValueError(x)

def patch_getline(x):
    import linecache
    linecache.getline = lambda *_: f"forged {x}"
    raise ValueError(x)

def surrogates(x):
    raise ValueError("\\ud800" + str(x))

class Unnamed(type):
    @property
    def __name__(cls):
        raise ValueError("no name")

class NoName(Exception, metaclass=Unnamed):
    pass

def nameless(x):
    raise NoName(x)

def deep(x):
    return deep(x)

def group(x):
    raise ExceptionGroup(f"{x}", [ValueError(x)])

def leave(x):
    raise SystemExit(x)

def interrupt(x):
    raise KeyboardInterrupt(x)

def fine(x):
    return x + 1
"""


SECRET = 731846


@pytest.fixture(scope="module")
def failing(open_notebook):
    written = CellSources({"halve": "\n".join(CELL.splitlines()[:40])})
    limits = Limits(call_seconds=5)
    pupil = Student(open_notebook(CELL), limits, written, revive=lambda: open_notebook(CELL))
    pupil.begin_exercise("halve")
    pupil.session._deadline = float("inf")  # many tests share it
    return pupil


def raised_by(call, *args):
    with pytest.raises(Raised) as caught:
        call(*args)
    return caught.value


def test_an_exception_has_its_type_and_the_line_of_the_students_own_cell(failing):
    error = raised_by(failing.halve, SECRET)
    assert error.outcome is Outcome.RAISED
    assert error.types[0] == "NameError" and "Exception" in error.types
    assert error.remark == "it raised NameError at line 8 of its cell: return x / nothing"


def test_the_detail_for_the_assistant_has_the_message_and_every_line(failing):
    error = raised_by(failing.halve, -SECRET)
    parts = [f"cannot halve -{SECRET}", "line 3: return half_of(x)", "line 7: raise ValueError"]
    assert [part for part in parts if part not in str(error)] == []


def test_a_line_that_is_nowhere_in_the_notebook_is_not_shown(failing):
    elsewhere = Student(failing.kernel, PATIENT, CellSources({"halve": "x = 1"}))
    elsewhere.begin_exercise("halve")
    assert raised_by(elsewhere.halve, SECRET).remark == "it raised NameError"


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("unshowable", "it raised Exception"),
        ("named", "it raised KeyError"),
        ("forge_lines", "it raised ValueError"),
        ("surrogates", "it raised ValueError"),
        ("nameless", "it raised Exception"),
        ("dies_when_shown", "it raised Exception"),
        ("deep", "it raised RecursionError"),
        ("group", "it raised ExceptionGroup"),
        ("leave", "it raised SystemExit"),
        ("interrupt", "KeyboardInterrupt"),
        ("patch_getline", "it raised ValueError"),
    ],
)
def test_a_remark_tells_nothing_that_a_test_sent(failing, name, known):
    error = raised_by(getattr(failing, name), SECRET)
    assert str(SECRET) not in error.remark
    assert known in error.remark
    assert failing.fine(1) == 2


def test_not_implemented_means_not_written_yet(failing):
    with pytest.raises(Unwritten) as caught:
        failing.unwritten(SECRET)
    assert caught.value.outcome is Outcome.UNWRITTEN and caught.value.remark == ""


def test_an_interrupt_that_the_code_raised_itself_is_no_time_out(failing):
    error = raised_by(failing.interrupt, SECRET)
    assert "KeyboardInterrupt" in error.remark and error.types == ("KeyboardInterrupt",)


def test_a_missing_argument_is_an_exception_of_the_call(failing):
    assert raised_by(failing.fine).types[0] == "TypeError"
