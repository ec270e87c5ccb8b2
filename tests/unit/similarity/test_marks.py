"""Two texts side by side."""

from hypothesis import given
from hypothesis import strategies as st

from autograder.similarity.marks import Text, side_by_side
from autograder.similarity.winnowing import Span
from autograder.similarity.words import word_fingerprints


def test_moved_parts_have_equal_numbers():
    left = Text("aa bb cc", {"A": [Span(0, 2)], "B": [Span(3, 5)], "C": [Span(6, 8)]})
    right = Text("bb -- aa", {"B": [Span(0, 2)], "A": [Span(6, 8)]})
    one, other = side_by_side(left, right, ["A", "B"])
    assert [(segment.text, segment.number) for segment in one] == [
        ("aa", 1), (" ", 0), ("bb", 2), (" cc", 0),
    ]  # fmt: skip
    assert [(segment.text, segment.number) for segment in other] == [
        ("bb", 2), (" -- ", 0), ("aa", 1),
    ]  # fmt: skip


def test_overlapping_parts_are_one():
    left = Text("abcdef", {"A": [Span(0, 3)], "B": [Span(2, 5)]})
    right = Text("abc cde", {"A": [Span(0, 3)], "B": [Span(4, 7)]})
    one, other = side_by_side(left, right, ["A", "B"])
    assert [(s.text, s.number) for s in one] == [("abcde", 1), ("f", 0)]
    assert [(s.text, s.number) for s in other] == [("abc", 1), (" ", 0), ("cde", 1)]


@given(*[st.lists(st.sampled_from("abc"), max_size=40).map(" ".join)] * 2)
def test_nothing_is_lost(left, right):
    texts = [Text(source, word_fingerprints(source)) for source in (left, right)]
    shared = texts[0].fingerprints.keys() & texts[1].fingerprints.keys()
    for text, segments in zip(texts, side_by_side(*texts, shared), strict=True):
        assert "".join(segment.text for segment in segments) == text.source
        assert any(segment.number for segment in segments) == bool(shared)
