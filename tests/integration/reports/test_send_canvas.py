"""Returning to Canvas, over HTTP, to a server on this machine that answers as Canvas does."""

import shutil

import pytest
from nbgrader.api import Gradebook
from support import canvas_server
from support.canvas_server import ASSIGNMENT, COURSE, TOKEN
from typer.testing import CliRunner

from autograder.canvas import session
from autograder.cli.app import app
from autograder.course import Course
from autograder.gradebook.totals import read_total
from autograder.text import as_points

WEEK = "week1_mlp"
STUDENTS = ("solution", "no_relu", "first_style")  # the last one waits for a TA


@pytest.fixture
def course(sample_class, tmp_path, monkeypatch):
    """The graded sample class, in which a person graded two written answers."""
    shutil.copytree(sample_class.course.root, tmp_path / "course")
    course = Course(tmp_path / "course")
    monkeypatch.chdir(course.root)
    for student, comment in (("solution", "Well said."), ("no_relu", None)):
        grade_by_hand(course, student, 4.0, comment)
    rows = [f"{name},{number}" for number, name in enumerate(STUDENTS, 11)]
    (course.root / "roster.csv").write_text("\n".join(["student,canvas_id", *rows, "mia,99"]))
    return course


def grade_by_hand(course, student, score, comment=None):
    notebook = course.assignment(WEEK).release_notebook.stem
    with Gradebook(course.gradebook_url) as gradebook:
        for grade in gradebook.find_submission(WEEK, student).notebooks[0].grades:
            if grade.needs_manual_grade:
                grade.manual_score, grade.needs_manual_grade = score, False
        if comment:
            gradebook.find_comment(
                "learning_rate", notebook, WEEK, student
            ).manual_comment = comment
        gradebook.db.commit()


@pytest.fixture
def canvas(course, monkeypatch):
    monkeypatch.setenv("CANVAS_TOKEN", TOKEN)
    monkeypatch.setattr(session, "_pause", lambda *arguments: 0.0)
    with canvas_server.running() as server:
        for number, name in enumerate(STUDENTS, 11):
            server.student(number, name, name)
        (course.root / "course.toml").write_text(
            f'[canvas]\nurl = "{server.address}"\ncourse = {COURSE}\n'
            f"[weeks.{WEEK}]\ncanvas_assignment = {ASSIGNMENT}\n"
        )
        yield server


def send(*arguments):
    environment = {"COLUMNS": "200", "NO_COLOR": "1"}
    done = CliRunner().invoke(app, ["return", WEEK, "--to", "canvas", *arguments], env=environment)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def points(course, student="solution"):
    return read_total(course, course.assignment(WEEK), student).points


def score(canvas, number):
    return canvas.submissions[number]["score"]


def comments(canvas, number):
    return canvas.submissions[number]["submission_comments"]


def test_a_trial_sends_nothing_and_says_what_would_be_sent(canvas, course):
    done = send()
    what = f"the score {as_points(points(course))} and the page week1_mlp-"
    assert f"solution: would be sent: {what}" in done.output
    assert "first_style: not sent: written answers wait for manual grading" in done.output
    assert "2 would be sent, 1 not sent; add --send to send it" in done.output
    assert {request.method for request in canvas.requests} == {"GET"}
    assert done.exit_code == 0


def test_scores_comments_and_pages_are_sent_once(canvas, course):
    done = send("--send")
    assert "2 sent, 1 not sent" in done.output
    assert score(canvas, 11) == points(course) and score(canvas, 13) is None
    (comment,) = comments(canvas, 11)
    assert comment["comment"].startswith(f"week1_mlp: {as_points(points(course))} of ")
    assert "learning_rate: Well said." in comment["comment"]
    (file,) = comment["attachments"]
    page = course.assignment(WEEK).feedback_page("solution").read_bytes()
    assert canvas.files[file["id"]] == (file["display_name"], page.rstrip(b"\r\n"))
    assert file["display_name"].startswith("week1_mlp-") and file["display_name"].endswith(".html")
    before = canvas.count("PUT")
    again = send("--send")
    assert "2 unchanged, 1 not sent" in again.output
    assert (canvas.count("PUT"), before) == (2, 2)
    assert len(canvas.files) == 2


