"""best_run(runs, metric, goal): the configuration of the best finished run."""

import numpy as np
import pandas as pd

from autograder.testing import points, remote

NAN = float("nan")


def runs(**columns):
    table = {
        "learning_rate": [0.1, 0.02, 0.3, 0.004, 0.5],
        "num_filters": [8, 16, 32, 64, 128],
        "optimizer": ["SGD", "Adam", "SGD", "Adam", "SGD"],
        "score": [0.4, 0.7, 0.2, 0.6, 0.5],
        "state": ["finished"] * 5,
    }
    return pd.DataFrame(table | columns)


def config(table, row):
    return table.drop(columns=["score", "state"]).to_dict("records")[row]


def same(found, expected):
    assert type(found) is dict, f"a {type(found).__name__}"
    assert set(found) == set(expected), sorted(map(str, found))
    for name, value in expected.items():
        one = found[name]
        assert one == value and isinstance(one, str) == isinstance(value, str), f"{name}: {one!r}"


@points(1, form=True)
def test_form(student):
    """The result is not a dict of the hyperparameters, or its values have other types. Leave out
    the metric and the state, and keep every other column, whatever its name is. Integers must be
    Python's int: a row taken as a Series turns them into floats, and `.iloc` on a column gives
    NumPy's int64, which DataLoader refuses as a batch size. to_dict("records") gives ints."""
    table = runs(dropout=[0.0, 0.1, 0.2, 0.3, 0.4]).rename(columns={"score": "r"})
    found = student.best_run(table, "r", "maximize")
    assert type(found) is dict, f"a {type(found).__name__}"
    assert set(found) == {"learning_rate", "num_filters", "optimizer", "dropout"}, sorted(found)
    for part in (table, table.drop(columns="optimizer")):  # with and without text
        found = student.best_run(part, "r", "maximize")
        kind = type(found["num_filters"])
        assert kind is int, f"num_filters: {kind.__module__}.{kind.__name__}"
        assert isinstance(found["learning_rate"], float), found["learning_rate"]


@points(1)
def test_maximize(student):
    """With the goal "maximize", another run than the one with the largest metric was returned, or
    the table was changed. A row's label in the index need not be its position. Do not change the
    table in place."""
    table = runs(state=["crashed"] + 4 * ["finished"])
    held = remote.put(student, table)
    same(student.best_run(held, "score", "maximize"), config(table, 1))
    pd.testing.assert_frame_equal(remote.value(held), table)
    table = runs()
    turned = table.iloc[::-1]
    same(student.best_run(turned, "score", "maximize"), config(table, 1))
    below = runs(score=[-5.0, -7.0, -2.0, -6.0, -3.0])
    same(student.best_run(below, "score", "maximize"), config(below, 2))


@points(1)
def test_minimize(student):
    """With the goal "minimize", as for a loss, the run with the smallest metric wins. Is the goal
    used?"""
    table = runs()
    same(student.best_run(table, "score", "minimize"), config(table, 2))
    other = runs(score=[5.0, 7.0, 9.0, 3.0, 4.0])
    same(student.best_run(other, "score", "minimize"), config(other, 3))


@points(1)
def test_only_finished_runs(student):
    """A run that did not finish was returned. Only runs with the state "finished" count, whatever
    the others logged before they crashed."""
    states = ["finished", "crashed", "failed", "running", "finished"]
    table = runs(state=states)
    same(student.best_run(table, "score", "maximize"), config(table, 4))
    same(student.best_run(table, "score", "minimize"), config(table, 0))


@points(1)
def test_nan_never_wins(student):
    """A run without a result (nan) was returned, or it kept another one from winning. Leave out
    such rows, for both goals."""
    first = runs(score=[NAN, 0.7, 0.2, 0.6, NAN])
    same(student.best_run(first, "score", "maximize"), config(first, 1))
    same(student.best_run(first, "score", "minimize"), config(first, 2))
    both = runs(
        score=[NAN, 0.9, 0.3, np.nan, 0.1], state=["finished", "crashed"] + 3 * ["finished"]
    )
    same(student.best_run(both, "score", "maximize"), config(both, 2))
