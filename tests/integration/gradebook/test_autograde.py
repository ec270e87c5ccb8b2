"""`nbgrader autograde` as a TA types it: the scores of `autograder grade`, and nothing lost."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.grading.fingerprint import shared_digest, submission_fingerprint
from autograder.grading.options import Options
from autograder.settings import COURSE_ID

NOTEBOOK = "hands-on-introduction_to_deep_learning"
WEEK = "week1_mlp"
CLASS = ("no_factor_two", "broken", "two", "nothing")
# A button press in formgrader, without the browser; is torch in the process that serves it?
BUTTON = f"""
import json, sys
from nbgrader.apps import NbGrader
from nbgrader.apps.api import NbGraderAPI
app = NbGrader()
app.initialize([])
answer = NbGraderAPI(app.coursedir, parent=app).autograde("{WEEK}", sys.argv[1])
print(json.dumps([answer, "torch" in sys.modules]))
"""


def run(course, *command, **environment):
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [sys.executable, *command],
        cwd=course.root,
        env={**os.environ, "PATH": path, **environment},
        capture_output=True,
        text=True,
        timeout=300,
    )


def autograde(course, *arguments, **environment):
    return run(course, "-m", "nbgrader", "autograde", WEEK, *arguments, **environment)


def press_button(course, student, **environment):
    done = run(course, "-c", BUTTON, student, **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def nbgraded(sample_class, empty_course):
    """A course whose class was graded by `nbgrader autograde`, and what that printed."""
    course = empty_course()
    for student in CLASS:
        handed_in = sample_class.assignment.submitted(student)
        shutil.copytree(handed_in, course.assignment(WEEK).submitted(student))
    renamed = course.assignment(WEEK).submitted("renamed")
    renamed.mkdir(parents=True)
    whole = sample_class.assignment.submitted("solution") / f"{NOTEBOOK}.ipynb"
    shutil.copy(whole, renamed / "my homework (2).ipynb")
    done = autograde(course)
    assert done.returncode == 0, done.stderr
    return course, done.stderr


@pytest.fixture
def copied(nbgraded, tmp_path):
    """The graded course, for tests that change it."""
    shutil.copytree(nbgraded[0].root, tmp_path / "course")
    return type(nbgraded[0])(tmp_path / "course", nbgraded[0].limits)


def open_book(course):
    return Gradebook(course.gradebook_url, COURSE_ID)


def scores(course, student):
    """Every cell's automatic and manual score, and whether it waits for a person."""
    with open_book(course) as book:
        found = book.find_submission_notebook(NOTEBOOK, WEEK, student).grades
        return {g.name: (g.auto_score, g.manual_score, g.needs_manual_grade) for g in found}


def everything(course):
    """All that was graded: files, and the gradebook."""
    folders = [course.root / kind for kind in ("autograded", "feedback", "reports")]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    with open_book(course) as book:
        students = [student.id for student in book.students]
    return {path: path.read_bytes() for path in files} | {s: scores(course, s) for s in students}


def enter_score(course, student, name, score):
    with open_book(course) as book:
        grade = book.find_grade(name, NOTEBOOK, WEEK, student)
        grade.manual_score, grade.needs_manual_grade = score, False
        book.db.commit()


def test_it_gives_the_scores_of_autograder_grade(nbgraded, sample_class):
    course, _ = nbgraded
    for student in (*CLASS, "renamed"):
        same = "solution" if student == "renamed" else student
        assert scores(course, student) == scores(sample_class.course, same), student
    assert sum(score or 0 for score, _, _ in scores(course, "no_factor_two").values()) == 35


def test_each_submission_has_one_line_with_its_score_and_what_is_wrong(nbgraded):
    _, printed = nbgraded
    lines = [each.split("] ", 1)[-1] for each in printed.splitlines()]
    assert "no_factor_two: 35 of 38 automatic points" in lines
    assert "renamed: 38 of 38 automatic points" in lines
    (broken,) = [each for each in lines if each.startswith("broken: ")]
    assert broken.startswith("broken: 0 of 38 automatic points; failed: ")
    assert "is broken JSON" in broken
    assert "finite" not in printed  # no test of no_factor_two's
    graded = [each.split(":")[0] for each in lines if "automatic points" in each]
    assert graded == sorted([*CLASS, "renamed"])


