"""Attacks: files that hold what a hostile submission does, and what must come of it.

    # attack: says that it equals everything that it is compared with
    # class: gain                       (gain, leak or harm)
    # base: stub                        (what the other cells hold: solution or stub)
    # exercise: mse_loss                (the first code replaces this cell; else it is added)
    # expect: no more points than base
    # limit: 20                         (seconds for the notebook; by default the course's limits)
    # weights: submitted                (as the course's setting; by default retrain)
    # fast: yes                         (also tried by the ordinary tests)
    def mse_loss(y_hat, y): ...
    # --- exercise: mse_gradient        (another exercise's cell)
    # --- cell: last                    (an added cell: first or last)
    # --- file: conftest.py             (an added file)
    # --- build:                        (run by the audit, with `notebook` and `folder` at hand)

The text `@TCP@` and the other names in `PLACES` become the addresses of what the audit guards.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from autograder.errors import AutograderError
from autograder.settings import Weights

FOLDER = "attacks"
HEADER = re.compile(r"# (attack|class|base|exercise|expect|limit|weights|fast): *(.+)")
SECTION = re.compile(r"# --- (exercise|cell|file|build): *(.*)")
REQUIRED = ("attack", "class", "base", "expect")
PLACES = ("TCP", "TCP6", "UDP", "UNIX", "ABSTRACT", "COURSE", "HOME", "NEIGHBOR", "NAME")
NO_MORE, SAME, NOTHING, LOSES = (
    "no more points than base",
    "the points of base",
    "0 points",
    "loses only ",
)


class AttackClass(StrEnum):
    """What an attack is after."""

    GAIN = "gain"  # points for what the code does not compute
    LEAK = "leak"  # something hidden
    HARM = "harm"  # the run, another's result, or the machine


class Base(StrEnum):
    """What the cells hold that an attack does not change."""

    SOLUTION = "solution"
    STUB = "stub"


class Place(StrEnum):
    """Where a part of an attack goes."""

    EXERCISE = "exercise"
    CELL = "cell"
    FILE = "file"
    BUILD = "build"


@dataclass(frozen=True)
class Part:
    """A piece of an attack's code. `name` is the exercise, the file, or `first` or `last`."""

    place: Place
    name: str
    source: str


@dataclass(frozen=True)
class Attack:
    """One attack. `limit` is the notebook's time in seconds, or None for the course's limits.

    `may_lose` are the exercises that may have fewer points than the base. None means all of them.
    With `must_be_zero`, no exercise may have any points.
    """

    name: str
    description: str
    kind: AttackClass
    base: Base
    parts: tuple[Part, ...]
    expect: str
    may_lose: frozenset[str] | None
    must_be_zero: bool
    limit: float | None
    weights: Weights
    fast: bool
    path: Path


def read_attacks(folder: Path, exercises: Sequence[str]) -> list[Attack]:
    """The attacks in a folder, by name; an empty list if there are none.

    Raises AutograderError for a file that is not one, or that names an unknown exercise.
    """
    attacks = [read_attack(path) for path in sorted(folder.glob("*.py"))]
    for attack in attacks:
        named = {part.name for part in attack.parts if part.place is Place.EXERCISE}
        if unknown := (named | (attack.may_lose or set())) - set(exercises):
            raise AutograderError(
                f"{attack.path} names '{min(unknown)}', which is not an automatically graded "
                f"exercise of this week; there are: {', '.join(exercises)}"
            )
    return attacks


def read_attack(path: Path) -> Attack:
    """Read one file. Raises AutograderError, with what to write, if its header is not complete."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        raise AutograderError(f"{path} is not UTF-8 text: save it as UTF-8") from None
    header: dict[str, str] = {}
    while lines and (match := HEADER.fullmatch(lines[0].strip())):
        header[match[1]] = match[2].strip()
        lines.pop(0)
    for key in REQUIRED:
        if key not in header:
            raise AutograderError(f"{path} has no line '# {key}: ...' in its header: add one")
    try:
        kind, base = AttackClass(header["class"]), Base(header["base"])
        weights = Weights(header.get("weights", Weights.RETRAIN))
    except ValueError as error:
        raise AutograderError(
            f"{path}: {error}: write '# class: gain', leak or harm, '# base: solution' or stub, "
            "and '# weights: retrain' or submitted"
        ) from None
    limit = header.get("limit")
    if limit is not None and not limit.isdecimal():
        raise AutograderError(f"{path}: '# limit: {limit}' is not a number of seconds")
    parts = _parts(lines, header.get("exercise", ""), path)
    if not parts:
        raise AutograderError(f"{path} has no code: write it below the header")
    return Attack(
        name=path.stem,
        description=header["attack"],
        kind=kind,
        base=base,
        parts=parts,
        expect=header["expect"],
        may_lose=_may_lose(header["expect"], path),
        must_be_zero=header["expect"] == NOTHING,
        limit=None if limit is None else float(limit),
        weights=weights,
        fast=header.get("fast") == "yes",
        path=path,
    )


def _parts(lines: Sequence[str], exercise: str, path: Path) -> tuple[Part, ...]:
    place, name = (Place.EXERCISE, exercise) if exercise else (Place.CELL, "first")
    found: list[tuple[Place, str, list[str]]] = [(place, name, [])]
    for line in lines:
        if match := SECTION.fullmatch(line.strip()):
            found.append((Place(match[1]), match[2].strip(), []))
        else:
            found[-1][2].append(line)
    for place, name, _ in found:
        if place is Place.CELL and name not in ("first", "last"):
            raise AutograderError(f"{path}: '# --- cell: {name}' is neither first nor last")
        if place in (Place.FILE, Place.EXERCISE) and not name:
            raise AutograderError(f"{path}: '# --- {place}:' has no name")
    texts = [(place, name, "\n".join(text).strip("\n")) for place, name, text in found]
    return tuple(Part(place, name, text + "\n") for place, name, text in texts if text)


def _may_lose(expect: str, path: Path) -> frozenset[str] | None:
    if expect in (NO_MORE, NOTHING):
        return None
    if expect == SAME:
        return frozenset()
    if expect.startswith(LOSES):
        return frozenset(name.strip() for name in expect.removeprefix(LOSES).split(","))
    raise AutograderError(
        f"{path}: '# expect: {expect}' is none of: {NO_MORE}; {SAME}; {NOTHING}; {LOSES}NAME, NAME"
    )
