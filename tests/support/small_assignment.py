"""A small assignment made of cells, with the answers of a student in it."""

import json

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

STUB = "def {0}():\n    # YOUR CODE HERE\n    raise NotImplementedError()"
CHECK = "assert {0}() == {1}, 'it should be {1}, and is ' + str({0}())"


def note(name, **flags):
    flags = {"grade": False, "locked": False, "solution": False, "points": 0, **flags}
    return {"nbgrader": {"grade_id": name, "schema_version": 3, "task": False, **flags}}


def released(*names, written=()):
    """A small assignment: function `names[i]` must return i."""
    cells = []
    for value, name in enumerate(names):
        cells.append(new_code_cell(STUB.format(name), metadata=note(name, solution=True)))
        flags = {"grade": True, "locked": True, "points": 2.0 + value}
        check = new_code_cell(CHECK.format(name, value), metadata=note(f"{name}-check", **flags))
        cells.append(check)
    for name in written:
        metadata = note(name, grade=True, solution=True, points=5.0)
        cells.append(new_markdown_cell("YOUR ANSWER HERE", metadata=metadata))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


def with_answers(notebook, **answers):
    notebook = nbformat.from_dict(json.loads(json.dumps(notebook)))
    for cell in notebook.cells:
        cell.source = answers.get(cell.metadata.nbgrader.grade_id, cell.source)
    return notebook
