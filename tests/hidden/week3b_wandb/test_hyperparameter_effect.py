"""hyperparameter_effect(runs, metric): by hyperparameter, best minus worst mean of the metric."""

import numpy as np
import pandas as pd

from autograder.testing import expect, points, remote

RUNS = pd.DataFrame({
    "optimizer": ["SGD", "SGD", "Adam", "Adam", "SGD", "Adam"],
    "kernel_size": [5, 9, 5, 9, 13, 13],
    "epochs": [4, 4, 4, 4, 4, 4],
    "score": [0.10, 0.30, 0.90, 0.60, 0.20, 0.50],
    "state": ["finished"] * 6,
})  # fmt: skip


def expected(table, metric="score"):
    """{hyperparameter: effect}, written out."""
    rows = [
        r for r in table.to_dict("records") if r["state"] == "finished" and r[metric] == r[metric]
    ]
    effects = {}
    for name in table.columns:
        if name in (metric, "state"):
            continue
        groups: dict = {}
        for row in rows:
            groups.setdefault(row[name], []).append(row[metric])
        means = [sum(values) / len(values) for values in groups.values()]
        if len(means) > 1:
            effects[name] = max(means) - min(means)
    return effects


def effect(student, table, metric="score"):
    found = student.hyperparameter_effect(table, metric)
    assert isinstance(found, pd.Series), f"a {type(found).__name__}"
    return found


def check(student, table, metric="score"):
    found, wanted = effect(student, table, metric), expected(table, metric)
    assert set(found.index) == set(wanted), list(found.index)
    for name, value in wanted.items():
        expect.close(float(found[name]), value, rtol=0, atol=1e-9)
    return found


@points(1)
def test_effects(student):
    """An effect has the wrong size, or the table was changed. Group the runs by a hyperparameter's
    value and average the metric in each group. The effect is the largest minus the smallest of
    these means (not of single runs). Values can be strings or numbers. Do not change the table."""
    check(student, RUNS)
    check(student, RUNS.assign(learning_rate=[0.1, 0.02, 0.3, 0.004, 0.5, 0.07]))
    crashed = RUNS.assign(state=["crashed"] + 5 * ["finished"])
    for table in (RUNS, crashed):
        held = remote.put(student, table)
        student.hyperparameter_effect(held, "score")
        pd.testing.assert_frame_equal(remote.value(held), table)
    check(student, RUNS.rename(columns={"score": "loss"}).assign(loss=RUNS["score"] * -3), "loss")
    uneven = RUNS.assign(kernel_size=[5, 5, 5, 9, 9, 13])
    check(student, uneven)


@points(1)
def test_varied_only(student):
    """The wrong names are listed. List every hyperparameter that takes more than one value, even if
    its effect is 0 or equals another's, and no others. The metric and the state are not
    hyperparameters."""
    found = effect(student, RUNS)
    assert set(found.index) == {"optimizer", "kernel_size"}, list(found.index)
    assert len(effect(student, RUNS[["epochs", "score", "state"]])) == 0, "nothing varies"
    flat = RUNS.assign(score=0.5)
    assert set(effect(student, flat).index) == {"optimizer", "kernel_size"}


@points(1)
def test_finished_only(student):
    """Runs were counted that have no result: they crashed, failed, are still running, or have nan.
    Leave them out first, before you look at which hyperparameters vary."""
    states = ["finished", "crashed", "finished", "finished", "failed", "running"]
    check(student, RUNS.assign(state=states))
    holes = RUNS.assign(score=[0.1, np.nan, 0.9, 0.6, 0.2, 0.5], epochs=[4, 8, 4, 4, 4, 4])
    check(student, holes)


@points(1, form=True)
def test_largest_first(student):
    """The effects are not sorted. The largest comes first, whatever the order of the columns."""
    table = RUNS.assign(filters=[8, 8, 16, 16, 8, 16], width=[1, 2, 1, 2, 2, 1])
    table.loc[[0, 1, 4], "filters"] = 16
    table.loc[[0], "filters"] = 8
    for columns in (list(table.columns), list(table.columns)[::-1]):
        values = np.asarray(effect(student, table[columns]), dtype=float)
        assert len(values) > 2 and (np.diff(values) <= 1e-12).all(), values
