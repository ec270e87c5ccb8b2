"""Any submitted notebook, however damaged, becomes one that can run, or an error of one line."""

import json
import tempfile
import time
from pathlib import Path

import nbformat
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from support.mutations import (
    CPU_SECONDS,
    ODD_TEXTS,
    assert_one_line,
    changed_bytes,
    changed_json,
    encodings,
    value_or_error,
)

from autograder.course import Limits
from autograder.errors import BadSubmission
from autograder.notebook.cells import grade_id, is_locked
from autograder.notebook.changes import ChangeKind
from autograder.notebook.file import read_json
from autograder.notebook.names import defined_by, needed_by
from autograder.notebook.reader import Reading, read_notebook, read_submission
from autograder.notebook.restore import restore
from autograder.notebook.sniff import is_notebook
from autograder.results import wording


def graded(cell, name, **flags):
    note = {
        "grade_id": name,
        "schema_version": 3,
        "grade": False,
        "locked": False,
        "solution": False,
    }
    cell.metadata["nbgrader"] = nbformat.from_dict({**note, **flags})
    return cell


PIXEL = "iVBORw0KGgo="  # how a PNG begins
RELEASED = new_notebook(
    cells=[
        new_markdown_cell("# Week 1"),
        graded(new_code_cell("import torch", id="setup"), "setup", locked=True),
        graded(new_code_cell("# Exercise: double\n...", id="e"), "double", solution=True),
        graded(new_code_cell("# Check: double\nassert double(1) == 2"), "double-check", locked=True,
               grade=True, points=2),
        new_markdown_cell("What do you see?"),
        graded(new_markdown_cell("YOUR ANSWER HERE"), "words", grade=True, solution=True, points=1),
    ],
    metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
)  # fmt: skip
HANDED_IN = json.loads(nbformat.writes(RELEASED))
HANDED_IN["cells"][2]["source"] = ["def double(x):\n", "    return 2 * x"]
HANDED_IN["cells"][5] |= {
    "source": f"I ![see](attachment:a.png) ![](data:image/png;base64,{PIXEL}) <img src='b.png'>",
    "attachments": {"a.png": {"image/png": PIXEL}},
}
HANDED_IN["cells"].append({"cell_type": "code", "metadata": {"tags": ["parameters"]},
                           "source": "!ls", "outputs": [], "execution_count": None})  # fmt: skip
DATA = json.dumps(HANDED_IN).encode()
# The added cell has no id, as students' cells may have none: nbformat warns where it reads one.
WITH_IDS = {**HANDED_IN, "cells": [{"id": "added", **cell} for cell in HANDED_IN["cells"]]}
OLD = nbformat.writes(nbformat.convert(nbformat.reads(json.dumps(WITH_IDS), 4), 3), version=3)
NAMES = ("cells", "cell_type", "source", "metadata", "nbgrader", "grade_id", "id", "attachments",
         "kernelspec", "language_info", "language", "nbformat", "tags")  # fmt: skip
parts = st.sampled_from(
    ("code", "markdown", "raw", "heading", "double", "double-check", "words", "setup", "ir",
     "![x](" + "(" * 300, "<img " * 50, "![](" * 50, "![](data:image/png;base64,AAAA",
     "![a](../../secret.png)", {"grade_id": "double"}, {"grade_id": ["double"]}, {"name": "a\nb"},
     {"name": ["python3"], "language": {"a": 1}}, 3, 4, 5, "x\ud800", "(" * 500, "-" * 3000 + "1")
)  # fmt: skip


def read(data, name="week1.ipynb"):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(data)
        return value_or_error(
            lambda: read_notebook(Path(folder) / name, (Path(folder),)), BadSubmission
        )


def assert_can_run(reading):
    """What grading needs of a notebook: valid, the released cells in place, and each id once."""
    started = time.process_time()
    restored = restore(reading.notebook, RELEASED)
    assert time.process_time() - started < CPU_SECONDS
    nbformat.validate(restored.notebook)
    nbformat.writes(restored.notebook).encode()
    ids = [grade_id(cell) for cell in restored.notebook.cells if grade_id(cell)]
    assert len(ids) == len(set(ids)) and {"setup", "double-check", "words"} <= set(ids)
    originals = {grade_id(cell): cell for cell in RELEASED.cells if grade_id(cell)}
    for cell in restored.notebook.cells:
        if is_locked(cell):
            assert cell.source == originals[grade_id(cell)].source
        if grade_id(cell):
            assert cell.metadata.nbgrader == originals[grade_id(cell)].metadata.nbgrader
    for change in (*reading.changes, *restored.changes):
        assert_one_line(wording.restored(change))
    json.dumps(restored.exercises).encode()
    return restored


def with_part(name, value):
    """The notebook with one part of JSON replaced."""
    return json.dumps({**HANDED_IN, name: "PART"}).encode().replace(b'"PART"', value)


def with_code(source):
    cells = [{**HANDED_IN["cells"][2], "metadata": {}, "source": source}]
    return json.dumps({**HANDED_IN, "cells": cells}).encode()


