"""nbgrader's configuration for this course, used by nbgrader's commands and by formgrader.

`nbgrader_config.py` in the course's folder and `authoring.build` call `configure`.
"""

import os
import sys
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.notebook.cells import CODE_STUB
from autograder.results.store import FILE_NAME

COURSE_ID = "gene46100"


def configure(config: Config, root: Path) -> None:
    """Set nbgrader's configuration for a course at `root`."""
    find_environment_programs()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.course_id = COURSE_ID
    config.ClearSolutions.code_stub = {"python": CODE_STUB}
    # nbgrader copies the files next to a notebook to the feedback; a result has expected values.
    config.CourseDirectory.ignore = [*CourseDirectory().ignore, FILE_NAME]
    # By name, so that building and checking do not import it.
    config.Autograde.exporter_class = "autograder.gradebook.autograde.SandboxedAutograde"


def find_environment_programs() -> None:
    """Put this environment's programs on PATH: nbgrader starts `alembic` by name."""
    programs = str(Path(sys.executable).parent)
    if programs not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = programs + os.pathsep + os.environ.get("PATH", "")
