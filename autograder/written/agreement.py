"""How far two graders of one question agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import fsum

from autograder.text import as_points, counted
from autograder.written.sheet import Sheet


@dataclass(frozen=True)
class Agreement:
    """Two graders' scores of the answers that both scored: (student, first score, second score).

    The students are as the first sheet has them.
    """

    question: str
    graders: tuple[str, str]
    scores: tuple[tuple[str, float, float], ...] = ()

    @property
    def differing(self) -> tuple[tuple[str, float, float], ...]:
        """The answers with two different scores."""
        return tuple(row for row in self.scores if row[1] != row[2])

    @property
    def mean_difference(self) -> float:
        """The second grader's scores minus the first one's, on average."""
        return fsum(second - first for _, first, second in self.scores) / len(self.scores)

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa with quadratic weights; None where all scores are equal.

        Cohen, J. (1968). Weighted kappa. Psychological Bulletin, 70(4), 213-220. The weight of two
        scores is the square of their difference.
        """
        firsts = [first for _, first, _ in self.scores]
        seconds = [second for _, _, second in self.scores]
        by_chance = fsum((a - b) ** 2 for a in firsts for b in seconds) / len(self.scores)
        if by_chance == 0:
            return None
        return 1 - fsum((a - b) ** 2 for a, b in zip(firsts, seconds, strict=True)) / by_chance

    def lines(self) -> list[str]:
        """The report: one line of figures, and one line per answer with two different scores."""
        first, second = self.graders
        title = f"{self.question}, {first} and {second}"
        if not self.scores:
            return [f"{title}: no answer has two scores"]
        same = len(self.scores) - len(self.differing)
        kappa = "not defined, all scores are equal" if self.kappa is None else f"{self.kappa:.2f}"
        return [
            f"{title}: {counted(len(self.scores), 'answer')} with two scores, {same} the same "
            f"({same / len(self.scores):.0%}); {second} minus {first} is "
            f"{self.mean_difference:+.2f} on average; weighted kappa {kappa}",
            *(
                f"  {student}: {as_points(one)} from {first}, {as_points(two)} from {second}"
                for student, one, two in self.differing
            ),
        ]


def agreements_of(
    sheets: Sequence[Sheet], students_by_pseudonym: Mapping[str, str]
) -> list[Agreement]:
    """The agreement of each two sheets of the same question; some may be blind."""
    return [
        _agreement(first, second, students_by_pseudonym)
        for first, second in combinations(sheets, 2)
        if first.question == second.question
    ]


def _agreement(first: Sheet, second: Sheet, students_by_pseudonym: Mapping[str, str]) -> Agreement:
    theirs = {students_by_pseudonym.get(row.student, row.student): row.score for row in second.rows}
    scores = []
    for row in first.rows:
        other = theirs.get(students_by_pseudonym.get(row.student, row.student))
        if row.score is not None and other is not None:
            scores.append((row.student, row.score, other))
    return Agreement(first.question, _graders(first, second), tuple(scores))


def _graders(first: Sheet, second: Sheet) -> tuple[str, str]:
    """The graders' names if each sheet names one of its own, else the files'."""
    names = [{row.grader for row in sheet.rows if row.grader} for sheet in (first, second)]
    if [len(one) for one in names] == [1, 1] and names[0] != names[1]:
        (one,), (two,) = names
        return one, two
    return str(first.path), str(second.path)
