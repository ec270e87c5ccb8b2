"""The judge of attacks must be able to fail: each kind of success is reported."""

import base64
import codecs
import json
import socket
import time
from dataclasses import replace
from pathlib import Path

import pytest
from support.results import outcome, submission

from autograder.audit.attack_course import AttackCourse
from autograder.audit.attack_report import (
    BEGIN,
    END,
    security_table,
    to_json,
    write_report,
    write_security,
)
from autograder.audit.attack_run import short_limits
from autograder.audit.attacks import Attack, AttackClass, Base, Part, Place
from autograder.audit.judge import CANARY_TEST, Evidence, Verdict, differences, judge, leaks_in
from autograder.audit.listeners import Listeners
from autograder.course import Assignment, Limits
from autograder.errors import AutograderError
from autograder.results.store import write_result
from autograder.settings import Weights

CANARY = "canary0123456789abcdef01234567"
ATTACK = Attack(
    name="lies",
    description="lies | and more",
    kind=AttackClass.GAIN,
    base=Base.STUB,
    parts=(Part(Place.CELL, "first", "x = 1\n"),),
    expect="no more points than base",
    may_lose=None,
    must_be_zero=False,
    limit=None,
    weights=Weights.RETRAIN,
    fast=True,
    path=Path("lies.py"),
)
BASE = submission("stub", {"first": [True, False], "second": [True]})


def judged(attack=ATTACK, exercises=None, harm=(), seconds=10.0, **evidence):
    exercises = exercises or {"first": [True, False], "second": [True]}
    evidence.setdefault("result", submission("lies", exercises, seconds))
    return judge(attack, Evidence(**evidence), BASE, 60.0, harm)


def test_an_attack_without_effect_held():
    found = judged()
    assert (found.verdict, found.problems) == (Verdict.HELD, ())
    assert (found.points, found.base_points, found.seconds) == (2.0, 2.0, 10.0)


def test_points_above_the_base_are_reported_even_where_the_sum_is_lower():
    found = judged(exercises={"first": [True, True], "second": [False]})
    assert found.verdict is Verdict.GAINED
    assert found.problems == ("first has 2 points, and 1 are right",)


def test_any_points_are_too_many_where_none_are_right():
    found = judged(replace(ATTACK, must_be_zero=True))
    assert found.verdict is Verdict.GAINED
    assert len(found.problems) == 2


def test_lost_points_are_reported_where_they_must_be_kept():
    lost = {"first": [False, False], "second": [True]}
    assert judged(exercises=lost).verdict is Verdict.HELD
    assert judged(replace(ATTACK, may_lose=frozenset()), lost).verdict is Verdict.LOST
    assert judged(replace(ATTACK, may_lose=frozenset(["first"])), lost).verdict is Verdict.HELD


def test_the_test_that_the_audit_adds_counts_for_nothing():
    added = replace(outcome("x", True), name=CANARY_TEST)
    assert judged(exercises={"first": [True, added], "second": [True]}).verdict is Verdict.HELD


def test_a_late_run_is_reported():
    assert judged(seconds=60.0).verdict is Verdict.HELD
    found = judged(seconds=61.0)
    assert found.verdict is Verdict.TOO_LONG
    assert "61 s, and 60 s are allowed" in found.problems[0]


def test_a_missing_result_a_crash_and_harm_are_reported():
    assert judged(result=None).verdict is Verdict.HARMED
    assert judged(crashed=True).verdict is Verdict.HARMED
    assert judged(harm=("the process 7 is left",)).problems == ("the process 7 is left",)


def test_the_worst_comes_first():
    found = judged(leaks=("it is in x",), seconds=99.0, harm=("x changed",))
    assert found.verdict is Verdict.HARMED
    assert len(found.problems) == 3
    assert judged(leaks=("it is in x",), seconds=99.0).verdict is Verdict.LEAKED


@pytest.mark.parametrize(
    "text",
    [
        f"some {CANARY} text",
        CANARY.upper(),
        CANARY[::-1],
        codecs.encode(CANARY, "rot13"),
        CANARY.encode().hex(),
        *(base64.b64encode(b"x" * n + CANARY.encode() + b"y" * n).decode() for n in range(4)),
        "data:image/png;base64," + base64.b64encode(b"\x89PNG" * 9 + CANARY.encode()).decode(),
    ],
)
def test_a_canary_is_found(text):
    assert leaks_in({"page": text}, {"the home": CANARY}) == ["the home is in page"]


