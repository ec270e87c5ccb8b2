"""nbgrader's own database and commands on the graded class."""

import csv
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.cli.grade import regrading_lines
from autograder.course import Course
from autograder.gradebook.scores import Writer
from autograder.gradebook.totals import read_totals
from autograder.notebook.cells import grade_id, graded_cells
from autograder.results.model import Outcome, Status
from autograder.settings import COURSE_ID

NOTEBOOK = "hands-on-introduction_to_deep_learning"
WEEK = "week1_mlp"


@pytest.fixture
def copied(sample_class, tmp_path):
    """A copy of the graded course, for tests that change it."""
    place = tmp_path / "course"
    shutil.copytree(sample_class.course.root, place)
    return Course(place, sample_class.course.limits)


def nbgrader(course, *arguments):
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=course.root,
        env={**os.environ, "PATH": programs},
        capture_output=True,
        text=True,
        timeout=300,
    )


def open_book(course):
    return Gradebook(course.gradebook_url, COURSE_ID)


def test_export_gives_the_same_scores_as_the_results(copied, sample_class):
    done = nbgrader(copied, "export", "--to", "grades.csv")
    assert done.returncode == 0, done.stderr
    with (copied.root / "grades.csv").open() as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert set(rows) == set(sample_class.results)
    for student, result in sample_class.results.items():
        assert float(rows[student]["score"]) == result.score
        assert float(rows[student]["max_score"]) == 50


def test_written_answers_wait_for_a_person(copied):
    with open_book(copied) as book:
        grade = book.find_grade("learning_rate", NOTEBOOK, WEEK, "endless")
        assert grade.needs_manual_grade
        assert grade.auto_score is None
        unwritten = book.find_grade("learning_rate", NOTEBOOK, WEEK, "stub")
        assert not unwritten.needs_manual_grade
        assert unwritten.auto_score == 0
        code = book.find_grade("train-check", NOTEBOOK, WEEK, "endless")
        assert not code.needs_manual_grade
        assert code.auto_score == 6


def test_comments_name_the_failed_tests(copied):
    with open_book(copied) as book:
        comment = book.find_comment("mse_gradient", NOTEBOOK, WEEK, "no_factor_two")
        assert "matches finite differences" in comment.auto_comment
        assert book.find_comment("train", NOTEBOOK, WEEK, "no_factor_two").auto_comment is None


def rewrite(course, result, **changes):
    assignment = course.assignment(WEEK)
    path = assignment.autograded(result.student) / f"{NOTEBOOK}.ipynb"
    cells = graded_cells(nbformat.read(path, as_version=4))
    with Writer(course, assignment) as writer:
        return writer.write(replace(result, **changes), cells)


def test_what_a_person_graded_is_never_overwritten(copied, sample_class):
    with open_book(copied) as book:
        written = book.find_grade("learning_rate", NOTEBOOK, WEEK, "endless")
        written.manual_score, written.needs_manual_grade = 4.5, False
        code = book.find_grade("train-check", NOTEBOOK, WEEK, "endless")
        code.manual_score, code.extra_credit = 5.0, 1.0
        book.find_comment("train", NOTEBOOK, WEEK, "endless").manual_comment = "Well argued."
        book.db.commit()
    result = sample_class.results["endless"]
    assert rewrite(copied, result) is None
    with open_book(copied) as book:
        written = book.find_grade("learning_rate", NOTEBOOK, WEEK, "endless")
        assert (written.manual_score, written.needs_manual_grade) == (4.5, False)
        code = book.find_grade("train-check", NOTEBOOK, WEEK, "endless")
        assert (code.manual_score, code.extra_credit, code.auto_score) == (5.0, 1.0, 6.0)
        assert not code.needs_manual_grade
        comment = book.find_comment("train", NOTEBOOK, WEEK, "endless")
        assert comment.manual_comment == "Well argued."


def test_a_changed_automatic_score_is_told_and_asks_for_a_second_look(copied, sample_class):
    result = sample_class.results["endless"]
    with open_book(copied) as book:
        book.find_grade("mse_loss-check", NOTEBOOK, WEEK, "endless").manual_score = 2.0
        book.db.commit()
    fewer = tuple(
        replace(e, tests=tuple(replace(t, outcome=Outcome.FAILED) for t in e.tests))
        if e.name == "mse_loss"
        else e
        for e in result.exercises
    )
    change = rewrite(copied, result, exercises=fewer)
    assert (change.student, change.before - change.after) == ("endless", 2.0)
    with open_book(copied) as book:
        grade = book.find_grade("mse_loss-check", NOTEBOOK, WEEK, "endless")
        assert (grade.auto_score, grade.manual_score, grade.score) == (0.0, 2.0, 2.0)
        assert grade.needs_manual_grade


