"""A week from scratch, in an empty course: new, build, try, audit."""

import json
import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from typer.testing import CliRunner

from autograder.cli.app import app
from autograder.course import Course
from autograder.results.store import read_result

BARE = (
    new_code_cell('def double(x):\n    """Return twice x."""\n    return 2 * x'),
    new_code_cell("assert double(2) == 4"),
    new_markdown_cell("Why is it even?"),
)


def run(*arguments, course):
    return CliRunner().invoke(app, [*map(str, arguments), "--course", str(course)])


@pytest.fixture
def empty(tmp_path, repository):
    shutil.copy(repository.root / "nbgrader_config.py", tmp_path)
    return tmp_path


def test_the_skeleton_builds_grades_and_audits_at_once(empty, no_sandbox):
    if no_sandbox:
        pytest.skip(no_sandbox)
    made = run("new", "week9", course=empty)
    assert made.exit_code == 0, made.output
    assert run("build", "week9", course=empty).exit_code == 0
    tried = run("try", "week9", "--no-open", course=empty)
    assert tried.exit_code == 0, tried.output
    assert not (empty / "submitted").exists()
    (page,) = (line for line in tried.stdout.splitlines() if line.startswith("solution: "))
    place = Path(page.removeprefix("solution: ")).parents[3]  # feedback/solution/week9/week9.html
    week = Course(place).assignment("week9")
    scores = {student: read_result(week.autograded(student)).score for student in week.students()}
    assert scores == {"solution": 2.0, "stub": 0.0}
    assert all(week.feedback_page(student).is_file() for student in scores)
    shutil.rmtree(place)
    audited = run("audit", "week9", "--workers", "1", "--json", course=empty)
    assert audited.exit_code == 0, audited.output
    (report,) = json.loads(audited.stdout)
    (exercise,) = report["exercises"]
    assert (exercise["killed"], exercise["accepted"]) == (2, 2)
    assert exercise["unnamed_tests"] == []


def test_a_week_that_exists_is_never_overwritten(empty):
    kept = empty / "tests" / "submissions" / "week9" / "mine.txt"
    kept.parent.mkdir(parents=True)
    kept.write_text("mine")
    refused = run("new", "week9", course=empty)
    assert refused.exit_code == 2
    assert "tests/submissions/week9 exists" in " ".join(refused.output.split())
    assert not (empty / "solutions").exists()
    assert run("new", "../week9", course=empty).exit_code == 2


def test_a_bare_notebook_builds_and_says_what_is_left(empty):
    nbformat.write(new_notebook(cells=list(BARE)), empty / "bare.ipynb")
    made = run("new", "week9", "--from", empty / "bare.ipynb", course=empty)
    assert made.exit_code == 0, made.output
    assert "exercise double: its hidden test is still to be written" in made.output
    assert "its two mutants and two alternatives are sketches" in made.output
    samples = sorted(p.name for p in (empty / "tests/submissions/week9").rglob("*.py"))
    assert samples == [
        f"double-{name}.py" for name in ("does_nothing", "is_none", "solution", "with_helper")
    ]
    assert "question question_1" in made.output
    assert run("build", "week9", course=empty).exit_code == 0
    checked = run("build", "week9", "--check", course=empty)
    assert checked.exit_code == 1
    said = " ".join(checked.output.split())
    assert "NotImplementedError: write this test" in said
    assert "(test_double.py, line " in said
    assert "the test may be at fault" in said


def test_a_broken_draft_does_not_stop_the_other_weeks(empty):
    for week in ("week1", "week2", "week3"):
        run("new", week, course=empty)
    (empty / "solutions" / "week1" / "week1.py").write_text("# a draft\n")
    (empty / "tests" / "hidden" / "week2" / "test_gc_content.py").write_text("def broken(:\n")
    built = run("build", course=empty)
    assert built.exit_code == 1
    said = " ".join(built.output.split())
    assert "solutions/week1 has no notebook with directives" in said
    assert "week2" in said
    assert (empty / "release" / "week3" / "week3.ipynb").is_file()
