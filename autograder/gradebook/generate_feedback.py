"""Keeps rubrics out of the pages that nbgrader itself makes for students.

`autograder report` makes better pages. nbgrader's command `generate_feedback`, and formgrader's
button for it, also work; `gradebook.config` makes them use this exporter.
"""

from typing import Any

from nbconvert import HTMLExporter
from nbformat import NotebookNode

from autograder.notebook.rubrics import without_rubrics


class FeedbackExporter(HTMLExporter):
    """nbgrader's exporter of feedback, without the cells that show rubrics to TAs."""

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **more: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page of a graded notebook, and what nbconvert knows about it."""
        made: tuple[str, dict[str, Any]] = super().from_notebook_node(
            without_rubrics(nb), resources, **more
        )
        return made
