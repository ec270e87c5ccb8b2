"""What `autograder check` says about a notebook. Students read every message."""

from autograder.notebook.failure import CellFailure
from autograder.results import wording

NOT_WRITTEN = wording.UNWRITTEN
CELL_MISSING = "its cell is missing"
CALLS_UNWRITTEN = "it calls an exercise that is not written yet"
PASSED = "looks right so far"
COLAB = "google.colab"
WITHOUT_COLAB = "delete the import, or put it in a try with except ImportError"
HIDDEN_TESTS = "The hidden tests decide the points, and they try more than these checks."


def written(words: int) -> str:
    """A written answer holds that many words."""
    return f"{words} word{'s' * (words != 1)}; needs manual grading: your TA grades it"


def exercise_missing(name: str) -> str:
    """An answer's cell is not in the notebook."""
    return f"{name}: its cell is missing; copy it from a fresh copy of the notebook"


def stopped(which: str, failure: CellFailure) -> str:
    """`which` cell did not complete, for a reason other than an exception."""
    return f"{which} {wording.cell_failure(failure)}"


def raised(which: str, error: str) -> str:
    """`which` cell raised an exception."""
    return f"{which} stops with {error}"


def assertion_without_message(error: str) -> str:
    """A check's bare `assert` failed."""
    return f"its check fails: {error}"


def error_line(name: str, message: str, line: str) -> str:
    """An exception, and the deepest line of the student's own code that it passed through."""
    return name + (f": {message}" if message else "") + (f" (in your line: {line})" if line else "")


def other_cell(count: int | None, source: str) -> str:
    """Names a cell that is neither an exercise nor a check."""
    start = source if len(source) <= 40 else f"{source[:40]}…"
    return f"In [{count}] ('{start}')" if count else f"the cell '{start}'"


def missing_import(count: int | None, source: str, module: str) -> str:
    """A cell imports a module that grading does not have."""
    which = f"In [{count}]" if count else other_cell(None, source)
    if module == COLAB:
        return f"{which} imports {COLAB}, and grading is not Colab: {WITHOUT_COLAB}"
    return (
        f"{which} imports {module}, which grading does not have: environment.md lists what it has"
    )


def no_notebook(path: str, exists: bool, folder: str, notebooks: list[str]) -> str:
    """The path does not lead to a notebook."""
    known = f"there is {' and '.join(notebooks)}" if notebooks else f"{folder} holds no notebook"
    wrong = f"{path} is not a notebook (.ipynb)" if exists else f"there is no file {path}"
    return f"{wrong}; {known}"


def no_exercises(path: str) -> str:
    """The notebook is not one of the course's assignments."""
    return f"{path} holds none of the assignment's exercises: check the notebook that you got"