def test_pages_are_made_too(nbgraded):
    course, _ = nbgraded
    assert course.assignment(WEEK).class_page.is_file()
    for student in CLASS:
        assert (course.assignment(WEEK).feedback(student) / f"{NOTEBOOK}.html").is_file()


def test_force_runs_one_student_again_and_keeps_what_a_person_entered(copied):
    enter_score(copied, "no_factor_two", "learning_rate", 4.5)
    enter_score(copied, "no_factor_two", "mse_loss-check", 1.5)
    before = scores(copied, "no_factor_two")
    others = copied.assignment(WEEK).autograded("renamed") / "result.json"
    old = copied.assignment(WEEK).autograded("no_factor_two") / "result.json"
    times = others.stat().st_mtime_ns, old.stat().st_mtime_ns
    done = autograde(copied, "--student", "no_factor_two", "--force")
    assert done.returncode == 0, done.stderr
    assert others.stat().st_mtime_ns == times[0]
    assert old.stat().st_mtime_ns > times[1]
    assert scores(copied, "no_factor_two") == before
    assert before["learning_rate"] == (None, 4.5, False)


def test_a_machine_without_a_sandbox_loses_nothing(copied):
    enter_score(copied, "broken", "learning_rate", 2.0)
    before = everything(copied)
    no_bwrap = str(Path(sys.executable).parent)
    done = autograde(copied, "--force", PATH=no_bwrap)
    assert done.returncode == 1
    (said,) = [each for each in done.stderr.splitlines() if "error: " in each]
    assert "bubblewrap is not installed" in said
    assert "Traceback" not in done.stderr
    answer, _ = press_button(copied, "no_factor_two", PATH=no_bwrap)
    assert not answer["success"]
    assert "[ERROR] bubblewrap is not installed" in answer["log"]
    assert everything(copied) == before


def test_the_button_tells_what_is_wrong_and_stays_out_of_torch(copied):
    answer, torch_loaded = press_button(copied, "two")
    assert answer["success"]
    assert "two: 0 of 38 automatic points; failed: it holds 2 notebooks" in answer["log"]
    assert not torch_loaded


def test_it_grades_whom_it_was_asked_for_and_into_no_other_gradebook(copied):
    before = everything(copied)
    everyone = ",".join((*CLASS, "renamed"))
    done = autograde(copied, f"--CourseDirectory.student_id_exclude={everyone}", "--force")
    assert done.returncode == 0
    assert "every submission is excluded" in done.stderr
    done = autograde(copied, "--db", f"sqlite:///{copied.root}/other.db")
    assert done.returncode == 1
    assert "do not configure another database" in done.stderr
    assert everything(copied) == before


def test_a_submission_after_its_due_date_is_told_late(copied):
    with open_book(copied) as book:
        book.update_or_create_assignment(WEEK, duedate="2026-09-01 12:00:00 UTC")
    stamp = copied.assignment(WEEK).submitted("broken") / "timestamp.txt"
    stamp.write_text("2026-09-02 14:00:00.000000 UTC\n")
    (copied.root / "nbgrader_config.py").open("a").write(
        '\nget_config().SandboxedAutograde.options = ["--workers=1"]\n'
    )
    done = autograde(copied, "--student", "broken")
    assert done.returncode == 0, done.stderr
    assert done.stderr.strip().endswith("; 1 d 2 h late")
    assert all(score == (0.0, None, False) for score in scores(copied, "broken").values())


def test_looking_into_notebooks_makes_no_result_stale(copied):
    assignment = copied.assignment(WEEK)
    folder = assignment.submitted("renamed")
    shared = shared_digest(assignment, Options())
    before = submission_fingerprint(assignment, folder, shared)
    for opened in (folder, assignment.release, assignment.source):
        (opened / ".ipynb_checkpoints").mkdir()  # JupyterLab does, for each notebook it opens
        (opened / ".ipynb_checkpoints" / f"{NOTEBOOK}-checkpoint.ipynb").write_text("{}")
    assert submission_fingerprint(assignment, folder, shared) == before
