"""The files of a new week."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.authoring.new_week import from_notebook, skeleton
from autograder.authoring.worked import read_worked

FUNCTION = "def double(x):\n    return 2 * x"
INSTALLS = "    %pip install -q logomaker wandb"


@pytest.fixture
def adopted(tmp_path):
    """Makes a new week from a bare notebook with these cells."""

    def make(*cells):
        path = tmp_path / "bare.ipynb"
        nbformat.write(new_notebook(cells=list(cells)), path)
        return from_notebook("week9", path)

    return make


def setup_lines(text, tmp_path):
    """The setup cell of a worked notebook, as it is built for students."""
    path = tmp_path / "worked.py"
    path.write_text(text)
    (cell,) = (c for c in read_worked(path).cells if c.source.startswith("#| setup"))
    return cell.source.splitlines()


def test_the_examples_setup_installs_in_colab(tmp_path):
    assert INSTALLS in setup_lines(skeleton("week9").files["solutions/week9/week9.py"], tmp_path)


def test_the_setup_of_a_bare_notebook_installs_in_colab(adopted, tmp_path):
    new = adopted(new_code_cell(FUNCTION))
    assert INSTALLS in setup_lines(new.files["solutions/week9/bare.py"], tmp_path)


def test_a_script_without_a_header_keeps_its_magics(tmp_path):
    text = "# %%\n#| setup\nif True:\n    # %pip install -q logomaker wandb\n    print()\n"
    assert INSTALLS in setup_lines(text, tmp_path)


def test_a_text_behind_a_question_may_be_its_answer(adopted):
    question, answer = map(new_markdown_cell, ("Why does it double?", "It multiplies by two."))
    assert adopted(question, answer).done == (
        "question question_1: 1 point, its rubric is still to be written",
        "cell 2 stays in the students' notebook: if it answers question_1, move it into the "
        "solution there",
    )
    for other in ("**Answer:** It multiplies by two.", "## Next", "And what does it not do?"):
        assert all(
            " stays " not in line for line in adopted(question, new_markdown_cell(other)).done
        )


def test_a_notebook_without_an_exercise_is_named(adopted):
    assert adopted(new_code_cell("x = 1")).done == (
        "found no exercise (a cell that defines one function or class) and no question",
    )
