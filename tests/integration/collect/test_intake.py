"""`autograder collect` on downloads and deadlines that leave something to decide."""

import json
import time
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from nbgrader.api import Gradebook
from support.collecting import NOTEBOOK, WEEK, files

from autograder.settings import COURSE_ID

PAGE = "<!DOCTYPE html><title>nb</title>"


@pytest.fixture
def download(tmp_path):
    """download({path: content}) is a zip file with these members."""

    def make(members):
        with zipfile.ZipFile(tmp_path / "submissions.zip", "w") as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        return tmp_path / "submissions.zip"

    return make


@pytest.fixture
def in_utc(monkeypatch):
    """This machine is in UTC, as a CI machine is."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def lines(done, *starts):
    return [line for line in done.stdout.splitlines() if line.startswith(starts)]


def write(course, roster=None, settings=None):
    if roster:
        (course.root / "roster.csv").write_text(roster)
    if settings:
        (course.root / "course.toml").write_text(settings)


# Whose it is


@pytest.mark.parametrize("roster", [None, "student,name\nwei,Wei Wang\nada,Ada Lovelace\n"])
@pytest.mark.parametrize("others", [{}, {"lovelaceada_9_9_x.ipynb": "ada"}])
@pytest.mark.parametrize(
    "paths",
    [
        ("weiwang_101_5001_nb.ipynb", "weiwang_102_5002_nb.ipynb"),
        (
            "Wei Wang_101_assignsubmission_file/x.ipynb",
            "Wei Wang_102_assignsubmission_file/x.ipynb",
        ),
    ],
)
def test_two_people_of_one_name_end_with_status_1(
    course, assignment, run, download, roster, others, paths
):
    write(course, roster)
    done = run("--from", "zip", download(dict(zip(paths, "ab", strict=True)) | others))
    assert done.exit_code == 1
    assert ["101" in line for line in lines(done, "problem: ")] == [True, False]
    assert ["102" in line for line in lines(done, "problem: ")] == [False, True]
    (error,) = done.stderr.strip().splitlines()
    assert error.startswith("error: ")
    assert len(assignment.students()) == len(others)
    done = run("--from", "zip", course.root.parent / "submissions.zip", "--json")
    assert done.exit_code == 1
    assert len(json.loads(done.stdout)["problems"]) == 2


def test_people_of_one_name_are_no_problem_for_the_student_who_is_asked_for(run, download):
    names = ("weiwang_101_1_x.ipynb", "weiwang_102_2_x.ipynb", "lovelaceada_9_9_x.ipynb")
    done = run("--from", "zip", download(dict.fromkeys(names, "x")), "--student", "lovelaceada")
    assert done.exit_code == 0


def test_two_downloads_of_two_people_of_one_name(assignment, run, download):
    run("--from", "zip", download({"weiwang_101_5001_nb.ipynb": "one"}))
    done = run("--from", "zip", download({"weiwang_102_5002_nb.ipynb": "two"}))
    assert "of canvas_id 101; a different one of canvas_id 102" in lines(done, "weiwang: ")[0]
    assert (assignment.submitted("weiwang") / NOTEBOOK).read_text() == "one"
    done = run("--from", "zip", download({"weiwang_101_5003_nb-1.ipynb": "one again"}))
    assert (assignment.submitted("weiwang") / NOTEBOOK).read_text() == "one again"


def test_an_anonymous_download_is_one_line(course, assignment, run, download):
    write(course, "student,name,canvas_id\nada,Ada,12345\n")
    names = ("anon_aB3dE_67890_nb.ipynb", "LATE_anon_12345_67891_nb.ipynb")
    done = run("--from", "zip", download(dict.fromkeys(names, "work")))
    assert done.exit_code == 1
    (error,) = done.stderr.strip().splitlines()
    assert "anonymous" in error
    assert not done.stdout.strip()
    assert assignment.students() == []


GROUPS = 'student,name,canvas_id,group\nada,"Lovelace, Ada",101,Group 1\nben,Ben Bo,102,Group 1\n'


def test_a_groups_submission_goes_to_every_member(course, assignment, run, download):
    write(course, GROUPS)
    done = run("--from", "zip", download({"group1_LATE_101_5001_nb.ipynb": "ours"}))
    assert done.exit_code == 0
    assert assignment.students() == ["ada", "ben"]
    assert not lines(done, "missing: ", "problem: ")
    for student in ("ada", "ben"):
        assert (assignment.submitted(student) / NOTEBOOK).read_text() == "ours"
        assert assignment.origin(student)["group"] == "Group 1"
    # The next time, another member may have handed it in.
    run("--from", "zip", download({"group1_102_5002_nb.ipynb": "ours again"}))
    assert {b"ours again"} == {
        content
        for path, content in files(course.root / "submitted").items()
        if path.name == NOTEBOOK
    }


def test_without_the_column_group_a_line_says_so(course, assignment, run, download):
    write(course, GROUPS.replace(",group", ",section"))
    done = run("--from", "zip", download({"group1_101_5001_nb.ipynb": "ours"}))
    assert done.exit_code == 1
    (line,) = lines(done, "problem: ")
    assert "the name of a group" in line
    assert assignment.students() == []


def test_only_a_bad_row_of_the_class_list_is_no_failed_download(course, run, download):
    write(course, "student,name\nada,Ada\n../ben,Ben\n")
    done = run("--from", "zip", download({"readme.md": ""}))
    assert done.exit_code == 0
    assert lines(done, "missing: ") == ["missing: ada"]


def test_a_canvas_gradebook_as_class_list(course, assignment, run, download):
    write(
        course,
        "Student,ID,SIS User ID,SIS Login ID,Section,Week 1 (7)\n"
        "    Points Possible,,,,,50\n"
        '"Lovelace, Ada",101,s-1,ada@school,Section 1,\n'
        '"Bo, Ben",102,s-2,,Section 1,\n',
    )
    done = run("--from", "zip", download({"lovelaceada_101_5001_nb.ipynb": "ada"}))
    assert done.exit_code == 0
    assert assignment.students() == ["ada@school"]
    assert lines(done, "missing: ") == ["missing: s-2"]


def test_a_web_page_is_named_when_it_is_collected(assignment, run, download):
    done = run("--from", "zip", download({"lovelaceada_101_5001_nb.ipynb": PAGE}))
    (line,) = lines(done, "lovelaceada: ")
    assert "lovelaceada_101_5001_nb.ipynb is a web page, not a notebook" in line
    assert (assignment.submitted("lovelaceada") / NOTEBOOK).read_text() == PAGE


def test_a_notebook_with_another_extension_has_the_released_name(assignment, run, download):
    run("--from", "zip", download({"lovelaceada_101_5001_nb.ipynb.txt": '{"nbformat": 4}'}))
    assert (assignment.submitted("lovelaceada") / NOTEBOOK).read_text() == '{"nbformat": 4}'


# When it was due


CHICAGO = 'time_zone = "America/Chicago"\n'


def deadline_of(done):
    return datetime.fromisoformat(json.loads(done.stdout)["deadline"])


@pytest.mark.parametrize(
    ("settings", "text", "due"),
    [
        (CHICAGO, "2026-11-30", datetime(2026, 12, 1, 5, 59, 59, tzinfo=UTC)),
        (CHICAGO, "2026-11-30T18:00", datetime(2026, 12, 1, tzinfo=UTC)),
        (CHICAGO, "2026-11-30T18:00 Europe/Berlin", datetime(2026, 11, 30, 17, tzinfo=UTC)),
        (None, "2026-11-30T18:00 America/Chicago", datetime(2026, 12, 1, tzinfo=UTC)),
        (None, "2026-11-30T18:00", datetime(2026, 11, 30, 18, tzinfo=UTC)),
    ],
)
def test_a_deadline_is_in_the_courses_zone(course, run, download, in_utc, settings, text, due):
    write(course, settings=settings)
    source = download({"Ada L_4711_assignsubmission_file/x.ipynb": "ada"})
    assert deadline_of(run("--from", "zip", source, "--deadline", text, "--json")) == due
    with Gradebook(course.gradebook_url, COURSE_ID) as gradebook:
        assert gradebook.find_assignment(WEEK).duedate == due.replace(tzinfo=None)
    again = run("--from", "zip", source, "--json")
    assert deadline_of(again) == due
    assert json.loads(again.stdout)["deadline"].endswith("+00:00")


def test_times_are_shown_in_the_courses_zone_with_utc_beside_them(course, run, download, in_utc):
    write(course, "student,name\nada,Ada L\n", CHICAGO)
    source = download({"Ada L_4711_assignsubmission_file/x.ipynb": "ada"})
    done = run("--from", "zip", source, "--deadline", "2026-11-30T18:00")
    assert "due 2026-11-30 18:00 CST (2026-12-01 00:00 UTC)" in done.stdout
    assert "UTC: set time_zone" not in done.stdout + done.stderr


def test_where_no_zone_is_set_a_line_says_what_was_assumed(run, download, in_utc):
    source = download({"lovelaceada_101_5001_nb.ipynb": "ada"})
    said = "times are in this machine's zone, UTC: set time_zone in course.toml"
    done = run("--from", "zip", source)
    assert lines(done, "times are") == [said]
    done = run("--from", "zip", source, "--json")
    assert said in done.stderr.splitlines()
    assert json.loads(done.stdout)["students"]


def test_an_extension_is_in_the_courses_zone(course, run, download, in_utc):
    write(course, "student,name,deadline\nada,Ada L,2026-12-02\n", CHICAGO)
    source = download({"Ada L_4711_assignsubmission_file/x.ipynb": "ada"})
    data = json.loads(run("--from", "zip", source, "--deadline", "2026-11-30", "--json").stdout)
    assert data["students"][0]["deadline"] == "2026-12-03T05:59:59+00:00"
    with Gradebook(course.gradebook_url, COURSE_ID) as gradebook:
        assert gradebook.find_submission(WEEK, "ada").extension == timedelta(days=2)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('\ntimezone = "America/Chicago"\n', "line 2: there is no setting 'timezone'"),
        ('time_zone = "Chicago"\n', "line 1: time_zone: 'Chicago' is not a time zone"),
    ],
)
def test_wrong_settings_are_one_line(course, run, download, settings, said):
    write(course, settings=settings)
    done = run("--from", "zip", download({"lovelaceada_101_5001_nb.ipynb": "ada"}))
    assert done.exit_code == 1
    (error,) = done.stderr.strip().splitlines()
    assert "course.toml" in error and said in error
