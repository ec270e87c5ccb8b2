"""What tests change in whole notebooks before they are submitted."""

import copy

from nbformat import NotebookNode

from autograder.audit.dataflow import with_what_they_need
from autograder.notebook.cells import grade_id


def without_demonstrations(notebook: NotebookNode) -> NotebookNode:
    """The notebook without the code that only shows something, which takes half of the time.

    Kept are the cells with an id of nbgrader, the parameters, and each cell that assigns a name
    that a kept cell needs. The others are the student's own, so a submission may lack them.
    """
    notebook = copy.deepcopy(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    kept = [c for c in code if grade_id(c) or "parameters" in c.metadata.get("tags", [])]
    kept = with_what_they_need(kept, code)
    notebook.cells = [c for c in notebook.cells if c.cell_type != "code" or c in kept]
    return notebook
