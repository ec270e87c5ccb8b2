"""The way through JupyterHub: nbgrader's exchange, from a release to feedback that was fetched."""

import html
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.sample_class import compose
from autograder.notebook.cells import exercise_cells
from autograder.results.store import read_result
from autograder.settings import COURSE_ID

NOTEBOOK = "hands-on-introduction_to_deep_learning"
WEEK = "week1_mlp"
HUB = """
get_config().CourseDirectory.course_id = "{course}"
get_config().Exchange.root = "{exchange}"
"""


@pytest.fixture
def hub(tmp_path):
    """The folder of a hub's configuration, in the place of /etc/jupyter."""
    folder = tmp_path / "etc"
    folder.mkdir()
    text = HUB.format(course=COURSE_ID, exchange=tmp_path / "exchange")
    (folder / "nbgrader_config.py").write_text(text)
    return folder


@pytest.fixture
def person(hub, tmp_path):
    """person(name, folder) types nbgrader's commands in that folder; each returns what it said."""

    def make(name, folder):
        home = tmp_path / f"home-{name}"
        home.mkdir()
        environment = {
            **{key: value for key, value in os.environ.items() if "JUPYTER" not in key},
            "HOME": str(home),
            "JUPYTER_CONFIG_PATH": str(hub),
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        }

        def types(*command):
            done = subprocess.run(
                [sys.executable, "-m", "nbgrader", *command],
                cwd=folder,
                env=environment,
                capture_output=True,
                text=True,
                timeout=300,
            )
            assert done.returncode == 0, (command, done.stderr)
            return done.stderr

        return types

    return make


def files(folder):
    return {
        path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def visible(text):
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def work_on(path, source, pieces):
    """Write three exercises into a fetched notebook, one of them with a mistake."""
    right = exercise_cells(nbformat.read(source, as_version=4))
    mistake = pieces / "mutants" / "mse_gradient-missing_factor_two.py"
    code = {name: right[name] for name in ("predict_linear", "mse_loss")}
    code["mse_gradient"] = mistake.read_text(encoding="utf-8")
    notebook = compose(nbformat.read(path, as_version=4), code, {})
    nbformat.write(notebook, path)


@pytest.mark.usefixtures("needs_sandbox")
def test_from_release_to_fetched_feedback(empty_course, person, pieces, tmp_path):
    course = empty_course()
    assignment = course.assignment(WEEK)
    desk = tmp_path / "ada"
    desk.mkdir()
    instructor, ada = person("instructor", course.root), person("ada", desk)
    weeks = (WEEK, "week3a_tf_binding")

    for week in weeks:
        instructor("release_assignment", week)
    listed = ada("list")
    assert all(f"{COURSE_ID} {week}\n" in listed for week in weeks)
    ada("fetch_assignment", *weeks)
    for week in weeks:
        assert files(desk / week) == files(course.assignment(week).release)
    assert list((desk / weeks[1] / "data").iterdir())

    work_on(desk / WEEK / f"{NOTEBOOK}.ipynb", assignment.source_notebook, pieces)
    # Everyone here is one user of one machine, so the student says who she is.
    ada("submit", WEEK, "--student=ada")
    instructor("collect", WEEK)
    assert "ada: 6 of 38 automatic points" in instructor("autograde", WEEK)
    instructor("release_feedback", WEEK)
    ada("fetch_feedback", WEEK, "--student=ada")
    assert "feedback already fetched" in ada("list", "--cached")

    (page,) = (desk / WEEK / "feedback").glob(f"*/{NOTEBOOK}.html")
    shown = visible(page.read_text(encoding="utf-8"))
    assert "6 of 50 points" in shown and "6 of 50 points so far" not in shown
    assert "predict_linear: 2 of 2 points" in shown
    assert "mse_gradient: 2 of 5 points" in shown
    compared = 0
    for exercise in read_result(assignment.autograded("ada")).exercises:
        for test in exercise.tests:
            assert (test.hint in shown) == (not test.passed), test.name
            for line in test.detail.splitlines():
                if line[:2] == "E " and len(line) > 20 and re.search(r"\d", line):
                    compared += 1
                    assert line[1:].strip() not in shown
    assert compared
