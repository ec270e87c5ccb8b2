"""Makes `nbgrader export` write the penalties of the policy that is in force now."""

from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.plugins import CsvExportPlugin

from autograder.course import find_course
from autograder.gradebook.deadlines import update_deadlines
from autograder.gradebook.penalties import stale_penalties, write_penalties


class UpToDateExport(CsvExportPlugin):
    """nbgrader's CSV file. A score that a TA entered can change the penalty, at most the score."""

    def export(self, gradebook: Gradebook) -> None:
        """Update the deadlines and penalties of the course's assignments, then write the file."""
        course = find_course(Path(gradebook.engine.url.database).parent)
        for assignment in course.assignments():
            update_deadlines(course, assignment)
            gradebook.db.expire_all()
            write_penalties(gradebook, assignment, stale_penalties(course, assignment))
        super().export(gradebook)
