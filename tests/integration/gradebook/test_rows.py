"""What is read with SQL is what nbgrader itself says of its database."""

import datetime
import shutil
import subprocess
import sys

import pytest
from nbgrader.api import Gradebook

from autograder.course import Course
from autograder.gradebook.rows import read_rows
from autograder.gradebook.totals import read_totals

WEEK = "week1_mlp"


@pytest.fixture
def course(sample_class, tmp_path):
    """A course in which a person entered scores, a deadline, an extension and a penalty."""
    shutil.copytree(sample_class.course.root, tmp_path / "course")
    course = Course(tmp_path / "course")
    notebook = course.assignment(WEEK).release_notebook.stem
    due = datetime.datetime(2026, 2, 1, 12)
    with Gradebook(course.gradebook_url) as gradebook:
        gradebook.find_assignment(WEEK).duedate = due
        for days, student in enumerate(("solution", "no_relu", "stub", "endless")):
            submission = gradebook.find_submission(WEEK, student)
            submission.timestamp = due + datetime.timedelta(days=days, seconds=0.5)
            submission.notebooks[0].late_submission_penalty = 20.0 * days
            if student == "stub":
                submission.extension = datetime.timedelta(days=1, hours=3)
        grade = gradebook.find_grade("learning_rate", notebook, WEEK, "solution")
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 4.5, 0.25, False
        check = gradebook.find_grade("mse_loss-check", notebook, WEEK, "no_relu")
        check.manual_score, check.extra_credit = 0.0, 1.5
        comment = gradebook.find_comment("learning_rate", notebook, WEEK, "solution")
        comment.manual_comment = "Well said."
        gradebook.db.commit()
    return course


def test_totals_are_those_of_nbgrader(course):
    totals = read_totals(course, course.assignment(WEEK))
    with Gradebook(course.gradebook_url) as gradebook:
        assignment = gradebook.find_assignment(WEEK)
        assert totals.max_score == assignment.max_score
        assert set(totals.students) == {s.student_id for s in assignment.submissions}
        for submission in assignment.submissions:
            total = totals.students[submission.student_id]
            penalty = submission.late_submission_penalty
            assert total.points == pytest.approx(max(0.0, submission.score - penalty), abs=1e-12)
            assert total.penalty == penalty
            assert total.needs_grading == submission.needs_manual_grade
            assert total.seconds_late == submission.total_seconds_late
            grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
            assert sum(mark.max_score for mark in total.marks) == submission.max_score
            assert sorted(mark.points for mark in total.marks) == sorted(g.score for g in grades)
    late = {name: total.seconds_late for name, total in totals.students.items()}
    assert late["no_relu"] == 86400.5
    assert late["stub"] == 2 * 86400.5 - 0.5 - 27 * 3600


@pytest.mark.parametrize("change", ["manual_score", "manual_comment", "extension"])
def test_a_digest_changes_with_what_a_person_enters(course, change):
    assignment = course.assignment(WEEK)
    notebook = assignment.release_notebook.stem
    before = read_rows(course, assignment).digests()
    with Gradebook(course.gradebook_url) as gradebook:
        if change == "manual_score":
            gradebook.find_grade("learning_rate", notebook, WEEK, "stub").manual_score = 1.0
        elif change == "manual_comment":
            gradebook.find_comment("MLP", notebook, WEEK, "stub").manual_comment = "See me."
        else:
            gradebook.find_submission(WEEK, "stub").extension = datetime.timedelta(days=9)
        gradebook.db.commit()
    after = read_rows(course, assignment).digests()
    assert {name for name in before if before[name] != after[name]} == {"stub"}


def test_one_students_rows_have_the_digest_that_the_class_has(course):
    assignment = course.assignment(WEEK)
    rows = read_rows(course, assignment, "no_relu")
    assert set(rows.digests()) == set(rows.fingerprints) == {"no_relu"}
    assert rows.digests()["no_relu"] == read_rows(course, assignment).digests()["no_relu"]


def test_a_gradebook_without_the_assignment_has_no_rows(course, tmp_path):
    assert read_rows(course, course.assignment("week2_dna_cnn")) is None
    assert read_rows(Course(tmp_path), course.assignment(WEEK)) is None
    (tmp_path / "gradebook.db").touch()  # empty, as nbgrader creates it
    assert read_rows(Course(tmp_path), course.assignment(WEEK)) is None


# Changes rows until they no longer fit into its memory and are in the file; then it dies.
KILLED_WHILE_WRITING = """
import os, signal, sqlite3, sys
database = sqlite3.connect(sys.argv[1])
database.executescript("PRAGMA cache_size = 1; BEGIN; UPDATE grade SET auto_score = 77")
database.execute("UPDATE comment SET auto_comment = hex(zeroblob(9000))")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_command_left_half_written_is_rolled_back(course):
    assignment = course.assignment(WEEK)
    before = read_rows(course, assignment).digests()
    gradebook = course.root / "gradebook.db"
    subprocess.run([sys.executable, "-c", KILLED_WHILE_WRITING, gradebook], check=False)
    assert gradebook.with_name("gradebook.db-journal").stat().st_size > 0
    assert read_rows(course, assignment).digests() == before
