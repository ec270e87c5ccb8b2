"""Collecting from Canvas, over HTTP, from a server on this machine that answers as Canvas does."""

import logging

import pytest
from support import canvas_server
from support.canvas_server import ASSIGNMENT, COURSE, TOKEN
from support.collecting import NOTEBOOK, WEEK

from autograder.canvas import session
from autograder.errors import AutograderError

DUE = "2026-11-30T23:59:59Z"
ROSTER = """student,name,canvas_id,sis_login_id,repository,deadline
ada,Sample Ada,11,,,
ben,Sample Ben,,ben@example.edu,,
cleo,Sample Cleo,,,,
dev,Sample Dev,14,,,2026-12-05T12:00:00Z
eve,Sample Eve,15,,,
"""


@pytest.fixture
def canvas(course, monkeypatch):
    """The server, its course with five students, and a course.toml that names it."""
    monkeypatch.setenv("CANVAS_TOKEN", TOKEN)
    monkeypatch.setattr(session, "_pause", lambda *arguments: 0.0)
    with canvas_server.running() as server:
        server.due_at = DUE
        for number, name in enumerate(("ada", "ben", "cleo", "dev", "eve"), 11):
            login = f"{name}@example.edu" if name == "ben" else name
            server.student(number, f"Sample {name.capitalize()}", login)
        (course.root / "course.toml").write_text(
            f'time_zone = "UTC"\n[canvas]\nurl = "{server.address}"\ncourse = {COURSE}\n'
            f"[weeks.{WEEK}]\ncanvas_assignment = {ASSIGNMENT}\n"
        )
        (course.root / "roster.csv").write_text(ROSTER)
        yield server


@pytest.fixture
def book(assignment):
    """book(text) is a notebook, as bytes, that differs with the text."""
    whole = assignment.release_notebook.read_text(encoding="utf-8")

    def make(text):
        return whole.replace("# Exercise", f"# {text}", 1).encode()

    return make


def submitted(assignment, student):
    return (assignment.submitted(student) / NOTEBOOK).read_bytes()


def test_the_last_attempt_before_each_deadline_is_collected(canvas, book, assignment, run):
    canvas.hand_in(11, "2026-11-29T10:00:00Z", my__ipynb=book("first"))
    canvas.hand_in(11, "2026-11-30T10:00:00Z", my__ipynb=book("second"), notes__txt=b"x")
    canvas.hand_in(11, "2026-12-01T10:00:00Z", my__ipynb=book("third"))
    canvas.hand_in(12, "2026-11-30T23:59:59Z", a__ipynb=book("of ben"))
    canvas.hand_in(13, "2026-12-01T00:00:00Z", a__ipynb=book("too late"))
    canvas.hand_in(14, "2026-12-05T11:00:00Z", a__ipynb=book("extended"))
    canvas.submissions[15]["cached_due_date"] = "2026-12-03T12:00:00Z"
    canvas.hand_in(15, "2026-12-02T11:00:00Z", a__ipynb=book("extended in Canvas"))
    done = run("--from", "canvas")
    assert done.exit_code == 0, done.output
    for student, text in (
        ("ada", "second"), ("ben", "of ben"), ("dev", "extended"), ("eve", "extended in Canvas")
    ):  # fmt: skip
        assert f"# {text}: ".encode() in submitted(assignment, student)
    assert not assignment.submitted("cleo").exists()
    assert "ada: a newer version was not collected" in done.output
    assert "cleo: submitted only after the deadline" in done.output
    assert assignment.origin("ada")["attempt"] == "2"
    assert "due 2026-11-30 23:59 UTC (from Canvas)" in done.output
    assert canvas.count("GET", "submissions$") == 3  # pages of two
    again = run("--from", "canvas")
    assert again.output.count("unchanged") == 4


