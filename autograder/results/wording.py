"""The sentences that readers of a result see, made from its enums and data.

A student reads the words for tests, cells and changes; no remark on a test can hold what a hidden
test sent or expected. A TA also reads `attention`.
"""

import re
from collections.abc import Mapping, Sequence

from autograder.notebook.changes import CellChange, ChangeKind
from autograder.notebook.failure import CellFailure, FailureCause, missing_package
from autograder.results.model import (
    ExerciseResult,
    Outcome,
    Status,
    SubmissionResult,
    TestOutcome,
    Times,
)
from autograder.text import as_points

UNWRITTEN = "not written yet"
MAX_NAMES = 5  # in one sentence
MAX_NOTES = 3  # on one line for the TA
OUTCOMES = {
    Outcome.PASSED: "passed",
    Outcome.FAILED: "not yet",
    Outcome.MISSING: "nothing to test",
    Outcome.UNWRITTEN: UNWRITTEN,
    Outcome.SYNTAX_ERROR: "not valid Python",
    Outcome.RAISED: "stopped with an error",
    Outcome.TIMEOUT: "took too long",
    Outcome.KERNEL_DIED: "ended Python",
    Outcome.UNSERIALIZABLE: "returned something else",
}


def title(test: TestOutcome) -> str:
    """A test's name as words, without the parameters that pytest appends."""
    return test.name.split("[")[0].removeprefix("test_").replace("_", " ")


def verdict(test: TestOutcome) -> str:
    """How a test ended, in words for its student."""
    words = OUTCOMES[test.outcome]
    if not test.remark:
        return words
    return f"{words} ({test.remark})" if test.passed else f"{words}: {test.remark}"


def score_text(score: float, max_score: float) -> str:
    """'7 of 10 points'."""
    return f"{as_points(score)} of {as_points(max_score)} point{'' if max_score == 1 else 's'}"


def comment(exercise: ExerciseResult) -> str | None:
    """The gradebook's comment on an exercise: the tests that failed, or None where all passed."""
    failed = [title(test) for test in exercise.tests if not test.passed]
    lead = f"{likely_mistake(exercise)} " if exercise.mistake else ""
    return f"{lead}Not yet: {'; '.join(failed)}. See the hints below the check." if failed else None


def likely_mistake(exercise: ExerciseResult) -> str:
    """The likeliest cause of the failed tests, which leads their list; '' if none is known."""
    return f"Most often: {exercise.mistake}" if exercise.mistake else ""


def also_failed(count: int) -> str:
    """Over the failed tests after the first, of which the likeliest mistake is the cause, too."""
    return f"Most often because of it, {count} more test{'' if count == 1 else 's'} did not pass"


def cell_failure(failure: CellFailure) -> str:
    """Why a cell did not complete, in words that follow "this cell"."""
    detail = failure.detail
    match failure.cause:
        case FailureCause.RAISED:
            return f"{failure.exception}: {detail}" if detail else failure.exception
        case FailureCause.TIMEOUT:
            return f"stopped after {detail} (an endless loop?)"
        case FailureCause.OUTPUT_LIMIT:
            return f"stopped: it printed more than {detail}"
        case FailureCause.UNREADABLE_OUTPUT:
            return f"stopped: its output could not be read ({detail})"
        case FailureCause.ENDED_PYTHON:
            return f"ended the notebook's Python: {detail}"
        case FailureCause.NOT_RUN_PYTHON_ENDED:
            return f"did not run: the notebook's Python had ended: {detail}"
        case FailureCause.NOT_RUN_NOTEBOOK_TIME:
            return f"did not run: the notebook took more than {detail}"
        case FailureCause.NOT_RUN_KEEPS_ENDING:
            return "did not run: cells kept ending the notebook's Python"


def attention(result: SubmissionResult) -> str:
    """What a TA should know of a submission beyond its scores, or ''."""
    if result.status is Status.FAILED:
        return f"failed: {result.reason}"
    notes = []
    if not result.is_attempted:
        unwritten = all(exercise.is_unwritten for exercise in result.exercises)
        notes.append("no exercise is written" if unwritten else "no exercise has an answer")
    if result.stopped_cells:
        notes.append(cell_failure(result.stopped_cells[0]))
    if result.times.ran_out:
        notes.append(_out_of_time(result.times))
    elif result.slow_exercises:
        notes.append(f"hidden tests stopped for time: {_some(result.slow_exercises)}")
    if result.restored:
        notes.append(f"{len(result.restored)} locked or duplicate cells restored")
    notes += result.notes[:MAX_NOTES]
    if len(result.notes) > MAX_NOTES:
        notes.append(f"{len(result.notes) - MAX_NOTES} more notes on its page")
    if not result.sandboxed:
        notes.append("run without a sandbox")
    return "; ".join(notes)


