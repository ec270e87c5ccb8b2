"""`nbgrader autograde`, and formgrader's button for it, done by `autograder grade`.

nbgrader's converter would run student code in its own process, which may be the Jupyter server's,
and it knows no hidden tests. Of a converter's parts a course may choose the exporter, so this is
one; `nbgrader_settings` names it.
"""

import json
import subprocess
import sys
from datetime import timedelta
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


class SandboxedAutograde(NotebookExporter):
    """Puts `autograder grade` in the place of the converter's own loop over submissions.

    A converter makes its exporter before it touches a file, and what its loop begins with (earlier
    results removed, scores set to 0) is not done at all: whatever goes wrong, an earlier result
    stays until there is a new one. Late penalties, which that loop ends with, are not given either.
    """

    options = List(
        Unicode(), help="More options for `autograder grade`, such as '--device=auto'."
    ).tag(config=True)

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        self.parent.convert_notebooks = self.grade

    def grade(self) -> None:
        """Grade the converter's submissions and log a line for each, in the order of their names.

        Raises NbGraderException, having said why in one line, where the course or the machine is
        at fault; a submission that cannot be run has a result like any other.
        """
        course = self.parent.coursedir
        students = self._students()
        if not students:
            self.log.warning("nothing to grade: every submission is excluded")
            return
        if course.db_url != Course(Path(course.root)).gradebook_url:
            raise self._stopped(
                f"scores go into {course.root}/gradebook.db: name no other database"
            )
        self.log.info("%s: %d to grade", course.assignment_id, len(students))
        results = self._results(students)
        with open_gradebook_at(course.db_url, course.course_id) as gradebook:
            for result in sorted(results, key=lambda result: result.student):
                submission = gradebook.find_submission(result.assignment, result.student)
                tell = self.log.warning if result.status is Status.FAILED else self.log.info
                tell("%s", line(result, submission.total_seconds_late))

    def _students(self) -> list[str]:
        """Those whom the converter was asked for, also with nothing that it would call a notebook.

        Its patterns may be `*`, and students may be excluded.
        """
        course = self.parent.coursedir
        folders = glob(self.parent._format_source(course.assignment_id, course.student_id))
        found = {Path(folder).parent.name for folder in folders if Path(folder).is_dir()}
        return sorted(found - set(course.student_id_exclude.split(",")))

    def _results(self, students: list[str]) -> list[SubmissionResult]:
        """A process of its own: neither hidden tests nor torch get into a Jupyter server's."""
        course = self.parent.coursedir
        # -P: the course's folder is the working directory, and no place to import from.
        command = [sys.executable, "-P", "-m", "autograder", "grade", course.assignment_id]
        command += [f"--course={course.root}", "--json", *self.options]
        command += ["--force"] if self.parent.force else []
        command += [f"--student={student}" for student in students]
        # In a terminal its progress and its complaints are for whoever sits there, as they come.
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
            raise self._stopped(complaint(done.stderr or ""))
        return [from_json(data) for data in json.loads(done.stdout)]

    def _stopped(self, why: str) -> NbGraderException:
        self.log.error("%s", why)
        return NbGraderException(why)


def line(result: SubmissionResult, seconds_late: float = 0.0) -> str:
    """What a TA reads of one submission: student, automatic score, and what needs a look."""
    parts = [f"{result.student}: {result.score:g} of {result.max_score:g} automatic points"]
    if said := attention(result):
        parts.append(said)
    if seconds_late > 0:
        parts.append(f"{timedelta(seconds=round(seconds_late))} late")
    return "; ".join(parts)


def complaint(stderr: str) -> str:
    """The one line with which `autograder` said what is wrong, or the last one of a crash."""
    lines = stderr.strip().splitlines() or ["grading stopped; what was finished is kept"]
    errors = [found for each in lines if (found := each.partition("error: ")[2])]
    return (errors or lines)[-1]
