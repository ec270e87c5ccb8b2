"""Which of the files that were handed in is the notebook, in git and in nbgrader's exchange."""

import pytest

from autograder.collect.model import CollectError
from autograder.collect.notebooks import select_notebook

RELEASED = "week.ipynb"


def select(*paths, notebooks=()):
    """What is selected among plain files; `notebooks` are those with the content of one."""
    return select_notebook(dict.fromkeys(paths, ""), RELEASED, lambda path: path in notebooks)


@pytest.mark.parametrize(
    ("paths", "notebooks", "selected"),
    [
        ((RELEASED, "b.ipynb"), (), RELEASED),
        (("sub/b.ipynb", "notes.txt"), ("notes.txt",), "sub/b.ipynb"),
        (("b.ipynb.txt", "notes.txt"), (), "b.ipynb.txt"),
        (("b.ipynb.json", ".vscode/x.ipynb"), (), "b.ipynb.json"),
        (("requirements.txt", "b.json", "data.json"), ("b.json",), "b.json"),
        (("b.ipynb", "._b.ipynb", ".ipynb_checkpoints/b.ipynb", "__MACOSX/b.ipynb"), (), "b.ipynb"),
        (
            ("__MACOSX/b.txt", "sub/.b.txt", "c.txt"),
            ("__MACOSX/b.txt", "sub/.b.txt", "c.txt"),
            "c.txt",
        ),
    ],
)
def test_the_notebook_is_found(paths, notebooks, selected):
    assert select(*paths, notebooks=notebooks) == selected


@pytest.mark.parametrize(
    ("paths", "said"),
    [
        (("a.txt", "b.html", "c.ipynb.html", "ipynb"), "holds no notebook"),
        (("._b.ipynb", ".git/b.ipynb", "__MACOSX/b.ipynb"), "holds no notebook"),
        (("b.ipynb", "c.ipynb.txt"), r"holds 2 notebooks \(b.ipynb, c.ipynb.txt\)"),
        ([f"{n}.ipynb" for n in range(5)], "holds 5 notebooks .*2.ipynb and 2 more"),
    ],
)
def test_otherwise_a_line_says_why(paths, said):
    with pytest.raises(CollectError, match=said):
        select(*paths)


def test_only_a_few_files_are_read_to_find_it():
    """A repository may hold thousands of text files, and each costs a request."""
    asked = []
    paths = [f"deep/er/{n}.txt" for n in range(99)] + ["top.json"]
    with pytest.raises(CollectError):
        select_notebook(dict.fromkeys(paths, ""), RELEASED, asked.append)
    assert asked[0] == "top.json" and len(asked) == 10
