"""Makes `nbgrader autograde`, and formgrader's button for it, run `autograder grade`.

nbgrader's own converter would run student code in its process, which may be the Jupyter server, and
it has no hidden tests. The exporter is the part of a converter that a course can replace, so this
module provides an exporter. `gradebook.config` sets it.
"""

import json
import subprocess
import sys
from glob import glob
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbgrader.apps import AutogradeApp
from nbgrader.converters.base import NbGraderException
from traitlets import List, Unicode

from autograder.course import Course
from autograder.gradebook.database import open_gradebook_at
from autograder.results.model import Status, SubmissionResult
from autograder.results.store import from_json
from autograder.results.wording import attention
from autograder.text import as_points, duration


class SandboxedAutograde(NotebookExporter):
    """Replaces the converter's loop over submissions with `autograder grade`.

    The converter creates its exporter before it changes any file. Its loop would start by removing
    earlier results and setting scores to 0; this one keeps an earlier result until there is a new
    one. The loop would end with late penalties, which `autograder grade` writes itself.
    """

    options = List(
        Unicode(), help="More options for `autograder grade`, such as '--device=auto'."
    ).tag(config=True)

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        self.parent.convert_notebooks = self.grade

    def grade(self) -> None:
        """Grade the converter's submissions and log one line per submission, sorted by student.

        Raises NbGraderException with a one-line reason for a problem of the course or the machine.
        A submission that cannot be run gets a result like any other.
        """
        course = self.parent.coursedir
        students = self._students()
        if not students:
            self.log.warning("nothing to grade: every submission is excluded")
            return
        if course.db_url != Course(Path(course.root)).gradebook_url:
            raise self._stopped(
                f"scores go to {course.root}/gradebook.db: do not configure another database"
            )
        self.log.info("%s: %d to grade", course.assignment_id, len(students))
        results = self._results(students)
        with open_gradebook_at(course.db_url, course.course_id) as gradebook:
            for result in sorted(results, key=lambda result: result.student):
                submission = gradebook.find_submission(result.assignment, result.student)
                log = self.log.warning if result.status is Status.FAILED else self.log.info
                log("%s", summary(result, submission.total_seconds_late))

    def _students(self) -> list[str]:
        """The students to grade: the converter's pattern, without the excluded students.

        Includes students without a notebook, whom nbgrader would skip.
        """
        course = self.parent.coursedir
        folders = glob(self.parent._format_source(course.assignment_id, course.student_id))
        students = {Path(folder).parent.name for folder in folders if Path(folder).is_dir()}
        return sorted(students - set(course.student_id_exclude.split(",")))

    def _results(self, students: list[str]) -> list[SubmissionResult]:
        """Grade in a separate process, so that a Jupyter server loads no hidden tests or torch."""
        course = self.parent.coursedir
        # -P: do not import modules from the working directory, which is the course's folder.
        command = [sys.executable, "-P", "-m", "autograder", "grade", course.assignment_id]
        command += [f"--course={course.root}", "--json", *self.options]
        command += ["--force"] if self.parent.force else []
        command += [f"--student={student}" for student in students]
        # In a terminal, progress and errors appear as they come.
        in_terminal = isinstance(self.parent.parent, AutogradeApp)
        try:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=None if in_terminal else subprocess.PIPE,
                text=True,
            )
        except KeyboardInterrupt:
            raise self._stopped("stopped; what was finished is kept") from None
        if done.returncode != 0:
            raise self._stopped(error_line(done.stderr or ""))
        return [from_json(json.loads(line)) for line in done.stdout.splitlines()]

    def _stopped(self, reason: str) -> NbGraderException:
        self.log.error("%s", reason)
        return NbGraderException(reason)


def summary(result: SubmissionResult, seconds_late: float = 0.0) -> str:
    """One line for the TA: the student, the automatic score, and what needs attention."""
    score, most = as_points(result.score), as_points(result.max_score)
    parts = [f"{result.student}: {score} of {most} automatic points"]
    if remark := attention(result):
        parts.append(remark)
    if seconds_late > 0:
        parts.append(f"{duration(seconds_late)} late")
    return "; ".join(parts)


def error_line(stderr: str) -> str:
    """The error message that `autograder` printed, or the last line after a crash."""
    lines = stderr.strip().splitlines() or ["grading stopped; what was finished is kept"]
    errors = [message for line in lines if (message := line.partition("error: ")[2])]
    return (errors or lines)[-1]
