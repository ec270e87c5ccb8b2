"""One week's audit: what is tried, and in which order."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import nbformat

from autograder.audit.answers import Answer, read_answers
from autograder.audit.causes import (
    HELD_OUT,
    MORE,
    held_out,
    known_mistakes,
    left_out,
    more_mutants,
    stale_parts,
    unknown_mutants,
    write_table,
)
from autograder.audit.isolation import first_of_each_kind, measure_costs
from autograder.audit.model import Audit
from autograder.audit.mutants import generate_mutants, read_marks
from autograder.audit.seeds import scores_under_seeds
from autograder.audit.trial import (
    answers_with_broken_pieces,
    faults_on_solution,
    start,
    try_answers,
    try_generated_mutants,
)
from autograder.audit.weaken import try_weakened_tests
from autograder.course import Assignment
from autograder.errors import UsageError
from autograder.grading import hidden_tests
from autograder.grading.options import Options
from autograder.notebook.cells import exercise_cells
from autograder.sandbox.bubblewrap import require_sandbox
from autograder.sandbox.template import TEMPLATES
from autograder.workers import Bars, worker_pool


@dataclass(frozen=True)
class AuditPlan:
    """What to try.

    By default: the course's own sample answers in tests/submissions, and all exercises. With
    `one_in` = n, only every n-th mutant of an exercise. With `mistakes`, the table of known
    mistakes is made again; with `held_out`, it is measured.
    """

    options: Options
    workers: int
    submissions: Path | None = None
    exercises: tuple[str, ...] = ()
    one_in: int = 1
    generate: bool = False
    whole: bool = False
    weaken: bool = False
    seeds: int = 0
    mistakes: bool = False
    held_out: bool = False


def run_audit(assignment: Assignment, plan: AuditPlan, bar: Bars) -> Audit:
    """Try what the plan asks for, side by side in worker processes.

    The solution comes first: where it fails a hidden test, no answer to that exercise is tried.
    Raises AutograderError if there is no sample answer, or if the solution does not run.
    """
    options, name = plan.options, assignment.name
    if options.sandboxed:
        require_sandbox()
    TEMPLATES.prepare(options.launcher(assignment))
    cells = exercise_cells(nbformat.read(assignment.source_notebook, as_version=4))
    if unknown := set(plan.exercises) - set(cells):
        known = ", ".join(cells)
        raise UsageError(f"no exercise '{min(unknown)}' in {name}; there are: {known}")
    exercises = plan.exercises or tuple(cells)
    folder = answers_folder(assignment, plan.submissions)
    answers = [a for a in read_answers(folder, list(cells)) if a.exercise in exercises]
    own_answers = plan.submissions is None
    part = list(plan.exercises)
    if not own_answers:
        part.append(f"the answers in {plan.submissions}")
    with worker_pool(plan.workers, len(answers)) as pool:
        for _ in range(plan.workers):  # while this process imports what the tests import
            pool.submit(start, assignment, options)
        collected = hidden_tests.collect(assignment.hidden_tests, list(cells))
        faults = faults_on_solution(assignment, exercises, options, pool)
        exercises = tuple(name for name in exercises if name not in faults)
        answers = [answer for answer in answers if answer.exercise in exercises]
        tests = [test for test in collected if test.exercise in exercises]
        mutants = [answer for answer in answers if answer.is_mutant]
        mutants += more_mutants(assignment, MORE, list(cells)) if own_answers else []
        tried = [*_sample(answers, plan.one_in)]
        tried += answers_with_broken_pieces(tests) if own_answers else []
        if plan.mistakes:
            tried += [m for m in mutants if m.exercise in exercises and m not in answers]
        with bar(f"{name}: answers", len(tried)) as step:
            verdicts = try_answers(
                assignment, tried, options, pool, step, own_answers, every_test=plan.mistakes
            )
        audit = Audit(
            assignment,
            tuple(tests),
            tuple(verdicts),
            part=", ".join(part),
            faults=tuple(chain.from_iterable(faults.values())),
        )
        if plan.mistakes:
            failed = {verdict.answer.name: verdict.failed for verdict in verdicts}
            parts = {e: known_mistakes(assignment, e, mutants, failed) for e in exercises}
            write_table(assignment, parts, list(cells))
        apart = more_mutants(assignment, HELD_OUT, list(cells)) if own_answers else []
        if own_answers:
            audit = replace(
                audit,
                stale=tuple(stale_parts(assignment, mutants, exercises)),
                unknown=()
                if plan.exercises
                else tuple(unknown_mutants(assignment, [*mutants, *apart])),
            )
        if plan.held_out:
            apart = [answer for answer in apart if answer.exercise in exercises]
            with bar(f"{name}: mutants written apart", len(apart)) as step:
                found = try_answers(assignment, apart, options, pool, step, every_test=True)
            failed = {verdict.answer.name: verdict.failed for verdict in found}
            hints = (held_out(assignment, apart, failed), *left_out(assignment, exercises))
            audit = replace(audit, hints=hints)
        if plan.generate:
            generated_mutants = {
                m: a for m, a in generate_mutants(cells).items() if a.exercise in exercises
            }
            marks = read_marks(folder, exercises)
            with bar(f"{name}: generated mutants", len(generated_mutants)) as step:
                generated = try_generated_mutants(
                    assignment, generated_mutants, marks, options, pool, step
                )
            audit = replace(audit, generated=generated)
        if plan.weaken:
            with bar(f"{name}: weakened tests", len(tests)) as step:
                weakened = try_weakened_tests(assignment, tests, answers, options, pool, step)
            audit = replace(audit, weakened=tuple(weakened))
        if plan.whole:
            first = first_of_each_kind(answers)
            with bar(f"{name}: whole notebooks", len(first)) as step:
                costs = measure_costs(assignment, first, options, pool, step)
            audit = replace(audit, costs=tuple(costs))
        if plan.seeds:
            with bar(f"{name}: seeds", plan.seeds) as step:
                scores = scores_under_seeds(
                    assignment, answers, range(plan.seeds), options, pool, step
                )
            audit = replace(audit, scores=tuple(scores))
    return audit


def _sample(answers: Sequence[Answer], one_in: int) -> Iterator[Answer]:
    """All alternatives, and every n-th mutant of each exercise, the first one included."""
    seen: Counter[str] = Counter()
    for answer in answers:
        if not answer.is_mutant or seen[answer.exercise] % one_in == 0:
            yield answer
        seen[answer.exercise] += answer.is_mutant


def answers_folder(assignment: Assignment, submissions: Path | None) -> Path:
    """The folder of the week's answers: one with the week's name, or `submissions` itself."""
    folder = submissions or assignment.root / "tests" / "submissions"
    return folder / assignment.name if (folder / assignment.name).is_dir() else folder
