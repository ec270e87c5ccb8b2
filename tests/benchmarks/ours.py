"""Grades a class as `autograder grade` does.

Prints each student's score, and the seconds that their hidden tests took. At the end it prints to
standard error how many CPU seconds the gradebook and the pages took.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograder.cli.grade import refresh_pages
from autograder.course import find_course
from autograder.gradebook.scores import Writer
from autograder.grading import record
from autograder.grading.cohort import grade_class
from autograder.grading.options import Options
from autograder.workers import collect_rarely

SPENT = {"gradebook": 0.0, "pages": 0.0}


def timed(part: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, which adds to SPENT the CPU time that it takes."""

    def run(*arguments: Any, **named: Any) -> Any:
        started = time.process_time()
        try:
            return function(*arguments, **named)
        finally:
            SPENT[part] += time.process_time() - started

    return run


def main(root: str, week: str, is_warm: bool) -> None:
    Writer.write = timed("gradebook", Writer.write)  # type: ignore[method-assign]
    record.write_feedback = timed("pages", record.write_feedback)
    collect_rarely()  # as the command does
    course = find_course(Path(root))
    assignment = course.assignment(week)
    options = Options(warm=is_warm)
    for one in grade_class(course, assignment, assignment.students(), options):
        tests = sum(test.seconds for e in one.result.exercises for test in e.tests)
        print(one.result.student, one.result.score, tests, flush=True)
    refresh_pages(course, assignment)
    print(json.dumps(SPENT), file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3] == "True")
