"""What the command prints of a notebook's own checks."""

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from autograder.check.checks import Checkup, State

MARKS = {
    State.PASSED: ("✓", "green"),
    State.WRITTEN: ("✓", "green"),
    State.UNWRITTEN: ("·", "dim"),
    State.FAILED: ("✗", "red"),
    State.TIMEOUT: ("✗", "red"),
    State.NOT_RUN: ("–", "yellow"),
}


def checkup_table(checkup: Checkup) -> Table:
    """A row an exercise: its points, how it stands, and what to look at."""
    table = Table(title=checkup.notebook, title_justify="left")
    table.add_column("exercise", overflow="fold")
    table.add_column("points", justify="right")
    table.add_column("")
    table.add_column("what its check says", overflow="fold")
    for finding in checkup.findings:
        mark, style = MARKS[finding.state]
        name = f"{finding.exercise} (bonus)" if finding.bonus else finding.exercise
        message = Text(finding.message, style="" if finding.state.fine else style)
        table.add_row(name, f"{finding.points:g}", Text(mark, style=style), message)
    return table


def checkup_lines(checkup: Checkup) -> Iterator[Text]:
    for remark in checkup.remarks:
        yield Text(f"note: {remark}", style="yellow")
    read = sum(f.points for f in checkup.findings if f.written and f.state.fine)
    left = sum(f.points for f in checkup.findings if not (f.state.fine or f.bonus))
    parts = [f"{checkup.points:g} points have checks that pass"]
    parts += [f"{read:g} wait for a reader"] if read else []
    yield Text(f"{', '.join(parts)}, {left:g} are still open ({checkup.seconds:g} s)")
    yield Text("The hidden tests decide the points, and try more than these checks.", style="dim")
