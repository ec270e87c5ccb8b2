"""An exercise that is added or removed after grading costs no mark."""

import shutil

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from support.tiny import LIMITS, hand_in, make_course, note, notebook

from autograder.course import Course
from autograder.errors import AutograderError
from autograder.gradebook.database import open_gradebook
from autograder.gradebook.totals import read_totals
from autograder.grading.cohort import grade_class
from autograder.grading.options import Options

QUAD = """
from autograder.testing import expect, points

@points(4)
def test_four_times(student):
    \"\"\"Four times as much.\"\"\"
    assert expect.number(student.quad(11)) == 44
"""
STUDENTS = ("ada", "ben")


@pytest.fixture(scope="module")
def original(tmp_path_factory, no_sandbox):
    if no_sandbox:
        pytest.skip(no_sandbox)
    course = Course(tmp_path_factory.mktemp("cells"), LIMITS)
    assignment = make_course(course.root)
    hand_in(assignment, "ada", with_quad(notebook(), "def quad(x):\n    return 4 * x"))
    hand_in(assignment, "ben", notebook(double="def double(x):\n    return x"))
    list(grade_class(course, assignment, STUDENTS, Options()))
    with open_gradebook(course) as book:
        grade = book.find_grade("double-check", "tiny", "tiny", "ben")
        grade.manual_score, grade.extra_credit = 1.5, 0.25
        book.find_comment("double", "tiny", "tiny", "ben").manual_comment = "Nearly."
        essay = book.find_grade("essay", "tiny", "tiny", "ada")
        essay.manual_score = 2.0
        book.db.commit()
    return course


@pytest.fixture
def course(original, tmp_path):
    shutil.copytree(original.root, tmp_path / "course")
    return Course(tmp_path / "course", LIMITS)


def with_quad(book, answer):
    check = {"locked": True, "grade": True, "points": 4.0}
    book.cells += [
        new_code_cell(answer, id="quad", metadata=note("quad", solution=True)),
        new_code_cell("quad(2)", id="quad-check", metadata=note("quad-check", **check)),
    ]
    return book


def add_exercise(course):
    assignment = course.assignment("tiny")
    for path, answer in (
        (assignment.release_notebook, "def quad(x):\n    raise NotImplementedError"),
        (assignment.source_notebook, "def quad(x):\n    return 4 * x"),
    ):
        nbformat.write(with_quad(nbformat.read(path, as_version=4), answer), path)
    (assignment.hidden_tests / "test_quad.py").write_text(QUAD)


def marks(course, student):
    totals = read_totals(course, course.assignment("tiny"))
    return {m.exercise: (m.points, m.is_manual) for m in totals.students[student].marks}


def test_old_submissions_get_the_new_exercise_and_keep_their_marks(course):
    before = {student: marks(course, student) for student in STUDENTS}
    add_exercise(course)
    assignment = course.assignment("tiny")
    recorded = {r.result.student: r for r in grade_class(course, assignment, STUDENTS, Options())}
    assert marks(course, "ada") == before["ada"] | {"quad": (4.0, False)}
    assert marks(course, "ben") == before["ben"] | {"quad": (0.0, False)}
    assert before["ben"]["double"] == (1.75, True)
    change = recorded["ada"].change
    assert (change.before, change.after) == (3.0, 7.0)
    assert recorded["ben"].change is None
    with open_gradebook(course) as book:
        comment = book.find_comment("double", "tiny", "tiny", "ben")
        assert comment.manual_comment == "Nearly."
        assert book.find_comment("quad", "tiny", "tiny", "ben").auto_comment


def test_a_submission_that_is_not_graded_again_has_the_row_too(course):
    add_exercise(course)
    list(grade_class(course, course.assignment("tiny"), ["ada"], Options()))
    assert marks(course, "ben")["quad"] == (0.0, False)
    assert read_totals(course, course.assignment("tiny")).max_score == 10.0


def remove_exercise(course, name):
    assignment = course.assignment("tiny")
    for path in (assignment.release_notebook, assignment.source_notebook):
        book = nbformat.read(path, as_version=4)
        book.cells = [
            c
            for c in book.cells
            if not str(c.metadata.get("nbgrader", {}).get("grade_id")).startswith(name)
        ]
        nbformat.write(book, path)
    (assignment.hidden_tests / f"test_{name}.py").unlink()


def test_an_exercise_that_is_removed_takes_no_marks_of_others(course):
    before = marks(course, "ben")
    remove_exercise(course, "triple")
    list(grade_class(course, course.assignment("tiny"), STUDENTS, Options()))
    assert marks(course, "ben") == {k: v for k, v in before.items() if k != "triple"}


def test_an_exercise_that_a_person_graded_cannot_be_removed(course):
    remove_exercise(course, "double")
    (course.assignment("tiny").hidden_tests / "test_triple.py").write_text(
        QUAD.replace("quad", "triple")
    )
    with pytest.raises(AutograderError, match="tiny no longer has double, for which a person gave"):
        list(grade_class(course, course.assignment("tiny"), STUDENTS, Options(force=True)))
    with open_gradebook(course) as book:
        assert book.find_grade("double-check", "tiny", "tiny", "ben").manual_score == 1.5
