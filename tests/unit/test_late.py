"""What late work costs, and which students do not pay it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.late import LatePolicy
from autograder.limits import UNITS, read_bytes, show_bytes
from autograder.roster import read_roster, unknown_waivers

TEN = LatePolicy(days=2, percent_per_day=10, cap=50)


@pytest.mark.parametrize(
    ("days", "score", "penalty"),
    [(0, 40, 0), (1, 40, 5), (2, 40, 10), (5, 40, 25), (9, 40, 25), (2, 7.5, 7.5), (2, 0, 0)],
)
def test_the_percentage_is_of_the_maximum_score(days, score, penalty):
    assert TEN.penalty(days, 50, score) == penalty


def test_without_a_policy_there_is_no_penalty_and_nothing_to_say():
    assert LatePolicy().penalty(3, 50, 40) == 0
    assert LatePolicy(days=3).text(2, 0) == ""


def test_the_sentence_for_the_student():
    assert TEN.text(2, 10) == (
        "Late penalty: 10 points (2 days late, 10% of the maximum score per day, at most 50%)."
    )
    assert TEN.text(1, 0) == "1 day late; no points are taken off."
    assert TEN.text(0, 0) == ""


@given(
    st.floats(0, 100), st.floats(0, 100), st.integers(0, 400), st.floats(0, 500), st.floats(0, 500)
)
def test_a_penalty_is_never_negative_nor_more_than_the_score_or_the_cap(
    percent, cap, days, most, score
):
    policy = LatePolicy(3, percent, cap)
    penalty = policy.penalty(days, most, score)
    assert 0 <= penalty <= score
    assert penalty <= cap * most / 100 + 0.005
    assert penalty <= policy.penalty(days + 1, most, score)


@given(st.integers(0, 10**9), st.sampled_from(sorted(UNITS)))
def test_an_amount_of_memory_that_is_shown_reads_the_same(count, unit):
    size = read_bytes(f"{count} {unit}")
    assert size == count * UNITS[unit]
    assert read_bytes(show_bytes(size)) == size


@pytest.mark.parametrize("text", ["4", "4 gib", "-1 GiB", "GiB", "1e3 MB", "4 GiB 5", 4, None])
def test_what_is_no_amount(text):
    with pytest.raises(ValueError, match="write a number and a unit, as in '4 GiB'"):
        read_bytes(text)


def test_a_waiver_names_weeks_or_all(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text('student,late_waiver\nada,All\nben,"tiny, large"\ncleo,tinny\nida,\n')
    roster = read_roster(path)
    waived = [entry.student for entry in roster.entries if entry.waives("tiny")]
    assert waived == ["ada", "ben"]
    assert unknown_waivers(roster, ["tiny", "large"]) == [
        "late_waiver of cleo names 'tinny', which is no assignment: write one of large, tiny, or "
        "all"
    ]
