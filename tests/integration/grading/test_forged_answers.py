"""Kernels that send forged or damaged answers."""

import contextlib

import pytest
from support.attached import Student

from autograder.course import Limits
from autograder.grading.failures import (
    CellSources,
    StudentError,
    TimedOut,
)
from autograder.probe import codec

PATIENT = Limits(call_seconds=20)


HASTY = Limits(call_seconds=1)


RAISED = b'{"status": "raised", "types": %s, "message": "", "lines": %s}'


OK = b'{"status": "ok", "text": %s}'


CONTENTS = {
    "no status": b"{}",
    "a list": b"[]",
    "a number": b"7",
    "null": b"null",
    "no JSON": b"{{{",
    "no text": b"\xff\xfe",
    "too deep": b"[" * 100_000,
    "status of another type": b'{"status": ["ok"]}',
    "unknown status": b'{"status": "passed", "score": 100}',
    "ok without a value": b'{"status": "ok"}',
    "value that is no text": OK % b"5",
    "value that is no message": OK % b'"{"',
    "value too deep": OK % (b'"' + b"[" * 100_000 + b'"'),
    "array that is not there": OK % rb'"{\"ndarray\": \"0\"}"',
    "handle of nothing": OK % rb'"{\"handle\": null}"',
    "handle without a number": OK % rb'"{\"handle\": {\"id\": \"x\", \"type\": \"y\"}}"',
    "handle of infinity": OK % rb'"{\"handle\": {\"id\": 1e999, \"type\": \"y\"}}"',
    "missing nothing": b'{"status": "missing"}',
    "missing an object": b'{"status": "missing", "name": {"a": 1}}',
    "unserializable without a reason": b'{"status": "unserializable"}',
    "raised nothing": b'{"status": "raised"}',
    "raised no type": RAISED % (b"[]", b"[]"),
    "types that are null": RAISED % (b"null", b"[]"),
    "types that are a text": RAISED % (b'"NotImplementedError"', b"[]"),
    "types that are objects": RAISED % (b'[{"a": 1}, [2]]', b"[]"),
    "type with a lone surrogate": RAISED % (rb'["\ud800"]', b"[]"),
    "lines that are a number": RAISED % (b'["A"]', b"5"),
    "line of one part": RAISED % (b'["A"]', b"[[1]]"),
    "line of three parts": RAISED % (b'["A"]', b"[[1, 2, 3]]"),
    "line number that is a text": RAISED % (b'["A"]', b'[["x", "y"]]'),
    "line number that is infinite": RAISED % (b'["A"]', b'[[1e999, "y"]]'),
    "line number that is nan": RAISED % (b'["A"]', b'[[NaN, "y"]]'),
    "line number beyond everything": RAISED % (b'["A"]', b'[[999999999999999999999, "y"]]'),
    "interrupted by nobody": b'{"status": "interrupted"}',
}


FORGER = """
from jupyter_client.session import Session

kernel = get_ipython().kernel
session = kernel.session
honest_send = session.send

async def forged(stream, ident, parent):
    session.send(stream, "probe_reply", CONTENT, parent, ident=ident, buffers=[b""])

def lie_with(content):
    global CONTENT
    CONTENT = content
    kernel.shell_handlers["probe_request"] = forged

def be_honest():
    session.send = honest_send
    kernel.shell_handlers["probe_request"] = kernel.probe_request

def double(x):
    return 2 * x
"""


# What becomes of the kernel's own answer; `message` is the reply to `parent`.
PATCHES = {
    "parent that is a list": "message['parent_header'] = [1]",
    "parent that is a text": "message['parent_header'] = 'x'",
    "parent that is null": "message['parent_header'] = None",
    "parent whose id is a list": "message['parent_header'] = {'msg_id': ['x']}",
    "header without an id": "message['header'].pop('msg_id', None)",
    "header that is a list": "message['header'] = []",
    "date that is none": "message['header']['date'] = 'yesterday'",
    "no buffer": "buffers = []",
    "two buffers": "buffers = [b'', b'']",
    "buffer that is no blob": "buffers = [b'pickle']",
    "larger than a message may be": f"buffers = [bytes({codec.MAX_BYTES + 2**21})]",
    "wrong signature": "out = Session(key=b'another').send",
}


PATCHED = """
def send(stream, kind, content=None, parent=None, ident=None, buffers=None, **more):
    if kind != "probe_reply":
        return honest_send(stream, kind, content, parent, ident=ident, buffers=buffers, **more)
    be_honest()
    out, message = honest_send, session.msg(kind, content, parent=parent)
    {patch}
    out(stream, message, ident=ident, buffers=buffers)
session.send = send
"""


SILENT = "kernel.shell_handlers['probe_request'] = lambda *_: None"


@pytest.fixture(scope="module")
def forgers():
    return []


@pytest.fixture
def forger(open_notebook, forgers, monkeypatch):
    """A kernel that can be told to lie; a new one where the last test's had to be killed."""
    monkeypatch.setattr("autograder.sandbox.kernel.INTERRUPT_SECONDS", 0.2)
    if not forgers or not forgers[-1].alive:
        forgers.append(open_notebook(FORGER))
    return forgers[-1]


@pytest.mark.parametrize("name", CONTENTS)
def test_a_forged_answer_is_no_answer_and_the_next_one_comes(forger, run_cell, name):
    pupil = Student(forger, PATIENT)
    run_cell(forger, f"lie_with({CONTENTS[name]!r})")
    with pytest.raises(StudentError):
        pupil.double(2)
    run_cell(forger, "be_honest()")
    assert pupil.double(2) == 4


@pytest.mark.parametrize("name", PATCHES)
def test_a_patched_session_costs_no_more_than_its_own_answer(
    forger, forgers, open_notebook, run_cell, name
):
    def revive():
        forgers.append(open_notebook(FORGER))
        return forgers[-1]

    run_cell(forger, PATCHED.format(patch=PATCHES[name]))
    with contextlib.suppress(StudentError):
        assert Student(forger, HASTY).double(3) == 6  # some of these are answers all the same
    assert Student(forger, PATIENT, revive=revive).double(2) == 4


def test_an_answer_that_never_comes_is_a_time_out(forger, run_cell):
    run_cell(forger, SILENT)
    with pytest.raises(TimedOut):
        Student(forger, HASTY).double(2)
    assert not forger.alive


def test_an_answer_to_another_question_is_not_taken(forger, run_cell):
    run_cell(
        forger,
        """
async def twice(stream, ident, parent):
    content = {"status": "ok", "text": "99"}
    other = dict(parent["header"], msg_id="another")
    session.send(stream, "probe_reply", content, other, ident=ident, buffers=[b""])
    await kernel.probe_request(stream, ident, parent)
    session.send(stream, "probe_reply", content, parent, ident=ident, buffers=[b""])
kernel.shell_handlers["probe_request"] = twice
""",
    )
    pupil = Student(forger, PATIENT)
    assert [pupil.double(n) for n in range(3)] == [0, 2, 4]
    run_cell(forger, "be_honest()")


def test_a_forged_answer_to_the_end_of_a_test_leaves_nothing_of_it(forger, run_cell):
    written = CellSources({"double": "def double(x): return 7"}, {})
    pupil = Student(forger, PATIENT, written)
    assert pupil.follow_through("double", [])
    run_cell(forger, "lie_with(b'[]')")
    with contextlib.suppress(StudentError):
        pupil.end_test()
    run_cell(forger, "be_honest()")
    assert pupil.double(2) == 4
