"""Writes the page reports/WEEK-similar.html. It is one file, and runs and loads nothing."""

from pathlib import Path

from autograder.course import Assignment
from autograder.files import write_atomically
from autograder.reports.pages import render
from autograder.similarity.model import (
    ALIKE,
    ALIKE_IN_SUM,
    ALIKE_WITH_OUTPUTS,
    HIGHEST_OF_SAMPLES,
    HIGHEST_SUM_OF_SAMPLES,
    SHOWN,
    Report,
)
from autograder.similarity.words import SEQUENCES

TEMPLATES = Path(__file__).with_name("templates")


def write_similar_page(assignment: Assignment, report: Report) -> Path:
    """Write the page, and return its path. What students wrote is escaped."""
    text = render(
        "similar.html.j2",
        TEMPLATES,
        report=report,
        alike=ALIKE,
        alike_in_sum=ALIKE_IN_SUM,
        alike_with_outputs=ALIKE_WITH_OUTPUTS,
        highest=HIGHEST_OF_SAMPLES,
        highest_in_sum=HIGHEST_SUM_OF_SAMPLES,
        shown=SHOWN,
        run_of_words=SEQUENCES.run,
    )
    return write_atomically(assignment.root / "reports" / f"{assignment.name}-similar.html", text)
