"""A bare notebook gets directives: what is recognized, and what is left as it is."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.authoring.adopt import adopt, asks
from autograder.authoring.directives import DEVICE_LINE, read_directive
from autograder.errors import AutograderError

SETUP = f"#| setup\nimport torch\n{DEVICE_LINE}"
MODEL = '''class Model:
    """A model."""

    def __init__(self):
        self.weight = 1

    def forward(self, x):
        return self.weight * x'''


def bare(*cells):
    return new_notebook(cells=list(cells))


def sources(adopted):
    return [cell.source for cell in adopted.notebook.cells]


def test_a_function_becomes_an_exercise_with_its_check():
    function = 'def double(x):\n    """Return twice x."""\n    return 2 * x'
    adopted = adopt(
        bare(*map(new_code_cell, (function, "assert double(2) == 4", "y = 1"))),
        SETUP,
    )
    assert sources(adopted) == [
        SETUP,
        '#| exercise: double\ndef double(x):\n    """Return twice x."""\n    ### BEGIN SOLUTION\n'
        "    return 2 * x\n    ### END SOLUTION",
        "#| check: double\nassert double(2) == 4",
        "y = 1",
    ]
    assert adopted.exercises == {"double": function}
    assert adopted.left == []


def test_each_method_of_a_class_is_a_solution():
    adopted = adopt(bare(new_code_cell(MODEL)), SETUP)
    _, exercise, check = sources(adopted)
    assert exercise.count("### BEGIN SOLUTION") == exercise.count("### END SOLUTION") == 2
    assert "        ### BEGIN SOLUTION\n        return self.weight * x" in exercise
    assert read_directive(check).kind == "check"


def test_a_question_takes_the_answer_that_follows():
    adopted = adopt(
        bare(
            new_markdown_cell("# Title"),
            new_markdown_cell("Why does it diverge?"),
            new_markdown_cell("**Answer:** The steps are too long."),
            new_markdown_cell("Question 2. Explain the slope."),
        ),
        SETUP,
    )
    assert adopted.questions == ["question_1", "question_2"]
    assert sources(adopted)[2] == (
        "#| written: question_1, points: 1\n### BEGIN SOLUTION\nThe steps are too long.\n"
        "### END SOLUTION"
    )
    directives = [d for text in sources(adopted) if (d := read_directive(text))]
    assert [(d.kind, d.name) for d in directives] == [
        ("written", "question_1"), ("rubric", "question_1"),
        ("written", "question_2"), ("rubric", "question_2"),
    ]  # fmt: skip


def test_prose_asks_nothing():
    assert not asks("Is it a line? Yes, it is.")
    assert not asks("## Questions of style\n\nNone.")


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("def a(): \n    return 1\ndef b():\n    return 2", "defines several functions"),
        ("def _helper():\n    return 1", "_helper begins with _"),
        ("def one(): return 1", "one has no body to leave out"),
        ("class Empty:\n    x = 1", "Empty has no body to leave out"),
    ],
)
def test_what_is_left_is_told(cell, why):
    adopted = adopt(bare(new_code_cell(cell)), SETUP)
    assert sources(adopted) == [SETUP, cell]
    (line,) = adopted.left
    assert line.startswith("cell 1 left as it is: ")
    assert why in line


def test_a_second_definition_is_left():
    cells = [new_code_cell(f"def f():\n    return {number}") for number in range(2)]
    assert "f is defined before" in adopt(bare(*cells), SETUP).left[0]


def test_a_notebook_with_directives_is_refused():
    with pytest.raises(AutograderError, match="has directives already"):
        adopt(bare(new_code_cell("#| exercise: f\ndef f(): ...")), SETUP)
