"""What a terminal shows of text with carriage returns and backspaces."""

import random

import pytest

from autograder.probe.terminal import condense, displayed


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain\ntext\n", "plain\ntext\n"),
        ("\r 10%\r 20%\r100%\n", "100%\n"),
        ("done\r", "done"),
        ("longer\rab", "abnger"),
        ("Windows\r\nlines\r\n", "Windows\nlines\n"),
        ("|\b/\b-\b\\", "\\"),
        ("abc\b\bX\n", "aXc\n"),
        ("a\b\b\b\bb", "b"),
        ("one\ntwo\rTWO\nthree", "one\nTWO\nthree"),
        ("", ""),
    ],
)
def test_the_end_state_is_displayed(text, shown):
    assert displayed(text) == shown
    assert displayed(condense(text, at_start=True)) == shown


def test_a_text_may_be_condensed_in_pieces():
    """Wherever it is cut, what is displayed in the end is the same."""
    chance = random.Random(1)
    for _ in range(500):
        text = "".join(chance.choices("abc\r\r\b\n ", k=60))
        cuts = sorted(chance.choices(range(61), k=3))
        pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, 60], strict=True)]
        condensed = [condense(piece, at_start=number == 0) for number, piece in enumerate(pieces)]
        assert displayed("".join(condensed)) == displayed(text), (text, cuts)


def test_a_progress_bar_is_condensed_to_its_end():
    text = "".join(f"\rstep {i} of 200000" for i in range(200_000))
    assert condense(text, at_start=False) == "\rstep 199999 of 200000"


def test_a_spinner_is_condensed_to_its_end():
    text = "".join(f"\b{sign}" for sign in "|/-" * 1000)
    assert condense(text, at_start=False) == "\b-"
