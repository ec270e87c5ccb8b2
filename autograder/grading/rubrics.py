"""The rubrics of an assignment, read from its worked notebook.

They are not in source/ or release/, so a changed rubric does not grade a class again.
"""

import jupytext

from autograder.course import Assignment
from autograder.notebook.rubrics import rubric_files, rubrics_in


def rubrics_of(assignment: Assignment) -> dict[str, str]:
    """Question -> its rubric, in Markdown."""
    rubrics: dict[str, str] = {}
    for path in rubric_files(assignment.solutions):
        rubrics |= rubrics_in(jupytext.read(path))
    return rubrics
