"""Which commit counts."""

from datetime import UTC, datetime

from autograder.collect.from_git import last_before
from autograder.git.cache import Commit


def test_the_choice_without_git():
    history = [Commit("d", 40), Commit("c", 30), Commit("b", 20), Commit("a", 10)]

    def at(seconds):
        return datetime.fromtimestamp(seconds, UTC)

    assert last_before(history, None) == Commit("d", 40)
    assert last_before(history, at(99)) == Commit("d", 40)
    assert last_before(history, at(30)) == Commit("c", 30)
    assert last_before(history, at(29)) == Commit("b", 20)
    assert last_before(history, at(9)) is None
