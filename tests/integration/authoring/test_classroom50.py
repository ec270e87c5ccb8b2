"""The bundle for Classroom 50, run as its runner runs it: in a checkout, with its variables set."""

import json
import os
import shutil
import site
import subprocess
import sys
from pathlib import Path

import pytest
from support.classroom50 import ENVIRONMENT, assert_valid
from typer.testing import CliRunner

from autograder.authoring.build import leaked_lines
from autograder.authoring.classroom50 import bundle_files
from autograder.cli.app import app
from autograder.errors import AutograderError

WEEK = "week1_mlp"
NOTEBOOK = "hands-on-introduction_to_deep_learning.ipynb"
POINTS = 38  # of the exercises in code, without a bonus


@pytest.fixture(scope="module")
def published(repository, tmp_path_factory):
    """The folder of the bundle; the students' repository lies beside it, without its ending."""
    folder = tmp_path_factory.mktemp("published") / "week1"
    arguments = ["publish", WEEK, str(folder), "--for", "classroom50"]
    done = CliRunner().invoke(app, [*arguments, "--course", str(repository.root)])
    assert done.exit_code == 0, done.output
    bundle = folder.with_name("week1-classroom50")
    assert f"copy {bundle} to CLASSROOM/autograders/week1-mlp" in done.output
    return bundle


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    """This environment's packages without the course's own, as an image for a container has them.

    So pip needs no network, and installs the wheel of the bundle.
    """
    folder = tmp_path_factory.mktemp("packages")
    for path in Path(site.getsitepackages()[0]).iterdir():
        if not path.name.startswith(("__editable__", "gene46100", "pip", "__pycache__")):
            (folder / path.name).symlink_to(path)
    return folder


@pytest.fixture
def checkout(published, tmp_path):
    """A student's repository as it was handed out."""
    folder = tmp_path / "checkout"
    shutil.copytree(published.with_name("week1"), folder)
    return folder


@pytest.fixture
def run(published, packages, checkout, tmp_path):
    """run(...) starts the bundle's program in the checkout."""

    def start(program=None, with_packages=True, **changes):
        program = program or _patient(published, tmp_path / "bundle")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("GITHUB_", "PYTHON"))}
        environment = kept | ENVIRONMENT | {"PIP_NO_INDEX": "1", "RUNNER_TEMP": str(tmp_path)}
        environment |= {"GITHUB_OUTPUT": str(tmp_path / "output")} | changes
        if with_packages:
            environment["PYTHONPATH"] = str(packages)
        command = [sys.executable, program]
        return subprocess.run(
            command, cwd=checkout, env=environment, capture_output=True, text=True, check=False
        )

    return start


def _patient(published, bundle):
    """The program of a copy of the bundle, with limits for a machine that does much else."""
    shutil.copytree(published, bundle, dirs_exist_ok=True)
    program = bundle / "autograder.py"
    text, limits = program.read_text(), "CHECK_SECONDS = 480.0, 330.0"
    assert limits in text
    program.write_text(text.replace(limits, "CHECK_SECONDS = 3000.0, 3000.0"))
    return program


def result_of(checkout):
    result = json.loads((checkout / "result.json").read_text())
    assert_valid(result)
    return result


def test_the_bundle_holds_what_students_get_and_nothing_else(published, repository):
    import nbformat

    names = {str(path.relative_to(published)) for path in published.rglob("*") if path.is_file()}
    wheel = next(name for name in names if name.endswith(".whl"))
    assert names == {
        "autograder.py", "assignment.json", "requirements.txt", NOTEBOOK, wheel,
        ".autograder/published.json",
    }  # fmt: skip
    assert (published / "requirements.txt").read_text().splitlines()[0] == f"./{wheel}"
    source = nbformat.read(repository.assignment(WEEK).source_notebook, as_version=4)
    released = nbformat.read(published / NOTEBOOK, as_version=4)
    assert leaked_lines(source, released) == []


def test_data_and_an_index_go_into_the_bundle_if_there_are_any(repository, monkeypatch):
    assignment = repository.assignment("week3a_tf_binding")
    files = bundle_files(assignment, "https://packages.example.edu/cpu")
    assert "data/chr1_sequences.txt.gz" in files
    first = files["requirements.txt"].decode().splitlines()[0]
    assert first == "--extra-index-url https://packages.example.edu/cpu"
    monkeypatch.setattr("autograder.authoring.classroom50.MAX_BUNDLE", 100_000)
    with pytest.raises(AutograderError, match=r"has 0\.\d MB, and Classroom 50 accepts"):
        bundle_files(assignment)


def test_a_solved_notebook(run, checkout, repository, tmp_path):
    shutil.copy(repository.assignment(WEEK).source_notebook, checkout)
    # What a student changes beside the notebook decides nothing.
    (checkout / ".autograder" / NOTEBOOK).write_text("{}")
    (checkout / "result.json").mkdir()
    done = run()
    assert done.returncode == 0, done.stderr
    result = result_of(checkout)
    assert (result["score"], result["max-score"]) == (POINTS, POINTS)
    assert all(one["passed"] for one in result["tests"])
    body = (checkout / "release-body.md").read_text()
    assert f"**{POINTS} of {POINTS}** points" in body
    assert "needs manual grading" in body  # of the written answers, which have no test
    assert (tmp_path / "output").read_text().startswith("status=success\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bundle", "checkout", "output"]


def test_no_notebook_needs_no_installation(run, checkout):
    (checkout / NOTEBOOK).unlink()
    done = run(with_packages=False)
    assert done.returncode == 0, done.stderr
    assert f"no notebook: add {NOTEBOOK}" in result_of(checkout)["tests"][0]["message"]


def test_faults_of_the_machine_give_no_result(run, checkout, published, tmp_path):
    (checkout / "result.json").write_text('{"score": 1000}')  # a student's
    offline = run(with_packages=False)
    assert offline.returncode == 1
    assert offline.stderr.startswith("::error::pip cannot install requirements.txt (")
    assert len(offline.stderr.splitlines()) == 1
    assert not (checkout / "result.json").exists()
    unset = run(CLASSROOM="")
    assert unset.returncode == 1 and "CLASSROOM is not set" in unset.stderr
    incomplete = tmp_path / "incomplete"
    shutil.copytree(published, incomplete)
    (incomplete / NOTEBOOK).unlink()
    broken = run(incomplete / "autograder.py")
    assert broken.returncode == 1 and "the bundle is not complete" in broken.stderr


def test_publishing_again_changes_nothing_and_keeps_work(published, repository):
    folder = published.with_name("week1")
    arguments = ["publish", WEEK, str(folder), "--course", str(repository.root)]
    again = CliRunner().invoke(app, [*arguments, "--for", "classroom50"])
    assert f"{published} is up to date" in again.output.replace("\n", "")
    other = CliRunner().invoke(app, [*arguments, "--index", "https://packages.example.edu"])
    assert other.exit_code == 2 and "--index belongs to --for classroom50" in other.output
