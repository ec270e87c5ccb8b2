"""Which released notebook a student's own is compared with."""

import nbformat
import pytest

from autograder.check.source import read_own
from autograder.errors import UsageError
from autograder.notebook.cells import exercise_cells


@pytest.fixture
def stripped(repository, tmp_path):
    """A solved notebook whose cells lost their metadata, in a folder of its own."""
    solved = nbformat.read(repository.assignment("week2_dna_cnn").source_notebook, as_version=4)
    for cell in solved.cells:
        cell.metadata.clear()
    path = tmp_path / "mine.ipynb"
    nbformat.write(solved, path)
    return path


def test_in_a_course_the_released_notebook_with_these_exercises_is_found(
    repository, stripped, monkeypatch
):
    monkeypatch.chdir(repository.root / "tests")
    _, released = read_own(stripped)
    expected = repository.assignment("week2_dna_cnn").release_notebook
    assert released == nbformat.read(expected, as_version=4)


def test_a_copy_beside_the_notebook_comes_first(repository, stripped, monkeypatch):
    monkeypatch.chdir(repository.root)
    notebook = nbformat.read(repository.assignment("week2_dna_cnn").release_notebook, as_version=4)
    notebook.cells[0].source = "# The copy"
    (stripped.parent / ".autograder").mkdir()
    nbformat.write(notebook, stripped.parent / ".autograder" / "released.ipynb")
    _, released = read_own(stripped)
    assert released.cells[0].source == "# The copy"
    assert exercise_cells(released)


def test_without_a_course_a_notebook_needs_its_own_metadata(stripped, monkeypatch):
    monkeypatch.chdir(stripped.parent)
    with pytest.raises(UsageError, match="holds none of the assignment's exercises"):
        read_own(stripped)