def test_reasons_are_those_of_a_bulk_download(canvas, book, assignment, run):
    canvas.student(16, "Sample <b>Stranger</b>", "stranger")
    canvas.hand_in(16, "2026-11-30T10:00:00Z", a__ipynb=book("x"))
    canvas.hand_in(11, "2026-11-30T10:00:00Z", report__pdf=b"%PDF")
    canvas.hand_in(12, "2026-11-30T10:00:00Z")
    canvas.hand_in(13, "2026-11-30T10:00:00Z", one__ipynb=book("1"), two__ipynb=book("2"))
    canvas.hand_in(14, "2026-11-30T10:00:00Z", a__ipynb=book("fine"))
    done = run("--from", "canvas")
    assert (
        "'Sample <b>Stranger</b>' (canvas_id 16): matches no one in the class list" in done.output
    )
    for student in ("ada", "ben", "cleo"):
        assert not assignment.submitted(student).exists(), done.output
        assert f"\n{student}: " in done.output
    assert b"fine" in submitted(assignment, "dev")
    assert "missing: ada, ben, cleo, eve" in done.output


def test_a_file_name_cannot_leave_the_folder(canvas, book, assignment, run, tmp_path):
    canvas.hand_in(11, "2026-11-30T10:00:00Z", a__ipynb=book("fine"))
    file = canvas.submissions[11]["submission_history"][0]["attachments"][0]
    file["display_name"] = "../../../../../evil.ipynb"
    assert run("--from", "canvas").exit_code == 0
    assert b"fine" in submitted(assignment, "ada")
    assert not list(tmp_path.rglob("evil.ipynb"))


def test_a_file_that_is_too_large_is_that_students_problem(canvas, book, assignment, run):
    canvas.hand_in(11, "2026-11-30T10:00:00Z", a__ipynb=b"x")
    file = canvas.submissions[11]["submission_history"][0]["attachments"][0]
    file["size"] = 300 * 2**20
    canvas.hand_in(12, "2026-11-30T10:00:00Z", a__ipynb=book("fine"))
    done = run("--from", "canvas")
    assert "ada: a.ipynb could not be downloaded: it has more than 256 MiB" in done.output
    assert b"fine" in submitted(assignment, "ben")


def test_no_more_of_a_file_is_downloaded_than_is_allowed(canvas):
    url = canvas.store("a.ipynb", b"x" * 2**20)["url"]
    requester = session.PatientRequester(canvas.address, TOKEN)
    assert len(requester.download(url, 2**20)) == 2**20
    with pytest.raises(AutograderError, match="more than 0 MiB"):
        requester.download(url, 2**20 - 1)


@pytest.mark.parametrize(
    ("pattern", "action", "times"),
    [
        ("submissions$", (429, {"errors": []}, {"Retry-After": "3"}), 2),
        ("submissions$", (403, b"403 Forbidden (Rate Limit Exceeded)\n"), 2),
        ("submissions$", (500, b"{}"), 3),
        ("submissions$", (502, b"<html>"), 3),
        ("submissions$", "drop", 3),
        ("download", "drop", 3),
        ("download", "cut", 3),
        ("submissions$", "cut", 3),
        ("download", (503, b""), 2),
    ],
)
def test_a_busy_canvas_is_asked_again(canvas, book, assignment, run, pattern, action, times):
    canvas.hand_in(11, "2026-11-30T10:00:00Z", a__ipynb=book("fine"))
    canvas.fault(pattern, action, times)
    done = run("--from", "canvas")
    assert done.exit_code == 0, done.output
    assert b"fine" in submitted(assignment, "ada")


