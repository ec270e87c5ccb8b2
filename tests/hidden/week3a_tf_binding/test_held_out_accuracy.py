"""held_out_accuracy: mean Pearson r on windows of a chromosome that no student has.

Measured on what predict.py writes, and where that gives nothing on the notebook's trained model:
a mistake in predict.py costs once. CALIBRATION.md has the gaps that the three tiers stand in.
"""

import contextlib

from week3a_tf_binding.held_out import mean_pearson, predict_in_notebook, run_predict, windows

from autograder.testing import MissingName, StudentError, points, public_name

BUILDS_ON = ("load_windows", "one_hot_batch", "reverse_complement", "BindingDataset", "fit")
GIVEN_FOR = ("split_by_chromosome",)
# What the notebook makes of these pieces before the training: its loaders, both strands.
GIVEN = """
from pathlib import Path
from torch.utils.data import DataLoader

files = sorted(Path(data_folder).glob("*_sequences.txt.gz"))
parts = [load_windows(f, str(f).replace("_sequences", "_scores")) for f in files]
x = [one_hot_batch(part[1]) for part in parts]
y = [torch.as_tensor(part[2]) for part in parts]
train_x, train_y = torch.cat(x[:2]), torch.cat(y[:2])
train_x = torch.cat([train_x, reverse_complement(train_x)])
train_y = torch.cat([train_y, train_y.flip(1)])
train_dl = DataLoader(BindingDataset(train_x, train_y), batch_size=32, shuffle=True)
val_dl = DataLoader(BindingDataset(x[2], y[2]), batch_size=100)
"""
FIRST, SECOND, THIRD = 0.40, 0.70, 0.85


def measure(student, record_property):
    """Mean Pearson r; what predict.py reaches is recorded for the leaderboard."""
    names, sequences, scores = windows()
    try:
        r = mean_pearson(run_predict(student, names, sequences), scores)
    except StudentError:
        return mean_pearson(predict_in_notebook(student, sequences), scores)
    record_property("leaderboard_score", r)
    record_property("leaderboard_measure", "Mean Pearson r over held-out windows with a site")
    with contextlib.suppress(MissingName):
        record_property("leaderboard_name", public_name(student.leaderboard_name))
    return r


@points(3)
def test_beyond_a_dense_layer(student, record_property):
    """On a chromosome that you do not have, the predictions follow the scores better than a single
    convolution and a dense layer trained with SGD can (mean r over the windows with a site). If
    not: does fit pass its tests, does its loss fall, does binding_model get its best weights, and
    do the positions of your output belong to those of the input?"""
    r = measure(student, record_property)
    assert r >= FIRST, f"r = {r:.3f}"


@points(3)
def test_beyond_one_convolution(student, record_property):
    """The same, at a level that a dense layer after one convolution does not reach: it has to learn
    the motif anew at each of 300 positions. Stay convolutional to the end."""
    r = measure(student, record_property)
    assert r >= SECOND, f"r = {r:.3f}"


@points(4)
def test_close_to_the_truth(student, record_property):
    """The same, at the level of a network that sees the whole motif on both strands: enough
    filters, a kernel or a depth that covers the motif, and enough epochs with a suitable rate."""
    r = measure(student, record_property)
    assert r >= THIRD, f"r = {r:.3f}"
