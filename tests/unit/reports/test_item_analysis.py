"""How exercises and tests did in a class: figures worked by hand."""

import pytest
from support.results import failed, outcome, submission, unwritten

from autograder.reports.item_analysis import attempted, discrimination, histogram, items, misses
from autograder.results.model import Outcome


def test_discrimination_is_the_correlation_with_the_rest():
    # Deviations (.5 .5 -.5 -.5) and (1.5 .5 -.5 -1.5): products 2, squares 1 and 5.
    assert discrimination([1, 1, 0, 0], [3, 2, 1, 0]) == pytest.approx(2 / 5**0.5)
    assert discrimination([0, 0, 1, 1], [3, 2, 1, 0]) == pytest.approx(-2 / 5**0.5)
    assert discrimination([2, 2, 0, 0], [3, 2, 1, 0]) == pytest.approx(2 / 5**0.5)


@pytest.mark.parametrize(
    ("own", "rest"),
    [
        ([], []),
        ([1, 0], [1, 0]),
        ([1, 1, 1], [3, 2, 1]),
        ([1, 0, 1], [2, 2, 2]),
        ([1, 0, 1], [0.1 + 0.2, 0.3, 0.3]),
    ],
)
def test_discrimination_is_undefined_where_nothing_varies(own, rest):
    assert discrimination(own, rest) is None


def test_an_exercise_in_a_class_of_four():
    class_of = [
        submission("ada", {"first": [True, True], "second": [True, True]}),
        submission("ben", {"first": [True, False], "second": [True, True]}),
        submission("cleo", {"first": unwritten("first", 2), "second": [True, False]}),
        submission("dev", {"first": [False, False], "second": [False, False]}),
    ]
    first, second = items(class_of)
    assert (first.name, first.max_score, first.unanswered) == ("first", 2.0, 1)
    assert first.mean_share == pytest.approx((1 + 0.5 + 0 + 0) / 4)
    assert first.full_share == 0.25
    # (2 1 0 0) and (2 2 1 0): deviations 1.25 .25 -.75 -.75 and .75 .75 -.25 -1.25.
    assert first.discrimination == pytest.approx(2.25 / (2.75 * 2.75) ** 0.5)
    assert second.mean_share == pytest.approx(5 / 8)
    assert second.discrimination == first.discrimination


def test_submissions_that_did_not_run_or_have_no_answer_are_left_out():
    class_of = [
        submission("ada", {"first": [True, True]}),
        submission("ben", {"first": unwritten("first", 2)}),
        failed("cleo"),
    ]
    assert [result.student for result in attempted(class_of)] == ["ada"]
    (first, *others) = items(class_of)
    assert (first.mean_share, first.full_share, first.unanswered) == (1.0, 1.0, 0)
    assert {item.mean_share for item in others} == {None}
    assert misses(class_of) == []


def test_results_of_before_and_after_a_change_lie_side_by_side():
    class_of = [
        submission("ada", {"first": [True], "second": [True]}),
        submission("ben", {"second": [False], "new": [True]}),
    ]
    assert [(i.name, i.mean_share) for i in items(class_of)] == [
        ("first", 1.0), ("second", 0.5), ("new", 1.0)
    ]  # fmt: skip


def test_the_commonest_miss_comes_first_and_parameters_are_one_test():
    raised = outcome("shape[2-3]", False, how=Outcome.RAISED)
    class_of = [
        submission("ada", {"first": [raised, outcome("shape[1]", False), outcome("sum", False)]}),
        submission("ben", {"first": [outcome("shape[1]", True), outcome("sum", False)]}),
        submission("cleo", {"first": [*unwritten("first", 1), outcome("sum", True)]}),
        failed("dev"),
    ]
    found = [(m.test, sorted(m.students), dict(m.ways)) for m in misses(class_of)]
    assert found == [
        ("sum", ["ada", "ben"], {Outcome.FAILED: 2}),
        ("shape", ["ada"], {Outcome.RAISED: 1}),
    ]


def test_bins_are_round_and_hold_everyone_once():
    bins = histogram({"ada": 0, "ben": 2, "cleo": 3.5, "dev": 38}, 38)
    assert (len(bins), bins[0].low, bins[-1].high) == (19, 0, 38)
    assert [(b.label, list(b.scores)) for b in bins if b.scores] == [
        ("0 to under 2", ["ada"]), ("2 to under 4", ["ben", "cleo"]), ("36 to 38", ["dev"])
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("best", "top", "count", "last"),
    [
        (5, 5, 5, 5), (20, 20, 20, 20), (0, 21, 11, 22), (46, 42, 10, 50), (0, 0, 1, 1),
        (9, 300, 15, 300),
    ],
)  # fmt: skip
def test_bins_reach_from_none_to_all_and_to_a_bonus(best, top, count, last):
    bins = histogram({"ada": best}, top)
    assert (len(bins), bins[-1].high) == (count, last)
    assert sum(len(b.scores) for b in bins) == 1
    assert histogram({}, top) == []
