"""Winnowing: the fingerprints of sequences of words.

Every run of words is hashed, and of each window of hashes the smallest is kept. Of a part that two
texts share, at least one fingerprint is shared if it has `run + window - 1` words (Schleimer,
Wilkerson and Aiken, "Winnowing: Local Algorithms for Document Fingerprinting", SIGMOD 2003).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from zlib import crc32


class Word(NamedTuple):
    """A normalized word, and the positions of its first character and after its last one."""

    text: str
    start: int
    end: int


class Span(NamedTuple):
    """A part of a text, from its first character to the one after its last."""

    start: int
    end: int


Fingerprints = Mapping[str, Sequence[Span]]  # each fingerprint, and where it is in the text


class Winnowing(NamedTuple):
    """`run` and `window` as above; a sequence of fewer than `shortest` words has no fingerprint.

    A longer one that is shorter than `run` has one fingerprint: all of it.
    """

    run: int
    window: int
    shortest: int

    @property
    def all_runs(self) -> "Winnowing":
        """The same, but it keeps every run of words."""
        return self._replace(window=1)

    def fingerprints(self, sequences: Iterable[Sequence[Word]]) -> Fingerprints:
        """The fingerprints of a text that consists of these sequences; none crosses two of them."""
        found: dict[str, list[Span]] = {}
        for words in sequences:
            if len(words) >= self.shortest:
                for key, span in self._select(words):
                    found.setdefault(key, []).append(span)
        return found

    def _select(self, words: Sequence[Word]) -> Iterator[tuple[str, Span]]:
        run = min(self.run, len(words))
        keys = [
            " ".join(word.text for word in words[i : i + run]) for i in range(len(words) - run + 1)
        ]
        hashes = [crc32(key.encode("utf-8", "replace")) for key in keys]  # the same in every run
        last = -1
        for start in range(max(1, len(keys) - self.window + 1)):
            # Of equal hashes the rightmost, so that the next windows choose the same one.
            window = range(start, min(start + self.window, len(keys)))
            best = min(window, key=lambda i: (hashes[i], -i))
            if best != last:
                last = best
                yield keys[best], Span(words[best].start, words[best + run - 1].end)
