"""What a cell's failure says, and why a kernel ended by itself."""

import pytest

from autograder.notebook.failure import (
    CellFailure,
    FailureCause,
    how_python_ended,
    missing_package,
)

CRASHED = "it crashed, perhaps out of memory"


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


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (None, "it crashed, or was told to exit"),
        (0, "it was told to exit"),
        (3, "it was told to exit"),
        (255, "it was told to exit"),
        (-9, CRASHED),
        (137, CRASHED),
        (0xC0000005, CRASHED),
    ],
)
def test_its_exit_code_tells(code: int | None, reason: str) -> None:
    assert how_python_ended(code) == reason
