"""`autograder report`: the file that Canvas imports, out of a real gradebook of nbgrader's."""

import csv
import os
import shutil
import subprocess
import sys
from dataclasses import replace

import nbformat
import pytest
from nbgrader.api import Gradebook
from support.results import HEADER, parsed, plain_result

from autograder.errors import AutograderError
from autograder.gradebook.scores import Writer
from autograder.gradebook.totals import Mark, Total, Totals, read_total, read_totals
from autograder.grading.annotate import annotate
from autograder.grading.hidden_tests import by_exercise, collect
from autograder.notebook.cells import exercise_cells, grade_id, graded_cells
from autograder.reports.canvas_csv import make_sheet
from autograder.results.model import Outcome
from autograder.results.store import write_result
from autograder.settings import COURSE_ID

NOTEBOOK = "hands-on-introduction_to_deep_learning"
WEEK = "week1_mlp"


def test_a_bonus_is_not_among_the_points_possible(graded):
    course, results = graded
    assignment = course.assignment(WEEK)
    more = replace(results["ada"].exercises[0], name="more", bonus=True)
    with_bonus = replace(results["ada"], exercises=(*results["ada"].exercises, more))
    sheet = make_sheet(assignment, Totals(52.0, {"ada": Total(51.0)}), [with_bonus])
    assert parsed(sheet)[1:] == [
        ["    Points Possible", "", "", "", "", "50"], ["ada", "", "", "ada", "", "51"]
    ]  # fmt: skip


@pytest.fixture(scope="module")
def graded(empty_course):
    """(course, results): ada answered all, ben one exercise less, eve handed in the release."""
    course = empty_course()
    assignment = course.assignment(WEEK)
    released = nbformat.read(assignment.release_notebook, as_version=4)
    solved = nbformat.read(assignment.source_notebook, as_version=4)
    tests = collect(assignment.hidden_tests, list(exercise_cells(released)))
    wrong = {"ada": (), "ben": ("mse_gradient",), "eve": tuple(exercise_cells(released))}
    results = {}
    with Writer(course, assignment) as writer:
        for student, missed in wrong.items():
            outcomes = [
                test.outcome(Outcome.FAILED if test.exercise in missed else Outcome.PASSED, "")
                for test in tests
            ]
            results[student] = replace(
                plain_result(student),
                exercises=by_exercise(list(zip(tests, outcomes, strict=True))),
            )
            notebook = released if student == "eve" else solved
            for folder in (assignment.submitted(student), assignment.autograded(student)):
                folder.mkdir(parents=True)
            nbformat.write(notebook, assignment.submitted(student) / f"{NOTEBOOK}.ipynb")
            executed = annotate(notebook, results[student])
            nbformat.write(executed, assignment.autograded(student) / f"{NOTEBOOK}.ipynb")
            write_result(results[student], assignment.autograded(student))
            writer.write(results[student], graded_cells(executed))
    return course, results


@pytest.fixture
def copied(graded, tmp_path):
    """A copy of the graded course, for tests that change it."""
    place = tmp_path / "course"
    shutil.copytree(graded[0].root, place)
    return replace(graded[0], root=place)


def enter(course, student, **scores):
    """What a TA does in formgrader: a manual score, by the cell's name."""
    with Gradebook(course.gradebook_url, COURSE_ID) as book:
        for name, points in scores.items():
            grade = book.find_grade(name.replace("__", "-"), NOTEBOOK, WEEK, student)
            grade.manual_score, grade.needs_manual_grade = points, False
        book.db.commit()


def totals_of(course):
    return read_totals(course, course.assignment(WEEK))


def test_totals_wait_for_a_person_and_then_hold_their_points(copied):
    before = totals_of(copied)
    assert before.max_score == 50
    ada, eve = before.students["ada"], before.students["eve"]
    assert (ada.points, ada.needs_grading) == (38.0, True)
    assert (eve.points, eve.needs_grading) == (0.0, False)  # nothing written, nothing to read
    enter(copied, "ada", learning_rate=4.5, approximation=6.0)
    ada = totals_of(copied).students["ada"]
    assert (ada.points, ada.needs_grading) == (48.5, False)


