"""What an import would change, decided before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder.gradebook.manual import Entry
from autograder.gradebook.rows import Entered, SheetRow
from autograder.text import as_points
from autograder.written.answers import Answer
from autograder.written.sheet import Row, Sheet

ROUNDING = 1e-9  # points; a spreadsheet keeps 15 digits
Answers = Mapping[tuple[str, str], Answer]


@dataclass(frozen=True)
class Plan:
    """The entries to write, and one line per problem and per conflict.

    A conflict is an answer that was changed or graded since its row was exported. Its entry is
    among `entries`; nothing may be written while there are conflicts that were not accepted.
    """

    entries: tuple[Entry, ...] = ()
    problems: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    unchanged: int = 0
    empty: int = 0


def plan_import(
    sheets: Sequence[Sheet], answers: Answers, students_by_pseudonym: Mapping[str, str]
) -> Plan:
    """Compare the rows of sheets, each of another question, with what is in the gradebook."""
    entries: list[Entry] = []
    problems: list[str] = []
    conflicts: list[str] = []
    unchanged = empty = 0
    for sheet in sheets:
        seen: set[str] = set()
        for row in sheet.rows:
            student = students_by_pseudonym.get(row.student, row.student)
            place = f"{sheet.path.name}, row {row.number}"
            answer = answers.get((student, sheet.question))
            if answer is None:
                problems.append(f"{place}: there is no graded submission of '{row.student}'")
            elif student in seen:
                problems.append(f"{place}: '{row.student}' is a student of another row")
            elif row.score is None and not row.comment:
                empty += 1
            elif not _changes(row, answer):
                unchanged += 1
            else:
                entries.append(_entry(student, row, answer))
                if row.digest != answer.digest and not _is_own(row, answer):
                    conflicts.append(f"{place}: {row.student}: {_conflict(row, answer)}")
            seen.add(student)
    return Plan(tuple(entries), tuple(problems), tuple(conflicts), unchanged, empty)


def _entry(student: str, row: Row, answer: Answer) -> Entry:
    before = answer.entered
    score = before.score if row.score is None else row.score
    after = Entered(score, row.comment or before.comment)
    entered = SheetRow(row.digest, after, row.points, row.grader)
    return Entry(student, answer.question, before, entered, confirms=row.score is not None)


def _is_own(row: Row, answer: Answer) -> bool:
    """Whether a grader changes what the same grader entered in the same sheet."""
    before = answer.row
    return (
        before is not None
        and not answer.needs_grading
        and bool(row.grader)
        and (before.grader, before.digest) == (row.grader, row.digest)
    )


def _changes(row: Row, answer: Answer) -> bool:
    """Whether a row says anything that is not in the gradebook already."""
    before = answer.entered
    # The same score again confirms it for an answer that changed after it was graded.
    new_score = row.score is not None and (
        answer.needs_grading or before.score is None or abs(row.score - before.score) > ROUNDING
    )
    known_points = answer.row.points if answer.row else ()
    is_known = answer.row is not None or row.digest == answer.digest
    new_points = bool(row.points) and is_known and row.points != known_points
    return new_score or new_points or (bool(row.comment) and row.comment != before.comment)


def _conflict(row: Row, answer: Answer) -> str:
    now = answer.entered
    if now == Entered():
        return "the answer has changed since the export"
    has = "no score" if now.score is None else f"the score {as_points(now.score)}"
    has += f" and the comment '{now.comment[:60]}'" if now.comment else ""
    says = "no score" if row.score is None else f"the score {as_points(row.score)}"
    says += f" and the comment '{row.comment[:60]}'" if row.comment else ""
    return f"changed since the export: the gradebook has {has}, and this row says {says}"