def rewrite_answer(course, student, text):
    """The student's written answer says something else, as after handing in again."""
    path = course.assignment(WEEK).autograded(student) / f"{NOTEBOOK}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if grade_id(cell) == "learning_rate":
            cell.source = text
    nbformat.write(notebook, path)


def test_an_answer_that_changed_since_a_person_graded_it_asks_for_a_second_look(
    copied, sample_class
):
    result = sample_class.results["endless"]

    def now():
        with open_book(copied) as book:
            grade = book.find_grade("learning_rate", NOTEBOOK, WEEK, "endless")
            return grade.manual_score, grade.needs_manual_grade

    rewrite_answer(copied, "endless", "Too large a step jumps over the valley.")
    assert rewrite(copied, result) is None  # nobody has graded it yet
    with open_book(copied) as book:
        grade = book.find_grade("learning_rate", NOTEBOOK, WEEK, "endless")
        grade.manual_score, grade.needs_manual_grade = 4.5, False
        book.db.commit()
    rewrite_answer(copied, "endless", "Too large a step jumps over the valley.\n")
    assert rewrite(copied, result) is None
    assert now() == (4.5, False)
    rewrite_answer(copied, "endless", "Too large a step diverges.")
    for _ in range(2):  # and it is left to the person, however often the rest is graded again
        assert rewrite(copied, result) is None
        assert now() == (4.5, True)
    totals = read_totals(copied, copied.assignment(WEEK))
    (mark,) = totals.students["endless"].needs_regrading
    assert (mark.exercise, mark.points) == ("learning_rate", 4.5)
    (first,) = regrading_lines(totals, ["endless"])
    assert first.plain == (
        "endless: learning_rate changed after manual grading (4.5 points kept): grade it again in "
        "formgrader"
    )
    with open_book(copied) as book:  # formgrader's "mark as graded"
        book.find_grade("learning_rate", NOTEBOOK, WEEK, "endless").needs_manual_grade = False
        book.db.commit()
    assert rewrite(copied, result) is None
    assert now() == (4.5, False)


def test_a_broken_upload_between_does_not_hide_that_an_answer_changed(copied, sample_class):
    result = sample_class.results["endless"]
    with open_book(copied) as book:
        grade = book.find_grade("learning_rate", NOTEBOOK, WEEK, "endless")
        grade.manual_score, grade.needs_manual_grade = 4.5, False
        book.db.commit()
    rewrite(copied, result, status=Status.FAILED, reason="it is broken JSON")
    rewrite_answer(copied, "endless", "Something else.")
    with open_book(copied) as book:  # seen, and confirmed
        book.find_grade("learning_rate", NOTEBOOK, WEEK, "endless").needs_manual_grade = False
        book.db.commit()
    rewrite(copied, result)
    with open_book(copied) as book:
        grade = book.find_grade("learning_rate", NOTEBOOK, WEEK, "endless")
        assert (grade.manual_score, grade.needs_manual_grade) == (4.5, True)


def test_nbgraders_own_feedback_works_and_holds_no_results(copied, sample_class):
    shutil.rmtree(copied.root / "feedback")
    done = nbgrader(copied, "generate_feedback", WEEK)
    assert done.returncode == 0, done.stderr
    for student in sample_class.results:
        folder = copied.root / "feedback" / student / WEEK
        assert {path.name for path in folder.iterdir()} == {f"{NOTEBOOK}.html"}


def test_nbgrader_makes_the_same_release(copied, tmp_path):
    committed = copied.assignment(WEEK).release_notebook.read_text()
    shutil.rmtree(copied.root / "release")
    (copied.root / "gradebook.db").unlink()
    done = nbgrader(copied, "generate_assignment", WEEK)
    assert done.returncode == 0, done.stderr
    made = copied.assignment(WEEK).release_notebook.read_text()
    assert [line for line in made.splitlines() if '"digest"' not in line] == [
        line for line in committed.splitlines() if '"digest"' not in line
    ]
