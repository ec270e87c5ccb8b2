"""Durations, and other people's text made safe to show."""

from datetime import timedelta

import pytest

from autograder.text import as_points, counted, duration, escape_markdown, first_line, printable


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        (0, "0 s"), (5.4, "5 s"), (59.4, "59 s"), (60, "1 min"), (90, "1 min 30 s"),
        (3600, "1 h"), (5400, "1 h 30 min"), (86400, "1 d"), (timedelta(hours=30), "1 d 6 h"),
        (timedelta(minutes=12), "12 min"), (86399, "24 h"),
    ],
)  # fmt: skip
def test_a_duration_has_at_most_two_units(span, shown):
    assert duration(span) == shown


@pytest.mark.parametrize("text", ["a|b", "**x**", "[x](http://y)", "`x`", "$x$", "# x", "@ada"])
def test_escaped_markdown_has_no_bare_markup(text):
    escaped = escape_markdown(text)
    assert escaped.replace("\\", "") == text
    for index, character in enumerate(escaped):
        if character in "|*[]()`$#@":
            assert escaped[index - 1] == "\\"


def test_escaped_markdown_is_one_line_without_tags():
    assert escape_markdown("<b>\nx & y</b>") == "&lt;b&gt; x &amp; y&lt;/b&gt;"


def test_printable_replaces_what_controls_a_terminal():
    assert printable("a\x1b[31mb\nc\u202ed") == "a?[31mb?c?d"


def test_an_errors_first_line_is_its_type_where_it_says_nothing():
    assert first_line(ValueError("one\ntwo")) == "one"
    assert first_line(ValueError()) == "ValueError"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (3.0, "3"),
        (2.5, "2.5"),
        (100 / 3, "33.33"),
        (0.0, "0"),
        (-0.001, "0"),
        (1234567.0, "1234567"),
    ],
)
def test_points_have_at_most_two_decimals(number, shown):
    assert as_points(number) == shown


def test_a_count_has_its_plural():
    assert [counted(number, "row") for number in (0, 1, 2)] == ["0 rows", "1 row", "2 rows"]
