"""The figures of agreement, against scikit-learn and by hand."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from autograder.written.agreement import Agreement, agreements_of
from autograder.written.sheet import Row, Sheet


def agreement(*pairs):
    scores = tuple((f"s{i}", float(a), float(b)) for i, (a, b) in enumerate(pairs))
    return Agreement("essay", ("dan", "eve"), scores)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=12))
def test_kappa_is_that_of_scikit_learn(pairs):
    kappa = agreement(*pairs).kappa
    if len({score for pair in pairs for score in pair}) == 1:
        assert kappa is None
    else:
        expected = cohen_kappa_score(
            *zip(*pairs, strict=True), weights="quadratic", labels=range(5)
        )
        assert kappa == pytest.approx(expected, abs=1e-12)


def test_figures_by_hand():
    two = agreement((2, 2.5), (1, 1), (3, 2))
    assert two.mean_difference == pytest.approx(-0.5 / 3)
    assert two.differing == (("s0", 2.0, 2.5), ("s2", 3.0, 2.0))
    assert two.lines()[0].startswith(
        "essay, dan and eve: 3 answers with two scores, 1 the same (33%)"
    )
    assert two.lines()[1:] == ["  s0: 2 from dan, 2.5 from eve", "  s2: 3 from dan, 2 from eve"]


def test_nothing_to_compare_and_all_equal():
    assert agreement().lines() == ["essay, dan and eve: no answer has two scores"]
    assert agreement((1, 1), (1, 1)).lines()[0].endswith("not defined, all scores are equal")


def test_each_two_sheets_of_a_question_are_compared():
    def sheet(name, question, **scores):
        rows = tuple(Row(student, "v", score) for student, score in scores.items())
        return Sheet(Path(name), question, rows)

    sheets = [
        sheet("a.csv", "essay", ada=1.0, ben=None, cleo=2.0),
        sheet("b.csv", "essay", ben=1.0, cleo=2.0),
        sheet("c.csv", "why", ada=1.0),
        sheet("d.csv", "essay", **{"anon-x": 0.5}),
    ]
    first, second, third = agreements_of(sheets, {"anon-x": "ada"})
    assert (first.graders, first.scores) == (("a.csv", "b.csv"), (("cleo", 2.0, 2.0),))
    assert (second.graders, second.scores) == (("a.csv", "d.csv"), (("ada", 1.0, 0.5),))
    assert third.scores == ()
