"""From what was handed in to the notebook that is run."""

import copy

import nbformat
import pytest

from autograder.notebook.cells import exercise_cells, grade_id
from autograder.notebook.changes import CellChange, ChangeKind
from autograder.notebook.restore import restore


@pytest.fixture
def released(repository):
    return nbformat.read(repository.assignment("week1_mlp").release_notebook, as_version=4)


def sources(notebook):
    return {grade_id(cell): cell.source for cell in notebook.cells if grade_id(cell)}


def test_an_untouched_notebook_stays_as_it_is(released):
    restored = restore(released, released)
    assert restored.changes == ()
    assert restored.notebook == released


def test_the_students_own_cells_and_answers_stay(released):
    submitted = copy.deepcopy(released)
    cells = {grade_id(cell): cell for cell in submitted.cells}
    cells["mse_loss"].source = "def mse_loss(a, b): return 0"
    cells["approximation"].source = "My answer, with $a<b$."
    submitted.cells.insert(5, nbformat.v4.new_code_cell("mine = 1"))
    restored = restore(submitted, released)
    assert restored.changes == ()
    assert restored.notebook == submitted
    assert restored.exercises["mse_loss"] == "def mse_loss(a, b): return 0"


def test_every_locked_cell_can_be_deleted_and_comes_back_in_its_place(released):
    submitted = copy.deepcopy(released)
    submitted.cells = [
        c for c in submitted.cells if not c.metadata.get("nbgrader", {}).get("locked")
    ]
    restored = restore(submitted, released)
    assert sources(restored.notebook) == sources(released)
    order = [grade_id(cell) for cell in restored.notebook.cells if grade_id(cell)]
    assert order == [grade_id(cell) for cell in released.cells if grade_id(cell)]
    assert len(restored.changes) == 12


def test_a_deleted_exercise_stays_away(released):
    submitted = copy.deepcopy(released)
    submitted.cells = [cell for cell in submitted.cells if grade_id(cell) != "train"]
    restored = restore(submitted, released)
    assert restored.changes == ()
    assert "train" not in exercise_cells(restored.notebook)


def test_an_empty_notebook_gets_its_locked_cells_and_nothing_else(released):
    submitted = copy.deepcopy(released)
    submitted.cells = []
    restored = restore(submitted, released)
    flags = [cell.metadata.nbgrader for cell in restored.notebook.cells]
    assert all(note.locked or note.grade for note in flags)
    assert exercise_cells(restored.notebook) == {}


@pytest.mark.parametrize(
    "metadata",
    [
        {"grade_id": "someone-elses", "grade": True, "points": 100},
        {"grade_id": 3, "grade": "yes"},
        {"grade_id": "mse_loss"},
        "nonsense",
        ["a"],
        {},
    ],
)
def test_metadata_of_ones_own_does_nothing(released, metadata):
    submitted = copy.deepcopy(released)
    cell = nbformat.v4.new_code_cell("1")
    cell.metadata["nbgrader"] = copy.deepcopy(metadata)
    submitted.cells.insert(0, cell)
    restored = restore(submitted, released)
    kept = [grade_id(cell) for cell in restored.notebook.cells]
    assert [name for name in kept if name] == list(sources(released))
    for cell in restored.notebook.cells[1:]:
        if grade_id(cell) in sources(released):
            (original,) = [c for c in released.cells if grade_id(c) == grade_id(cell)]
            assert cell.metadata.nbgrader == original.metadata.nbgrader


def test_of_two_copies_the_last_counts(released):
    submitted = copy.deepcopy(released)
    (first,) = [cell for cell in submitted.cells if grade_id(cell) == "mse_loss"]
    second = copy.deepcopy(first)
    first.source, second.source, second.id = "old = 1", "new = 1", "another"
    submitted.cells.append(second)
    restored = restore(submitted, released)
    assert restored.exercises["mse_loss"] == "new = 1"
    assert restored.changes == (CellChange(ChangeKind.DUPLICATE, "mse_loss"),)
    assert "old = 1" in [cell.source for cell in restored.notebook.cells]


def test_a_check_turned_into_prose_is_code_again(released):
    submitted = copy.deepcopy(released)
    index = [grade_id(cell) for cell in submitted.cells].index("train-check")
    prose = nbformat.v4.new_markdown_cell("passed", id="prose")
    prose.metadata = submitted.cells[index].metadata
    submitted.cells[index] = prose
    restored = restore(submitted, released)
    assert restored.notebook.cells[index].cell_type == "code"
    assert sources(restored.notebook) == sources(released)
    nbformat.validate(restored.notebook)