def test_marks_come_in_the_notebooks_order_with_who_gave_them(copied):
    enter(copied, "ada", learning_rate=4.5)
    ada = totals_of(copied).students["ada"]
    assert ada == read_total(copied, copied.assignment(WEEK), "ada")
    released = nbformat.read(copied.assignment(WEEK).release_notebook, as_version=4)
    graded = [grade_id(c) for c in released.cells if c.metadata.get("nbgrader", {}).get("grade")]
    assert [mark.exercise for mark in ada.marks] == [n.removesuffix("-check") for n in graded]
    assert sum(mark.points for mark in ada.marks) == ada.points
    assert [mark for mark in ada.marks if mark.written] == [
        Mark("learning_rate", 4.5, 6.0, written=True, is_manual=True),
        Mark("approximation", 0.0, 6.0, written=True, needs_grading=True),
    ]


def test_a_persons_score_stands_above_the_automatic_one(copied):
    assert totals_of(copied).students["ben"].points == 33.0
    enter(copied, "ben", mse_gradient__check=3.0)
    assert totals_of(copied).students["ben"].points == 36.0


def test_a_late_penalty_is_taken_off_and_never_more_than_there_is(copied):
    with Gradebook(copied.gradebook_url, COURSE_ID) as book:
        for student, penalty in (("ada", 8.0), ("eve", 8.0)):
            found = book.find_submission_notebook(NOTEBOOK, WEEK, student)
            found.late_submission_penalty = penalty
        book.update_or_create_assignment(WEEK, duedate="2026-01-01 00:00:00 UTC")
        book.update_or_create_submission(WEEK, "ada", timestamp="2026-01-01 02:00:00 UTC")
    found = totals_of(copied).students
    assert (found["ada"].points, found["ada"].seconds_late) == (30.0, 7200.0)
    assert (found["eve"].points, found["eve"].seconds_late) == (0.0, 0.0)


def test_a_gradebook_that_is_not_there_is_one_line_and_stays_so(copied):
    with pytest.raises(AutograderError, match="holds no scores of week2_dna_cnn: run"):
        read_totals(copied, copied.assignment("week2_dna_cnn"))
    (copied.root / "gradebook.db").unlink()
    with pytest.raises(AutograderError, match="holds no scores of week1_mlp: run"):
        totals_of(copied)
    assert not (copied.root / "gradebook.db").exists()


def autograder(course, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "autograder", *arguments],
        cwd=course.root,
        env={**os.environ, "COLUMNS": "80"},
        capture_output=True,
        text=True,
        timeout=300,
    )


def grades(course):
    path = course.root / "reports" / f"{WEEK}-grades.csv"
    return list(csv.reader(path.open(encoding="utf-8", newline="")))


def test_report_makes_the_grades_the_page_and_the_feedback(copied):
    (copied.root / "roster.csv").write_text(
        'student,name,canvas_id\neve,"=Sample, Eve",105\nada,Sample A,101\nfinn,,\n../x,,\n'
    )
    (copied.root / "grades.csv").write_text("nbgrader's")
    enter(copied, "ada", learning_rate=4.5, approximation=6.0)
    done = autograder(copied, "report", WEEK, "--column", "Week 1 (4711)")
    assert done.returncode == 0, done.stderr
    assert grades(copied) == [
        [*HEADER, "Week 1 (4711)"],
        ["    Points Possible", "", "", "", "", "50"],
        ["'=Sample, Eve", "105", "", "eve", "", "0"],
        ["Sample A", "101", "", "ada", "", "48.5"],
    ]
    said = done.stdout.splitlines()
    assert said[0].startswith("problem: roster.csv, line 5: '../x' is not a valid id")
    assert said[1].endswith("(--so-far writes their points so far): ben")
    assert said[2] == "left out, no graded submission: finn"
    assert f"open {copied.root / 'reports' / WEEK}.html" in said
    page = (copied.root / "reports" / f"{WEEK}.html").read_text(encoding="utf-8")
    assert "48.5" in page and "so far" in page
    feedback = copied.assignment(WEEK).feedback("ada") / f"{NOTEBOOK}.html"
    assert "48.5 of 50 points" in feedback.read_text(encoding="utf-8")
    assert (copied.root / "grades.csv").read_text() == "nbgrader's"


def test_a_roster_that_cannot_be_read_is_one_line_before_anything_is_made(copied):
    (copied.root / "roster.csv").write_text("name\nSample A\n")
    done = autograder(copied, "report", WEEK)
    assert done.returncode == 1
    assert "has no column 'student'" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (copied.root / "reports").exists()


