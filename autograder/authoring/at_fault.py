"""What a hidden test says about itself when it fails on the solution: its exception and its line.

The solution is right by definition, so such a test may be at fault. A student's hint would mislead
the instructor here.
"""

import re
from collections.abc import Sequence

from autograder.results.model import Outcome, TestOutcome
from autograder.results.wording import OUTCOMES

PLACE = re.compile(r"^(?P<file>\S[^:\n]*\.py):(?P<line>\d+): (?P<error>[\w.]*)", re.MULTILINE)
ERROR_LINE = re.compile(r"^E\s+(?P<text>\S.*)$", re.MULTILINE)
SHOWN = 200  # characters of an exception
SHOWN_LINES = 3  # of its message


def fails_on_solution(exercise: str, test: TestOutcome) -> str:
    """One line: the test, its exception and its line, and that the test may be at fault."""
    said, place = exception_of(test), place_of(test)
    where = f" ({place})" if place else ""
    return (
        f"{exercise}: the hidden test {test.name} fails on the solution: {said}{where}; the test "
        "may be at fault"
    )


def exception_of(test: TestOutcome) -> str:
    """A failed test's exception, shortened. If there is no report, its outcome in words."""
    lines = _last_error(test.detail)
    places = list(PLACE.finditer(test.detail))
    if not lines or not places:
        return test.remark or OUTCOMES[test.outcome]
    text, error = " ".join(lines[:SHOWN_LINES]), places[-1]["error"]
    text = text if not error or text.startswith(error) else f"{error}: {text}"
    if test.outcome is not Outcome.FAILED and test.remark and test.remark not in text:
        text = f"{text} ({test.remark})"
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def place_of(test: TestOutcome) -> str:
    """`tests/hidden/WEEK/FILE.py:LINE` at which a failed test stopped; empty if it is unknown."""
    places = [place for place in PLACE.finditer(test.detail) if "hidden/" in place["file"]]
    return f"{places[-1]['file']}:{places[-1]['line']}" if places else ""


def _last_error(detail: str) -> Sequence[str]:
    """The lines of the last exception in a report, without pytest's marks."""
    found: list[str] = []
    last = -2
    for number, line in enumerate(detail.split("\n")):
        if match := ERROR_LINE.match(line):
            if number > last + 1:
                found = []
            if not match["text"].startswith("+ "):  # pytest's explanation of a value
                found.append(match["text"].strip())
            last = number
    return found
