"""Returns feedback to Canvas: each student's score, and the feedback page in a comment.

One request carries the score and the comment, so Canvas has both or neither. The page's file name
holds a digest of what was sent, so Canvas itself says whether a comment is already there: where a
connection breaks, or Canvas fails in the middle of its work, nothing is sent twice.
"""

import hashlib
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from canvasapi.upload import Uploader

from autograder.canvas.connection import Connection, NoAnswer, entry_of, one_line_errors
from autograder.canvas.session import BROKEN
from autograder.course import Assignment
from autograder.errors import AutograderError
from autograder.files import write_atomically
from autograder.gradebook.rows import Rows
from autograder.gradebook.totals import Totals
from autograder.roster import Roster
from autograder.text import as_points

TRIES = 3  # of an upload, and of looking what became of a change


class Sent(StrEnum):
    """What became of one student's feedback."""

    SENT = "sent"
    UNCHANGED = "unchanged"
    WAITS = "would be sent"  # in a trial
    UNCLEAR = "may have been sent"
    LEFT = "not sent"


@dataclass(frozen=True)
class Message:
    """What a student is to get in Canvas."""

    student: str
    canvas_id: str
    score: float
    text: str
    page: bytes
    name: str  # of the page's file, without its ending


@dataclass(frozen=True)
class SentBefore:
    """The scores that were sent to Canvas, or may have been, and whether it ever answered."""

    scores: tuple[float, ...] = ()
    confirmed: bool = False


@dataclass(frozen=True)
class Returned:
    """The result for one student, with what is sent, or why nothing is."""

    student: str
    what: Sent
    about: str


def messages(
    assignment: Assignment, roster: Roster, submissions: Sequence[Any], totals: Totals, rows: Rows
) -> Iterator[Message | Returned]:
    """The message for each graded student, or why there is none."""
    users = {
        entry.student: str(one.user_id)
        for one in submissions
        if (entry := entry_of(roster, str(one.user_id), getattr(one, "user", {}) or {}))
    }
    for entry in roster.entries:
        student, page = entry.student, assignment.feedback_page(entry.student)
        total = totals.students.get(student)
        if total is None or not page.is_file():
            continue
        if total.needs_grading:
            yield Returned(student, Sent.LEFT, "written answers wait for manual grading")
        elif student not in users:
            yield Returned(student, Sent.LEFT, "Canvas has no such student in this assignment")
        else:
            content = page.read_bytes()
            text = _comment(assignment, student, total.points, totals.max_score, rows)
            digest = hashlib.sha256(content + text.encode()).hexdigest()[:12]
            name = f"{assignment.name}-{digest}"
            yield Message(student, users[student], total.points, text, content, name)


def deliver(
    assignment: Assignment, connection: Connection, message: Message, trial: bool, replace: bool
) -> Returned:
    """Send what Canvas does not have yet; in a trial, only say what that is.

    What fails for one student does not end the others' delivery.
    """
    try:
        return _deliver(assignment, connection, message, trial, replace)
    except AutograderError as error:
        return Returned(message.student, Sent.LEFT, str(error))


def _deliver(
    assignment: Assignment, connection: Connection, message: Message, trial: bool, replace: bool
) -> Returned:
    """A score that was changed in Canvas since it was sent stays, unless it may be replaced."""
    student, note = message.student, _note(assignment, message.student)
    before = _read_note(note)
    there = _look(connection, message)
    needs_score, needs_comment = _needs(there, message)
    if not (needs_comment or needs_score):
        return Returned(student, Sent.UNCHANGED, as_points(message.score))
    what = " and ".join(
        part
        for part, needed in (
            (f"the score {as_points(message.score)}", needs_score),
            (f"the page {message.name}.html", needs_comment),
        )
        if needed
    )
    if needs_score and not replace and (why := _changed_there(there, before)):
        return Returned(student, Sent.LEFT, f"{why}: --replace sends {as_points(message.score)}")
    if trial:
        return Returned(student, Sent.WAITS, what)
    fields: dict[str, Any] = {}
    if needs_score:
        fields["submission"] = {"posted_grade": message.score}
    if needs_comment:
        uploaded = _upload(connection, there, message)
        fields["comment"] = {"text_comment": message.text, "file_ids": [uploaded]}
    # Before it is sent: then a run that is killed knows its own score again.
    scores = (*before.scores, message.score)
    _write_note(note, SentBefore(scores, before.confirmed))
    try:
        with one_line_errors(f"student {student}"):
            there.edit(**fields)
    except NoAnswer as error:
        if not _arrives(connection, message):
            return Returned(
                student, Sent.UNCLEAR, f"{error}. Look in Canvas, or run this again: it looks first"
            )
    _write_note(note, SentBefore(scores, confirmed=True))
    return Returned(student, Sent.SENT, what)


