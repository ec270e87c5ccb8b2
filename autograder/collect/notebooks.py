"""Which of the files that a student handed in is the notebook, wherever they come from."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath

from autograder.collect.model import CollectError
from autograder.files import is_clutter

# Browsers save a notebook as NAME.ipynb.json or NAME.ipynb.txt, and some leave .ipynb out.
NAMED = re.compile(r".*\.ipynb(\W.*)?", re.IGNORECASE | re.DOTALL)
SUFFIXES = (".ipynb", ".json", ".txt")
INNER = re.compile(r"\.ipynb(?=\W|$)", re.IGNORECASE)
MOST_GUESSES = 10  # files whose content is read to find a notebook
MOST_NAMES = 3


def has_notebook_name(path: str) -> bool:
    """Whether a file has a notebook's name, which may end in .ipynb.json or .ipynb.txt."""
    name = PurePosixPath(path).name
    return may_be_notebook(name) and NAMED.fullmatch(name) is not None


def may_be_notebook(path: str) -> bool:
    """Whether a file is a notebook if its content is one."""
    return PurePosixPath(path).suffix.lower() in SUFFIXES


def stem(path: str) -> str:
    """A file's name without its extension, and without the two of NAME.ipynb.json."""
    name = PurePosixPath(path)
    return INNER.sub("", name.stem) if may_be_notebook(path) else name.stem


def select_notebook(
    files: Mapping[str, str], released: str, is_notebook: Callable[[str], bool]
) -> str:
    """The path of the notebook to collect: the released one's, or else the only one's.

    `files` maps each path to what it is ("a link"), or to '' for a plain file. Hidden files are
    skipped. `is_notebook(path)` reads a file; it is asked about .json and .txt files where no file
    has a notebook's name. Raises CollectError if there is no notebook, if there are several, or if
    it is not a plain file.
    """
    visible = [path for path in files if not is_clutter(path)]
    notebooks = [released] if released in files else [*filter(has_notebook_name, visible)]
    if not notebooks:
        possible = [path for path in visible if may_be_notebook(path) and not files[path]]
        possible.sort(key=lambda path: path.count("/"))
        notebooks = [*filter(is_notebook, possible[:MOST_GUESSES])]
    plain = [path for path in notebooks if not files[path]]
    if len(plain) == 1:
        return plain[0]
    if plain:
        raise CollectError(
            f"holds {len(plain)} notebooks ({some_of(plain)}), and none is called {released}"
        )
    if notebooks:
        raise CollectError(f"{notebooks[0]} is {files[notebooks[0]]}, not a file")
    raise CollectError("holds no notebook (.ipynb)")


def some_of(names: Sequence[str]) -> str:
    """The first names of a list, and how many more there are."""
    rest = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" and {rest} more" if rest > 0 else "")
