"""The files that attacks are written in."""

import re
from pathlib import Path

import pytest
from support.small_assignment import released

from autograder.audit.attack_course import put_in
from autograder.audit.attacks import AttackClass, Base, Part, Place, read_attack, read_attacks
from autograder.errors import AutograderError
from autograder.settings import Weights

HEADER = "# attack: lies\n# class: gain\n# base: stub\n# expect: no more points than base\n"


def attack(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "lies.py"
    path.write_text(text)
    return path


def test_a_header_and_its_code(tmp_path):
    read = read_attack(attack(tmp_path, HEADER + "x = 1\n"))
    assert (read.name, read.description) == ("lies", "lies")
    assert (read.kind, read.base) == (AttackClass.GAIN, Base.STUB)
    assert read.parts == (Part(Place.CELL, "first", "x = 1\n"),)
    assert (read.limit, read.fast, read.weights) == (None, False, Weights.RETRAIN)
    assert (read.may_lose, read.must_be_zero) == (None, False)


def test_the_code_of_several_places(tmp_path):
    more = "# exercise: one\n# limit: 20\n# fast: yes\n# weights: submitted\nx = 1\n"
    sections = "# --- exercise: two\ny = 2\n# --- cell: last\nz = 3\n"
    files = "# --- file: a/conftest.py\nimport os\n\nw = 4\n# --- build:\nfolder\n"
    read = read_attack(attack(tmp_path, HEADER + more + sections + files))
    assert read.parts == (
        Part(Place.EXERCISE, "one", "x = 1\n"),
        Part(Place.EXERCISE, "two", "y = 2\n"),
        Part(Place.CELL, "last", "z = 3\n"),
        Part(Place.FILE, "a/conftest.py", "import os\n\nw = 4\n"),
        Part(Place.BUILD, "", "folder\n"),
    )
    assert (read.limit, read.fast, read.weights) == (20.0, True, Weights.SUBMITTED)


@pytest.mark.parametrize(
    ("expect", "may_lose", "must_be_zero"),
    [
        ("the points of base", frozenset(), False),
        ("loses only one, two", frozenset(("one", "two")), False),
        ("0 points", None, True),
    ],
)
def test_what_must_come_of_it(tmp_path, expect, may_lose, must_be_zero):
    text = HEADER.replace("no more points than base", expect) + "x = 1\n"
    read = read_attack(attack(tmp_path, text))
    assert (read.may_lose, read.must_be_zero) == (may_lose, must_be_zero)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("# class: gain\n", "", "no line '# class: ...'"),
        ("gain", "profit", "write '# class: gain', leak or harm"),
        ("base: stub", "base: mine", "'# base: solution' or stub"),
        ("no more points than base", "nothing", "is none of"),
        ("x = 1\n", "", "no code"),
        ("x = 1", "# --- cell: middle\nx = 1", "neither first nor last"),
        ("x = 1", "# --- file:\nx = 1", "has no name"),
        ("x = 1", "# limit: soon\nx = 1", "not a number of seconds"),
        ("x = 1", "# weights: mine\nx = 1", "'# weights: retrain' or submitted"),
    ],
)
def test_a_wrong_file_is_one_line(tmp_path, before, after, said):
    text = (HEADER + "x = 1\n").replace(before, after)
    with pytest.raises(AutograderError, match=re.escape(said)):
        read_attack(attack(tmp_path, text))


def test_an_unknown_exercise_is_named(tmp_path):
    attack(tmp_path, HEADER + "# exercise: other\nx = 1\n")
    with pytest.raises(AutograderError, match="names 'other'"):
        read_attacks(tmp_path, ["one"])


def test_cells_are_put_where_they_belong():
    notebook = released("one", "two")
    parts = [
        Part(Place.CELL, "first", "a = 1\n"),
        Part(Place.CELL, "first", "b = 2\n"),
        Part(Place.EXERCISE, "two", "two = 2\n"),
        Part(Place.CELL, "last", "c = 3\n"),
        Part(Place.FILE, "x.py", "not a cell"),
    ]
    before = [cell.source for cell in notebook.cells]
    put_in(notebook, parts)
    after = [cell.source for cell in notebook.cells]
    assert after == [
        before[0], "a = 1\n", "b = 2\n", before[1], "two = 2\n", before[3], "c = 3\n"
    ]  # fmt: skip
