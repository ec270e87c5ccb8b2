"""Collecting from nbgrader's exchange, through its own collect, one student after the other.

It collects into a folder of ours, never into submitted/, and goes by a gradebook of ours, whose due
date is the instant after which nothing of this student is taken.
"""

import logging
import os
import re
from collections.abc import Sequence
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.apps import CollectApp
from nbgrader.auth import Authenticator
from nbgrader.exchange import ExchangeError, ExchangeFactory
from nbgrader.utils import chdir

from autograder.collect.choice import only_notebook
from autograder.collect.store import (
    MAX_STAMP,
    STAMP,
    Batch,
    Collected,
    HandIn,
    NotTaken,
    read_stamp,
)
from autograder.course import Assignment, Course
from autograder.errors import AutograderError
from autograder.files import TooDeep, plain_files, read_plain
from autograder.gradebook.config import find_environment_programs
from autograder.gradebook.deadlines import Deadlines, too_late
from autograder.notebook.reader import MAX_NOTEBOOK
from autograder.roster import STUDENT

SECRET = "submission_secret.txt"  # nbgrader gives feedback back to whoever knows it
OWNER = re.compile(r"claims to be submitted by .* but is owned by \S+")
LOG = logging.getLogger(__name__)
LOG.propagate = False


class Told(logging.Handler):
    """Keeps what nbgrader warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(" ".join(record.getMessage().split()))


class Exchange:
    """nbgrader's exchange as this course has configured it, or with another root."""

    def __init__(self, course: Course, assignment: Assignment, root: Path | None, staging: Path):
        self.assignment = assignment
        self.told = Told()
        LOG.handlers = [self.told]
        find_environment_programs()
        app = CollectApp(log=LOG)
        with chdir(str(course.root)):  # where nbgrader looks for its configuration
            app.initialize([])
        self.course = app.coursedir
        self.course.assignment_id = assignment.name
        self.course.submitted_directory = str(staging / "submitted")
        self.course.db_url = f"sqlite:///{staging / 'gradebook.db'}"
        self.collect = ExchangeFactory(parent=app).Collect(
            coursedir=self.course, authenticator=Authenticator(parent=app), parent=app
        )
        if root is not None:
            self.collect.root = str(root.resolve())
        # An exchange that is no folder has no root, and nothing of it is found.
        self.inbound = Path(getattr(self.collect, "root", ""), self.course.course_id, "inbound")

    def submissions(self) -> dict[str, list[Path]]:
        """Every folder that was submitted, by student."""
        if not self.inbound.is_dir():
            raise AutograderError(
                f"{self.inbound} does not exist: name the exchange's folder, or set Exchange.root "
                "in nbgrader's configuration"
            )
        middle = f"+{self.assignment.name}+"
        found: dict[str, list[Path]] = {}
        for folder in sorted(self.inbound.glob(f"*{middle}*")):
            found.setdefault(folder.name.split(middle)[0], []).append(folder)
        return found

    def fetch(self, student: str, folders: Sequence[Path], deadlines: Deadlines) -> HandIn:
        """What one student submitted last in time. Raises NotTaken."""
        for folder in folders:
            _require_no_link(folder)
        last = deadlines.last(student)
        with Gradebook(self.course.db_url, self.course.course_id) as gradebook:
            gradebook.update_or_create_assignment(self.assignment.name, duedate=last)
        self.course.student_id = student
        self.collect.before_duedate = last is not None
        self.told.lines.clear()
        try:
            self.collect.start()
        except (ExchangeError, OSError, RuntimeError, ValueError) as error:
            raise NotTaken(f"nbgrader could not collect it ({error})") from None
        folder = Path(
            self.course.format_path(self.course.submitted_directory, student, self.assignment.name)
        )
        return self._read(folder, student, deadlines)

    def _read(self, folder: Path, student: str, deadlines: Deadlines) -> HandIn:
        stamp = _read_plain(folder, STAMP, MAX_STAMP) or b""
        time = read_stamp(stamp)
        if time is None:
            raise NotTaken("its timestamp.txt holds no time")
        last = deadlines.last(student)
        if last is not None and time > last:
            raise too_late(time, deadlines.of(student))
        try:
            files = {file.below: "" for file in plain_files(folder)}
        except TooDeep as error:
            raise NotTaken(f"holds {error}") from None
        path = only_notebook(files, self.assignment.release_notebook.name)
        notebook = _read_plain(folder, path, MAX_NOTEBOOK)
        secret = _read_plain(folder, SECRET, MAX_STAMP)
        said = [match[0] for line in self.told.lines if (match := OWNER.search(line))]
        return HandIn(
            student,
            notebook or b"",
            {"from": "exchange", "folder": str(self.inbound), "path": path},
            time,
            remark="; ".join(said),
            beside={STAMP: stamp} | ({SECRET: secret} if secret else {}),
        )


def collect_exchange(
    course: Course, assignment: Assignment, root: Path | None, staging: Path, deadlines: Deadlines
) -> Batch:
    """What each student submitted last in time. Raises AutograderError where there is no exchange.

    Without a root it is the one that nbgrader is configured with.
    """
    exchange = Exchange(course, assignment, root, staging)
    submissions = exchange.submissions()
    students = [name for name in submissions if STUDENT.fullmatch(name)]
    others = [name for name in submissions if name not in students]
    problems = tuple(f"'{name}' in {exchange.inbound}: no id of a student" for name in others)

    def one(student: str) -> HandIn | Collected:
        try:
            return exchange.fetch(student, submissions[student], deadlines)
        except NotTaken as why:
            return Collected(student, why.what, str(why))

    return Batch(len(students), map(one, students), problems)


def _require_no_link(folder: Path) -> None:
    """nbgrader copies what a link leads to, with the rights of whoever collects."""
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(place, name)
            if path.is_symlink():
                raise NotTaken(f"{path.relative_to(folder)} is a link, not a file")


def _read_plain(folder: Path, name: str, limit: int) -> bytes | None:
    try:
        return read_plain(folder, name, limit)
    except ValueError as error:
        raise NotTaken(f"{name} is {error}") from None
