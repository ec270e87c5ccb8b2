"""Answers in words as sequences of words, whatever their case, punctuation and markup."""

import re

from autograder.similarity.winnowing import Winnowing, Word

SEQUENCES = Winnowing(run=5, window=1, shortest=5)  # every sequence of five words
MOST_WORDS = 50_000  # characters of an answer; what follows them is not compared
WORD = re.compile(r"\w+(?:['’.]\w+)*")  # also 0.01, and doesn't


def words_of(text: str) -> list[list[Word]]:
    """The normalized words of a text, in one sequence."""
    words = [
        Word(found[0].casefold().replace("’", "'"), found.start(), found.end())
        for found in WORD.finditer(text[:MOST_WORDS])
    ]
    return [words]
