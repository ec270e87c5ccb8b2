"""The command that audits hidden tests."""

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.options import CourseOption, UnsafeOption, Weeks, WorkersOption


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
    workers: WorkersOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the audit as JSON.")] = False,
    unsafe_no_sandbox: UnsafeOption = False,
    course: CourseOption = Path(),
) -> None:
    """Do the hidden tests tell right answers from wrong ones? Tries all of tests/submissions.

    The test that a mutant's header names must kill it. An alternative must keep all points. Writes
    reports/WEEK-audit.html and .json; for a part of a week, WEEK-audit-part. Exit status 0: no
    problems; 1: problems; 2: wrong usage.

    Example: autograder audit week1_mlp --exercise train
    """
    from autograder.audit.campaign import AuditPlan, run_audit
    from autograder.audit.page import write_audit_page
    from autograder.cli.console import bars, out, warn_of_no_sandbox
    from autograder.cli.tables import audit_lines, audit_table
    from autograder.course import find_course
    from autograder.grading.session import Options

    found = find_course(course)
    assignments = [found.assignment(w) for w in weeks] if weeks else found.assignments()
    warn_of_no_sandbox(unsafe_no_sandbox)
    plan = AuditPlan(
        options=Options(sandboxed=not unsafe_no_sandbox),
        workers=workers or os.cpu_count() or 1,
        submissions=submissions,
        exercises=tuple(exercise or ()),
        generate=generate,
        whole=whole,
        weaken=weaken,
        seeds=seeds,
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
