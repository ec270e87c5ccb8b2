"""The only place that opens nbgrader's database."""

from nbgrader.api import Gradebook

from autograder.course import Course
from autograder.gradebook.config import read_schema_version_in_process
from autograder.settings import read_settings


def open_gradebook(course: Course) -> Gradebook:
    """The course's gradebook, to use in a `with` block. Makes an empty one where there is none."""
    return open_gradebook_at(course.gradebook_url, read_settings(course.root).course_id)


def open_gradebook_at(url: str, course_id: str) -> Gradebook:
    """The gradebook at a database URL."""
    read_schema_version_in_process()
    return Gradebook(url, course_id)
