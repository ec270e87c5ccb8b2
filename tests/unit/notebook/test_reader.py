"""What of a submission's folder is read, and the line for what cannot be."""

import json

import nbformat
import pytest
from support.small_assignment import released

from autograder.course import Limits
from autograder.errors import BadSubmission
from autograder.notebook.cells import grade_id
from autograder.notebook.changes import CellChange, ChangeKind
from autograder.notebook.file import MAX_NOTEBOOK
from autograder.notebook.reader import MAX_SOURCE, read_submission

TEXT = nbformat.writes(released("right"))


def changed(**parts):
    return json.dumps({**json.loads(TEXT), **parts})


def with_conflict(line):
    lines = TEXT.splitlines()
    lines[line - 1 : line] = ["<<<<<<< HEAD", lines[line - 1], "=======", ">>>>>>> 3f2a (Ben's)"]
    return "\n".join(lines)


def test_only_ids_sources_and_types_are_read(tmp_path):
    notebook = released("right")
    notebook.cells[1].metadata.nbgrader.points = 1000
    notebook.cells[0].outputs = [nbformat.v4.new_output("stream", text="forged")]
    (tmp_path / "week.ipynb").write_text(nbformat.writes(notebook))
    read = read_submission(tmp_path, Limits()).notebook
    assert [grade_id(cell) for cell in read.cells] == ["right", "right-check"]
    assert [cell.source for cell in read.cells] == [cell.source for cell in notebook.cells]
    assert "points" not in read.cells[1].metadata.nbgrader
    assert read.cells[0].outputs == []


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({}, "it holds no notebook (.ipynb): submit the notebook itself"),
        (
            {"a.ipynb": TEXT, "b.ipynb": TEXT + " "},
            "2 notebooks, a.ipynb and b.ipynb: submit only one",
        ),
        ({"._a.ipynb": TEXT}, "it holds no notebook (.ipynb): submit the notebook itself"),
        ({"a.json": '{"cell": 1}'}, "a.json is JSON but not a notebook"),
        ({"a.ipynb": ""}, "a.ipynb is empty"),
        ({"a.ipynb": "\n<!DOCTYPE html><html>"}, "a.ipynb is a web page"),
        ({"a.ipynb": TEXT[:300]}, "a.ipynb is broken JSON at line"),
        ({"a.ipynb": b"\xff\xfe\x00"}, "a.ipynb is not a text file"),
        ({"a.ipynb": "[]"}, "a.ipynb is JSON but not a notebook"),
        ({"a.ipynb": changed(nbformat=2)}, "a.ipynb has notebook format 2, not 4"),
        ({"a.ipynb": changed(cells=[{}])}, "a.ipynb does not follow the notebook format"),
        ({"a.ipynb": changed(cells={"a": 1})}, "a.ipynb does not follow the notebook format"),
        ({"a.ipynb": " " * (MAX_NOTEBOOK + 1)}, "a.ipynb is larger than 100 MB"),
        (
            {"a.ipynb": "<!DOCTYPE html>\n<html></html>"},
            "a.ipynb is a web page",
        ),
        ({"a.ipynb": b"%PDF-1.7 \xff"}, "a.ipynb is a PDF"),
        ({"a.ipynb": b"PK\x03\x04\xff"}, "a.ipynb is a zip file"),
        ({"a.ipynb": "version https://git-lfs.github.com/spec/v1"}, "a.ipynb is a Git LFS pointer"),
        ({"a.ipynb": with_conflict(7)}, "line 7 of a.ipynb holds a merge conflict (<<<<<<< HEAD)"),
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
    assert read_submission(tmp_path, Limits()).notebook.cells


def test_a_link_is_not_followed(tmp_path):
    (tmp_path / "elsewhere").write_text(TEXT)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "week.ipynb").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BadSubmission, match="is a link or a folder: submit the file itself"):
        read_submission(tmp_path / "in", Limits())


def read(folder, *cells, **parts):
    """A notebook of these cells, read from a file, and what reading it changed."""
    (folder / "week.ipynb").write_text(changed(cells=list(cells), **parts))
    reading = read_submission(folder, Limits(), "week.ipynb")
    return reading.notebook, reading.changes


def code(source, **more):
    return {"cell_type": "code", "metadata": {}, "outputs": [], "source": source, **more}


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"deepnote_notebook_id": "x"},
        {"kernelspec": {"name": "conda-env-dl-py", "display_name": "dl"}},
        {"kernelspec": {"name": "my-course"}},
        {"kernelspec": {"name": "dl", "language": "Python"}},
        {"language_info": {"name": "ipython"}},
        {"kernelspec": None, "language_info": []},
    ],
)
def test_every_python_kernel_will_do_and_so_will_none(metadata, tmp_path):
    notebook, changes = read(tmp_path, code("x = 1"), metadata=metadata)
    assert (notebook.cells[0].source, changes) == ("x = 1", ())


