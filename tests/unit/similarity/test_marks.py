"""Two texts side by side."""

from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from autograder.similarity.code import STATEMENTS, statements
from autograder.similarity.marks import Text, side_by_side
from autograder.similarity.words import SEQUENCES, words_of


def code(source):
    return Text(source, partial(statements, known={"torch"}), STATEMENTS)


def shared(*texts):
    return texts[0].fingerprints.keys() & texts[1].fingerprints.keys()


def shown(segments):
    return [(segment.text, segment.number) for segment in segments]


def test_moved_statements_have_equal_numbers():
    left = code("a = torch.zeros(3)\nb = [i ** 2 for i in c]  # squares\nreturn 0")
    right = code("q = [k ** 2 for k in z]\nd, e = 1, 2\nr = torch.zeros(3)")
    one, other = side_by_side(left, right, shared(left, right))
    assert shown(one) == [
        ("a = torch.zeros(3)", 1), ("\n", 0), ("b = [i ** 2 for i in c]", 2),
        ("  # squares\nreturn 0", 0),
    ]  # fmt: skip
    assert shown(other) == [
        ("q = [k ** 2 for k in z]", 2), ("\nd, e = 1, 2\n", 0), ("r = torch.zeros(3)", 1),
    ]  # fmt: skip


def test_a_part_is_as_long_as_both_agree_without_what_is_expected():
    left = Text("one two three four five six seven", words_of, SEQUENCES)
    right = Text("zero two three four five six eight", words_of, SEQUENCES)
    key = "two three four five six"
    one, _ = side_by_side(left, right, [key])
    assert shown(one) == [("one ", 0), (key, 1), (" seven", 0)]
    one, other = side_by_side(left, right, [key], expected={key})
    assert shown(one) == [(left.source, 0)] and shown(other) == [(right.source, 0)]


def test_what_does_not_count_is_not_marked():
    left, right = code("a = torch.zeros(3)\nb = c.sum(0) / 4"), code("a = torch.zeros(3)")
    one, other = side_by_side(left, right, [])
    assert shown(one) == [(left.source, 0)] and shown(other) == [(right.source, 0)]


@given(*[st.lists(st.sampled_from("abc"), max_size=40).map(" ".join)] * 2)
def test_nothing_is_lost(left, right):
    texts = [Text(source, words_of, SEQUENCES) for source in (left, right)]
    for text, segments in zip(texts, side_by_side(*texts, shared(*texts)), strict=True):
        assert "".join(segment.text for segment in segments) == text.source
        assert any(segment.number for segment in segments) == bool(shared(*texts))
