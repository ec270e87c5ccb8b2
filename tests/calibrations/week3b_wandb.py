"""Configurations of the network of week 3b."""

import numpy as np
from support.calibration import Calibration, predictions
from week3a_tf_binding import held_out

TUNED = """
best_config = {"learning_rate": 0.01, "batch_size": 32, "num_filters": 16, "kernel_size": 15,
               "optimizer": "Adam"}
"""
DEFAULT = "best_config = dict(default_config)\n"
WIDTH = """
best_config = {{"learning_rate": 0.03, "batch_size": 32, "num_filters": 16, "kernel_size": {},
               "optimizer": "Adam"}}
"""

CALIBRATION = Calibration(
    needed=("train_x, train_y =", "def train_epoch", "default_config =", "class ChannelsFirst"),
    skipped=("tuned_model",),
    models={
        "default configuration": DEFAULT + "<tuned_model>\nmodel = tuned_model",
        "default configuration, Adam at 0.003": DEFAULT
        + "best_config |= {'optimizer': 'Adam', 'learning_rate': 0.003}\n"
        + "<tuned_model>\nmodel = tuned_model",
        "width 7, 16 filters, Adam at 0.03": WIDTH.format(7) + "<tuned_model>\nmodel = tuned_model",
        "width 9, 16 filters, Adam at 0.03": WIDTH.format(9) + "<tuned_model>\nmodel = tuned_model",
        "width 15, 16 filters, Adam at 0.03": WIDTH.format(15)
        + "<tuned_model>\nmodel = tuned_model",
        "tuned_model, as solved": TUNED + "<tuned_model>\nmodel = tuned_model",
    },
    thresholds=("DEFAULT", "PARTLY", "WELL"),
    file="test_tuned_model",
    measure="mean Pearson r over held-out windows with a site",
)


def measure(model) -> float:
    """The value of `model` on held-out windows."""
    _, sequences, scores = held_out.windows()
    predicted = predictions(model, held_out.one_hot(sequences))
    return held_out.mean_pearson(predicted, np.asarray(scores))
