"""What `autograder check` says about a notebook. Students read every message."""

from collections.abc import Sequence

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


def shadowed(which: str, name: str) -> str:
    """Said of a cell that gave a name of Python or of the course another value."""
    return f"{which} gives {name} another value, which breaks cells that use it: rename it there"


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


def exercise_cell(count: int | None, exercise: str, is_check: bool) -> str:
    """Names the cell that answers or checks an exercise."""
    of = f"the {'check' if is_check else 'cell'} of {exercise}"
    return f"In [{count}], {of}," if count else of


def slow(which: str, took: float, limit: float) -> str:
    """A cell took so long that grading may stop it."""
    slower = "" if took > limit else ", and its computer may be slower than yours"
    return f"{which} took {took:.0f} s; grading stops a cell after {limit:.0f} s{slower}"


def stopped_for_time(which: str, after: str) -> str:
    """A cell was stopped at the limit of time."""
    return f"{which} was stopped after {after}; '--seconds 200' shows how long it takes"


def taken(names: Sequence[str]) -> str:
    """Files of a trained model that count as they are."""
    return (
        f"grading takes {' and '.join(names)} as in your folder, and not what your notebook writes "
        "when it runs again: submit the notebook with them"
    )


def not_beside(name: str) -> str:
    """A file of a trained model could be handed in, and is not there."""
    return (
        f"{name} is not in the notebook's folder: to have the one of your training graded, put it "
        "there and submit it; without it, grading uses the one that your notebook writes"
    )


def not_taken(name: str, why: str) -> str:
    """A file of a trained model is there, and grading cannot take it."""
    return f"{name} {why}; grading would use the one that your notebook writes"


def trains_again(names: Sequence[str]) -> str:
    """No file of a trained model counts."""
    return (
        f"grading runs your notebook, and uses the {' and '.join(names)} that it writes then: do "
        "not submit yours"
    )


def no_notebook(path: str, exists: bool, folder: str, notebooks: list[str]) -> str:
    """The path does not lead to a notebook."""
    known = f"there is {' and '.join(notebooks)}" if notebooks else f"{folder} holds no notebook"
    wrong = f"{path} is not a notebook (.ipynb)" if exists else f"there is no file {path}"
    return f"{wrong}; {known}"


def no_exercises(path: str) -> str:
    """The notebook is not one of the course's assignments."""
    return f"{path} holds none of the assignment's exercises: check the notebook that you got"
