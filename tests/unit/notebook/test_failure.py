"""What a cell's failure says."""

import pytest

from autograder.notebook.failure import CellFailure, FailureCause, missing_package


@pytest.mark.parametrize(
    ("message", "package"),
    [
        ("No module named 'onnx'", "onnx"),
        ("No module named 'onnx.helper'", "onnx"),
        ("No module named 'google.colab'", "google.colab"),
        ("No module named 'sklearn.typo'", "sklearn.typo"),  # grading has sklearn
        ("No module named 'onnx.x'; 'onnx' is not a package", ""),
        ("my own words", ""),
        ("", ""),
    ],
)
def test_a_missing_module_names_its_package(message, package):
    failure = CellFailure(FailureCause.RAISED, message, exception="ModuleNotFoundError")
    assert missing_package(failure) == package


def test_other_failures_name_none():
    text = "No module named 'onnx'"
    assert missing_package(CellFailure(FailureCause.RAISED, text, exception="ImportError")) == ""
    assert missing_package(CellFailure(FailureCause.TIMEOUT, "60 s")) == ""
