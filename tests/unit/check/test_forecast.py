"""What a check says of grading's limits, and of a trained model's files."""

import os

import pytest
from nbformat.v4 import new_code_cell
from support.small_assignment import released

from autograder.artifacts import LARGE_FILE, MAX_ARTIFACT
from autograder.check.forecast import slow_cells, trained_model
from autograder.notebook.failure import CellFailure, FailureCause, record_failure

TIMES = ("iopub.execute_input", "shell.execute_reply")


@pytest.fixture
def submitted():
    """A released notebook of a week whose handed-in weights count."""
    template = released("right")
    template.metadata["autograder"] = {"weights": "submitted"}
    return template


def ran(cell, seconds, count=34):
    times = ("2026-11-27T06:00:59.500000Z", f"2026-11-27T06:{1 + int(seconds) // 60:02}")
    cell.execution_count = count
    begin, end = times[0], f"{times[1]}:{int(seconds) % 60:02}.000000Z"
    cell.metadata["execution"] = dict(zip(TIMES, (begin, end), strict=True))
    return cell


def test_cells_that_take_more_than_half_of_the_limit_are_named():
    book = released("quick", "slow", "slower")
    for cell, seconds in zip(book.cells, (29, 0, 44, 31, 75, 1), strict=True):
        ran(cell, seconds)
    book.cells.append(ran(new_code_cell("fit(\n  model)"), 40, 7))
    half = "grading stops a cell after 60 s, and its computer may be slower than yours"
    assert slow_cells(book, 60.0) == (
        f"In [34], the cell of slow, took 44 s; {half}",
        f"In [34], the check of slow, took 32 s; {half}",
        "In [34], the cell of slower, took 76 s; grading stops a cell after 60 s",
        f"In [7] ('fit( model)') took 40 s; {half}",
    )


def test_a_cell_that_was_stopped_is_named_with_the_way_to_measure_it():
    book = released("endless")
    book.cells[0].execution_count = 3
    record_failure(book.cells[0], CellFailure(FailureCause.TIMEOUT, "60 s"))
    (line,) = slow_cells(book, 60.0)
    assert line.startswith("In [3], the cell of endless, was stopped after 60 s; '--seconds")


def test_a_cell_of_which_no_time_is_known_is_not_named():
    assert slow_cells(released("right"), 60.0) == ()


def test_a_week_without_a_trained_model_says_nothing_of_it(tmp_path):
    (tmp_path / "predict.py").write_text("mine")
    assert trained_model(tmp_path, released("right")) == ()


def test_a_week_that_trains_again_says_so(tmp_path):
    template = released("right")
    template.cells[1].source += "\nopen('model_weights.pt')"
    (line,) = trained_model(tmp_path, template)
    assert "uses the model_weights.pt and predict.py that it writes" in line


def test_files_that_count_are_named_and_so_are_missing_ones(tmp_path, submitted):
    (tmp_path / "predict.py").write_text("mine")
    taken, missing = trained_model(tmp_path, submitted)
    assert taken.startswith("grading takes predict.py as in your folder")
    assert missing.startswith("model_weights.pt is not in the notebook's folder")
    (tmp_path / "model_weights.pt").write_bytes(b"w")
    (taken,) = trained_model(tmp_path, submitted)
    assert "model_weights.pt and predict.py" in taken


def test_files_that_grading_cannot_take_are_named(tmp_path, submitted):
    (tmp_path / "predict.py").write_bytes(LARGE_FILE + b"v1")
    (tmp_path / "model_weights.pt").touch()
    os.truncate(tmp_path / "model_weights.pt", MAX_ARTIFACT + 1)
    large, pointer = trained_model(tmp_path, submitted)
    assert large.startswith("model_weights.pt is larger than 64 MB; grading would use the one")
    assert pointer.startswith("predict.py is kept in Git LFS: submit the file itself; grading")
