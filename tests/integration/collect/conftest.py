"""A course to collect into, and the command."""

import pytest
from support.collecting import WEEK, week1_course
from typer.testing import CliRunner

from autograder.cli.app import app


@pytest.fixture
def course(repository, tmp_path):
    return week1_course(repository, tmp_path / "course")


@pytest.fixture
def assignment(course):
    return course.assignment(WEEK)


@pytest.fixture
def run(course, monkeypatch):
    """run(*arguments) types `autograder collect week1_mlp ...` in the course's folder."""
    monkeypatch.chdir(course.root)

    def type_it(*arguments):
        environment = {"COLUMNS": "200", "NO_COLOR": "1"}
        done = CliRunner().invoke(app, ["collect", WEEK, *map(str, arguments)], env=environment)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done

    return type_it
