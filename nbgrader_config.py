"""nbgrader's configuration: this folder is a valid nbgrader course."""

from pathlib import Path

from autograder.gradebook.config import configure

configure(get_config(), Path(__file__).resolve().parent)  # noqa: F821  (nbgrader provides it)
