"""Whether a page is up to date: a note holds a digest of all that it was made from."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from autograder.course import Assignment
from autograder.files import read_or_none, write_atomically
from autograder.gradebook.rows import Rows
from autograder.notebook.rubrics import rubric_files
from autograder.results.store import FILE_NAME

PACKAGE = Path(__file__).parents[1]
# What makes pages: this package's modules and templates, and the libraries behind them.
MAKERS = ("reports", "results", "gradebook", "notebook", "text.py")
LIBRARIES = (
    "nbconvert", "nbgrader", "altair", "vl-convert-python", "nh3", "mistune", "latex2mathml",
)  # fmt: skip


def digest_of(parts: Iterable[str | bytes]) -> str:
    """The digest of what a page is made from: `parts`, and the code that makes pages."""
    digest = hashlib.sha256(_makers().encode())
    for part in parts:
        content = part if isinstance(part, bytes) else part.encode()
        digest.update(b"%d\0" % len(content) + content)
    return digest.hexdigest()


def feedback_digest(assignment: Assignment, student: str, rows: Mapping[str, str]) -> str:
    """The digest of a student's feedback. `rows` are the digests of the gradebook's rows."""
    result = read_or_none(assignment.autograded(student) / FILE_NAME) or b""
    return digest_of([result, rows.get(student, ""), *_policy(assignment)])


def rubrics_digest(assignment: Assignment) -> str:
    """The digest of the files that hold an assignment's rubrics; '' if there are none."""
    contents = [read_or_none(path) or b"" for path in rubric_files(assignment.solutions)]
    return digest_of(contents) if contents else ""


def class_digest(assignment: Assignment, rows: Rows) -> str:
    """The digest of what the class page and the leaderboard are made from."""
    parts: list[str | bytes] = []
    for student in assignment.students():
        parts += [student, read_or_none(assignment.autograded(student) / FILE_NAME) or b""]
    parts += [repr(sorted(rows.digests().items())), repr(rows.max_score), *_policy(assignment)]
    return digest_of([*parts, repr(assignment.has_leaderboard)])


def _policy(assignment: Assignment) -> list[str]:
    """What pages say of late work depends on it, where there is a policy."""
    policy = assignment.late
    return [repr(policy), assignment.clock.name] if policy.percent_per_day else []


@dataclass(frozen=True)
class Page:
    """A page, and the file with the digest of what it was made from, which students never get."""

    path: Path
    note: Path

    def is_current(self, digest: str) -> bool:
        """Whether the page is there and was made from what has this digest."""
        made_from = read_or_none(self.note)
        return self.path.is_file() and made_from == digest.encode()

    def note_made(self, digest: str) -> None:
        """Store, after the page was written, the digest of what it was made from."""
        write_atomically(self.note, digest)


def feedback(assignment: Assignment, student: str) -> Page:
    """A student's feedback page."""
    return Page(assignment.feedback_page(student), _notes(assignment) / "feedback" / student)


def rubrics(assignment: Assignment, student: str) -> Page:
    """A student's graded notebook, which shows the rubrics to TAs."""
    notebook = assignment.autograded(student) / assignment.release_notebook.name
    return Page(notebook, _notes(assignment) / "rubrics" / student)


def returned(assignment: Assignment, student: str) -> Page:
    """A student's feedback as it was pushed: the note's digest includes the commit."""
    return Page(assignment.feedback_page(student), _notes(assignment) / "returned" / student)


def was_returned(assignment: Assignment, student: str) -> bool:
    """Whether a student's feedback was pushed, and was not made again since."""
    page = returned(assignment, student)
    if not page.note.is_file() or not page.path.is_file():
        return False
    return page.note.stat().st_mtime_ns >= page.path.stat().st_mtime_ns


def class_page(assignment: Assignment) -> Page:
    """The class page; the leaderboard is made with it."""
    return Page(assignment.class_page, _notes(assignment) / "class")


def lock(assignment: Assignment) -> Path:
    """The file that a command locks while it writes results or pages of the assignment."""
    return _notes(assignment) / "lock"


def _notes(assignment: Assignment) -> Path:
    return assignment.class_page.parent / ".made-from" / assignment.name


@cache
def _makers() -> str:
    digest = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in LIBRARIES).encode())
    for name in MAKERS:
        path = PACKAGE / name
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
