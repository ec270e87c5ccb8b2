"""A TA sees a rubric below the answer, a student never; a new rubric grades nothing again."""

import subprocess
import sys

import nbformat
import pytest
from nbgrader.api import Gradebook
from support.tiny import LIMITS, REPOSITORY, hand_in, make_course, notebook

from autograder.course import Course
from autograder.grading.cohort import grade_class
from autograder.grading.options import Action, Options
from autograder.notebook.cells import grade_id
from autograder.notebook.rubrics import is_rubric

WORKED = """# %% [markdown]
# #| written: essay, points: 3

# %% [markdown]
# #| rubric: essay
# * 2 points: names the moon,
#   in any words
# * 1 point: names the tides

# %% [markdown]
# #| rubric: nothing
# * 1 point: of another assignment
"""
STUDENTS = ["ada", "ben"]


@pytest.fixture
def assignment(tmp_path, no_sandbox):
    """A graded class of two, one of whose files is broken."""
    if no_sandbox:
        pytest.skip(no_sandbox)
    assignment = make_course(tmp_path)
    assignment.solutions.mkdir(parents=True)
    (assignment.solutions / "tiny.py").write_text(WORKED)
    (tmp_path / "nbgrader_config.py").write_text((REPOSITORY / "nbgrader_config.py").read_text())
    written = notebook()
    next(cell for cell in written.cells if grade_id(cell) == "essay").source = "Because."
    hand_in(assignment, "ada", written)
    hand_in(assignment, "ben", written)
    (assignment.submitted("ben") / "tiny.ipynb").write_text("broken")
    grade(assignment)
    return assignment


def grade(assignment):
    course = Course(assignment.root, LIMITS)
    return [done.action for done in grade_class(course, assignment, STUDENTS, Options())]


def shown(assignment, student):
    """The cells of the TA's notebook from the answer on."""
    path = assignment.autograded(student) / "tiny.ipynb"
    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    assert path.read_text().rstrip("\n") == nbformat.writes(book)  # as nbformat writes it
    names = [grade_id(cell) for cell in book.cells]
    return book.cells[names.index("essay") :]


@pytest.mark.parametrize("student", STUDENTS)
def test_the_rubric_is_below_the_answer(assignment, student):
    answer, rubric, *more = shown(assignment, student)
    assert rubric.source == (
        "**Rubric of essay, 3 points** (not shown to students)\n\n"
        "* 2 points: names the moon,\n  in any words\n* 1 point: names the tides"
    )
    assert not any(map(is_rubric, [answer, *more]))


def test_a_new_rubric_is_shown_and_nothing_runs_again(assignment, monkeypatch):
    def refuse(*arguments):
        raise AssertionError("a submission would run again")

    monkeypatch.setattr("autograder.grading.pools.start_all", refuse)
    worked = assignment.solutions / "tiny.py"
    worked.write_text(WORKED.replace("the tides", "the sun"))
    assert grade(assignment) == [Action.UNCHANGED] * 2
    for student in STUDENTS:
        answer, rubric, *more = shown(assignment, student)
        assert rubric.source.endswith("* 1 point: names the sun")
        assert not any(map(is_rubric, [answer, *more]))
    before = {student: stamp(assignment, student) for student in STUDENTS}
    assert grade(assignment) == [Action.UNCHANGED] * 2
    assert {student: stamp(assignment, student) for student in STUDENTS} == before
    worked.unlink()
    assert grade(assignment) == [Action.UNCHANGED] * 2
    for student in STUDENTS:
        assert not any(map(is_rubric, shown(assignment, student)))


def stamp(assignment, student):
    return (assignment.autograded(student) / "tiny.ipynb").stat().st_mtime_ns


def test_no_page_for_students_shows_it(assignment):
    def pages():
        return [p for p in (assignment.root / "feedback").rglob("*") if p.is_file()]

    def assert_none_shows_it():
        assert len(pages()) >= len(STUDENTS)
        for page in pages():
            text = page.read_text()
            assert "names the moon" not in text and "Rubric" not in text, page
        assert "Because." in assignment.feedback_page("ada").read_text()

    assert_none_shows_it()
    with Gradebook(f"sqlite:///{assignment.root / 'gradebook.db'}") as gradebook:
        row = gradebook.find_grade("essay", "tiny", "tiny", "ada")
        row.manual_score, row.needs_manual_grade = 2.0, False
        gradebook.db.commit()
    grade(assignment)  # makes the page again, with the TA's points
    assert "2 of 3 points" in assignment.feedback_page("ada").read_text()
    assert_none_shows_it()
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_feedback", "tiny", "--force"],
        cwd=assignment.root, capture_output=True, text=True, timeout=180,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    page = assignment.feedback_page("ada").read_text()
    assert "student_feedback" not in page and "Because." in page  # nbgrader's own page
    assert_none_shows_it()


def test_a_notebook_that_is_gone_is_made_again(assignment):
    (assignment.autograded("ada") / "tiny.ipynb").unlink()
    assert grade(assignment) == [Action.UNCHANGED, Action.RAN]  # ben's, ada's
    assert len(shown(assignment, "ada")) == 2
