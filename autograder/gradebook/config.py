"""What nbgrader needs to know of this course, for its own commands and for formgrader.

`nbgrader_config.py` at the course's root calls `configure`, and `build` too.
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
    # nbgrader copies what lies beside a notebook into the feedback; results hold expected values.
    config.CourseDirectory.ignore = [*CourseDirectory().ignore, FILE_NAME]
    # By name: building and checking need nothing of it.
    config.Autograde.exporter_class = "autograder.gradebook.autograde.SandboxedAutograde"


def find_environment_programs() -> None:
    """Let nbgrader find `alembic`, which it starts by name, where no environment is activated."""
    programs = str(Path(sys.executable).parent)
    if programs not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = programs + os.pathsep + os.environ.get("PATH", "")
