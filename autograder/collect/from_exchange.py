"""Collects from nbgrader's exchange with nbgrader's own `collect`, one student at a time.

nbgrader collects into a staging folder, not into submitted/. It uses a temporary gradebook whose
due date is the last moment at which this student's submission is collected.
"""

import logging
import os
import re
from collections.abc import Sequence
from pathlib import Path

from nbgrader.apps import CollectApp
from nbgrader.auth import Authenticator
from nbgrader.exchange import ExchangeError, ExchangeFactory
from nbgrader.utils import chdir

from autograder.artifacts import NotTaken, read_artifact
from autograder.collect.model import (
    Batch,
    Candidate,
    Collected,
    CollectError,
    not_collected,
    too_late,
)
from autograder.collect.notebooks import select_notebook
from autograder.collect.store import MAX_STAMP, STAMP, read_stamp
from autograder.course import Assignment, Course
from autograder.errors import AutograderError
from autograder.files import TooDeep, plain_files, read_plain
from autograder.gradebook.config import read_schema_version_in_process
from autograder.gradebook.database import open_gradebook_at
from autograder.gradebook.deadlines import Deadlines
from autograder.notebook.file import MAX_NOTEBOOK
from autograder.notebook.sniff import is_notebook
from autograder.roster import STUDENT

SECRET = "submission_secret.txt"  # nbgrader returns feedback to the student who has it
OWNER = re.compile(r"claims to be submitted by .* but is owned by \S+")
LOG = logging.getLogger(__name__)
LOG.propagate = False


class Warnings(logging.Handler):
    """Keeps nbgrader's warnings."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(" ".join(record.getMessage().split()))


class Exchange:
    """nbgrader's exchange, as the course configures it or with another root folder."""

    def __init__(self, course: Course, assignment: Assignment, root: Path | None, staging: Path):
        self.assignment = assignment
        self.warnings = Warnings()
        LOG.handlers = [self.warnings]
        read_schema_version_in_process()
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
        # An exchange of another kind than a folder has no root; then there is no inbound folder.
        self.inbound = Path(getattr(self.collect, "root", ""), self.course.course_id, "inbound")

    def submissions(self) -> dict[str, list[Path]]:
        """Every submitted folder, by student."""
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

    def fetch(self, student: str, folders: Sequence[Path], deadlines: Deadlines) -> Candidate:
        """One student's last submission before the deadline. Raises CollectError."""
        for folder in folders:
            _require_no_link(folder)
        last = deadlines.last(student)
        with open_gradebook_at(self.course.db_url, self.course.course_id) as gradebook:
            gradebook.update_or_create_assignment(self.assignment.name, duedate=last)
        self.course.student_id = student
        self.collect.before_duedate = last is not None
        self.warnings.lines.clear()
        try:
            self.collect.start()
        except (ExchangeError, OSError, RuntimeError, ValueError) as error:
            raise CollectError(f"nbgrader could not collect it ({error})") from None
        folder = Path(
            self.course.format_path(self.course.submitted_directory, student, self.assignment.name)
        )
        return self._read(folder, student, deadlines)

    def _read(self, folder: Path, student: str, deadlines: Deadlines) -> Candidate:
        stamp = _read_plain(folder, STAMP, MAX_STAMP) or b""
        time = read_stamp(stamp)
        if time is None:
            raise CollectError("its timestamp.txt holds no time")
        last = deadlines.last(student)
        if last is not None and time > last:
            raise too_late(time, deadlines.of(student), deadlines.clock)
        try:
            sizes = {file.below: file.size for file in plain_files(folder)}
        except TooDeep as error:
            raise CollectError(f"holds {error}") from None

        def holds_notebook(path: str) -> bool:
            return sizes[path] <= MAX_NOTEBOOK and is_notebook((folder / path).read_bytes())

        files = dict.fromkeys(sizes, "")
        path = select_notebook(files, self.assignment.release_notebook.name, holds_notebook)
        notebook = _read_plain(folder, path, MAX_NOTEBOOK)
        secret = _read_plain(folder, SECRET, MAX_STAMP)
        remarks = [match[0] for line in self.warnings.lines if (match := OWNER.search(line))]
        beside = {STAMP: stamp} | ({SECRET: secret} if secret else {})
        for name in self.assignment.artifacts:
            try:
                content = read_artifact((folder / path).parent, name)
            except NotTaken as error:
                remarks.append(not_collected(name, str(error)))
                continue
            beside |= {name: content} if content is not None else {}
        return Candidate(
            student,
            notebook or b"",
            {"from": "exchange", "folder": str(self.inbound), "path": path},
            time,
            remark="; ".join(remarks),
            beside=beside,
        )


def collect_exchange(
    course: Course, assignment: Assignment, root: Path | None, staging: Path, deadlines: Deadlines
) -> Batch:
    """Each student's last submission before the deadline.

    `root` is the exchange's folder; None for the one in nbgrader's configuration. Raises
    AutograderError if there is no such folder.
    """
    exchange = Exchange(course, assignment, root, staging)
    submissions = exchange.submissions()
    students = [name for name in submissions if STUDENT.fullmatch(name)]
    others = [name for name in submissions if name not in students]
    problems = tuple(f"'{name}' in {exchange.inbound}: not a valid student id" for name in others)

    def one(student: str) -> Candidate | Collected:
        try:
            return exchange.fetch(student, submissions[student], deadlines)
        except CollectError as error:
            return Collected(student, error.status, str(error))

    return Batch(len(students), (one(student) for student in students), problems)


def _require_no_link(folder: Path) -> None:
    """Raises CollectError if there is a link: nbgrader would copy the file that it points to."""
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(parent, name)
            if path.is_symlink():
                raise CollectError(f"{path.relative_to(folder)} is a link, not a file")


def _read_plain(folder: Path, name: str, limit: int) -> bytes | None:
    try:
        return read_plain(folder, name, limit)
    except ValueError as error:
        raise CollectError(f"{name} is {error}") from None
