"""The causes of mutants, the table of known mistakes that follows from them, and how good it is.

tests/submissions/WEEK/causes.toml gives mutants that have one cause a name and a sentence:

    [mse_gradient.factor_two]
    hint = "your gradient is half as long as it should be: the derivative of the square has ..."
    mutants = ["missing_factor_two", "no_two"]

A mutant that is not listed is a cause of its own. Its `# mistake:` becomes the sentence.
"""

import hashlib
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from autograder.audit.answers import MUTANTS, Answer, read_answers
from autograder.course import Assignment
from autograder.errors import AutograderError
from autograder.files import write_atomically
from autograder.grading import mistakes
from autograder.grading.mistakes import Cause, Failed, KnownMistakes
from autograder.results.model import TestOutcome

CAUSES_FILE = "causes.toml"
MORE, HELD_OUT = "more", "held_out"  # folders of tests/submissions with further answers


@dataclass(frozen=True)
class Label:
    """A mutant's cause: its name, and its sentence for students."""

    cause: str
    hint: str


class Named(StrEnum):
    """What the table makes of a mutant that it does not hold."""

    RIGHT = "right"
    NONE = "none"
    WRONG = "wrong"


@dataclass(frozen=True)
class Guess:
    """What was named for one mutant that is not in the table. `cause` is the right one."""

    mutant: str
    exercise: str
    cause: str
    named: str

    @property
    def result(self) -> Named:
        if not self.named:
            return Named.NONE
        return Named.RIGHT if self.named == self.cause else Named.WRONG


@dataclass(frozen=True)
class HintQuality:
    """How often the right mistake is named, in one set of mutants that the table does not hold."""

    about: str
    guesses: tuple[Guess, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        found = Counter(guess.result for guess in self.guesses)
        return {str(result): found[result] for result in Named}

    @property
    def line(self) -> str:
        """The counts in words."""
        counts, total = self.counts, len(self.guesses)
        words = ", ".join(f"{text} {_share(counts[text], total)}" for text in counts)
        return f"{self.about}: {words}, of {total}"

    def to_json(self) -> dict[str, Any]:
        return {
            "about": self.about,
            **self.counts,
            "not_right": [
                {"mutant": g.mutant, "cause": g.cause, "named": g.named or None}
                for g in self.guesses
                if g.result is not Named.RIGHT
            ],
        }


def _share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.0%})" if whole else "0"


def read_causes(folder: Path) -> dict[str, dict[str, Label]]:
    """Exercise -> mutant, without the exercise in its name -> label. Without a file, no labels.

    Raises AutograderError for a file that does not have the form above.
    """
    path = folder / CAUSES_FILE
    if not path.is_file():
        return {}
    labels: dict[str, dict[str, Label]] = {}
    try:
        for exercise, causes in tomllib.loads(path.read_text(encoding="utf-8")).items():
            own = labels.setdefault(exercise, {})
            for name, cause in causes.items():
                if extra := set(cause) - {"hint", "mutants"}:
                    raise ValueError(f"unknown: {', '.join(extra)}")
                if type(cause["hint"]) is not str or type(cause["mutants"]) is not list:
                    raise ValueError(f"{exercise}.{name}: a text as hint, a list as mutants")
                for mutant in cause["mutants"]:
                    if mutant in own:
                        raise ValueError(f"{exercise}: {mutant} has two causes")
                    own[mutant] = Label(name, cause["hint"])
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise AutograderError(
            f"{path} cannot be read ({error!r}): see autograder/audit/causes.py"
        ) from None
    return labels


def label_of(answer: Answer, labels: Mapping[str, Mapping[str, Label]]) -> Label:
    """The label of a mutant: its own mistake if the file of causes does not list it."""
    short = answer.name.removeprefix(f"{answer.exercise}-")
    own = Label(short, f"an answer that fails like this one {answer.description}.")
    return labels.get(answer.exercise, {}).get(short, own)


def more_mutants(assignment: Assignment, kind: str, exercises: Sequence[str]) -> list[Answer]:
    """The week's mutants in tests/submissions/KIND, of these exercises; [] if there are none."""
    folder = _submissions(assignment) / kind / assignment.name
    if not any((folder / MUTANTS).glob("*.py")):
        return []
    answers = read_answers(folder, exercises)
    return [answer for answer in answers if answer.is_mutant]


def made_from(assignment: Assignment, exercise: str, mutants: Iterable[Answer]) -> str:
    """A digest of what decides an exercise's part of the table: test, labels, and mutants."""
    digest = hashlib.sha256()
    digest.update((assignment.hidden_tests / f"test_{exercise}.py").read_bytes())
    labels = read_causes(_submissions(assignment) / assignment.name)
    for mutant in sorted(mutants, key=lambda answer: answer.name):
        if mutant.exercise == exercise:
            text = (mutant.name, mutant.cells[exercise], label_of(mutant, labels))
            digest.update(repr(text).encode())
    return digest.hexdigest()[:16]


