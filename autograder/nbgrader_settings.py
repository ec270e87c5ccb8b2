"""What nbgrader needs to know of this course, for its own commands and for formgrader.

`nbgrader_config.py` at the course's root calls `configure`, and `build` too.
"""

import os
import sys
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.result import FILE_NAME

COURSE_ID = "gene46100"
STUB = "# YOUR CODE HERE\nraise NotImplementedError()"


def configure(config: Config, root: Path) -> None:
    """Set nbgrader's configuration for a course at `root`."""
    find_environment_programs()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.course_id = COURSE_ID
    config.ClearSolutions.code_stub = {"python": STUB}
    # nbgrader copies what lies beside a notebook into the feedback; results hold expected values.
    config.CourseDirectory.ignore = [*CourseDirectory().ignore, FILE_NAME]
    config.Autograde.exporter_class = f"{__name__}.Refusal"


def find_environment_programs() -> None:
    """Let nbgrader find `alembic`, which it starts by name, where no environment is activated."""
    programs = str(Path(sys.executable).parent)
    if programs not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = programs + os.pathsep + os.environ.get("PATH", "")


class Refusal(NotebookExporter):
    """Stops nbgrader's own autograde before it touches a file.

    It would run student code unprotected, knows no hidden tests, and with --force first removes
    what was graded; a converter makes its exporter before any of that.
    """

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        line = (
            "nbgrader autograde would run student code without a sandbox and without the hidden "
            "tests, so this course does not use it: run 'autograder grade "
            f"{self.parent.coursedir.assignment_id or 'ASSIGNMENT'}' instead"
        )
        self.log.error(line)
        raise NbGraderException(line)
