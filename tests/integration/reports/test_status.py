"""The table of the term: what is collected, graded, waiting, returned and late."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from support.written import WEEK, grade, make_class
from typer.testing import CliRunner

from autograder.cli.app import app
from autograder.cli.status import COUNTS
from autograder.gradebook.database import open_gradebook
from autograder.gradebook.deadlines import Deadlines
from autograder.gradebook.due_dates import record_deadlines
from autograder.gradebook.manual import Entry, enter
from autograder.gradebook.rows import Entered, SheetRow
from autograder.reports import freshness
from autograder.reports.status import GroupStatus, groups_of, read_status
from autograder.roster import Roster, RosterEntry

DUE = datetime(2026, 2, 1, 12, tzinfo=UTC)


@pytest.fixture
def course(tmp_path):
    """Ada and ben are graded, with an answer each to be graded; cleo handed in only."""
    answers = {name: {"essay": "words"} for name in ("ada", "ben")}
    course = make_class(tmp_path, answers)
    course.assignment(WEEK).submitted("cleo").mkdir(parents=True)
    return course


def status(course, *entries):
    roster = Roster(tuple(entries)) if entries else None
    return read_status(course, course.assignments(), roster)


def hand_in(course, student, time):
    path = course.assignment(WEEK).submitted(student) / "timestamp.txt"
    path.write_text(time.strftime("%Y-%m-%d %H:%M:%S.%f UTC"))


def set_deadline(course, due):
    text = f'time_zone = "UTC"\n[weeks.{WEEK}]\ndeadline = "{due.isoformat()}"\n'
    (course.root / "course.toml").write_text(text)


def test_without_a_class_list_there_is_one_group(course):
    assert status(course) == [GroupStatus(WEEK, "all", None, 3, 2, 2)]


def test_groups_are_those_of_the_class_list(course):
    ada = RosterEntry("ada", section="A", group="red")
    ben = RosterEntry("ben", section="B")
    dan = RosterEntry("dan", section="A")
    assert status(course, ada, ben, dan) == [
        GroupStatus(WEEK, "no group", 2, 1, 1, 1),
        GroupStatus(WEEK, "red", 1, 1, 1, 1),
        GroupStatus(WEEK, "not listed", 0, 1),
    ]
    ada = replace(ada, group="")
    assert [(line.group, line.students) for line in status(course, ada, ben, dan)][:2] == [
        ("A", 2),
        ("B", 1),
    ]
    assert groups_of(Roster((RosterEntry("ada"),))) == {"ada": "all"}


def test_a_submission_waits_until_its_last_answer_is_graded(course):
    assignment = course.assignment(WEEK)
    grade(course, "ada", essay="words", why="more words")
    row = SheetRow("v", Entered(1.0))
    for question, waiting in (("essay", 2), ("why", 1)):
        enter(course, assignment, [Entry("ada", question, Entered(), row)])
        assert status(course)[0].waiting == waiting


def test_late_is_after_the_own_deadline(course):
    late = DUE + timedelta(seconds=1)
    for student in ("ada", "ben", "cleo"):
        hand_in(course, student, late)
    assert status(course)[0].late == 0  # there is no deadline
    extended = Deadlines(DUE, {"ben": DUE + timedelta(hours=1)})
    record_deadlines(course, course.assignment(WEEK), extended, ["ben"])
    assert status(course)[0].late == 2  # cleo's is not graded yet, and late all the same
    listed = RosterEntry("cleo", deadline=DUE + timedelta(hours=1))
    assert [(line.group, line.late) for line in status(course, listed)] == [
        ("all", 0),
        ("not listed", 1),
    ]
    # The gradebook knows the time of a submission whose folder does not say it.
    (course.assignment(WEEK).submitted("ada") / "timestamp.txt").write_text("yesterday")
    with open_gradebook(course) as gradebook:
        gradebook.find_submission(WEEK, "ada").timestamp = late.replace(tzinfo=None)
        gradebook.db.commit()
    assert status(course)[0].late == 2


def test_the_deadline_of_course_toml_counts_at_once_unless_a_person_entered_another(course):
    hand_in(course, "ada", DUE)
    hand_in(course, "cleo", DUE + timedelta(hours=2))
    for hours, late in ((1, 1), (-1, 2), (3, 0)):
        due = DUE + timedelta(hours=hours)
        set_deadline(course, due)
        (line,) = status(course)
        assert (line.late, line.deadline, line.deadline_from) == (
            late, due.isoformat(), "course.toml",
        )  # fmt: skip
    shown = CliRunner().invoke(app, ["status", "--course", str(course.root)]).stdout
    assert shown.splitlines()[-1] == f"{WEEK} is due 2026-02-01 15:00 UTC, from course.toml"
    with open_gradebook(course) as gradebook:
        gradebook.update_or_create_assignment(WEEK, duedate=DUE)
    (line,) = status(course)
    assert (line.late, line.deadline_from) == (1, "the gradebook")


def test_returned_is_the_latest_feedback_only(course):
    assignment = course.assignment(WEEK)
    page = assignment.feedback_page("ada")
    page.parent.mkdir(parents=True)
    page.write_text("feedback")
    assert status(course)[0].returned == 0
    freshness.returned(assignment, "ada").note_made("digest")  # as a push does
    assert status(course)[0].returned == 1
    later = page.stat().st_mtime + 10
    os.utime(page, (later, later))
    assert status(course)[0].returned == 0


def test_a_course_without_anything_has_zeros(tmp_path):
    course = make_class(tmp_path, {})
    assert not (tmp_path / "gradebook.db").exists()
    assert status(course) == [GroupStatus(WEEK, "all", None)]
    assert status(course, RosterEntry("ada")) == [GroupStatus(WEEK, "all", 1)]


def test_the_command_prints_a_table_or_json(course):
    (course.root / "roster.csv").write_text("student,group\nada,[red]\nben,blue\na/b,\n")
    words = ["status", "--course", str(course.root)]
    shown = CliRunner().invoke(app, words)
    assert shown.exit_code == 0
    assert "[red]" in shown.stdout
    assert all(name in shown.stdout for name in COUNTS)  # none is cut off
    assert max(map(len, shown.stdout.splitlines())) <= 80
    assert "'a/b' is not a valid id" in shown.stderr
    done = CliRunner().invoke(app, [*words, "--json"])
    lines = json.loads(done.stdout)
    assert [(line["group"], line["students"], line["graded"]) for line in lines] == [
        ("[red]", 1, 1),
        ("blue", 1, 1),
        ("not listed", 0, 0),
    ]
    assert set(lines[0]) == {
        "week", "group", "students", "collected", "graded", "waiting", "returned", "late",
        "deadline", "deadline_from",
    }  # fmt: skip


def test_the_command_imports_nothing_heavy(course):
    heavy = ("torch", "nbgrader", "pandas", "sqlalchemy", "nbconvert", "papermill")
    source = (
        "import sys\nfrom autograder.cli.app import app\n"
        "try:\n    app(['status'])\nexcept SystemExit:\n    pass\n"
        f"print('LOADED', [name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, cwd=course.root, timeout=60
    )
    assert done.stdout.strip().endswith("LOADED []"), done.stdout + done.stderr
    assert WEEK in done.stdout


def test_a_new_answer_is_counted_at_once(course):
    grade(course, "dan", essay="words", why="more")
    (line,) = status(course)
    assert (line.collected, line.graded, line.waiting) == (4, 3, 3)
