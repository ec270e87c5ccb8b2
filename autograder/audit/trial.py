"""Do a week's hidden tests tell right answers from wrong ones? Every sample answer is tried.

A wrong answer must fail on its own exercise, by the test that its header names; a right one must
pass them all; and an exercise whose pieces are all broken must keep its points, because one mistake
costs once. Each is tried in a live kernel that ran the worked notebook.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from itertools import chain, groupby
from multiprocessing.util import Finalize

import nbformat

from autograder.audit.answers import Answer
from autograder.audit.dataflow import makes
from autograder.audit.live import LiveNotebook
from autograder.audit.mutants import Known, Mutation
from autograder.course import Assignment
from autograder.grading import hidden_tests
from autograder.grading.hidden_tests import HiddenTest
from autograder.grading.session import Options
from autograder.notebook.cells import exercise_cells
from autograder.results.model import TestOutcome
from autograder.workers import work_through

# A wrong answer need not be waited for as long as a student: what hangs is caught.
IMPATIENT_CALL, IMPATIENT_EXERCISE = 10.0, 40.0
BATCH = 5  # answers to an exercise between two looks at whether the solution still passes
BROKEN = "def {name}(*args, **kwargs):\n    raise RuntimeError('broken on purpose')\n"


class Verdict(StrEnum):
    """What became of one sample answer."""

    CAUGHT = "caught"
    BY_ANOTHER = "caught, but not by the test that its header names"
    SURVIVED = "survived"
    KEPT = "kept every point"
    REFUSED = "refused"


@dataclass(frozen=True)
class Finding:
    """One answer, its verdict, the tests that failed on it, and how long trying it took."""

    answer: Answer
    verdict: Verdict
    failed: tuple[TestOutcome, ...]
    seconds: float = 0.0

    @property
    def fine(self) -> bool:
        return self.verdict in (Verdict.CAUGHT, Verdict.KEPT)


@dataclass(frozen=True)
class Generated:
    """What became of the mutants that were made by machine.

    `survivors` are those that nobody marked; `stale` the marks that no longer hold, and why.
    """

    tried: int
    equivalent: int
    accepted: int
    survivors: tuple[str, ...]
    stale: tuple[tuple[str, str], ...]

    @property
    def caught(self) -> int:
        return self.tried - self.equivalent - self.accepted - len(self.survivors)

    @property
    def share(self) -> float:
        """Of the mutants that are mistakes, how many are caught."""
        mistakes = self.tried - self.equivalent
        return self.caught / mistakes if mistakes else 1.0

    def to_json(self) -> dict[str, object]:
        return {**asdict(self), "caught": self.caught, "share": self.share}


def try_answers(
    assignment: Assignment,
    answers: Sequence[Answer],
    options: Options,
    pool: ProcessPoolExecutor,
    on_step: Callable[[int], None] = lambda steps: None,
    strict: bool = False,
) -> list[Finding]:
    """Try every answer; findings come in the order of the answers.

    `strict` does not let a header pass that names a test which does not exist. Raises
    AutograderError where the worked notebook or its tests do not hold themselves.
    """
    tests = {(test.exercise, test.name) for test in hidden_tests.collect(assignment.hidden_tests)}
    there = [(answer.exercise, answer.caught_by) in tests for answer in answers]
    if not strict:
        answers = [
            answer if known else replace(answer, caught_by="")
            for answer, known in zip(answers, there, strict=True)
        ]
    cells = exercise_cells(nbformat.read(assignment.source_notebook, as_version=4))
    # Those that train come first, so that no process is left alone with them at the end.
    order = sorted(
        range(len(answers)), key=lambda i: (not makes(cells[answers[i].exercise]), answers[i].wrong)
    )
    jobs = [
        (assignment, [(answers[i], there[i]) for i in few], options)
        for _, own in groupby(order, key=lambda i: answers[i].exercise)
        for few in batched(list(own), BATCH)
    ]
    tried = work_through(pool, examine, jobs, lambda found: on_step(len(found)))
    found = dict(zip(order, chain.from_iterable(tried), strict=True))
    return [found[i] for i in range(len(answers))]


def try_generated(
    assignment: Assignment,
    mutants: Mapping[Mutation, Answer],
    known: Known,
    options: Options,
    pool: ProcessPoolExecutor,
    on_step: Callable[[int], None] = lambda steps: None,
) -> Generated:
    """Try every generated mutant; those that are marked must survive as they are said to."""
    findings = try_answers(assignment, list(mutants.values()), options, pool, on_step)
    marked = {**known.equivalent, **known.accepted}
    survived = {m: f.verdict is Verdict.SURVIVED for m, f in zip(mutants, findings, strict=True)}
    told = {mutation: f"{mutation.exercise}, {answer.says}" for mutation, answer in mutants.items()}
    stale = [(told[m], "caught") for m in mutants if m in marked and not survived[m]]
    gone = [(f"{m.exercise}, {m.becomes}", "not generated") for m in marked if m not in mutants]
    return Generated(
        tried=len(mutants),
        equivalent=sum(m in known.equivalent and survived[m] for m in mutants),
        accepted=sum(m in known.accepted and survived[m] for m in mutants),
        survivors=tuple(told[m] for m in mutants if survived[m] and m not in marked),
        stale=tuple(stale + gone),
    )


def on_broken_pieces(tests: Sequence[HiddenTest]) -> list[Answer]:
    """For each exercise that builds on others: right itself, while all of those raise an error."""
    pieces = {test.exercise: test.builds_on for test in tests if test.builds_on}
    return [
        Answer(
            f"{exercise}-on_broken_pieces",
            exercise,
            wrong=False,
            says=f"right, where {', '.join(names)} raise an error",
            cells={name: BROKEN.format(name=name) for name in names},
        )
        for exercise, names in pieces.items()
    ]


def start(assignment: Assignment, options: Options) -> None:
    """Have this process's live notebook run."""
    live_notebook(assignment, options).start()