@pytest.fixture
def late(copied):
    """ada handed in a day and two hours late, ben in time, eve late and without any points."""
    with Gradebook(copied.gradebook_url, COURSE_ID) as book:
        book.update_or_create_assignment(WEEK, duedate="2026-01-01 00:00:00 UTC")
        for student, time in (("ada", "02 02"), ("ben", "01 00"), ("eve", "05 00")):
            book.update_or_create_submission(WEEK, student, timestamp=f"2026-01-{time}:00:00 UTC")
    return copied


def set_up(course, text, roster="student\nada\nben\neve\n"):
    (course.root / "course.toml").write_text(f'time_zone = "America/Chicago"\n{text}')
    (course.root / "roster.csv").write_text(roster)
    done = autograder(course, "report", WEEK)
    assert done.returncode == 0, done.stderr
    return done.stdout


def penalties(course):
    """Student -> (penalty, total), as our CSV file says and as nbgrader's own export does."""
    path = course.root / "reports" / f"{WEEK}-points.csv"
    with path.open(encoding="utf-8", newline="") as file:
        ours = {
            row["student"]: (float(row["late_penalty"]), float(row["total"]))
            for row in csv.DictReader(file)
        }
    with Gradebook(course.gradebook_url, COURSE_ID) as book:
        for student, (penalty, total) in ours.items():
            submission = book.find_submission(WEEK, student)
            assert submission.late_submission_penalty == penalty
            assert max(0.0, submission.score - penalty) == total
    return ours


def feedback(course, student):
    folder = course.assignment(WEEK).feedback(student)
    page = (folder / f"{NOTEBOOK}.html").read_text(encoding="utf-8")
    return page, (folder / "README.md").read_text(encoding="utf-8")


def test_a_policy_its_change_a_waiver_and_its_end(late):
    set_up(late, "[late]\npercent_per_day = 10\n")
    assert penalties(late) == {"ada": (10.0, 28.0), "ben": (0.0, 33.0), "eve": (0.0, 0.0)}
    said = "Late penalty: 10 points (2 days late, 10% of the maximum score per day)."
    assert all(said in text for text in feedback(late, "ada"))
    assert not any("penalty" in text for text in feedback(late, "ben"))
    page = (late.root / "reports" / f"{WEEK}.html").read_text(encoding="utf-8")
    assert "late penalty</button>" in page and 'data-value="10.0">10</td>' in page
    set_up(late, f"[late]\npercent_per_day = 10\n[weeks.{WEEK}.late]\ncap = 15\n")
    assert penalties(late)["ada"] == (7.5, 30.5)
    assert "Late penalty: 7.5 points" in feedback(late, "ada")[0]
    waiver = f"student,late_waiver\nada,{WEEK}\nben,\neve,week9\n"
    said = set_up(late, "[late]\npercent_per_day = 10\n", waiver)
    assert "late_waiver of eve names 'week9', which is no assignment" in said
    assert penalties(late)["ada"] == (0.0, 38.0)
    assert "2 days late; no points are taken off." in feedback(late, "ada")[1]
    set_up(late, "[late]\npercent_per_day = 10\n")
    set_up(late, "")
    assert penalties(late)["ada"] == (0.0, 38.0)
    assert "late" not in feedback(late, "ada")[1]


def test_an_extension_counts(late):
    with Gradebook(late.gradebook_url, COURSE_ID) as book:
        book.grant_extension(WEEK, "ada", hours=3)
    set_up(late, "[late]\npercent_per_day = 10\n")
    assert penalties(late)["ada"] == (5.0, 33.0)


def test_nbgraders_export_and_feedback_have_the_penalty_of_the_score_as_it_is_now(late):
    set_up(late, "[late]\npercent_per_day = 50\n")
    assert penalties(late)["ada"] == (38.0, 0.0)
    enter(late, "ada", learning_rate=4.5, approximation=6.0)
    environment = {**os.environ, "PATH": f"{os.path.dirname(sys.executable)}:{os.environ['PATH']}"}
    command = [sys.executable, "-m", "nbgrader", "export", "--to", "nbgrader.csv"]
    done = subprocess.run(command, cwd=late.root, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with (late.root / "nbgrader.csv").open() as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert float(rows["ada"]["late_submission_penalty"]) == 48.5
    assert float(rows["ada"]["score"]) == 0.0
    assert float(rows["ben"]["score"]) == 33.0
