"""Sample answers to one exercise, right or wrong: the files that the hidden tests are audited with.

    # exercise: mse_gradient
    # mistake: differentiates the square without its factor 2      (of an alternative: # style:)
    # caught by: test_matches_finite_differences                   (of a mutant, if it is known)
    def mse_gradient(X, y, beta): ...

They lie in two folders: `mutants` must lose points, `alternatives` must keep them all.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import AutograderError

MUTANTS, ALTERNATIVES = "mutants", "alternatives"
HEADER = re.compile(r"# (exercise|mistake|style|caught by): *(.+)")


@dataclass(frozen=True)
class Answer:
    """What somebody might write; `says` is its mistake or its style.

    `cells` is the text of each cell that it changes, by exercise: that of its own exercise, or
    those of the exercises that this one builds on.
    """

    name: str
    exercise: str
    wrong: bool
    says: str
    cells: dict[str, str]
    caught_by: str = ""
    path: Path | None = None


def read_answers(folder: Path, exercises: Sequence[str]) -> list[Answer]:
    """The folder's mutants and alternatives, by exercise in the given order.

    Raises AutograderError for a folder without any, and for a file that says of no known exercise
    that it is for it.
    """
    found = [
        read_answer(path, kind == MUTANTS)
        for kind in (MUTANTS, ALTERNATIVES)
        for path in sorted((folder / kind).glob("*.py"))
    ]
    if not found:
        raise AutograderError(
            f"no sample answers in {folder}: put them into {MUTANTS}/ and {ALTERNATIVES}/"
        )
    for answer in found:
        if answer.exercise not in exercises:
            raise AutograderError(
                f"{answer.path} is for '{answer.exercise}', which is no automatic exercise of this "
                f"week; there are: {', '.join(exercises)}"
            )
    return sorted(found, key=lambda answer: exercises.index(answer.exercise))


def read_answer(path: Path, wrong: bool) -> Answer:
    """One file. Raises AutograderError where its header does not name its exercise."""
    try:
        source = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise AutograderError(f"{path} is no text in UTF-8: save it as that") from None
    header: dict[str, str] = {}
    for line in source.splitlines():
        if not (match := HEADER.fullmatch(line.strip())):
            break
        header[match[1]] = match[2].strip()
    if "exercise" not in header:
        raise AutograderError(f"{path} must begin with a line '# exercise: NAME'")
    says = header.get("mistake" if wrong else "style", "")
    named = header.get("caught by", "").partition("::")
    test = named[2] or named[0]
    exercise = header["exercise"]
    return Answer(path.stem, exercise, wrong, says, {exercise: source}, test, path)
