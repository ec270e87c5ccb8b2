"""Grades submissions as `autograder grade` does, in a process of its own, with given limits.

    python -m autograder.audit.attack_worker JOB

JOB is a JSON file. Each line of the output is JSON: first the folder for temporary files, then a
line for each recorded submission.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course import Limits, find_course
from autograder.grading.cohort import grade_class
from autograder.grading.options import Options
from autograder.temporary import temporary_root


@dataclass(frozen=True)
class Job:
    """What to grade: a course's folder, an assignment, and its students in this order."""

    root: str
    assignment: str
    students: tuple[str, ...]
    limits: dict[str, Any]
    workers: int
    sandboxed: bool


def main(path: Path) -> None:
    job = Job(**json.loads(path.read_text(encoding="utf-8")))
    print(json.dumps({"temporary": str(temporary_root())}), flush=True)
    course = find_course(Path(job.root), Limits(**job.limits))
    assignment = course.assignment(job.assignment)
    options = Options(sandboxed=job.sandboxed)
    for one in grade_class(course, assignment, list(job.students), options, job.workers):
        print(json.dumps({"student": one.result.student, "action": one.action}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
