"""How much it says that two answers share a fingerprint: much if few others have it.

A fingerprint that the release or the solution has says nothing, nor does one that many answers
have: the exercise itself explains it. So the score of a pair depends on the class, as it should.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log

USUAL_SHARE = 0.25  # of the answers: what more of them have is usual, and counts nothing
FEW = 4  # answers: what so few have is never usual


@dataclass(frozen=True)
class Match:
    """What two answers share. `first` and `second` are their places in the class.

    `amount` is the number of shared fingerprints, each weighed by its rarity from 0 to 1. `share`
    is its part of what the answer with less has in all.
    """

    first: int
    second: int
    amount: float
    share: float

    @property
    def score(self) -> float:
        """The amount, less where it is a small part of both answers."""
        return self.amount * self.share


class Rarity:
    """The weights of the fingerprints in a class's answers to one question.

    `answers` are the sets of fingerprints that can make pairs. `samples` are those of further
    independent answers, which only help to say what is usual. What is `expected` counts nothing.
    What more than `usual_share` of all answers have is usual, unless they are only a `FEW`.
    """

    def __init__(
        self,
        answers: Sequence[Collection[str]],
        expected: Collection[str] = (),
        samples: Sequence[Collection[str]] = (),
        usual_share: float = USUAL_SHARE,
    ):
        self.answers = answers
        everyone = (*answers, *samples)
        counts = Counter(key for answer in everyone for key in answer)
        usual = max(FEW, usual_share * len(everyone))
        others = max(2, len(everyone) - 1)
        # 1 if no third answer has it, and 0 if all have it.
        self.weights: Mapping[str, float] = {
            key: 1 - log(max(1, count - 1)) / log(others)
            for key, count in counts.items()
            if key not in expected and count <= usual
        }

    def matches(self, compared: Sequence[bool]) -> Iterator[Match]:
        """The pairs of answers that share something rare, of which at least one is `compared`.

        Answers meet only at a fingerprint that they share: no text is compared with all others.
        """
        holders: dict[str, list[int]] = defaultdict(list)
        for place, answer in enumerate(self.answers):
            for key in answer:
                if self.weights.get(key):
                    holders[key].append(place)
        totals = [sum(self.weights.get(key, 0.0) for key in answer) for answer in self.answers]
        amounts: dict[tuple[int, int], float] = defaultdict(float)
        for key, places in holders.items():
            for first, second in combinations(places, 2):
                if compared[first] or compared[second]:
                    amounts[first, second] += self.weights[key]
        for (first, second), amount in amounts.items():
            yield Match(first, second, amount, amount / min(totals[first], totals[second]))

    def shared(self, match: Match) -> list[str]:
        """The fingerprints that both answers have and that count."""
        first, second = self.answers[match.first], self.answers[match.second]
        return [key for key in first if key in second and self.weights.get(key)]
