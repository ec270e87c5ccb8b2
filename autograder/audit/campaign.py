"""One week's audit: what is tried, in which order."""

from dataclasses import dataclass, replace
from pathlib import Path

import nbformat

from autograder.audit.answers import read_answers
from autograder.audit.isolation import collateral, first_of_each
from autograder.audit.mutants import generated, read_known
from autograder.audit.page import Audit
from autograder.audit.seeds import stability
from autograder.audit.trial import on_broken_pieces, start, try_answers, try_generated
from autograder.audit.weaken import weaken
from autograder.course import Assignment
from autograder.errors import UsageError
from autograder.grading import hidden_tests
from autograder.grading.session import Options
from autograder.notebook.cells import exercise_cells
from autograder.sandbox.bubblewrap import require_sandbox
from autograder.workers import Bars, worker_pool


@dataclass(frozen=True)
class Plan:
    """What to try; of `exercises` all where none is named, of `submissions` the course's own."""

    options: Options
    workers: int
    submissions: Path | None = None
    exercises: tuple[str, ...] = ()
    generate: bool = False
    whole: bool = False
    weaken: bool = False
    seeds: int = 0


def run_audit(assignment: Assignment, plan: Plan, bar: Bars) -> Audit:
    """Try all that was planned.

    Raises AutograderError where there is nothing to try, or the solution itself does not hold.
    """
    if plan.options.sandboxed:
        require_sandbox()
    cells = exercise_cells(nbformat.read(assignment.source_notebook, as_version=4))
    if unknown := set(plan.exercises) - set(cells):
        known = ", ".join(cells)
        raise UsageError(f"no exercise '{min(unknown)}' in {assignment.name}; there are: {known}")
    wanted = plan.exercises or tuple(cells)
    options, name = plan.options, assignment.name
    folder = answers_folder(assignment, plan.submissions)
    answers = [answer for answer in read_answers(folder, list(cells)) if answer.exercise in wanted]
    own = plan.submissions is None
    with worker_pool(plan.workers, len(answers)) as pool:
        for _ in range(plan.workers):  # while this process imports what the tests import
            pool.submit(start, assignment, options)
        collected = hidden_tests.collect(assignment.hidden_tests, list(cells))
        tests = [test for test in collected if test.exercise in wanted]
        tried = [*answers, *(on_broken_pieces(tests) if own else ())]
        with bar(f"{name}: answers", len(tried)) as step:
            findings = try_answers(assignment, tried, options, pool, step, strict=own)
        part = ", ".join((*plan.exercises, *(() if own else (f"answers of {plan.submissions}",))))
        audit = Audit(assignment, tuple(tests), tuple(findings), part=part)
        if plan.generate:
            mutants = {m: a for m, a in generated(cells).items() if a.exercise in wanted}
            known_ones = read_known(folder, wanted)
            with bar(f"{name}: generated mutants", len(mutants)) as step:
                made = try_generated(assignment, mutants, known_ones, options, pool, step)
            audit = replace(audit, generated=made)
        if plan.weaken:
            with bar(f"{name}: weakened tests", len(tests)) as step:
                weakened = weaken(assignment, tests, answers, options, pool, step)
            audit = replace(audit, weakened=tuple(weakened))
        if plan.whole:
            first = first_of_each(answers)
            with bar(f"{name}: whole notebooks", len(first)) as step:
                audit = replace(
                    audit, costs=tuple(collateral(assignment, first, options, pool, step))
                )
        if plan.seeds:
            seeds = range(plan.seeds)
            with bar(f"{name}: seeds", plan.seeds) as step:
                scores = stability(assignment, answers, seeds, options, pool, step)
            audit = replace(audit, scores=tuple(scores))
    return audit


def answers_folder(assignment: Assignment, submissions: Path | None) -> Path:
    """Where the week's answers lie: in a folder of its name, or in the given one itself."""
    place = submissions or assignment.root / "tests" / "submissions"
    return place / assignment.name if (place / assignment.name).is_dir() else place