def _out_of_time(times: Times) -> str:
    tests = sum(times.tests.values())
    return (
        f"stopped for time: of {times.limit:.0f} s, its cells took {times.cells:.0f} s, running "
        f"them again {times.restarts:.0f} s and the hidden tests {tests:.0f} s"
    )


def _some(names: Sequence[str]) -> str:
    more = len(names) - MAX_NAMES
    return ", ".join(names[:MAX_NAMES]) + (f" and {more} more" if more > 0 else "")


def restored(change: CellChange) -> str:
    """What was changed in a submitted notebook before it ran."""
    return _change(
        change,
        {
            ChangeKind.FOREIGN_ID: "its nbgrader metadata is not the course's and was removed",
            ChangeKind.DUPLICATE: "the notebook holds this cell twice; the last one counts",
            ChangeKind.EDITED: "this locked cell was edited, and the released version was restored",
            ChangeKind.DELETED: "this cell was deleted, and the released version was restored",
            ChangeKind.KERNEL: _kernel(change),
            ChangeKind.DAMAGED: "a damaged character was replaced by \N{REPLACEMENT CHARACTER}",
            ChangeKind.LEFT_OUT: f"it was left out: {change.instead}",
            ChangeKind.JOINED: "the answer was split over several cells, which were joined",
            ChangeKind.BESIDE: "text in the cells beside it was added to this answer",
            ChangeKind.ELSEWHERE: "no answer was found; the notebook's other text was added",
        },
    )


def will_be_restored(change: CellChange) -> str:
    """What grading will change in a notebook that is not submitted yet."""
    return _change(
        change,
        {
            ChangeKind.FOREIGN_ID: "its nbgrader metadata is not the course's; ignored",
            ChangeKind.DUPLICATE: "the notebook has this cell more than once; the last one counts",
            ChangeKind.EDITED: "this locked cell was edited; the released version runs instead",
            ChangeKind.DELETED: "this cell is missing; grading restores the released version",
            ChangeKind.KERNEL: _kernel(change),
            ChangeKind.DAMAGED: "it holds a damaged character: delete it and write it again",
            ChangeKind.LEFT_OUT: f"grading leaves it out: {change.instead}",
            ChangeKind.JOINED: "the answer is split over several cells: move it into one",
            ChangeKind.BESIDE: "there is text beside this answer's cell: move it into the cell",
            ChangeKind.ELSEWHERE: "no answer was found here: write it into this cell",
        },
    )


def _kernel(change: CellChange) -> str:
    if not change.cell:
        return f"the notebook names none; grading uses '{change.instead}'"
    return f"grading uses '{change.instead}' in place of '{change.cell}'"


def _change(change: CellChange, words: Mapping[ChangeKind, str]) -> str:
    """The change in these words, after the cell's name."""
    match change.kind:
        case ChangeKind.FOREIGN_ID | ChangeKind.DAMAGED | ChangeKind.LEFT_OUT:
            where = f"cell {change.cell}"
        case ChangeKind.KERNEL:
            where = "kernel"
        case ChangeKind.OTHER_NOTEBOOK:
            return f"there is another notebook, {change.cell}, which is not graded"
        case ChangeKind.NO_PICTURE:
            return (
                f"cell {change.cell}: the picture {change.instead} is not in the notebook: paste "
                "it into the cell"
            )
        case ChangeKind.LOST_METADATA:
            names = change.cell.split(", ")
            which = change.cell if len(names) <= MAX_NAMES else f"{len(names)} cells"
            return (
                "the notebook has lost nbgrader's metadata; found again by id, text or name: "
                + which
            )
        case _:
            where = change.cell
    return f"{where}: {words[change.kind]}"


FORM_ALONE = (
    "It looks at the form of your answer, not at its values. Its points count when a test of the "
    "values passes."
)

# Remarks on a hidden test that got no answer

