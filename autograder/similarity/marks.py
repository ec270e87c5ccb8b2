"""Two texts side by side: which parts of them match, numbered alike on both sides."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from autograder.similarity.winnowing import Fingerprints, Span, Winnowing, Word


@dataclass(frozen=True)
class Segment:
    """A part of a text. Matching parts have the same number; 0 stands for a part without match."""

    text: str
    number: int = 0


@dataclass(frozen=True)
class Text:
    """A student's text, and how it becomes fingerprints: `split` gives its words, in sequences."""

    source: str
    split: Callable[[str], Sequence[Sequence[Word]]]
    winnowing: Winnowing

    @cached_property
    def fingerprints(self) -> Fingerprints:
        """What is compared."""
        return self.winnowing.fingerprints(self.split(self.source))

    def runs_beside(self, shared: Iterable[str]) -> Fingerprints:
        """All runs of words in the sequences that have a `shared` fingerprint."""
        starts = {span.start for key in shared for span in self.fingerprints[key]}
        return self.winnowing.all_runs.fingerprints(
            words
            for words in self.split(self.source)
            if any(word.start in starts for word in words)
        )


def side_by_side(
    left: Text, right: Text, shared: Collection[str], expected: Collection[str] = ()
) -> tuple[list[Segment], list[Segment]]:
    """Both texts in segments. Parts with a `shared` fingerprint match, directly or by others.

    A part is as long as both texts agree, except for what is `expected`.
    """
    texts = (left, right)
    sides = [text.runs_beside(shared) for text in texts]
    common = [key for key in sides[0] if key in sides[1] and key not in expected]
    parts = [_merged(side, common) for side in sides]
    owner = {(s, i): (s, i) for s in (0, 1) for i in range(len(parts[s]))}

    def root(part: tuple[int, int]) -> tuple[int, int]:
        while owner[part] != part:
            part = owner[part]
        return part

    for key in common:
        places = [(s, _position(parts[s], span)) for s in (0, 1) for span in sides[s][key]]
        for place in places[1:]:
            owner[root(place)] = root(places[0])
    numbers: dict[tuple[int, int], int] = {}
    for part in owner:
        numbers.setdefault(root(part), len(numbers) + 1)
    first, second = (
        _segments(texts[s].source, parts[s], [numbers[root((s, i))] for i in range(len(parts[s]))])
        for s in (0, 1)
    )
    return first, second


def _merged(runs: Fingerprints, common: Collection[str]) -> list[Span]:
    """The spans of the common runs, those that overlap merged, in order."""
    merged: list[Span] = []
    for span in sorted(span for key in common for span in runs[key]):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _position(parts: Sequence[Span], span: Span) -> int:
    """The part that a span is in."""
    return bisect_right(parts, span.start, key=lambda part: part.start) - 1


def _segments(source: str, parts: Iterable[Span], numbers: Sequence[int]) -> list[Segment]:
    segments, end = [], 0
    for part, number in zip(parts, numbers, strict=True):
        segments += [Segment(source[end : part.start]), Segment(source[slice(*part)], number)]
        end = part.end
    return [segment for segment in (*segments, Segment(source[end:])) if segment.text]
