"""The command line: one-line errors, exit codes, and no grading without a sandbox."""

import inspect
import os
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder.authoring.sample_class import MARK
from autograder.cli.app import COMMANDS, app


def autograder(*arguments, cwd, **environment):
    return subprocess.run(
        [sys.executable, "-m", "autograder", *arguments],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def errors(done):
    return [line for line in done.stderr.splitlines() if line.startswith("error: ")]


@pytest.fixture(scope="module")
def course(empty_course):
    """A course in which ada handed in the release."""
    course = empty_course()
    assignment = course.assignment("week1_mlp")
    shutil.copytree(assignment.release, assignment.submitted("ada"))
    return course


def test_help_has_examples():
    students, tas = {"check"}, {"collect", "grade", "report", "return", "demo"}
    tas |= {"config", "similar", "status", "written"}
    instructors = {"new", "build", "try", "audit", "publish"}
    assert set(COMMANDS) == students | tas | instructors
    for command in COMMANDS:
        shown = CliRunner().invoke(app, [command, "--help"])
        assert shown.exit_code == 0
        assert f"Example: autograder {command}" in " ".join(shown.output.split())


def test_the_list_of_commands_has_the_first_line_of_each_ones_help():
    for name, entry in COMMANDS.items():
        function = getattr(import_module(f"autograder.cli.{entry.module}"), entry.function)
        paragraph = inspect.getdoc(function).split("\n\n")[0]
        assert " ".join(paragraph.split()) == entry.summary, name


def test_help_loads_no_command(tmp_path):
    """A student without nbgrader can read it, and it answers at once."""
    heavy = ("torch", "nbgrader", "pandas", "papermill", "pydantic", "autograder.grading")
    source = (
        "import sys\nfrom autograder.cli.app import app\n"
        "sys.argv = ['autograder', '--help']\n"
        "try:\n    app()\nexcept SystemExit:\n    pass\n"
        f"print('LOADED', [name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, cwd=tmp_path, timeout=60
    )
    assert done.stdout.strip().endswith("LOADED []"), done.stdout + done.stderr
    for word in ("For students", "For TAs", "For instructors", *COMMANDS):
        assert word in done.stdout


def test_the_shell_completes_commands_and_assignments(course):
    asked = {"_AUTOGRADER_COMPLETE": "complete_bash"}
    for words, wanted in (
        ("autograder ch", "check"),
        ("autograder grade week1", "week1_mlp"),
        ("autograder report --so", "--so-far"),
    ):
        last = str(len(words.split()) - 1)
        done = autograder(cwd=course.root, COMP_WORDS=words, COMP_CWORD=last, **asked)
        assert wanted in done.stdout.split(), (words, done.stdout, done.stderr)


def test_outside_a_course_it_says_where_to_go(tmp_path):
    done = autograder("grade", "week1_mlp", cwd=tmp_path)
    assert done.returncode == 2
    assert "not in a course" in errors(done)[0]


def test_without_bubblewrap_nothing_is_graded(course, tmp_path):
    (tmp_path / "bin").mkdir()
    done = autograder("grade", "week1_mlp", cwd=course.root, PATH=str(tmp_path / "bin"))
    assert done.returncode == 1
    (line,) = errors(done)
    assert "apt-get install bubblewrap" in line
    assert "--unsafe-no-sandbox" in line
    assert not (course.root / "autograded").exists()
    assert "Traceback" not in done.stderr


def test_where_the_kernel_forbids_namespaces_nothing_is_graded(course, tmp_path):
    fake = tmp_path / "bin" / "bwrap"
    fake.parent.mkdir()
    fake.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n")
    fake.chmod(0o755)
    done = autograder(
        "grade", "week1_mlp", cwd=course.root, PATH=f"{fake.parent}:{os.environ['PATH']}"
    )
    assert done.returncode == 1
    assert "Permission denied" in errors(done)[0]
    assert not (course.root / "autograded").exists()


def test_unsandboxed_only_when_asked_and_every_result_says_so(empty_course):
    course = empty_course()
    assignment = course.assignment("week1_mlp")
    shutil.copytree(assignment.release, assignment.submitted("ada"))
    done = autograder("grade", "week1_mlp", "--unsafe-no-sandbox", cwd=course.root)
    assert done.returncode == 0, done.stderr
    assert "WITHOUT a sandbox" in done.stderr
    assert "ada: no exercise is written; run without a sandbox" in done.stdout
    assert '"sandboxed": false' in (assignment.autograded("ada") / "result.json").read_text()


def test_nothing_to_grade_is_told(empty_course):
    done = autograder("grade", "week1_mlp", cwd=empty_course().root)
    assert done.returncode == 1
    assert "submitted/STUDENT/week1_mlp" in errors(done)[0]


def test_nothing_graded_yet_is_told(course):
    done = autograder("report", "week1_mlp", cwd=course.root)
    assert done.returncode == 1
    assert "autograder grade week1_mlp" in errors(done)[0]


def test_a_stale_release_fails_the_check(repository, tmp_path):
    for part in ("solutions", "source", "release", "tests/hidden"):
        shutil.copytree(repository.root / part, tmp_path / part)
    shutil.copy(repository.root / "nbgrader_config.py", tmp_path)
    (notebook,) = (tmp_path / "release" / "week1_mlp").glob("*.ipynb")
    text = notebook.read_text()
    notebook.write_text(text.replace("YOUR ANSWER HERE", "MY ANSWER", 1))
    done = autograder("build", "week1_mlp", "--check", cwd=tmp_path)
    assert done.returncode == 1
    assert f"release/week1_mlp/{notebook.name}" in errors(done)[0]
    assert "stale" in errors(done)[0]
    assert "MY ANSWER" in notebook.read_text()


def test_the_demo_does_not_touch_a_folder_of_someone_elses(repository, tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    done = autograder("demo", str(tmp_path), cwd=repository.root)
    assert done.returncode == 1
    assert "nor a sample class" in errors(done)[0]
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
    assert not Path(tmp_path, MARK).exists()


def test_an_audit_of_an_unknown_exercise_is_wrong_usage(course, needs_sandbox):
    done = autograder("audit", "week1_mlp", "--exercise", "mlp", cwd=course.root)
    assert done.returncode == 2
    assert "no exercise 'mlp' in week1_mlp; there are: predict_linear" in errors(done)[0]