def known_mistakes(
    assignment: Assignment,
    exercise: str,
    mutants: Sequence[Answer],
    failed: Mapping[str, Sequence[TestOutcome]],
) -> KnownMistakes:
    """An exercise's part of the table, from what each mutant failed, by name.

    Leaves out a mutant with a failed test that has no symptoms: it ran out of time, or its message
    says what is wrong.
    """
    labels = read_causes(_submissions(assignment) / assignment.name)
    own = [mutant for mutant in mutants if mutant.exercise == exercise]
    rows = []
    for mutant in own:
        label, pattern = label_of(mutant, labels), symptoms_of(failed.get(mutant.name, ()))
        if pattern:
            rows.append((label.cause, label.hint, mutant.name, pattern))
    return KnownMistakes(made_from(assignment, exercise, own), mistakes.group(rows))


def symptoms_of(failed: Sequence[TestOutcome]) -> Failed:
    """Failed test -> symptoms; empty if one of them has none."""
    return {t.name: t.symptoms for t in failed} if all(t.symptoms for t in failed) else {}


def write_table(
    assignment: Assignment, parts: Mapping[str, KnownMistakes], order: Sequence[str]
) -> Path:
    """Write these exercises' parts of the table and keep the others; drop unknown exercises."""
    suite = assignment.hidden_tests
    table = {**mistakes.read_mistakes(suite), **parts}
    kept = {name: table[name] for name in order if name in table}
    return write_atomically(suite / mistakes.FILE_NAME, mistakes.to_json(kept))


def stale_parts(
    assignment: Assignment, mutants: Sequence[Answer], exercises: Sequence[str]
) -> Iterator[str]:
    """The exercises whose part of the table was made from other tests, labels or mutants.

    None if the week has no table.
    """
    table = mistakes.read_mistakes(assignment.hidden_tests)
    for exercise in exercises if table else ():
        known = table.get(exercise)
        if known is None or known.made_from != made_from(assignment, exercise, mutants):
            yield exercise


def unknown_mutants(assignment: Assignment, mutants: Iterable[Answer]) -> Iterator[str]:
    """The mutants in the file of causes that no folder has, as EXERCISE-NAME."""
    names = {mutant.name for mutant in mutants}
    for exercise, labels in read_causes(_submissions(assignment) / assignment.name).items():
        yield from sorted({f"{exercise}-{short}" for short in labels} - names)


def held_out(
    assignment: Assignment,
    mutants: Sequence[Answer],
    failed: Mapping[str, Sequence[TestOutcome]],
) -> HintQuality:
    """What the table names for mutants that it was made without."""
    table = mistakes.read_mistakes(assignment.hidden_tests)
    labels = read_causes(_submissions(assignment) / assignment.name)
    guesses = []
    for mutant in mutants:
        tests = failed.get(mutant.name, ())
        if tests and mutant.exercise in table:
            named = _named(symptoms_of(tests), table[mutant.exercise].causes)
            cause = label_of(mutant, labels).cause
            guesses.append(Guess(mutant.name, mutant.exercise, cause, named))
    return HintQuality("mutants written apart", tuple(guesses))


def left_out(assignment: Assignment, exercises: Sequence[str]) -> list[HintQuality]:
    """What the table names for each of its own mutants, as if it did not hold that one.

    Mutants whose cause has others are counted apart from those whose cause has none: for these no
    name can be right.
    """
    table = mistakes.read_mistakes(assignment.hidden_tests)
    shared: list[Guess] = []
    alone: list[Guess] = []
    for exercise in exercises:
        causes = table[exercise].causes if exercise in table else ()
        for cause in causes:
            several = sum(len(pattern.mutants) for pattern in cause.patterns) > 1
            for pattern in cause.patterns:
                for mutant in pattern.mutants:
                    named = _named(pattern.failed, list(_without(causes, mutant)))
                    guess = Guess(mutant, exercise, cause.name, named)
                    (shared if several else alone).append(guess)
    return [
        HintQuality("left out of the table, cause has other mutants", tuple(shared)),
        HintQuality("left out of the table, cause has no other mutant", tuple(alone)),
    ]


def _named(pattern: Failed, causes: Sequence[Cause]) -> str:
    cause = mistakes.likeliest_cause(pattern, causes) if pattern else None
    return cause.name if cause else ""


def _without(causes: Iterable[Cause], mutant: str) -> Iterator[Cause]:
    for cause in causes:
        patterns = tuple(p for p in cause.patterns if p.mutants != (mutant,))
        kept = tuple(
            replace(p, mutants=tuple(m for m in p.mutants if m != mutant)) for p in patterns
        )
        if kept:
            yield replace(cause, patterns=kept)


def _submissions(assignment: Assignment) -> Path:
    return assignment.root / "tests" / "submissions"
