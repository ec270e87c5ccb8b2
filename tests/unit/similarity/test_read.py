"""What is read: any layout of earlier years, groups once, and unreadable notebooks left out."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from support.tiny import hand_in, make_course, note, notebook

from autograder.errors import UsageError
from autograder.similarity.read import OTHER_CELLS, read_class, read_earlier

STUB = "def double(x):\n    raise NotImplementedError"


@pytest.fixture
def course(tmp_path):
    return make_course(tmp_path / "course")


def read(course, **groups):
    return read_class(course, groups, lambda _: None)


def test_answers_words_and_other_cells(course):
    own = new_code_cell("helper = 3\r\nx = helper")
    words = new_markdown_cell("My words.", id="essay", metadata=note("essay", solution=True))
    book = notebook(STUB, "def triple(x):\r\n    return 3 * x", more=[own])
    book.cells = [words if cell.id == "essay" else cell for cell in book.cells]
    hand_in(course, "ada", book)
    (work,) = read(course).works
    assert work.code == {
        "triple": "def triple(x):\n    return 3 * x",
        OTHER_CELLS: "helper = 3\nx = helper",
    }
    assert work.words == {"essay": "My words."}
    assert work.is_current


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe\x00", b"%PDF-1.7", b'{"nbformat": 4, "cells": [], "metadata": '
     b'{"kernelspec": {"name": "ir", "language": "R"}}}'],
)  # fmt: skip
def test_an_unreadable_notebook_is_one_line_and_the_others_are_compared(course, content):
    hand_in(course, "ada", notebook())
    course.submitted("ben").mkdir(parents=True)
    (course.submitted("ben") / "tiny.ipynb").write_bytes(content)
    course.submitted("cleo").mkdir(parents=True)
    found = read(course)
    assert [work.label for work in found.works] == ["ada"]
    assert [line.split(" ")[0] for line in found.problems] == ["ben", "cleo"]
    assert all("\n" not in line for line in found.problems)


def test_an_empty_and_an_untouched_notebook_have_no_answers(course):
    hand_in(course, "ada", notebook(STUB, "", first="x = 1"))
    book = nbformat.v4.new_notebook()
    hand_in(course, "ben", book)
    ada, ben = read(course).works
    assert set(ada.code) <= {OTHER_CELLS} and not ben.code and not ada.words


def test_a_huge_answer_is_named(course):
    hand_in(course, "ada", notebook("x = 1\n" * 20_000))
    (line,) = read(course).problems
    assert line == "ada: of double, only the first 50,000 characters are compared"


def test_a_group_that_handed_in_the_same_counts_once(course):
    for student in ("ada", "ben"):
        hand_in(course, student, notebook())
    hand_in(course, "cleo", notebook("def double(x):\n    return x + x"))
    hand_in(course, "dev", notebook())
    found = read(course, ada="1", ben="1", cleo="1")
    assert [(work.label, work.group) for work in found.works] == [
        ("ada, ben", "1"), ("cleo", "1"), ("dev", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "below",
    ["ada.ipynb", "ada/hw.ipynb", "ada/tiny/hw.ipynb", "submitted/ada/tiny/hw.ipynb"],
)
def test_layouts_of_earlier_years(course, tmp_path, below):
    path = tmp_path / "2025" / below
    path.parent.mkdir(parents=True)
    nbformat.write(notebook(), path)
    (tmp_path / "2025" / ".DS_Store").write_text("")
    (work,) = read_earlier(tmp_path / "2025", course).works
    assert (work.label, work.is_current) == ("2025/ada", False)
    assert "double" in work.code


def test_an_earlier_folder_that_is_missing_or_empty(course, tmp_path):
    with pytest.raises(UsageError, match=r"there is no folder .*nowhere: name a folder"):
        read_earlier(tmp_path / "nowhere", course)
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="has no notebook of tiny"):
        read_earlier(tmp_path / "empty", course)


def test_an_unreadable_earlier_notebook_is_one_line(course, tmp_path):
    (tmp_path / "ada.ipynb").write_text(json.dumps([1]))
    found = read_earlier(tmp_path, course)
    assert found.works == ()
    assert [line.split(" ")[0] for line in found.problems] == [f"{tmp_path.name}/ada"]