def _look(connection: Connection, message: Message) -> Any:
    """The student's submission, as Canvas has it now."""
    with one_line_errors(f"student {message.student}"):
        return connection.assignment.get_submission(
            int(message.canvas_id), include=["submission_comments"]
        )


def _needs(there: Any, message: Message) -> tuple[bool, bool]:
    """Whether the submission lacks the message's score, and its page."""
    theirs = _score_of(there)
    needs_score = theirs is None or abs(theirs - message.score) > 1e-6
    return needs_score, not _has_comment(there, message.name)


def _arrives(connection: Connection, message: Message) -> bool:
    """Whether Canvas has what it gave no answer to. It may still be at work on it."""
    for number in range(1, TRIES + 1):
        connection.requester.pause(number)
        try:
            if not any(_needs(_look(connection, message), message)):
                return True
        except AutograderError:
            continue  # it says nothing now; the caller reports the first failure
    return False


def _upload(connection: Connection, there: Any, message: Message) -> int:
    """The number of the page's file in Canvas. Students see it once a comment has this number."""
    address = (
        f"courses/{there.course_id}/assignments/{there.assignment_id}/submissions/"
        f"{message.canvas_id}/comments/files"
    )
    with (
        tempfile.TemporaryDirectory(prefix="return-feedback-") as folder,
        one_line_errors(f"the page of student {message.student}"),
    ):
        page = Path(folder) / f"{message.name}.html"  # Canvas shows this name
        page.write_bytes(message.page)
        for number in range(1, TRIES + 1):
            try:
                done, answer = Uploader(connection.requester, address, page).start()
                break
            except BROKEN:
                if number == TRIES:
                    raise
                connection.requester.pause(number)
        if not done:
            raise ValueError("the upload has no address")
        return int(answer["id"])


def _has_comment(submission: Any, name: str) -> bool:
    """Whether a comment has the page. Canvas may add a number to a file's name."""
    comments = getattr(submission, "submission_comments", None) or []
    files = [file for comment in comments for file in comment.get("attachments") or ()]
    return any(str(file.get("display_name", "")).startswith(name) for file in files)


def _comment(
    assignment: Assignment, student: str, points: float, max_score: float, rows: Rows
) -> str:
    """The comment's text: the points, and what people wrote about written answers."""
    lines = [
        f"{assignment.name}: {as_points(points)} of {as_points(max_score)} points. "
        "The attached page says more: download it and open it in a browser."
    ]
    lines += [
        f"{comment.cell}: {comment.manual}"
        for comment in rows.comments
        if comment.student == student and comment.manual
    ]
    return "\n\n".join(lines)


def _note(assignment: Assignment, student: str) -> Path:
    return assignment.collected / "canvas" / f"{student}.json"


def _score_of(submission: Any) -> float | None:
    """The score as it was entered, before what Canvas itself takes off for late work."""
    entered = getattr(submission, "entered_score", None)
    return submission.score if entered is None else float(entered)


def _changed_there(submission: Any, before: SentBefore) -> str:
    """What a person decided in Canvas; '' if nothing shows that somebody did."""
    theirs = _score_of(submission)
    if getattr(submission, "excused", False):
        return "the student is excused in Canvas"
    if theirs is None:
        return "the score was removed in Canvas" if before.confirmed else ""
    if theirs in before.scores:
        return ""
    return f"Canvas has the score {as_points(theirs)}, which did not come from here"


def _read_note(note: Path) -> SentBefore:
    try:
        data = json.loads(note.read_text(encoding="utf-8"))
        return SentBefore(tuple(map(float, data["scores"])), bool(data["confirmed"]))
    except FileNotFoundError:
        return SentBefore()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AutograderError(
            f"{note} cannot be read ({error}): remove it; scores in Canvas then need --replace"
        ) from None


def _write_note(note: Path, before: SentBefore) -> None:
    write_atomically(note, json.dumps({"scores": before.scores, "confirmed": before.confirmed}))
