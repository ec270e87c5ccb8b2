"""What the comparison of a class gives: the listed pairs. What score lists a pair."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from autograder.similarity.marks import Segment
from autograder.similarity.read import Work

# Two independent sample answers to one exercise score 6.3 at most, over the four weeks. The highest
# scores of a week's exercises add up to 16.6 at most (tests/unit/similarity/test_thresholds.py).
HIGHEST_OF_SAMPLES, HIGHEST_SUM_OF_SAMPLES = 6.3, 16.6
ALIKE = 10.0  # the score of an answer that is listed
ALIKE_IN_SUM = 18.0  # the sum of the scores of a pair that is listed without such an answer
SHOWN = 3.0  # the least score of an answer that is shown side by side
EQUAL_OUTPUTS = 5.0  # outputs that almost no other student has; fewer are not named
ALIKE_WITH_OUTPUTS = 5.0  # the sum of the scores of a pair that is listed with equal outputs
FEW_ANSWERS = 10  # fewer cannot show what is usual


class Kind(StrEnum):
    """What is compared."""

    CODE = "code"
    WORDS = "words"


@dataclass(frozen=True)
class Part:
    """One exercise or question of a pair; both texts in segments, if it is shown."""

    name: str
    kind: Kind
    score: float
    share: float
    left: Sequence[Segment] = ()
    right: Sequence[Segment] = ()

    @property
    def is_alike(self) -> bool:
        """Whether this answer alone lists the pair."""
        return self.score >= ALIKE


@dataclass(frozen=True)
class Pair:
    """Two students, with what is alike in their notebooks; the most alike part comes first."""

    left: Work
    right: Work
    parts: tuple[Part, ...] = ()
    outputs: tuple[str, ...] = ()
    cell_ids: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """The sum over all answers. Outputs and ids do not count."""
        return sum(part.score for part in self.parts)

    @property
    def alike(self) -> tuple[Part, ...]:
        """The answers that list the pair by themselves."""
        return tuple(part for part in self.parts if part.is_alike)

    @property
    def shown(self) -> tuple[Part, ...]:
        """The answers that are shown side by side."""
        return tuple(part for part in self.parts if part.left)

    def to_json(self) -> dict[str, Any]:
        """The pair, without students' texts."""
        return {
            "students": [self.left.label, self.right.label],
            "score": round(self.score, 1),
            "alike": [part.name for part in self.alike],
            "answers": [
                {"name": part.name, "kind": part.kind, "score": round(part.score, 1)}
                for part in self.parts
            ],
            "equal_outputs": list(self.outputs),
            "equal_cell_ids": list(self.cell_ids),
        }

    @property
    def is_listed(self) -> bool:
        """Whether a person should read both."""
        needed = ALIKE_WITH_OUTPUTS if self.outputs else ALIKE_IN_SUM
        return bool(self.alike) or self.score >= needed or bool(self.cell_ids)


@dataclass(frozen=True)
class Question:
    """An exercise or a question, the number of answers to it, and the pairs alike in it."""

    name: str
    kind: Kind
    answers: int
    samples: int
    alike: tuple[int, ...]  # places in the report's pairs

    @property
    def has_few(self) -> bool:
        """Whether there are too few answers to see what is usual."""
        return self.answers + self.samples < FEW_ANSWERS


@dataclass(frozen=True)
class Report:
    """The listed pairs, most alike first, and what was compared."""

    assignment: str
    title: str
    students: int
    earlier: int
    pairs: tuple[Pair, ...]
    questions: tuple[Question, ...]
    problems: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """What was compared and the listed pairs, without students' texts."""
        return {
            "assignment": self.assignment,
            "submissions": self.students,
            "earlier": self.earlier,
            "pairs": [pair.to_json() for pair in self.pairs],
            "problems": list(self.problems),
        }
