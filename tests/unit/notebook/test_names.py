"""The names that a cell defines and needs."""

import pytest

from autograder.notebook.names import defined_by, needed_by


@pytest.mark.parametrize(
    "source",
    [
        'def has_motif(x):\n    """Does any place score enough?\n\n    True if so.\n    """\n'
        "    return x > y",
        "y  # is this right?\ndef has_motif(x): return y",
        'text = """\n%d of them\n"""\ndef has_motif(x): return y',
        "%timeit -n 1 y\ndef has_motif(x): return y",
        "!ls\ny?\ndef has_motif(x): return y",
        "if True:\n    %pip install x\ndef has_motif(x): return y",
    ],
)
def test_commands_and_what_only_looks_like_them_hide_no_name(source):
    assert "has_motif" in defined_by(source)
    assert "y" in needed_by(source, [source, "y = 1"])


@pytest.mark.parametrize("source", ["def f(:", "%%bash\necho $HOME", "x = \0", ""])
def test_what_is_no_python_defines_nothing(source):
    assert defined_by(source) == set()
