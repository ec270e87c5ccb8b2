"""What `audit --attacks` does, and the table that it prints."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.table import Table
from rich.text import Text

from autograder.audit.attack_report import to_json, write_report, write_security
from autograder.audit.attack_run import attacks_of, try_attacks
from autograder.audit.judge import Judgment
from autograder.cli.console import bars, out, problem
from autograder.course import Assignment
from autograder.errors import AutograderError
from autograder.sandbox.bubblewrap import require_sandbox
from autograder.text import as_points


@dataclass(frozen=True)
class AttackPlan:
    """How to try attacks; `submissions` is another folder than tests/submissions."""

    workers: int
    sandboxed: bool
    submissions: Path | None = None


def audit_attacks(
    assignments: Sequence[Assignment], plan: AttackPlan, into_security: bool, as_json: bool
) -> None:
    """Try every attack of the assignments, and print and write what came of them.

    Raises typer.Exit with status 1 if one did not hold, and AutograderError if there is none.
    """
    if plan.sandboxed:
        require_sandbox()
    everything: list[Judgment] = []
    data = []
    for assignment in assignments:
        attacks = attacks_of(assignment, plan.submissions)
        if not attacks:
            raise AutograderError(f"no attacks for {assignment.name}: put them in attacks/")
        with bars(f"{assignment.name}: attacks", len(attacks)) as step:
            judgments = try_attacks(assignment, attacks, plan.workers, plan.sandboxed, step)
        everything += judgments
        data.append(to_json(assignment, judgments))
        report = write_report(assignment, judgments)
        if into_security:
            write_security(assignment, judgments)
        if not as_json:
            out.print(attack_table(assignment, judgments))
            for judgment in judgments:
                for line in judgment.problems:
                    out.print(problem(f"{judgment.attack.name}: {line}"), soft_wrap=True)
            out.print(f"open {report}", soft_wrap=True)
    if as_json:
        print(json.dumps(data, indent=1, ensure_ascii=False))
    if not all(judgment.held for judgment in everything):
        raise typer.Exit(1)


def attack_table(assignment: Assignment, judgments: Sequence[Judgment]) -> Table:
    """One row per attack."""
    held = sum(judgment.held for judgment in judgments)
    title = f"{assignment.name}, attacks: {held} of {len(judgments)} held"
    table = Table(title=title, title_justify="left")
    for name in ("attack", "class", "outcome"):
        table.add_column(name)
    for name in ("seconds", "base", "points"):
        table.add_column(name, justify="right")
    for judgment in judgments:
        table.add_row(
            judgment.attack.name,
            judgment.attack.kind,
            Text(judgment.verdict, style="" if judgment.held else "red"),
            f"{judgment.seconds:.0f}",
            as_points(judgment.base_points),
            as_points(judgment.points),
        )
    return table