def test_other_text_is_no_canary():
    texts = {"page": "canary " + base64.b64encode(b"nothing to see here" * 9).decode()}
    assert leaks_in(texts, {"the home": CANARY}) == []


def test_an_honest_result_that_changed_is_reported():
    honest = submission("neighbor-0", {"first": [True, True], "second": [False]})
    assert differences(honest, "neighbor-0", {"first"}) == []
    assert differences(None, "neighbor-0", {"first"}) != []
    for other in ({"first": [True, False], "second": [False]}, {"first": [True], "second": [True]}):
        assert len(differences(submission("neighbor-0", other), "neighbor-0", {"first"})) == 1


@pytest.mark.parametrize("name", ["TCP", "UDP", "UNIX", "ABSTRACT"])
def test_a_listener_hears(tmp_path, name):
    with Listeners(tmp_path, f"test-{tmp_path.name}-{name}") as listeners:
        place = listeners.places[name]
        address = ("127.0.0.1", int(place)) if name in ("TCP", "UDP") else place
        address = f"\0{place}" if name == "ABSTRACT" else address
        family = socket.AF_INET if name in ("TCP", "UDP") else socket.AF_UNIX
        kind = socket.SOCK_DGRAM if name == "UDP" else socket.SOCK_STREAM
        with socket.socket(family, kind) as sender:
            sender.connect(address)
            sender.send(b"lies: 42")
        for _ in range(100):
            if listeners.heard:
                break
            time.sleep(0.05)
    assert listeners.heard == [(name, "lies: 42")]


def test_what_a_student_is_shown_is_searched_without_what_the_ta_alone_sees(tmp_path):
    assignment = Assignment("week1_mlp", tmp_path)
    course = AttackCourse(tmp_path, assignment, {})
    hidden = replace(outcome("x", False), detail="hidden", symptoms=("hidden too",))
    result = submission("lies", {"first": [hidden]}, reason="shown")
    write_result(result, assignment.autograded("lies"))
    (text,) = course.shown("lies").values()
    assert "shown" in text and "hidden" not in text


def test_a_changed_and_a_new_file_are_noticed(tmp_path):
    root = tmp_path / "course"
    (root / "source").mkdir(parents=True)
    (root / "source" / "a").write_text("1")
    (root / "autograded").mkdir()
    course = AttackCourse(tmp_path, Assignment("week1_mlp", root), {})
    before = course.digests()
    (root / "autograded" / "result").write_text("grading writes here")
    assert course.digests() == before
    (root / "source" / "a").write_text("2")
    (root / "planted").write_text("")
    assert set(course.digests().items()) - set(before.items()) != set()
    assert "course/planted" in course.digests()


def test_limits_are_shortened_together():
    limits = Limits(cell_seconds=60, notebook_seconds=240, call_seconds=30, exercise_seconds=90)
    short = short_limits(limits, 40)
    assert (short.cell_seconds, short.call_seconds, short.exercise_seconds) == (10, 5, 15)
    assert short_limits(limits, None) is limits


def test_the_report_and_the_table(tmp_path):
    assignment = Assignment("week1_mlp", tmp_path)
    found = [judged(), judged(seconds=99.0)]
    data = json.loads(write_report(assignment, found).read_text())
    assert data == json.loads(json.dumps(to_json(assignment, found)))
    assert not data["passed"]
    assert [attack["outcome"] for attack in data["attacks"]] == ["held", "TOO LONG"]
    begin, end = BEGIN.format(week="week1_mlp"), END.format(week="week1_mlp")
    path = tmp_path / "SECURITY.md"
    path.write_text(f"before\n{begin}\nold\n{end}\nafter\n")
    for _ in range(2):
        write_security(assignment, found)
        text = path.read_text()
        assert text.startswith("before\n") and text.endswith("\nafter\n") and "old" not in text
        assert text.count("| `lies` | lies \\| and more | gain |") == 2
    assert len(security_table(found)) == 4
    path.write_text("no markers")
    with pytest.raises(AutograderError, match="no place for the table"):
        write_security(assignment, found)
