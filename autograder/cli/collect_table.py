"""What `autograder collect` prints: a table of the class, and a line for what needs a look."""

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from autograder.cli.console import problem
from autograder.collect.run import Collection
from autograder.collect.store import Collected, What, clock, duration

STYLES = {
    What.NEW: "green",
    What.UPDATED: "green",
    What.KEPT: "yellow",
    What.MISSING: "yellow",
    What.PROBLEM: "red",
}


def collection_table(done: Collection) -> Table:
    """A row a student."""
    until = f", due {clock(done.deadline)}" if done.deadline else ""
    until += ", as the gradebook remembers" if done.remembered else ""
    title = f"{done.assignment}, collected from {done.source}{until}"
    table = Table(title=title, title_justify="left")
    commits = any(one.commit for one in done.students)
    names = ["student", "what", *(["commit"] if commits else []), "handed in", "late by"]
    for name in names:
        table.add_column(name)
    for one in done.students:
        cells = [Text(one.student), Text(one.what, style=STYLES.get(one.what, ""))]
        cells += [Text(one.commit[:7])] if commits else []
        table.add_row(*cells, Text(clock(one.time) if one.time else ""), _late(one))
    return table


def collection_lines(done: Collection) -> Iterator[Text]:
    """A line for each student and file with something to say, for who is missing, and what next."""
    for one in done.students:
        if one.reason:
            yield Text.assemble((one.student, STYLES.get(one.what, "yellow")), f": {one.reason}")
    for line in done.problems:
        yield problem(line)
    if done.missing:
        yield Text.assemble(("missing: ", "yellow"), ", ".join(done.missing))
    if not done.students:
        yield Text("nothing was handed in")
    if any(one.what in (What.NEW, What.UPDATED) for one in done.students):
        yield Text(f"grade with 'autograder grade {done.assignment}'")


def _late(one: Collected) -> Text:
    if one.late:
        return Text(duration(one.late), style="yellow")
    return Text("marked late", style="yellow") if one.marked_late else Text("")
