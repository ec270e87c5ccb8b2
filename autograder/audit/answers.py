"""Sample answers: files that hold one exercise's cell, right or wrong, and a header.

    # exercise: mse_gradient
    # mistake: differentiates the square without its factor 2      (an alternative has # style:)
    # caught by: test_matches_finite_differences                   (a mutant's test, if it is known)
    def mse_gradient(X, y, beta): ...

They are in two folders: `mutants` must lose points, and `alternatives` must keep all points.
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
    """One sample answer to an exercise. `description` names its mistake or its style.

    `cells` maps each exercise that it changes to the text of its cell: its own exercise, or the
    exercises that this one builds on. `named_test` is the test that should kill a mutant.
    """

    name: str
    exercise: str
    is_mutant: bool
    description: str
    cells: dict[str, str]
    named_test: str = ""
    path: Path | None = None


def read_answers(folder: Path, exercises: Sequence[str]) -> list[Answer]:
    """The folder's mutants and alternatives, sorted by exercise in the given order.

    Raises AutograderError if there are none, or if a file's exercise is not one of `exercises`.
    """
    answers = [
        read_answer(path, is_mutant=kind == MUTANTS)
        for kind in (MUTANTS, ALTERNATIVES)
        for path in sorted((folder / kind).glob("*.py"))
    ]
    if not answers:
        raise AutograderError(
            f"no sample answers in {folder}: put them in {MUTANTS}/ and {ALTERNATIVES}/"
        )
    for answer in answers:
        if answer.exercise not in exercises:
            raise AutograderError(
                f"{answer.path} is for '{answer.exercise}', which is not an automatically graded "
                f"exercise of this week; there are: {', '.join(exercises)}"
            )
    return sorted(answers, key=lambda answer: exercises.index(answer.exercise))


def read_answer(path: Path, is_mutant: bool) -> Answer:
    """Read one file. Raises AutograderError if its header does not name its exercise."""
    try:
        source = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise AutograderError(f"{path} is not UTF-8 text: save it as UTF-8") from None
    header: dict[str, str] = {}
    for line in source.splitlines():
        if not (match := HEADER.fullmatch(line.strip())):
            break
        header[match[1]] = match[2].strip()
    if "exercise" not in header:
        raise AutograderError(f"{path} must begin with a line '# exercise: NAME'")
    description = header.get("mistake" if is_mutant else "style", "")
    file_name, _, test_name = header.get("caught by", "").partition("::")
    exercise = header["exercise"]
    return Answer(
        name=path.stem,
        exercise=exercise,
        is_mutant=is_mutant,
        description=description,
        cells={exercise: source},
        named_test=test_name or file_name,
        path=path,
    )
