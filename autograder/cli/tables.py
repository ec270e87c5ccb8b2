"""What the graders' commands print: tables of scores, and a line for what needs a look."""

from collections.abc import Iterable, Iterator, Sequence

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from autograder.gradebook.scores import Change
from autograder.gradebook.totals import Totals
from autograder.results import wording
from autograder.results.model import Status, SubmissionResult

NAMED = 10  # students that one line names
NARROW = 8  # students that fit side by side, one a column


def score_table(title: str, results: Sequence[SubmissionResult]) -> Table:
    """Scores by exercise: a column a student where they fit, else a row a student."""
    results = sorted(results, key=lambda result: result.student)
    names = [f"{e.name} (bonus)" if e.bonus else e.name for e in results[0].exercises]
    full = [exercise.max_score for exercise in results[0].exercises]
    rows = {
        result.student: [_cell(e.score, e.max_score) for e in result.exercises]
        + [Text(f"{result.score:g}", style="bold")]
        for result in results
    }
    names, full = [*names, "sum"], [*full, results[0].max_score]
    table = Table(title=title, title_justify="left")
    if len(results) <= NARROW:
        table.add_column("exercise")
        table.add_column("of", justify="right")
        for student in rows:
            table.add_column(escape(student), justify="right", overflow="fold")
        for index, name in enumerate(names):
            cells = [scores[index] for scores in rows.values()]
            table.add_row(name, f"{full[index]:g}", *cells, end_section=index == len(names) - 2)
    else:
        table.add_column("student")
        for name, most in zip(names, full, strict=True):
            table.add_column(f"{name.replace('_', chr(10))}\n{most:g}", justify="right")
        for student, scores in rows.items():
            table.add_row(escape(student), *scores)
    return table


def remarks(results: Sequence[SubmissionResult], changes: Sequence[Change]) -> Iterator[Text]:
    """A line for each submission that a TA should look at, failed ones first."""
    for result in sorted(results, key=lambda r: (r.status is not Status.FAILED, r.student)):
        if said := wording.attention(result):
            style = "red" if result.status is Status.FAILED else "yellow"
            yield Text.assemble((result.student, style), f": {said}")
    for change in changes:
        text = f": the automatic score in the gradebook was {change.before:g}, now {change.after:g}"
        yield Text.assemble((change.student, "yellow"), text)


def second_looks(totals: Totals, students: Iterable[str]) -> Iterator[Text]:
    """A line for each exercise that a person graded and that changed since."""
    for student in sorted(set(students) & totals.students.keys()):
        for mark in totals.students[student].second_looks:
            text = f"{mark.exercise} changed since a person graded it ({mark.points:g} kept)"
            yield Text.assemble((student, "yellow"), f": {text}: look again")


def waiting(totals: Totals, students: Iterable[str]) -> Iterator[Text]:
    """A line that names whose answers wait for a person in formgrader, where any do."""
    who = sorted(s for s in students if s in totals.students and totals.students[s].waiting)
    if who:
        names = ", ".join(who[:NAMED]) + (
            f" and {len(who) - NAMED} more" if len(who) > NAMED else ""
        )
        yield Text.assemble(("waiting for a person in formgrader", "yellow"), f": {names}")


def _cell(score: float, full: float) -> Text:
    return Text(f"{score:g}", style="" if score == full else "red")
