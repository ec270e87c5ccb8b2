"""nbgrader's configuration for this course, used by nbgrader's commands and by formgrader.

`nbgrader_config.py` in the course's folder and `authoring.build` call `configure`.
"""

from contextlib import suppress
from functools import cache
from pathlib import Path

import nbgrader.api
from alembic.script import ScriptDirectory
from nbgrader.coursedir import CourseDirectory
from nbgrader.dbutil import ALEMBIC_DIR
from traitlets.config import Config

from autograder.errors import AutograderError
from autograder.notebook.cells import CODE_STUB
from autograder.results.store import FILE_NAME
from autograder.settings import COURSE_ID, read_settings


def configure(config: Config, root: Path) -> None:
    """Set nbgrader's configuration for a course at `root`."""
    read_schema_version_in_process()
    config.CourseDirectory.root = str(root)
    config.ClearSolutions.code_stub = {"python": CODE_STUB}
    # nbgrader copies the files next to a notebook to the feedback; a result has expected values.
    config.CourseDirectory.ignore = [*CourseDirectory().ignore, FILE_NAME]
    # By name, so that building and checking do not import it.
    config.Autograde.exporter_class = "autograder.gradebook.autograde.SandboxedAutograde"
    config.GenerateFeedback.exporter_class = (
        "autograder.gradebook.generate_feedback.FeedbackExporter"
    )
    # Formgrader's pages; it leaves all others as they are.
    config.HTMLExporter.preprocessors = ["autograder.written.suggestions.CommentSuggestions"]
    config.ExportApp.plugin_class = "autograder.gradebook.export.UpToDateExport"
    config.CourseDirectory.course_id = COURSE_ID
    # Formgrader's times. A mistake in course.toml is reported by autograder's own commands.
    with suppress(AutograderError):
        settings = read_settings(root)
        config.CourseDirectory.course_id = settings.course_id
        if zone := settings.time_zone:
            config.NbGraderAPI.timezone = zone


def read_schema_version_in_process() -> None:
    """Let nbgrader read the version of its database schema without starting `alembic`.

    nbgrader starts that program for each new gradebook. It takes more than a second, and it is not
    on PATH if no environment is activated.
    """
    nbgrader.api.get_alembic_version = _schema_version


@cache
def _schema_version() -> str:
    return str(ScriptDirectory(ALEMBIC_DIR).get_current_head())
