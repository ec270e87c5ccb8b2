"""Names the likeliest mistake behind the hidden tests that an exercise failed.

The audit tries labeled wrong answers, the mutants, and writes down what each of them fails and how:
tests/hidden/WEEK/mistakes.json. An answer that fails as mutants of one cause do, and as no others
do, most often has their mistake. A cause is named only if it is clearly ahead: no name is better
than a wrong one. The table never leaves the grader; its sentences do.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autograder.errors import AutograderError
from autograder.results.model import ExerciseResult
from autograder.text import first_line

FILE_NAME = "mistakes.json"
ENOUGH = 0.7  # how similar the nearest mutant has to be
AHEAD = 0.1  # how far ahead of the nearest mutant of any other cause

Failed = Mapping[str, tuple[str, ...]]  # failed test -> symptoms


@dataclass(frozen=True)
class Pattern:
    """What the mutants of one cause fail, and how."""

    mutants: tuple[str, ...]
    failed: Failed


@dataclass(frozen=True)
class Cause:
    """A mistake: its name in the table, the sentence for students, and its patterns."""

    name: str
    hint: str
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True)
class KnownMistakes:
    """One exercise's part of the table. `made_from` is a digest of what it was made from."""

    made_from: str
    causes: tuple[Cause, ...]


def read_mistakes(suite: Path) -> dict[str, KnownMistakes]:
    """The table of a week's hidden tests, by exercise; without a file, an empty one.

    Raises AutograderError for a file that the audit did not write.
    """
    path = suite / FILE_NAME
    if not path.is_file():
        return {}
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {
            exercise: KnownMistakes(
                str(part["made_from"]), tuple(_cause(*cause) for cause in part["causes"].items())
            )
            for exercise, part in data.items()
        }
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise AutograderError(
            f"{path} cannot be read ({first_line(error)}): remove it, and make it with "
            "'autograder audit --mistakes'"
        ) from None


def with_mistakes(
    exercises: Iterable[ExerciseResult], table: Mapping[str, KnownMistakes]
) -> tuple[ExerciseResult, ...]:
    """The results, with the likeliest mistake of each exercise that has one."""
    return tuple(
        replace(exercise, mistake=likeliest_mistake(exercise, table)) for exercise in exercises
    )


def likeliest_mistake(exercise: ExerciseResult, table: Mapping[str, KnownMistakes]) -> str:
    """The sentence of the cause that is clearly the likeliest, or ''.

    Also '' if a failed test has no symptoms: then what happened is known, or another cell is wrong.
    """
    failed = {test.name: test.symptoms for test in exercise.tests if not test.passed}
    if exercise.name not in table or not failed or not all(failed.values()):
        return ""
    cause = likeliest_cause(failed, table[exercise.name].causes)
    return cause.hint if cause else ""


def likeliest_cause(failed: Failed, causes: Sequence[Cause]) -> Cause | None:
    """The cause whose mutants failed most like this, if it is like enough and clearly ahead."""
    nearest = [max(similarity(failed, p.failed) for p in cause.patterns) for cause in causes]
    order = sorted(range(len(causes)), key=lambda i: -nearest[i])
    if not order or nearest[order[0]] < ENOUGH:
        return None
    if len(order) > 1 and nearest[order[0]] - nearest[order[1]] < AHEAD:
        return None
    return causes[order[0]]


def similarity(one: Failed, other: Failed) -> float:
    """Between 0 and 1: the share of common failed tests and symptoms (Jaccard's index)."""
    a, b = _features(one), _features(other)
    return len(a & b) / len(a | b)


def _features(failed: Failed) -> set[tuple[str, str]]:
    return {(test, symptom) for test, found in failed.items() for symptom in ("", *found)}


def group(rows: Iterable[tuple[str, str, str, Failed]]) -> tuple[Cause, ...]:
    """Causes from (cause, hint, mutant, what it failed); equal patterns of a cause become one."""
    causes: dict[str, Cause] = {}
    for name, hint, mutant, failed in rows:
        cause = causes.get(name, Cause(name, hint, ()))
        same = [pattern for pattern in cause.patterns if pattern.failed == failed]
        mutants = (*(m for pattern in same for m in pattern.mutants), mutant)
        others = tuple(pattern for pattern in cause.patterns if pattern.failed != failed)
        causes[name] = replace(cause, patterns=(*others, Pattern(mutants, failed)))
    return tuple(causes.values())


def to_json(table: Mapping[str, KnownMistakes]) -> str:
    """The table as JSON, one line for each failed test."""
    data = {
        exercise: {
            "made_from": known.made_from,
            "causes": {
                cause.name: {
                    "hint": cause.hint,
                    "patterns": [
                        {
                            "mutants": list(pattern.mutants),
                            "failed": {test: list(s) for test, s in pattern.failed.items()},
                        }
                        for pattern in cause.patterns
                    ],
                }
                for cause in known.causes
            },
        }
        for exercise, known in table.items()
    }
    return _lines(data, 0) + "\n"


def _lines(value: object, depth: int) -> str:
    start, end = "\n" + " " * (depth + 1), "\n" + " " * depth
    if isinstance(value, dict) and value:
        parts = [f"{json.dumps(k)}: {_lines(v, depth + 1)}" for k, v in value.items()]
        return "{" + ",".join(start + part for part in parts) + end + "}"
    if isinstance(value, list) and any(isinstance(part, dict) for part in value):
        return "[" + ",".join(start + _lines(part, depth + 1) for part in value) + end + "]"
    return json.dumps(value, ensure_ascii=False)


def _cause(name: str, data: Mapping[str, object]) -> Cause:
    patterns = data["patterns"]
    if not isinstance(patterns, list) or not patterns:
        raise TypeError("no list of patterns")
    return Cause(name, str(data["hint"]), tuple(map(_pattern, patterns)))


def _pattern(data: Mapping[str, Mapping[str, Any]]) -> Pattern:
    failed = {test: _texts(symptoms) for test, symptoms in data["failed"].items()}
    if not failed:
        raise ValueError("a pattern without a failed test")
    return Pattern(_texts(data["mutants"]), failed)


def _texts(found: object) -> tuple[str, ...]:
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise TypeError("no list of texts")
    return tuple(found)
