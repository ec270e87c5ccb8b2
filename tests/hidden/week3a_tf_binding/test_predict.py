"""predict.py and model_weights.pt, written by the notebook or handed in, and run by themselves."""

import json

import numpy as np
from week3a_tf_binding.held_out import (
    WEIGHTS,
    architecture,
    predict_in_notebook,
    run_predict,
    windows,
)

from autograder.testing import Raised, expect, points, remote

BUILDS_ON = ("one_hot_batch", "TFBindingCNN")
GIVEN_FOR = ("held_out_accuracy",)  # an untrained model serves these tests, too
GIVEN = "binding_model = TFBindingCNN().to(device)"

# Weights are read in a sandbox only, here by a Python that never ran the student's code, and always
# with weights_only, so that nothing in the file can run.
READ_WEIGHTS = """
import json, sys, torch

state = torch.load(sys.argv[1], map_location="cpu", weights_only=True)
if not isinstance(state, dict):
    raise TypeError(f"a {type(state).__name__}")
print(json.dumps({str(n): list(t.shape) for n, t in state.items() if torch.is_tensor(t)}))
"""

SHAPES = """
def shapes(module):
    return {name: list(tensor.shape) for name, tensor in module.state_dict().items()}
"""


def some_windows(n, start=0):
    names, sequences, _ = windows()
    return names[start : start + n], sequences[start : start + n]


@points(1)
def test_weights_are_a_state_dict(student):
    """model_weights.pt holds the model's state dict alone: torch.save(model.state_dict(), ...). A
    whole saved model is code as well as numbers, and is not read: torch.load with
    weights_only=True refuses it. If there is no such file, did its cell run without an error?"""
    files = {WEIGHTS: remote.read_file(student, WEIGHTS), "read.py": READ_WEIGHTS.encode()}
    finished = remote.run_script(student, files, ["read.py", WEIGHTS])
    if finished.code != 0:
        raise Raised("model_weights.pt cannot be read as a state dict", finished.printed, [])
    saved = json.loads(finished.printed.strip().splitlines()[-1])
    expected = remote.define(student, SHAPES, "shapes")(architecture(student))
    assert saved == expected, f"{saved}, where binding_model has {expected}"


@points(2)
def test_runs_by_itself(student):
    """`python predict.py --data SEQUENCES --out CSV` works in a folder that holds nothing else but
    model_weights.pt: no notebook, no data folder, no scores. Its CSV has the column window_name and
    300 more, and one row for each window, in the order of the file. Try it in an empty
    folder."""
    names, sequences = some_windows(7)
    run_predict(student, names, sequences)


@points(2)
def test_predicts_what_the_model_does(student):
    """predict.py gives what binding_model gives for the same windows: the trained weights are
    loaded, the model is in evaluation mode, the bases have the order of the training, and each row
    belongs to its window, whatever their order and number."""
    names, sequences = some_windows(133, start=11)
    names, sequences = names[::-1], sequences[::-1]
    found = run_predict(student, names, sequences)
    expected = predict_in_notebook(student, sequences)
    scale = max(1.0, float(np.abs(expected).max()))
    expect.close(found, expected, rtol=1e-3, atol=1e-4 * scale)


@points(1)
def test_n_and_lower_case(student):
    """Real genome files hold N, for an unknown base, and lower case, for repeats. predict.py reads
    both: N is a row of zeros, and a lower-case letter means the same base as its capital."""
    names, sequences = some_windows(4, start=40)
    cut = [s[:60] + "N" * 20 + s[80:] for s in sequences]
    lower = [s[:100] + s[100:200].lower() + s[200:] for s in cut]
    assert lower != cut
    both = [*names, *(f"{name}_lower" for name in names)]
    values = run_predict(student, both, [s.upper() for s in cut] + lower)
    expect.close(values[4:], values[:4], rtol=1e-4, atol=1e-4)
