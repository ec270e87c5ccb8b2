"""Keeps rubrics out of the pages that nbgrader itself makes for students; penalties are current.

`autograder report` makes better pages. nbgrader's command `generate_feedback`, and formgrader's
button for it, also work; `gradebook.config` makes them use this exporter.
"""

from pathlib import Path
from typing import Any

from nbconvert import HTMLExporter
from nbformat import NotebookNode

from autograder.course import find_course
from autograder.gradebook.penalties import update_penalties
from autograder.notebook.rubrics import without_rubrics


class FeedbackExporter(HTMLExporter):
    """nbgrader's exporter of feedback, without the cells that show rubrics to TAs."""

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **more: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page of a graded notebook, and what nbconvert knows about it."""
        if about := (resources or {}).get("nbgrader"):
            course = find_course(Path(about["db_url"].removeprefix("sqlite:///")).parent)
            update_penalties(course, course.assignment(about["assignment"]))
        made: tuple[str, dict[str, Any]] = super().from_notebook_node(
            without_rubrics(nb), resources, **more
        )
        return made
