"""Do a week's hidden tests tell right answers from wrong ones? Tries every sample answer.

A mutant must fail on its own exercise, by the test that its header names. An alternative must pass
every test. An exercise must also keep its points while all exercises that it builds on are broken,
because one mistake costs points once. Each answer is tried in a live kernel that ran the solution.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from itertools import chain, groupby
from multiprocessing.util import Finalize

import nbformat

from autograder.audit.answers import Answer
from autograder.audit.dataflow import has_side_effects
from autograder.audit.live import LiveNotebook
from autograder.audit.model import AnswerVerdict, GeneratedMutants, Verdict
from autograder.audit.mutants import Marks, Mutation
from autograder.course import Assignment, Limits
from autograder.grading import hidden_tests
from autograder.grading.options import Options
from autograder.grading.plugin import HiddenTest
from autograder.notebook.cells import exercise_cells
from autograder.results.model import TestOutcome
from autograder.workers import work_through

# A mutant gets less time than a student's answer: one that hangs is killed.
MUTANT_CALL_SECONDS, MUTANT_EXERCISE_SECONDS = 10.0, 40.0
BATCH = 25  # answers to one exercise that are tried before the solution is checked again
BROKEN = "def {name}(*args, **kwargs):\n    raise RuntimeError('broken on purpose')\n"


class WorkerNotebook:
    """The one live notebook of this process, which takes seconds to start."""

    def __init__(self) -> None:
        self._live: LiveNotebook | None = None
        Finalize(None, self.close, exitpriority=1)  # when this worker process ends

    def get(self, assignment: Assignment, options: Options) -> LiveNotebook:
        """The assignment's notebook; another assignment's is closed first."""
        live = self._live
        if live is None or (live.assignment, live.options) != (assignment, options):
            self.close()
            solved = nbformat.read(assignment.source_notebook, as_version=4)
            self._live = live = LiveNotebook(assignment, solved, options)
        return live

    def close(self) -> None:
        if self._live is not None:
            self._live.close()
        self._live = None


@cache
def worker_notebook() -> WorkerNotebook:
    """This process's holder. Jobs of a process pool share nothing else."""
    return WorkerNotebook()


def try_answers(
    assignment: Assignment,
    answers: Sequence[Answer],
    options: Options,
    pool: ProcessPoolExecutor,
    on_step: Callable[[int], None] = lambda steps: None,
    strict: bool = False,
    every_test: bool = False,
) -> list[AnswerVerdict]:
    """Try every answer. The verdicts are in the order of the answers.

    With `strict`, a header that names a test which does not exist is a problem; otherwise that name
    is ignored. With `every_test`, a mutant meets all tests of its exercise, so that all that it
    fails is known; otherwise one that fails is enough. Raises AutograderError if the solution does
    not run, or its tests cannot be used.
    """
    collected = hidden_tests.collect(assignment.hidden_tests)
    tests = {(test.exercise, test.name) for test in collected}
    named = [(answer.exercise, answer.named_test) in tests for answer in answers]
    if not strict:
        answers = [
            answer if exists else replace(answer, named_test="")
            for answer, exists in zip(answers, named, strict=True)
        ]
    cells = exercise_cells(nbformat.read(assignment.source_notebook, as_version=4))
    # Exercises that train come first, so that no process is left alone with them at the end.
    place = {name: index for index, name in enumerate(cells)}
    trains = {name: has_side_effects(cell) for name, cell in cells.items()}
    order = sorted(
        range(len(answers)),
        key=lambda i: (not trains[answers[i].exercise], place[answers[i].exercise]),
    )
    jobs = [
        (assignment, [(answers[i], named[i]) for i in batch], options, every_test)
        for _, same_exercise in groupby(order, key=lambda i: answers[i].exercise)
        for batch in batches(list(same_exercise), BATCH)
    ]
    tried = work_through(pool, try_batch, jobs, lambda verdicts: on_step(len(verdicts)))
    verdicts = dict(zip(order, chain.from_iterable(tried), strict=True))
    return [verdicts[i] for i in range(len(answers))]


def try_generated_mutants(
    assignment: Assignment,
    mutants: Mapping[Mutation, Answer],
    marks: Marks,
    options: Options,
    pool: ProcessPoolExecutor,
    on_step: Callable[[int], None] = lambda steps: None,
) -> GeneratedMutants:
    """Try every generated mutant. A marked mutant must survive, or its mark is stale."""
    verdicts = try_answers(assignment, list(mutants.values()), options, pool, on_step)
    marked = {**marks.equivalent, **marks.tolerated}
    survived = {
        mutation: verdict.verdict in (Verdict.SURVIVED, Verdict.NOT_JUDGED)
        for mutation, verdict in zip(mutants, verdicts, strict=True)
    }
    names = {m: f"{m.exercise}, {answer.description}" for m, answer in mutants.items()}
    killed = [(names[m], "killed") for m in mutants if m in marked and not survived[m]]
    missing = [(f"{m.exercise}, {m.becomes}", "not generated") for m in marked if m not in mutants]
    return GeneratedMutants(
        tried=len(mutants),
        equivalent=sum(m in marks.equivalent and survived[m] for m in mutants),
        tolerated=sum(m in marks.tolerated and survived[m] for m in mutants),
        survivors=tuple(names[m] for m in mutants if survived[m] and m not in marked),
        stale_marks=tuple(killed + missing),
    )


def answers_with_broken_pieces(tests: Sequence[HiddenTest]) -> list[Answer]:
    """For each exercise that builds on others: correct itself, while all of those raise errors."""
    pieces = {test.exercise: test.builds_on for test in tests if test.builds_on}
    return [
        Answer(
            f"{exercise}-on_broken_pieces",
            exercise,
            is_mutant=False,
            description=f"correct, while {', '.join(names)} raise an error",
            cells={name: BROKEN.format(name=name) for name in names},
        )
        for exercise, names in pieces.items()
    ]