@given(changed_json(HANDED_IN, most=5, names=NAMES, odd=parts))
@example(with_part("metadata", b'{"kernelspec": {"name": "a\\nb", "language": "x\\u001b[2J"}}'))
@example(with_part("nbformat", b"9" * 4000))
@example(with_part("metadata", b'{"a":' * 900 + b"1" + b"}" * 900))
@example(with_code("-" * 20_000 + "1"))
@example(with_code("a." * 20_000 + "a"))
def test_a_notebook_with_changed_parts_can_run_or_is_refused_with_one_line(data):
    found = read(data)
    if isinstance(found, Reading):
        assert_can_run(found)


@given(changed_json(json.loads(OLD), most=4, names=NAMES, odd=parts))
@example(b'{"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": [1]}]}]}')
@example(
    b'{"nbformat": 3, "metadata":' + b'{"a":' * 400 + b"1" + b"}" * 400 + b', "worksheets": []}'
)
def test_a_notebook_of_format_3_can_run_or_is_refused_with_one_line(data):
    found = read(data)
    if isinstance(found, Reading):
        assert_can_run(found)


FRAGMENTS = (
    b"{", b"}", b"[", b"]", b",", b":", b'"cells"', b"NaN", b"1e999", b"\\ud800", b"\\u0000",
    b"<<<<<<< HEAD\n", b"<html>", b"PK\x03\x04", b"[" * 3000, b'{"a":' * 3000,
)  # fmt: skip


@given(changed_bytes(DATA, FRAGMENTS) | encodings(DATA))
@example(b"\xff\xfe" + DATA.decode().encode("utf-16-le") + b"\x00")
@example(b"[" * 100_000)
@example(b'{"nbformat": ' + b"9" * 5000 + b"}")
def test_changed_bytes_of_a_notebook_can_run_or_are_refused_with_one_line(data):
    found = read(data)
    is_notebook(data)
    if isinstance(found, Reading):
        assert_can_run(found)


def test_a_notebook_in_utf_16_is_the_same_notebook():
    for encoding in ("utf-8-sig", "utf-16"):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "a.ipynb").write_bytes(DATA.decode().encode(encoding))
            assert read_json(Path(folder) / "a.ipynb") == HANDED_IN


@given(
    st.lists(st.sampled_from([name for name in ODD_TEXTS if name and len(name) < 200]), max_size=4)
)
@example(["\x1b[2J", "a\nb"])
@example(["é", "e\u0301"])
def test_the_names_of_files_are_odd(names):
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name in names:
            plain = name.replace("/", "_").replace("\0", "_").encode("utf-8", "surrogatepass")
            (folder / (plain + b".ipynb").decode("utf-8", "surrogateescape")).write_bytes(DATA)
        found = value_or_error(
            lambda: read_submission(folder, Limits(), "week1.ipynb"), BadSubmission
        )
        if isinstance(found, Reading):
            assert_can_run(found)


CODE = (
    "import os\n%matplotlib inline\n!pip install x\ndef f(a, *b):\n    return [g(x) for x in a]\n"
)


@given(
    changed_bytes(
        CODE.encode(), [b"%%", b"!", b"?", b"(", b"\\\n", b"'''", b"lambda: ", b"\t", b":="]
    )
)
@example(b"(" * 5000)
@example(b"-" * 10_000 + b"1")
@example(b"a." * 10_000 + b"a")
@example(b"[" * 90 + b"]" * 90)
@example(b"if 1:\n" * 200)
@example(b"a + " * 10_000 + b"a")
@example(b"\0")
def test_the_names_in_a_cell_are_found_or_there_are_none(source):
    text = source.decode("latin-1")
    found = value_or_error(lambda: (defined_by(text), needed_by(text, [text, CODE])))
    assert all(isinstance(name, str) for names in found for name in names)


# ---- large ones, which must not keep a grader for minutes

MANY = 10_000
LARGE = {
    "tags that do not end": "<img src " * MANY,
    "tags without spaces": "<img/src=" * MANY,
    "pictures that do not end": "![](" * MANY,
    "pictures that do not begin to end": "![" * MANY,
    "one picture around many": "![](" + "![](y)" * MANY,
    "parentheses": "![](" + "()" * MANY + "\n",
    "spaces": "![a](" + " " * MANY + "x",
    "quotes": "![a](" + ' "' * MANY,
}


@pytest.mark.parametrize("name", LARGE)
def test_half_written_pictures_take_no_time(name):
    cells = [{"cell_type": "markdown", "metadata": {}, "source": LARGE[name]}]
    assert isinstance(read(json.dumps({**HANDED_IN, "cells": cells}).encode()), Reading)


def test_a_file_of_comments_takes_no_time(tmp_path):
    """It has the ending of a picture, and each comment might end where another does."""
    (tmp_path / "a.svg").write_bytes(b"<!--a-->" * 200)
    cells = [{"cell_type": "markdown", "metadata": {}, "source": "![](a.svg)"}]
    (tmp_path / "a.ipynb").write_text(json.dumps({**HANDED_IN, "cells": cells}))
    found = value_or_error(lambda: read_notebook(tmp_path / "a.ipynb", (tmp_path,)))
    assert [change.kind for change in found.changes] == [ChangeKind.NO_PICTURE]


def test_many_cells_without_metadata_are_read_once():
    """Each exercise that lost its cell looks at every cell."""
    code = {"cell_type": "code", "metadata": {}}
    cells = [{**code, "source": f"x{i} = {i}\n" * 20} for i in range(1000)]
    found = read(json.dumps({**HANDED_IN, "cells": cells}).encode())
    assert len(assert_can_run(found).notebook.cells) > len(cells)
