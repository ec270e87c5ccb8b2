"""What the graders' commands print: tables of scores, and a line for what needs a look."""

from collections.abc import Iterable, Iterator, Sequence

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from autograder.audit.model import Audit
from autograder.gradebook.scores import Change
from autograder.gradebook.totals import Totals
from autograder.reports.class_page import remark
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
        if said := remark(result):
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


def audit_table(audit: Audit) -> Table:
    """One row per exercise: killed mutants, accepted alternatives, tests that a mutant names."""
    table = Table(title=f"{audit.assignment.name}, audit", title_justify="left")
    for name in ("exercise", "mutants killed", "alternatives accepted", "tests named by a mutant"):
        table.add_column(name, justify="left" if name == "exercise" else "right")
    for exercise in audit.exercises:
        tests = sum(test.exercise == exercise.name for test in audit.tests)
        table.add_row(
            exercise.name,
            _share(exercise.killed, exercise.mutants),
            _share(exercise.accepted, exercise.alternatives),
            f"{tests - len(exercise.unnamed_tests)} of {tests}",
        )
    return table


def audit_lines(audit: Audit) -> Iterator[Text]:
    """One line for everything else that was tried, and one per problem."""
    if generated := audit.generated:
        marked = f"{generated.equivalent} equivalent, {generated.tolerated} tolerated"
        killed = f"{generated.killed} of {generated.not_equivalent} killed"
        yield Text(f"generated mutants: {killed} ({generated.mutation_score:.1%}; {marked})")
    if weakened := [test for test in audit.weakened if test.removed]:
        noticed = sum(bool(test.survivor) for test in weakened)
        yield Text(f"weakened tests: {noticed} of {len(weakened)} noticed")
        for test in weakened:
            if not test.survivor:
                yield Text(
                    f"  not noticed: {test.exercise}, {test.test} without its last assertion"
                )
    if audit.costs:
        expected = sum(cost.is_expected for cost in audit.costs)
        yield Text(f"whole notebooks: {expected} of {len(audit.costs)} cost points where expected")
    if audit.scores:
        below = sum(bool(score.failed) for score in audit.scores)
        seeds = len({score.seed for score in audit.scores})
        yield Text(f"seeds: {len(audit.scores)} scores under {seeds} seeds, {below} below full")
    for line in audit.problems():
        yield Text.assemble(("problem: ", "red"), line)
    if not audit.problems():
        yield Text("no problems", style="green")


def _share(part: int, whole: int) -> Text:
    return Text(f"{part} of {whole}", style="" if part == whole else "red")


def _cell(score: float, full: float) -> Text:
    return Text(f"{score:g}", style="" if score == full else "red")
