"""The only place that opens nbgrader's database."""

from nbgrader.api import Gradebook

from autograder.course import Course
from autograder.gradebook.config import COURSE_ID, read_schema_version_in_process


def open_gradebook(course: Course) -> Gradebook:
    """The course's gradebook, to use in a `with` block. Makes an empty one where there is none."""
    return open_gradebook_at(course.gradebook_url)


def open_gradebook_at(url: str, course_id: str = COURSE_ID) -> Gradebook:
    """The gradebook at a database URL."""
    read_schema_version_in_process()
    return Gradebook(url, course_id)