def test_a_new_score_is_sent_with_its_page_and_one_from_canvas_stays(canvas, course):
    send("--send")
    canvas.submissions[12]["score"] = 1.0  # by a person
    for student in ("solution", "no_relu"):
        page = course.assignment(WEEK).feedback_page(student)
        page.write_text(page.read_text() + "<!-- other -->")
    before = points(course)
    with Gradebook(course.gradebook_url) as gradebook:
        name = course.assignment(WEEK).release_notebook.stem
        gradebook.find_grade("learning_rate", name, WEEK, "solution").manual_score = 5.0
        gradebook.db.commit()
    done = send("--send")
    assert score(canvas, 11) == before + 1.0 and len(comments(canvas, 11)) == 2
    assert score(canvas, 12) == 1.0 and len(comments(canvas, 12)) == 1
    assert "no_relu: not sent: Canvas has the score 1, which did not come from here" in done.output
    assert "1 sent" in send("--send", "--replace", "--student", "no_relu").output
    assert score(canvas, 12) != 1.0 and len(comments(canvas, 12)) == 2


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
@pytest.mark.parametrize("action", ["drop", "drop after"])
@pytest.mark.parametrize("pattern", ["submissions/11", "upload", "comments/files"])
def test_a_connection_that_breaks_at_any_request_sends_nothing_twice(
    canvas, course, pattern, action, method
):
    canvas.fault(pattern, action, method=method)
    done = send("--send", "--student", "solution")
    if done.exit_code:
        send("--send", "--student", "solution")
    assert score(canvas, 11) == points(course)
    assert len(comments(canvas, 11)) == 1
    assert "1 unchanged" in send("--send", "--student", "solution").output


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ((403, b"no"), "Canvas does not let you use student solution"),
        ((404, {}), "Canvas has no student solution"),
        ((422, b"{}"), "Canvas refuses the request for student solution"),
        ((400, b""), "Canvas refuses the request for student solution (BadRequest)"),
    ],
)
def test_what_fails_for_one_student_is_a_line_and_the_others_are_sent(canvas, action, said):
    canvas.fault("submissions/11$", action, times=99, method="PUT")
    done = send("--send")
    assert done.exit_code == 1
    assert f"solution: not sent: {said}" in done.output
    assert score(canvas, 11) is None and score(canvas, 12) is not None
    canvas.faults.clear()
    assert "1 sent, 1 unchanged, 1 not sent" in send("--send").output
    assert len(comments(canvas, 11)) == len(comments(canvas, 12)) == 1


@pytest.mark.parametrize("action", [(500, b"{}"), (504, b"<html>"), (200, b"<html>"), "drop"])
def test_what_canvas_does_not_answer_may_have_been_sent_and_is_not_sent_again(canvas, action):
    canvas.fault("submissions/11$", action, times=99, method="PUT")
    done = send("--send")
    assert done.exit_code == 1
    assert "solution: may have been sent: Canvas gives no answer for student sol" in done.output
    assert "Look in Canvas, or run this again: it looks first" in done.output
    assert "1 sent, 1 may have been sent, 1 not sent" in done.output
    assert canvas.count("PUT", "submissions/11$") == 1
    canvas.faults.clear()
    assert "1 sent, 1 unchanged, 1 not sent" in send("--send").output
    assert len(comments(canvas, 11)) == 1


@pytest.mark.parametrize("action", ["500 after", "drop after", "cut"])
@pytest.mark.parametrize("silent", [0, 2, 99], ids=["looks", "looks later", "cannot look"])
def test_what_canvas_did_without_an_answer_is_read_back(canvas, action, silent):
    canvas.fault("submissions/11$", action, method="PUT")
    asked = canvas.count("GET", "submissions/11$")

    def deaf(request):  # after the change; two tries of each look
        has_changed = canvas.count("PUT", "submissions/11$") > 0
        looks = canvas.count("GET", "submissions/11$") - asked - 1
        is_look = request.method == "GET" and request.path.endswith("/11")
        return (404, {}) if has_changed and is_look and looks <= silent else None

    canvas.faults.append(deaf)
    done = send("--send", "--student", "solution")
    if silent == 99:
        assert "solution: may have been sent: " in done.output and done.exit_code == 1
    else:
        assert "1 sent" in done.output and done.exit_code == 0
    canvas.faults.clear()
    again = send("--send", "--student", "solution")
    assert "1 unchanged" in again.output and again.exit_code == 0
    assert canvas.count("PUT") == 1 and len(comments(canvas, 11)) == 1


def test_students_without_a_grade_are_named(canvas):
    assert "without a grade: mia" in send().output.splitlines()


def test_too_many_requests_are_asked_again(canvas, course):
    canvas.fault("submissions/11$", (429, {}), times=2, method="PUT")
    canvas.fault("comments/files", (403, b"Rate Limit Exceeded"), times=2)
    canvas.fault("upload", (429, {}), times=2)
    assert "1 sent" in send("--send", "--student", "solution").output
    ((file,),) = (comment["attachments"] for comment in comments(canvas, 11))
    page = course.assignment(WEEK).feedback_page("solution").read_bytes()
    assert canvas.files[file["id"]][1] == page.rstrip(b"\r\n")  # as the server reads a form


def test_what_a_person_decided_in_canvas_stays(canvas):
    canvas.submissions[11]["excused"] = True
    done = send("--send")
    assert "solution: not sent: the student is excused in Canvas: --replace sends" in done.output
    assert score(canvas, 11) is None
    canvas.submissions[12]["score"] = None
    done = send("--send")
    assert "no_relu: not sent: the score was removed in Canvas" in done.output
    assert score(canvas, 12) is None


def test_what_canvas_takes_off_for_late_work_is_no_change(canvas):
    send("--send")
    for number in (11, 12):
        canvas.submissions[number]["entered_score"] = score(canvas, number)
        canvas.submissions[number]["score"] -= 4
    assert "2 unchanged" in send("--send").output


def test_what_does_not_fit_is_wrong_usage(canvas):
    run = CliRunner()
    for arguments in (["--to", "moodle"], ["--send"], ["--replace"]):
        done = run.invoke(app, ["return", WEEK, *arguments])
        assert done.exit_code == 2, done.output
    assert canvas.requests == []