def examine(
    assignment: Assignment, answers: Sequence[tuple[Answer, bool]], options: Options
) -> list[Finding]:
    """Try answers to one exercise in this process's live notebook; each: is its named test there?

    An answer can leave its kernel other than it was. So what is refused is tried again in a fresh
    one, and where the solution itself no longer passes what caught these answers, so are they all.
    """
    findings = [_try(assignment, answer, named, options) for answer, named in answers]
    names = {outcome.name for finding in findings for outcome in finding.failed}
    settled = all(finding.fine or finding.verdict is Verdict.SURVIVED for finding in findings)
    if settled and _unspoilt(assignment, answers[0][0], names, options):
        return findings
    return [_try_in_fresh(assignment, answer, named, options) for answer, named in answers]


def _try_in_fresh(assignment: Assignment, answer: Answer, named: bool, options: Options) -> Finding:
    """Try an answer in a kernel in which the solution is known to pass what catches it."""
    finding = _try(assignment, answer, named, options)
    names = {outcome.name for outcome in finding.failed}
    if finding.fine and _unspoilt(assignment, answer, names, options):
        return finding
    live_notebook(assignment, options).close()
    finding = _try(assignment, answer, named, options)
    if not _unspoilt(assignment, answer, names, options):
        live_notebook(assignment, options).close()
    return finding


def _unspoilt(
    assignment: Assignment, answer: Answer, names: Iterable[str], options: Options
) -> bool:
    live = live_notebook(assignment, options)
    return not names or live.still_right(answer.exercise, sorted(names))


def _try(assignment: Assignment, answer: Answer, named: bool, options: Options) -> Finding:
    live = live_notebook(assignment, options, impatient=answer.wrong)
    live.start()
    started = time.monotonic()
    verdict, failed = _judge(live, answer, named)
    return Finding(answer, verdict, failed, seconds=round(time.monotonic() - started, 2))


def _judge(
    live: LiveNotebook, answer: Answer, named: bool
) -> tuple[Verdict, tuple[TestOutcome, ...]]:
    name, cells = answer.exercise, answer.cells
    if not answer.wrong:
        failed = _failed(live.outcomes(name, cells))
        return Verdict.REFUSED if failed else Verdict.KEPT, failed
    if named and (failed := _failed(live.outcomes(name, cells, [answer.caught_by]))):
        return Verdict.CAUGHT, failed
    if not (failed := _failed(live.outcomes(name, cells, stop=True))):
        return Verdict.SURVIVED, ()
    return Verdict.BY_ANOTHER if answer.caught_by else Verdict.CAUGHT, failed


def batched(items: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """The items in order, so many at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _failed(outcomes: Sequence[TestOutcome]) -> tuple[TestOutcome, ...]:
    return tuple(outcome for outcome in outcomes if not outcome.passed)


_LIVE: list[LiveNotebook] = []  # at most one a process: it is costly to start


def live_notebook(
    assignment: Assignment, options: Options, impatient: bool = False
) -> LiveNotebook:
    """This process's live notebook; one that is impatient waits less long for an answer."""
    if not _LIVE or (_LIVE[0].assignment.name, _LIVE[0].options) != (assignment.name, options):
        _close()
        solved = nbformat.read(assignment.source_notebook, as_version=4)
        Finalize(None, _close, exitpriority=1)  # when this worker process ends
        _LIVE.append(LiveNotebook(assignment, solved, options))
    limits = assignment.limits
    if impatient:
        limits = replace(limits, call_seconds=IMPATIENT_CALL, exercise_seconds=IMPATIENT_EXERCISE)
    _LIVE[0].assignment = replace(assignment, limits=limits)
    return _LIVE[0]


def _close() -> None:
    while _LIVE:
        _LIVE.pop().close()
