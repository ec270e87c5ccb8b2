"""No hidden input reaches what the student is shown."""

from collections.abc import Callable

import pytest
from nbformat.v4 import new_output
from support.tiny import notebook

from autograder.results.model import Outcome, SubmissionResult

pytestmark = pytest.mark.usefixtures("needs_sandbox")


SAYS_IT_ALL = """
import linecache, sys, warnings
def double(x):
    if x == 2:
        return 4
    print("LEAK", x); print("LEAK", x, file=sys.__stderr__)
    warnings.warn(f"LEAK {x}")
    get_ipython().display_pub.publish({"text/plain": f"LEAK {x}"})
    open(f"LEAK{x}", "w").write(str(x))
    open("tiny.ipynb", "w").write(str(x))
    code = sys._getframe().f_code
    linecache.cache[code.co_filename] = (1, None, [f"LEAK {x}\\n"] * 99, code.co_filename)
    raise type(f"LEAK{x}", (ValueError,), {})(f"LEAK {x}")
"""


CHOOSES_A_LINE = "def pick(x):\n{lines}\ndef double(x):\n    return 4 if x == 2 else pick(x % 1000)"


def test_no_hidden_input_is_said(
    graded: Callable[..., SubmissionResult], shown: Callable[[], str]
) -> None:
    result = graded(notebook(SAYS_IT_ALL))
    assert "48611" in result.exercises[0].tests[0].detail
    assert "48611" not in shown()
    assert "-907" not in shown()


def test_no_hidden_input_is_told_by_a_line_number(
    graded: Callable[..., SubmissionResult], shown: Callable[[], str]
) -> None:
    """With a thousand lines to choose from, the line that raises says ten bits of the input."""
    lines = "\n".join(f"    if x == {i}: raise ValueError  # {i}" for i in range(1000))
    double = CHOOSES_A_LINE.format(lines=lines)
    result = graded(notebook(double))
    remark = result.exercises[0].tests[0].remark
    assert result.exercises[0].tests[0].outcome is Outcome.RAISED
    assert str(48611 % 1000) not in remark  # the comment of the line
    assert str(48611 % 1000 + 2) not in remark  # its number


def test_outputs_that_were_handed_in_are_not_kept(
    graded: Callable[..., SubmissionResult], shown: Callable[[], str]
) -> None:
    book = notebook()
    for cell in book.cells:
        if cell.cell_type == "code":
            cell.outputs = [new_output("stream", text="full marks, said the grader")]
    graded(book)
    assert "said the grader" not in shown()
