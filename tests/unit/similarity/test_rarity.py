"""What counts: rare parts, and pairs with a student of this year."""

from itertools import combinations

import pytest

from autograder.similarity.rarity import Rarity

COMMON = {"usual 1", "usual 2"}


def answers(count, **special):
    """So many answers that share what is usual; `special` adds to those at some places."""
    made = [{*COMMON, f"own {place}", f"more {place}"} for place in range(count)]
    for name, places in special.items():
        for place in places:
            made[place].add(name)
    return made


def test_what_two_alone_have_counts_one_and_what_all_have_nothing():
    rarity = Rarity(answers(30, rare=(3, 7)))
    (match,) = rarity.matches([True] * 30)
    assert (match.first, match.second, match.amount) == (3, 7, 1)
    assert match.share == pytest.approx(1 / 3)
    assert match.score == pytest.approx(1 / 3)
    assert rarity.shared(match) == ["rare"]


def test_more_holders_count_less_until_it_is_usual():
    amounts = []
    for holders in (2, 3, 5, 7, 8):
        matches = list(Rarity(answers(30, rare=range(holders))).matches([True] * 30))
        assert len(matches) in (0, len(list(combinations(range(holders), 2))))
        amounts.append(matches[0].amount if matches else 0)
    assert amounts == sorted(amounts, reverse=True)
    assert amounts[0] == 1 and amounts[-2] > 0 and amounts[-1] == 0


def test_what_is_expected_counts_nothing():
    assert not list(Rarity(answers(30, rare=(1, 2)), expected={"rare"}).matches([True] * 30))


def test_samples_show_what_is_usual_and_make_no_pair():
    alone = Rarity(answers(6, rare=(1, 2)))
    beside = Rarity(answers(6, rare=(1, 2)), samples=[{"rare"}, {"rare"}, *[{"other"}] * 4])
    (match,), (weaker,) = alone.matches([True] * 6), beside.matches([True] * 6)
    assert 0 < weaker.amount < match.amount


def test_earlier_years_are_not_compared_with_each_other():
    rarity = Rarity(answers(30, rare=(1, 28, 29)))
    compared = [place < 20 for place in range(30)]
    pairs = {(match.first, match.second) for match in rarity.matches(compared)}
    assert pairs == {(1, 28), (1, 29)}


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_class_of_any_size(count):
    assert list(Rarity([{"a", "b"}] * count).matches([True] * count)) == [] or count == 2
