"""The command that audits hidden tests, and the table that it prints."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from autograder.cli.options import CourseOption, UnsafeOption, Weeks, WorkersOption

if TYPE_CHECKING:
    from autograder.audit.model import Audit


def audit(
    weeks: Weeks = None,
    submissions: Annotated[
        Path | None,
        typer.Option(help="Another folder with mutants/ and alternatives/, or with one per week."),
    ] = None,
    exercise: Annotated[
        list[str] | None, typer.Option("--exercise", help="Only these exercises; may be repeated.")
    ] = None,
    generate: Annotated[
        bool, typer.Option("--generate", help="Also try generated mutants.")
    ] = False,
    whole: Annotated[
        bool,
        typer.Option("--whole", help="Also grade whole notebooks with one sample answer each."),
    ] = False,
    weaken: Annotated[
        bool, typer.Option("--weaken", help="Also check that a weaker test would be noticed.")
    ] = False,
    seeds: Annotated[
        int, typer.Option("--seeds", min=0, help="Also grade correct answers under N seeds.")
    ] = 0,
    mistakes: Annotated[
        bool,
        typer.Option("--mistakes", help="Also make the table of known mistakes again: slower."),
    ] = False,
    held_out: Annotated[
        bool,
        typer.Option("--held-out-hints", help="Also measure how often the right mistake is named."),
    ] = False,
    attacks: Annotated[
        bool,
        typer.Option("--attacks", help="Try the attacks in attacks/ instead of the answers."),
    ] = False,
    write_security: Annotated[
        bool,
        typer.Option("--write-security", help="With --attacks: write their table in SECURITY.md."),
    ] = False,
    workers: WorkersOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the audit as JSON.")] = False,
    unsafe_no_sandbox: UnsafeOption = False,
    course: CourseOption = Path(),
) -> None:
    """Do the hidden tests tell right answers from wrong ones? Tries all of tests/submissions.

    The test that a mutant's header names must kill it. An alternative must keep all points. Writes
    reports/WEEK-audit.html and .json; for a part of a week, WEEK-audit-part. With --mistakes, also
    writes tests/hidden/WEEK/mistakes.json, from which feedback names the likeliest mistake.
    With --attacks, grades hostile submissions beside honest ones, and writes
    reports/WEEK-attacks.json.
    Exit status 0: no problems; 1: problems; 2: wrong usage.

    Example: autograder audit week1_mlp --exercise train
    """
    from autograder.audit.campaign import AuditPlan, run_audit
    from autograder.audit.page import write_audit_page
    from autograder.cli.attacks import AttackPlan, audit_attacks
    from autograder.cli.console import bars, out, warn_of_no_sandbox
    from autograder.course import find_course
    from autograder.errors import UsageError
    from autograder.grading.options import Options

    found = find_course(course)
    assignments = [found.assignment(w) for w in weeks] if weeks else found.assignments()
    warn_of_no_sandbox(unsafe_no_sandbox)
    if write_security and not attacks:
        raise UsageError("--write-security needs --attacks")
    if attacks:
        if generate or whole or weaken or seeds or mistakes or held_out or exercise:
            raise UsageError("--attacks tries attacks only: leave the options for answers out")
        settings = AttackPlan(workers or os.cpu_count() or 1, not unsafe_no_sandbox, submissions)
        audit_attacks(assignments, settings, write_security, as_json)
        return
    plan = AuditPlan(
        options=Options(sandboxed=not unsafe_no_sandbox),
        workers=workers or os.cpu_count() or 1,
        submissions=submissions,
        exercises=tuple(exercise or ()),
        generate=generate,
        whole=whole,
        weaken=weaken,
        seeds=seeds,
        mistakes=mistakes,
        held_out=held_out,
    )
    audits = []
    for assignment in assignments:
        done = run_audit(assignment, plan, bars)
        audits.append(done)
        page, _ = write_audit_page(done)
        if not as_json:
            out.print(audit_table(done))
            for line in audit_lines(done):
                out.print(line, soft_wrap=True)
            out.print(f"open {page}", soft_wrap=True)
    if as_json:
        print(json.dumps([done.to_json() for done in audits], indent=1, ensure_ascii=False))
    if any(done.problems() for done in audits):
        raise typer.Exit(1)


def audit_table(audit: "Audit") -> Table:
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


def audit_lines(audit: "Audit") -> Iterator[Text]:
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
    for quality in audit.hints:
        yield Text(f"hints, {quality.line}")
    for line in audit.problems():
        yield Text.assemble(("problem: ", "red"), line)
    if not audit.problems():
        yield Text("no problems", style="green")


def _share(part: int, whole: int) -> Text:
    return Text(f"{part} of {whole}", style="" if part == whole else "red")
