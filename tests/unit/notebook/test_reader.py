"""What of a submission's folder is read, and the line for what cannot be."""

import json

import nbformat
import pytest
from support.small_assignment import released

from autograder.course import Limits
from autograder.errors import BadSubmission
from autograder.notebook.cells import grade_id
from autograder.notebook.reader import MAX_NOTEBOOK, read_submission

TEXT = nbformat.writes(released("right"))


def changed(**parts):
    return json.dumps({**json.loads(TEXT), **parts})


def test_only_ids_sources_and_types_are_read(tmp_path):
    notebook = released("right")
    notebook.cells[1].metadata.nbgrader.points = 1000
    notebook.cells[0].outputs = [nbformat.v4.new_output("stream", text="forged")]
    (tmp_path / "week.ipynb").write_text(nbformat.writes(notebook))
    read = read_submission(tmp_path, Limits())
    assert [grade_id(cell) for cell in read.cells] == ["right", "right-check"]
    assert [cell.source for cell in read.cells] == [cell.source for cell in notebook.cells]
    assert "points" not in read.cells[1].metadata.nbgrader
    assert read.cells[0].outputs == []


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({}, "it holds no notebook (.ipynb): submit the notebook itself"),
        ({"a.ipynb": TEXT, "b.ipynb": TEXT}, "2 notebooks, a.ipynb and b.ipynb: submit only one"),
        ({"a.ipynb": ""}, "a.ipynb is empty"),
        ({"a.ipynb": "\n<!DOCTYPE html><html>"}, "a.ipynb is a web page, not a notebook: open the"),
        ({"a.ipynb": TEXT[:300]}, "a.ipynb is broken JSON at line"),
        ({"a.ipynb": b"\xff\xfe\x00"}, "a.ipynb is not a text file"),
        ({"a.ipynb": "[]"}, "a.ipynb is JSON but not a notebook"),
        ({"a.ipynb": changed(nbformat=3)}, "a.ipynb has notebook format 3, not 4"),
        ({"a.ipynb": changed(cells=[{}])}, "a.ipynb does not follow the notebook format"),
        ({"a.ipynb": changed(metadata={})}, "a.ipynb does not say which kernel it is for"),
        ({"a.ipynb": " " * (MAX_NOTEBOOK + 1)}, "a.ipynb is larger than 32 MB"),
    ],
)
def test_what_cannot_be_read_is_named_in_one_line(files, says, tmp_path):
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / name).write_bytes(data)
    with pytest.raises(BadSubmission) as caught:
        read_submission(tmp_path, Limits())
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_a_mac_puts_beside_a_notebook_is_no_notebook(tmp_path):
    (tmp_path / "a.ipynb").write_text(TEXT)
    (tmp_path / "._a.ipynb").write_text("resource fork")
    assert read_submission(tmp_path, Limits()).cells


def test_a_link_is_not_followed(tmp_path):
    (tmp_path / "elsewhere").write_text(TEXT)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "week.ipynb").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BadSubmission, match="is a link or a folder: submit the file itself"):
        read_submission(tmp_path / "in", Limits())
