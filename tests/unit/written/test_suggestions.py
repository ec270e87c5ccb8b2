"""Where the comments of a question are shown, which ones, and how."""

from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.gradebook.rows import Comment, Rows
from autograder.written.suggestions import SHOWN, with_suggestions


def question(name):
    note = {"grade": True, "solution": True, "grade_id": name}
    return new_markdown_cell("words", metadata={"nbgrader": note})


def rubric(name):
    return new_markdown_cell("a rubric", metadata={"autograder": {"rubric": name}})


def written(name, *texts):
    return [Comment("ada", name, "automatic", text) for text in texts]


def test_they_are_below_the_rubric_or_else_below_the_answer():
    cells = [
        new_code_cell("x"),
        question("essay"),
        rubric("essay"),
        question("why"),
        question("no"),
    ]
    rows = Rows(comments=[*written("essay", "Good."), *written("why", "Why?", None)])
    sources = [cell.source for cell in with_suggestions(cells, rows)]
    assert sources == [
        "x", "words", "a rubric",
        "**Comments on essay, most frequent first** (not shown to students)\n\n"
        "* 1 time:\n\n        Good.",
        "words",
        "**Comments on why, most frequent first** (not shown to students)\n\n"
        "* 1 time:\n\n        Why?",
        "words",
    ]  # fmt: skip


def test_the_most_frequent_ones_are_shown_as_they_were_written():
    texts = ["a\n\n# b", "a\n\n# b", *(f"once {number}" for number in range(9))]
    *_, shown = with_suggestions([question("essay")], Rows(comments=written("essay", *texts)))
    assert "* 2 times:\n\n        a\n        \n        # b\n" in shown.source
    assert shown.source.count("time") == SHOWN