def start(assignment: Assignment, options: Options) -> None:
    """Start this process's live notebook."""
    worker_notebook().get(assignment, options).start()


def mutant_limits(limits: Limits) -> Limits:
    """The course's limits with less time per call and exercise."""
    return replace(
        limits, call_seconds=MUTANT_CALL_SECONDS, exercise_seconds=MUTANT_EXERCISE_SECONDS
    )


def try_batch(
    assignment: Assignment,
    answers: Sequence[tuple[Answer, bool]],
    options: Options,
    every_test: bool = False,
) -> list[AnswerVerdict]:
    """Try answers to one exercise in this process's live notebook.

    Each answer comes with whether the test that its header names exists. An answer can change its
    kernel for those after it. So if an alternative is rejected, or the solution no longer passes
    the tests that killed these mutants, each answer is tried again in a kernel known to be good.
    A test that the solution fails in a new kernel may be at fault: then the answers are tried again
    without it, and what only that test could judge is not judged.
    """
    verdicts = [_try(assignment, answer, named, options, every_test) for answer, named in answers]
    failed = {test.name for verdict in verdicts for test in verdict.failed}
    settled = all(v.is_expected or v.verdict is Verdict.SURVIVED for v in verdicts)
    if settled and _kernel_is_good(assignment, answers[0][0], failed, options):
        return verdicts
    live = worker_notebook().get(assignment, options)
    live.close()
    on_solution = live.on_solution(answers[0][0].exercise)
    if _failed(on_solution):
        return [
            _try_without_at_fault(live, answer, named, on_solution) for answer, named in answers
        ]
    return [
        _try_in_good_kernel(assignment, answer, named, options, every_test)
        for answer, named in answers
    ]


def _try_in_good_kernel(
    assignment: Assignment, answer: Answer, named: bool, options: Options, every_test: bool
) -> AnswerVerdict:
    """Try an answer in a kernel in which the solution passes the tests that the answer fails."""
    verdict = _try(assignment, answer, named, options, every_test)
    failed = {test.name for test in verdict.failed}
    if verdict.is_expected and _kernel_is_good(assignment, answer, failed, options):
        return verdict
    live = worker_notebook().get(assignment, options)
    live.close()
    verdict = _try(assignment, answer, named, options, every_test)
    if not _kernel_is_good(assignment, answer, failed, options):
        live.close()
    return verdict


def _try_without_at_fault(
    live: LiveNotebook, answer: Answer, named: bool, on_solution: Sequence[TestOutcome]
) -> AnswerVerdict:
    """Try an answer with the tests of its exercise that the solution passes."""
    started = time.monotonic()
    at_fault = _failed(on_solution)
    good = [test.name for test in on_solution if test.passed]
    failed: tuple[TestOutcome, ...] = ()
    if good:
        limits = mutant_limits(live.assignment.limits) if answer.is_mutant else None
        failed = _failed(live.outcomes(answer.exercise, answer.cells, good, limits=limits))
    verdict = Verdict.NOT_JUDGED
    if failed and not answer.is_mutant:
        verdict = Verdict.REJECTED
    elif failed and answer.named_test not in {test.name for test in at_fault}:
        verdict = _killed(answer, named, failed)
    return AnswerVerdict(
        answer, verdict, failed, round(time.monotonic() - started, 2), at_fault=at_fault
    )


def _kernel_is_good(
    assignment: Assignment, answer: Answer, tests: set[str], options: Options
) -> bool:
    """Does the solution pass these tests of the answer's exercise?"""
    live = worker_notebook().get(assignment, options)
    return not tests or live.solution_passes(answer.exercise, sorted(tests))


def _try(
    assignment: Assignment, answer: Answer, named: bool, options: Options, every_test: bool
) -> AnswerVerdict:
    live = worker_notebook().get(assignment, options)
    live.start()
    started = time.monotonic()
    verdict, failed = _verdict(live, answer, named, every_test)
    return AnswerVerdict(answer, verdict, failed, seconds=round(time.monotonic() - started, 2))


def _verdict(
    live: LiveNotebook, answer: Answer, named: bool, every_test: bool
) -> tuple[Verdict, tuple[TestOutcome, ...]]:
    """(verdict, the tests that failed)."""
    name, cells = answer.exercise, answer.cells
    if not answer.is_mutant:
        failed = _failed(live.outcomes(name, cells))
        return Verdict.REJECTED if failed else Verdict.ACCEPTED, failed
    limits = mutant_limits(live.assignment.limits)
    if named and not every_test:
        failed = _failed(live.outcomes(name, cells, [answer.named_test], limits=limits))
        if failed:
            return Verdict.KILLED, failed
    failed = _failed(live.outcomes(name, cells, stop=not every_test, limits=limits))
    return (_killed(answer, named, failed) if failed else Verdict.SURVIVED), failed


def _killed(answer: Answer, named: bool, failed: tuple[TestOutcome, ...]) -> Verdict:
    """The verdict on a mutant that failed tests: did the one that its header names?"""
    by_named = named and answer.named_test in {test.name for test in failed}
    is_other = bool(answer.named_test) and not by_named
    return Verdict.KILLED_BY_OTHER if is_other else Verdict.KILLED


def batches(items: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """The items in order, at most `size` at a time."""
    for first in range(0, len(items), size):
        yield items[first : first + size]


def _failed(outcomes: Sequence[TestOutcome]) -> tuple[TestOutcome, ...]:
    return tuple(outcome for outcome in outcomes if not outcome.passed)
