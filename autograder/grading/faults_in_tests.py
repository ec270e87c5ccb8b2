"""What to say where a hidden test fails on the solution: then the test may be at fault."""

import re
from collections.abc import Iterable, Iterator

from autograder.results.model import ExerciseResult, TestOutcome

PLACE = re.compile(r"^tests/hidden/\S*?(\w+\.py):(\d+): ", re.MULTILINE)  # as pytest gives it
RAISED = re.compile(r"^E +(\S.*)$", re.MULTILINE)
MODULE = re.compile(r"^(?:\w+\.)+(?=\w+:)")  # of an exception's class
VALUES = re.compile(r"^(?:ACTUAL|DESIRED): ")  # as NumPy's assertions give them


def failed_on_solution(exercises: Iterable[ExerciseResult]) -> Iterator[str]:
    """A line for each hidden test that the solution fails: the exception, and where it was raised.

    The hint is left out: it tells a student what is wrong with the answer.
    """
    for exercise in exercises:
        for test in exercise.tests:
            if not test.passed:
                yield (
                    f"the solution of {exercise.name} fails its hidden test {test.name}, so the "
                    f"test may be at fault: {_what(test)}"
                )


def _what(test: TestOutcome) -> str:
    """What a test raised, and its line. A report without them gives the outcome alone."""
    raised, places = RAISED.findall(test.detail), PLACE.findall(test.detail)
    what = MODULE.sub("", raised[0].strip()) if raised else test.remark or str(test.outcome)
    if what.endswith(":"):  # NumPy's message begins on the next line
        what = "; ".join([f"{what} {' '.join(raised[1:2])}", *filter(VALUES.match, raised)])
    return what + "".join(f" ({file}, line {line})" for file, line in places[-1:])
