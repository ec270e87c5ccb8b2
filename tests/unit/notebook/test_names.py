"""Which names a cell defines and needs."""

import pytest

from autograder.notebook.names import defined_by, needed_names, without_magics


@pytest.mark.parametrize("command", ["%pip install -q logomaker", "!ls", "?len", "len?", "x.sum??"])
def test_commands_of_ipython_are_left_out(command):
    cell = f"import numpy\nif numpy:\n    {command}\ny = 1"
    assert defined_by(cell) == {"numpy", "y"}


@pytest.mark.parametrize(
    "question", ['"""Is it there?\n\n    """', "# Is it there?", 'a = """\nIs it there?"""']
)
def test_a_question_in_a_text_is_no_command(question):
    cell = f"def f(x):\n    {question}\n    return g(x)"
    assert needed_names(without_magics(cell)) == {"g"}
