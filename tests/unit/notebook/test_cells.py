"""What cells are, by their ids and sources."""

import pytest
from nbformat.v4 import new_code_cell

from autograder.notebook.cells import (
    CODE_STUB,
    answer_words,
    check_name,
    exercise_of,
    grade_id,
    is_check,
    is_locked,
    is_unwritten,
)


def test_a_check_is_named_after_its_exercise():
    assert exercise_of(check_name("train")) == "train"
    assert is_check(check_name("train"))
    assert not is_check("train")
    assert exercise_of("approximation") == "approximation"


@pytest.mark.parametrize(
    ("source", "unwritten"),
    [
        ("", True),
        (" \n", True),
        (CODE_STUB, True),
        ("def f(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()", True),
        ("def f(x):\n    return x", False),
        ("def f(x):\n    # it said raise NotImplementedError\n    return x", False),
    ],
)
def test_code_is_unwritten_while_it_is_empty_or_holds_the_stub(source, unwritten):
    assert is_unwritten(source) is unwritten


def test_the_stub_is_no_word_of_an_answer():
    assert answer_words("YOUR ANSWER HERE") == 0
    assert answer_words("YOUR ANSWER HERE\n\nBecause it is convex.") == 4


@pytest.mark.parametrize("note", [None, "nonsense", ["a"], {}, {"grade_id": None, "locked": ""}])
def test_a_cell_without_a_proper_note_has_no_id_and_no_lock(note):
    cell = new_code_cell("1")
    if note is not None:
        cell.metadata["nbgrader"] = note
    assert grade_id(cell) == ""
    assert not is_locked(cell)
