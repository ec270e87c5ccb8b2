"""What the same hostile and damaged submissions do to `nbgrader autograde` and to this package.

Each case is handed in beside an honest submission, in a course of its own for each tool.
"""

import datetime
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

from confined import TOOLS
from hostile import ATTACKS, NOT_TRIED, Case, Courses, Kind, Outcome, cases

from autograder import __version__
from autograder.course import Course
from autograder.errors import AutograderError
from autograder.files import write_atomically
from autograder.sandbox.bubblewrap import require_sandbox
from autograder.text import as_points

README = Path(__file__).with_name("README.md")
COURSE_README = Path(__file__).parents[2] / "README.md"  # it has the summary alone
BEGIN, END = "<!-- security: begin -->", "<!-- security: end -->"
WEEKS = tuple(ATTACKS)
COLUMNS = ("case", "what it does", "nbgrader", "s", "autograder", "s")
RULE = ("---", "---", "---", "---:", "---", "---:")

Pair = tuple[Outcome, Outcome]  # what came of a case, and of the same without harm
COUNTED: Mapping[Kind, Mapping[str, Callable[[Pair], bool]]] = {
    Kind.HOSTILE: {
        "gained points": lambda pair: (pair[0].score or 0.0) > (pair[1].score or 0.0),
        "leaked something": lambda pair: bool(pair[0].leaks),
        "changed files, or cost the neighbor points or its grade": lambda pair: bool(
            pair[0].changed or pair[0].neighbor != pair[1].neighbor
        ),
        "stopped the run": lambda pair: bool(pair[0].stopped),
    },
    Kind.DAMAGED: {
        "kept their score": lambda pair: pair[0].score == pair[1].score,
        "lost points": lambda pair: pair[0].score is not None and pair[0].score < pair[1].score,
        "not graded": lambda pair: pair[0].score is None,
    },
}


@dataclass(frozen=True)
class Compared:
    """One case: each tool's outcome, and what the tool made of the same without harm.

    A tool that has not tried the case has no outcome.
    """

    week: str
    case: Case
    outcomes: Mapping[str, Outcome]
    honest: Mapping[str, Outcome]

    @property
    def group(self) -> str:
        """The heading of the table that it is in."""
        return f"{self.case.kind}, {self.week}"


def compare(course: Course, weeks: Iterable[str]) -> Iterator[Compared]:
    """Try the cases of the weeks that have some, one run after another, both tools at a time."""
    require_sandbox()
    for week in weeks:
        assignment = course.assignment(week)
        found = cases(assignment)
        with (
            tempfile.TemporaryDirectory(prefix="bench-") as folder,
            ThreadPoolExecutor(len(TOOLS)) as threads,
        ):
            courses = Courses(assignment, Path(folder))
            honest: dict[str, dict[str, Outcome]] = {}
            for together in runs(found):
                running = {
                    tool: threads.submit(courses.run, tool, tried)
                    for tool in TOOLS
                    if (tried := [case for case in together if NOT_TRIED.get(case.name) != tool])
                }
                done = {tool: future.result() for tool, future in running.items()}
                for case in together:
                    outcomes = {tool: done[tool][case.name] for tool in done}
                    if case.kind is Kind.HONEST:
                        honest[case.base] = outcomes
                    yield Compared(week, case, outcomes, honest[case.base])


def runs(found: Sequence[Case]) -> list[list[Case]]:
    """The cases in groups: those that share a run, the honest ones among them, then each other."""
    return [
        [case for case in found if not case.is_alone],
        *([case] for case in found if case.is_alone),
    ]


def sentences(outcome: Outcome, honest: Outcome) -> list[str]:
    """What came of a case, in words, the score first."""
    found = [score_in_words(outcome, honest)]
    if outcome.leaks:
        found.append(f"**leaked** {', '.join(outcome.leaks)}")
    if outcome.neighbor is None:
        found.append("**neighbor not graded**")
    elif outcome.neighbor != honest.neighbor:
        found.append(f"**neighbor's score changed** to {as_points(outcome.neighbor)}")
    if outcome.changed:
        found.append(f"**changed or removed {len(outcome.changed)} files** of the course")
    if outcome.stopped:
        found.append(f"**run stopped**: {outcome.stopped}")
    return found


def score_in_words(outcome: Outcome, honest: Outcome) -> str:
    """What happened to the score."""
    right = honest.score or 0.0
    if outcome.score is None:
        return "**not graded**" if right else "not graded"
    if outcome.score > right:
        return f"**gained {as_points(outcome.score - right)}**"
    if outcome.score < right:
        return f"**lost {as_points(right - outcome.score)}** of {as_points(right)}"
    return f"kept its {as_points(right)}"


def row(compared: Compared) -> str:
    """A line of the table."""
    cells = [f"`{compared.case.name}`", compared.case.what.replace("|", "\\|")]
    for tool in TOOLS:
        if outcome := compared.outcomes.get(tool):
            words = "; ".join(sentences(outcome, compared.honest[tool]))
            cells += [words, f"{outcome.seconds / outcome.students:.0f}"]
        else:
            cells += ["not tried", ""]
    return "| " + " | ".join(cells) + " |"


def tables(everything: Sequence[Compared]) -> list[str]:
    """The lines of the README between its two markers."""
    lines = head(everything)
    for group, members in groupby(
        sorted(everything, key=order), key=lambda compared: compared.group
    ):
        lines += ["", f"**{group}**", ""]
        lines += ["| " + " | ".join(cells) + " |" for cells in (COLUMNS, RULE)]
        lines += [row(compared) for compared in members]
    return [*lines, ""]


def head(everything: Sequence[Compared]) -> list[str]:
    """The lines with the date, the versions and the summary."""
    versions = f"nbgrader {version('nbgrader')} and version {__version__} of this package"
    day = date_in_words(datetime.date.today())
    lines = ["", f"Run on {day}, with {versions}.", ""]
    return [*lines, *(f"* {line}" for line in summary(everything))]


def order(compared: Compared) -> tuple[str, int]:
    """The order of the tables: by week, and in it by kind."""
    return compared.week, list(Kind).index(compared.case.kind)


def summary(everything: Iterable[Compared]) -> Iterator[str]:
    """For each tool and kind of case, of how many cases what is true."""
    tried = sorted(everything, key=lambda compared: compared.case.kind)
    for kind, group in groupby(tried, key=lambda compared: compared.case.kind):
        members = list(group)
        for tool in TOOLS:
            if kind is Kind.HONEST:
                continue
            pairs = [(c.outcomes[tool], c.honest[tool]) for c in members if tool in c.outcomes]
            counted = [f"{sum(map(holds, pairs))} {what}" for what, holds in COUNTED[kind].items()]
            yield f"{tool}, {len(pairs)} {kind}: {', '.join(counted)}"


def date_in_words(day: datetime.date) -> str:
    """The date as US readers write it."""
    return f"{day:%B} {day.day}, {day.year}"


def write_readme(lines: Sequence[str], path: Path = README) -> None:
    """Replace what is between the markers. Raises AutograderError if the file has none."""
    text = path.read_text(encoding="utf-8")
    before, found, rest = text.partition(BEGIN)
    _, found_end, after = rest.partition(END)
    if not (found and found_end):
        raise AutograderError(
            f"{path} has no place for the tables: add the lines {BEGIN} and {END}"
        )
    write_atomically(path, "\n".join([before + BEGIN, *lines, END + after]))