@pytest.mark.parametrize(
    ("pattern", "action", "said"),
    [
        ("courses/41$", (401, {}, {"WWW-Authenticate": "x"}), "the token in CANVAS_TOKEN"),
        ("courses/41$", (401, {"errors": []}), "accept the token in CANVAS_TOKEN"),
        ("courses/41$", (404, {}), "Canvas has no course 41: compare the numbers in course.toml"),
        ("assignments/7$", (404, {}), "Canvas has no assignment 7 in course 41"),
        ("submissions$", (403, b"no"), "does not let you use the submissions: the token's owner"),
        ("submissions$", (429, {}), "accepts no more requests for now"),
        ("submissions$", (500, b""), "Canvas gives no answer for the submissions (Encountered"),
        ("submissions$", "drop", "cannot be reached, or ended the connection"),
        ("submissions$", (200, b"<html>maintenance</html>"), "the answer is not what it should be"),
    ],
)  # fmt: skip
def test_what_canvas_refuses_is_one_line_and_loses_nothing(
    canvas, book, assignment, run, pattern, action, said
):
    canvas.hand_in(11, "2026-11-30T10:00:00Z", a__ipynb=book("fine"))
    assert run("--from", "canvas").exit_code == 0
    canvas.fault(pattern, action, times=99)
    done = run("--from", "canvas")
    assert done.exit_code == 1
    assert said in done.output
    assert len(done.output.strip().splitlines()) == 1
    assert b"fine" in submitted(assignment, "ada")


def test_nobody_is_there(canvas, course, run):
    address = canvas.address
    with canvas_server.running() as other:
        gone = other.address
    settings = course.root / "course.toml"
    settings.write_text(settings.read_text().replace(address, gone))
    done = run("--from", "canvas")
    assert done.exit_code == 1 and "cannot be reached" in done.output


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[canvas]", "[kanvas]", "there is no setting 'kanvas'"),
        ("canvas_assignment = 7", "", "add canvas_assignment = NUMBER"),
        ("course = 41", "", "line 2: canvas.course: Field required: write course = 12345"),
        ("course = 41", "course = 0", "line 4: canvas.course: Input should be greater than 0"),
        ("http://127.0.0.1", "http://canvas.example.edu", "is not an address"),
        ("http://", "ftp://", "line 3: canvas.url: 'ftp://"),
    ],
)
def test_a_setting_that_is_missing_or_wrong_is_one_line(canvas, course, run, old, new, said):
    path = course.root / "course.toml"
    path.write_text(path.read_text().replace(old, new))
    done = run("--from", "canvas")
    assert done.exit_code in (1, 2) and said in done.output
    assert len(done.output.strip().splitlines()) == 1
    assert canvas.requests == []


def test_without_a_token_or_a_class_list_nothing_is_asked(canvas, course, run, monkeypatch):
    monkeypatch.delenv("CANVAS_TOKEN")
    done = run("--from", "canvas")
    assert done.exit_code == 2 and "set the environment variable CANVAS_TOKEN" in done.output
    (course.root / "roster.csv").unlink()
    done = run("--from", "canvas")
    assert done.exit_code == 1 and "roster.csv" in done.output
    assert canvas.requests == []


def test_the_token_goes_to_canvas_alone_and_into_no_log(
    canvas, book, assignment, run, caplog, course
):
    caplog.set_level(logging.DEBUG)
    with canvas_server.running() as elsewhere:
        stored = elsewhere.store("a.ipynb", book("from elsewhere"))
        canvas.hand_in(11, "2026-11-30T10:00:00Z", a__ipynb=b"")
        url = canvas.submissions[11]["submission_history"][0]["attachments"][0]["url"]
        canvas.fault(r"/files/", (302, b"", {"Location": stored["url"]}), times=9)
        done = run("--from", "canvas")
        assert url.startswith(canvas.address)
        assert b"from elsewhere" in submitted(assignment, "ada")
        assert [request.has_token for request in elsewhere.requests] == [False]
    files = [p for p in course.root.rglob("*") if p.is_file()]
    assert not [p for p in files if TOKEN.encode() in p.read_bytes()]
    assert TOKEN not in caplog.text and TOKEN not in done.output


def test_a_next_page_elsewhere_does_not_get_the_token(canvas, book, run):
    with canvas_server.running() as elsewhere:
        link = (
            f'<{elsewhere.address}/api/v1/courses/41/assignments/7/submissions?page=2>; rel="next"'
        )
        canvas.fault("submissions$", (200, [], {"Link": link}))
        done = run("--from", "canvas")
        assert done.exit_code == 1
        assert elsewhere.requests == []
