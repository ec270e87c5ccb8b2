"""Two texts side by side: which parts of them match, numbered alike on both sides."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from autograder.similarity.winnowing import Fingerprints, Span


@dataclass(frozen=True)
class Segment:
    """A part of a text. Matching parts have the same number; 0 stands for a part without match."""

    text: str
    number: int = 0


@dataclass(frozen=True)
class Text:
    """A student's text and its fingerprints."""

    source: str
    fingerprints: Fingerprints


def side_by_side(
    left: Text, right: Text, shared: Collection[str]
) -> tuple[list[Segment], list[Segment]]:
    """Both texts in segments. Parts with a `shared` fingerprint match, directly or by others."""
    sides = (left, right)
    parts = [_merged(side, shared) for side in sides]
    owner = {(s, i): (s, i) for s in (0, 1) for i in range(len(parts[s]))}

    def root(part: tuple[int, int]) -> tuple[int, int]:
        while owner[part] != part:
            part = owner[part]
        return part

    for key in shared:
        places = [
            (s, _position(parts[s], span)) for s in (0, 1) for span in sides[s].fingerprints[key]
        ]
        for place in places[1:]:
            owner[root(place)] = root(places[0])
    numbers: dict[tuple[int, int], int] = {}
    for part in owner:
        numbers.setdefault(root(part), len(numbers) + 1)
    first, second = (
        _segments(sides[s].source, parts[s], [numbers[root((s, i))] for i in range(len(parts[s]))])
        for s in (0, 1)
    )
    return first, second


def _merged(text: Text, shared: Collection[str]) -> list[Span]:
    """The spans of the shared fingerprints, those that overlap merged, in order."""
    merged: list[Span] = []
    for span in sorted(span for key in shared for span in text.fingerprints[key]):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _position(parts: Sequence[Span], span: Span) -> int:
    return next(i for i, part in enumerate(parts) if part.start <= span.start < part.end)


def _segments(source: str, parts: Iterable[Span], numbers: Sequence[int]) -> list[Segment]:
    segments, end = [], 0
    for part, number in zip(parts, numbers, strict=True):
        segments += [Segment(source[end : part.start]), Segment(source[slice(*part)], number)]
        end = part.end
    return [segment for segment in (*segments, Segment(source[end:])) if segment.text]