@pytest.mark.parametrize(
    "metadata",
    [
        {"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}},
        {"kernelspec": {"name": "ir"}},
        {"kernelspec": {"name": "julia-1.10"}},
        {"language_info": {"name": "javascript"}},
    ],
)
def test_another_language_is_refused(metadata, tmp_path):
    with pytest.raises(BadSubmission, match="not Python: choose a Python 3 kernel"):
        read(tmp_path, code("x = 1"), metadata=metadata)


def test_outputs_and_empty_cells_cost_nothing(tmp_path):
    plot = {"output_type": "display_data", "data": {"image/png": "A" * 35_000_000}, "metadata": {}}
    cells = [code("x = 1", outputs=[plot]), *[code("")] * 6000, code("y = 2")]
    notebook, changes = read(tmp_path, *cells)
    assert [cell.source for cell in notebook.cells] == ["x = 1", "y = 2"]
    assert (notebook.cells[0].outputs, changes) == ([], ())


def test_a_notebook_in_format_3_is_read(tmp_path):
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell("x = 1", metadata={"nbgrader": {"grade_id": "first"}}),
            nbformat.v4.new_markdown_cell("# Text"),
        ]
    )
    old = nbformat.v3.writes_json(nbformat.v4.downgrade(notebook))
    (tmp_path / "week.ipynb").write_text(old)
    cells = read_submission(tmp_path, Limits()).notebook.cells
    assert [(cell.cell_type, cell.source) for cell in cells] == [
        ("code", "x = 1"),
        ("markdown", "# Text"),
    ]
    assert cells[0].metadata.nbgrader.grade_id == "first"
    (tmp_path / "week.ipynb").write_text(old.replace('"worksheets"', '"sheets"'))
    with pytest.raises(BadSubmission, match=r"has notebook format 3 and cannot be converted"):
        read_submission(tmp_path, Limits())


@pytest.mark.parametrize("damage", ["\0", "\ud83d"])
@pytest.mark.parametrize("kind", ["code", "markdown", "raw"])
def test_a_damaged_character_costs_at_most_its_cell(damage, kind, tmp_path):
    notebook, changes = read(
        tmp_path, {"cell_type": kind, "metadata": {}, "source": f"# a{damage}b"}, code("x = 1")
    )
    assert [cell.source for cell in notebook.cells] == ["# a\ufffdb", "x = 1"]
    assert changes == (CellChange(ChangeKind.DAMAGED, "1"),)
    nbformat.writes(notebook).encode("utf-8")


def test_a_damaged_byte_in_the_file_costs_at_most_its_cell(tmp_path):
    text = changed(cells=[code("s = 'a?b'"), code("x = 1")])
    (tmp_path / "week.ipynb").write_bytes(text.encode().replace(b"?", b"\xe4"))
    reading = read_submission(tmp_path, Limits())
    assert [cell.source for cell in reading.notebook.cells] == ["s = 'a\ufffdb'", "x = 1"]
    assert reading.changes == (CellChange(ChangeKind.DAMAGED, "1"),)


def test_a_file_in_utf_16_is_read(tmp_path):
    (tmp_path / "week.ipynb").write_bytes(changed(cells=[code("x = 'ü'")]).encode("utf-16"))
    assert read_submission(tmp_path, Limits()).notebook.cells[0].source == "x = 'ü'"


@pytest.mark.parametrize(
    "cell",
    [
        {"cell_type": "heading", "source": "a"},
        {"cell_type": "code"},
        {"cell_type": "code", "source": 3},
        "nonsense",
        None,
    ],
)
def test_a_cell_that_cannot_be_read_is_left_out(cell, tmp_path):
    notebook, changes = read(tmp_path, cell, code("x = 1"))
    assert [cell.source for cell in notebook.cells] == ["x = 1"]
    assert [(change.kind, change.cell) for change in changes] == [(ChangeKind.LEFT_OUT, "1")]


@pytest.mark.parametrize("more", [{"metadata": None}, {"metadata": {"tags": 3}}, {"id": [1]}])
def test_broken_metadata_of_a_cell_does_nothing(more, tmp_path):
    notebook, changes = read(tmp_path, code("x = 1", **more))
    assert ([cell.source for cell in notebook.cells], changes) == (["x = 1"], ())


def test_a_cell_that_is_too_long_costs_itself(tmp_path):
    notebook, changes = read(tmp_path, code("#" * (MAX_SOURCE + 1)), code("x = 1"))
    assert [cell.source for cell in notebook.cells] == ["x = 1"]
    assert [change.kind for change in changes] == [ChangeKind.LEFT_OUT]


def test_the_released_name_wins_over_copies(tmp_path):
    for name in ("week (1).ipynb", "week-Copy1.ipynb", "._week.ipynb"):
        (tmp_path / name).write_text(changed(cells=[code("old = 1")]))
    _, changes = read(tmp_path, code("x = 1"))
    assert changes == (
        CellChange(ChangeKind.OTHER_NOTEBOOK, "week (1).ipynb"),
        CellChange(ChangeKind.OTHER_NOTEBOOK, "week-Copy1.ipynb"),
    )


@pytest.mark.parametrize("name", ["week.ipynb.json", "week.ipynb.txt", "week.json", "WEEK.IPYNB"])
def test_a_notebook_under_another_ending_is_read(name, tmp_path):
    (tmp_path / name).write_text(changed(cells=[code("x = 1")]))
    (tmp_path / "notes.txt").write_text("nothing")
    assert read_submission(tmp_path, Limits()).notebook.cells[0].source == "x = 1"


def test_ids_that_repeat_or_collide_are_made_different(tmp_path):
    cells = [code("a = 1", id="cell-1"), code("b = 1"), code("c = 1", id="cell-1")]
    notebook, _ = read(tmp_path, *cells)
    assert len({cell.id for cell in notebook.cells}) == 3
