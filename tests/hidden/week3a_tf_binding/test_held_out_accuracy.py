"""held_out_accuracy: the area under the precision-recall curve on a chromosome no student has.

Each position is one case: does a site cover it? Windows without a site count, so a call in one of
them costs precision. Measured on what predict.py writes, and where that gives nothing on the
notebook's trained model: a mistake in write_predictions costs once. CALIBRATION.md has the gaps
that the three tiers stand in.
"""

import contextlib

from week3a_tf_binding.held_out import (
    average_precision,
    nines,
    predict_in_notebook,
    run_predict,
    windows,
)

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
FIRST, SECOND, THIRD = 0.40, 0.81, 0.96
MEASURE = "Nines of the AUPRC over held-out positions: 1 is 0.9, 2 is 0.99, 3 is 0.999"


def measure(student, record_property):
    """The AUPRC over positions; what predict.py reaches is recorded for the leaderboard."""
    names, sequences, scores = windows()
    try:
        area = average_precision(run_predict(student, names, sequences), scores)
    except StudentError:
        return average_precision(predict_in_notebook(student, sequences), scores)
    record_property("leaderboard_score", nines(area))
    record_property("leaderboard_measure", MEASURE)
    with contextlib.suppress(MissingName):
        record_property("leaderboard_name", public_name(student.leaderboard_name))
    return area


@points(3)
def test_finds_sites(student, record_property):
    """Perhaps the model has hardly learned: the optimizer's rate is too small (plain SGD), the
    loss does not fall, or binding_model is not the model that was trained. This test asks, on a
    chromosome that you do not have, whether positions that a site covers tend to score higher than
    the others (AUPRC over positions). Check also that output i belongs to input i."""
    area = measure(student, record_property)
    assert area >= FIRST, f"AUPRC = {area:.3f}"


@points(3)
def test_beyond_one_convolution(student, record_property):
    """Perhaps a single convolution is followed directly by the output, or by a dense layer.
    One layer cannot find a site and also mark all the positions that the site covers. A dense
    layer learns the motif again for each position, from too few examples. Stay convolutional to
    the end, with a second convolution on top of the first."""
    area = measure(student, record_property)
    assert area >= SECOND, f"AUPRC = {area:.3f}"


@points(4)
def test_few_false_calls(student, record_property):
    """Perhaps the network sees too little sequence. A position at one end of a site depends on
    14 more bases, on either side: 29 in all. Two convolutions of width 9 see 17, about half of the
    motif, and half a motif also occurs by chance, so such a network calls sites in windows that
    have none. If yours sees 29, train for more epochs, on both strands, or with another rate."""
    area = measure(student, record_property)
    assert area >= THIRD, f"AUPRC = {area:.3f}"