NO_CELL = "it is not defined: its cell is not in the notebook"
NO_DATA = "it returned something that is not a number, list, array, tensor or similar data"
NO_NUMBERS = "it returned an object where numbers, an array or a tensor are expected"
NO_TRUTH = "it returned an object where True or False is expected"
UNREADABLE = "its answer could not be read"
INTERRUPTED = "it stopped with KeyboardInterrupt"
NO_TIME_LEFT = "the earlier tests of this exercise used up its time"
NO_TIME_FOR_TESTS = (
    "not tried: grading the notebook took too long (a cell or function that never ends?)"
)
OUT_OF_TIME = (
    "grading the notebook took too long and was stopped, so some tests were not tried: find the "
    "cell or function that never ends, and submit again"
)
TOO_LONG_TO_READ = "reading it took too long: submit a smaller notebook"
PYTHON_HAD_ENDED = "the notebook's Python had ended before this test"
OBJECT_LOST = "an object that it made was lost when the notebook's Python ended"
SKIPPED = "not tried: an earlier test of this exercise ended the notebook's Python"
NOTHING_RAN = "nothing could be run"


NO_GPU = "grading has no GPU: use the notebook's `device`"
GPU = re.compile(r"CUDA|\bcuda\b|NVIDIA|\bmps\b")


def raised(exception: str, number: int = 0, line: str = "", because: str = "") -> str:
    """The code raised, in that line of its cell where one is known, and why if that is known."""
    where = f" at line {number} of its cell: {line}" if line else ""
    return f"it raised {exception}{where}" + (f"; {because}" if because else "")


def not_python(failure: CellFailure) -> str:
    """Python cannot read the exercise's cell."""
    where = f" at line {failure.line}" if failure.line else ""
    return f"its cell is not valid Python{where}: {failure.detail or failure.exception}"


def did_not_define(name: str) -> str:
    """The exercise's cell ran, without giving this name a value."""
    return f"its cell ran, and did not define {name}: is it renamed?"


def cell_stopped(failure: CellFailure, where: str = "its cell") -> str:
    """A cell did not complete, so what it should define is missing."""
    if failure.cause is not FailureCause.RAISED:
        return f"{where} {cell_failure(failure)}"
    line = f" at line {failure.line}" if failure.line else ""
    why = f"; {NO_GPU}" if GPU.search(failure.detail) else ""
    if package := missing_package(failure):
        why = f"; grading has no {package}: environment.md lists what it has"
    return f"{where} stopped{line} with {cell_failure(failure)}{why}"


def missing_because(name: str, failure: CellFailure, where: str) -> str:
    """A name is not defined, because a cell that defines it did not complete."""
    return f"{name} is not defined because {cell_stopped(failure, where)}"


def cell_name(count: int | None, index: int) -> str:
    """A cell as a reader finds it: by its number in brackets if it ran, else by its place."""
    return f"In [{count}]" if count else f"cell {index + 1}"


def changed_state(where: str, change: str) -> str:
    """A cell changed a setting for all others."""
    return f"{where} {change}; this was put back for the cells after it"


def changed_name(where: str, name: str) -> str:
    """A cell gave a name another meaning, without which an exercise passes."""
    return (
        f"{where} gives {name} another value; exercises that need it were tested with its first one"
    )


def took_longer(seconds: float, what: str = "it", stopped: bool = True) -> str:
    """A call, or the script `what`, passed its limit of time."""
    end = "" if what != "it" else " (an endless loop?)" if stopped else ", and could not be stopped"
    return f"{what} took longer than {seconds:.0f} s{end}"


def ended_python(why: str) -> str:
    """A call ended the kernel."""
    return f"it ended the notebook's Python: {why}"


def was_stopped(what: str, why: str) -> str:
    """A script passed a limit."""
    return f"{what} was stopped: {why}"


def no_file(name: str) -> str:
    """The notebook should have written a file."""
    return f"there is no file {name}: the notebook did not write it"


def not_taken(name: str, why: str) -> str:
    """A file that students hand in cannot be taken from the submission."""
    return f"{name} {why}; the one that the notebook writes counts"


def unreadable_file(name: str, why: str) -> str:
    """A file cannot be read."""
    return f"{name} is {why}"


def passed_again(pieces: Sequence[str], names: Sequence[str]) -> str:
    """A test passed once the exercises that this one builds on were replaced by correct ones, and
    these names had their first meaning again."""
    parts = [f"correct {', '.join(pieces)}"] if pieces else []
    parts += [f"the course's own {', '.join(names)}"] if names else []
    return f"tried with {' and '.join(parts)}"
