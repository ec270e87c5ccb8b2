"""write_predictions: what predict.py does when it runs by itself beside model_weights.pt.

The notebook puts the student's function into predict.py, or the two files were handed in.
"""

import numpy as np
from week3a_tf_binding.held_out import (
    lower_case,
    predict_in_notebook,
    run_predict,
    windows,
    with_n,
)

from autograder.testing import expect, points

BUILDS_ON = ("one_hot_batch", "reverse_complement", "TFBindingCNN")
GIVEN_FOR = ("held_out_accuracy",)  # an untrained model serves these tests, too
GIVEN = "binding_model = TFBindingCNN().to(device)"


def some_windows(n, start=0):
    names, sequences, _ = windows()
    return names[start : start + n], sequences[start : start + n]


@points(1, form=True)
def test_runs_by_itself(student):
    """Perhaps write_predictions uses a name that exists in the notebook only, reads another
    file, or writes other columns. `python predict.py --data SEQUENCES --out CSV` has to work in a
    folder that holds only predict.py and model_weights.pt. Its CSV has the column window_name and
    300 more, and one row per window, in the order of the file. Try it in an empty folder."""
    names, sequences = some_windows(7)
    run_predict(student, names, sequences)


@points(1)
def test_predicts_what_the_model_does(student):
    """Perhaps the trained weights are not loaded, or only the first batch is predicted.
    predict.py should give what binding_model gives for the same windows: with the model in
    evaluation mode, the columns in the order ACGT, and each row beside its own window's name,
    however many windows there are and whatever their order."""
    names, sequences = some_windows(133, start=11)
    names, sequences = names[::-1], sequences[::-1]
    found = run_predict(student, names, sequences)
    expected = predict_in_notebook(student, sequences)
    scale = max(1.0, float(np.abs(expected).max()))
    expect.close(found, expected, rtol=1e-3, atol=1e-4 * scale)


@points(1)
def test_n_and_lower_case(student):
    """Real genome files contain N, an unknown base, and lower case, which marks repeats. Perhaps
    one of the two is encoded in another way than in training: N is a row of zeros, and a
    lower-case letter is the same base as its capital."""
    upper, lower = with_n(), lower_case()
    assert list(upper.values()) != list(lower.values())
    both = upper | lower
    values = run_predict(student, list(both), list(both.values()))
    half = len(upper)
    expect.close(values[half:], values[:half], rtol=1e-4, atol=1e-4)
