"""What is in course.toml and roster.csv now decides lateness, without collecting again."""

from datetime import UTC, datetime, timedelta

import pytest
from support.written import WEEK, grade, make_class

from autograder.errors import AutograderError
from autograder.gradebook.database import open_gradebook
from autograder.gradebook.deadlines import Deadlines
from autograder.gradebook.due_dates import record_deadlines
from autograder.gradebook.penalties import update_penalties
from autograder.gradebook.rows import read_rows

DUE = datetime(2026, 2, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
POLICY = 'time_zone = "UTC"\n[late]\npercent_per_day = 10\n'


@pytest.fixture
def course(tmp_path):
    """ada and ben handed in an hour after DUE, each with 2 of 7 points."""
    course = make_class(tmp_path, {"ada": {}, "ben": {}})
    with open_gradebook(course) as gradebook:
        for student in ("ada", "ben"):
            submission = gradebook.find_submission(WEEK, student)
            submission.timestamp = (DUE + timedelta(hours=1)).replace(tzinfo=None)
        gradebook.db.commit()
    return course


def settle(course, deadline=None, roster="", more=""):
    """Write course.toml and roster.csv. Returns student -> (the deadline, penalty in percent)."""
    due = f'deadline = "{deadline.isoformat()}"\n' if deadline else ""
    (course.root / "course.toml").write_text(f"{POLICY}[weeks.{WEEK}]\n{due}{more}")
    (course.root / "roster.csv").write_text(f"student,deadline\n{roster}")
    update_penalties(course, course.assignment(WEEK))
    return {
        one.student: (one.deadline.replace(tzinfo=UTC), round(one.penalty / 7 * 100))
        for one in read_rows(course, course.assignment(WEEK)).times
        if one.deadline
    }


def enter(course, **dates):
    """A person's entries in formgrader: the class's date, and a student's extension."""
    with open_gradebook(course) as gradebook:
        gradebook.update_or_create_assignment(WEEK, duedate=dates.get("general", DUE))
        for student in dates.keys() - {"general"}:
            minutes = (dates[student] - dates.get("general", DUE)).total_seconds() / 60
            gradebook.grant_extension(WEEK, student, minutes=minutes)


def test_a_deadline_counts_as_soon_as_it_is_written_or_changed(course):
    assert settle(course) == {}
    assert settle(course, DUE) == {"ada": (DUE, 10), "ben": (DUE, 10)}
    later = DUE + timedelta(hours=2)
    assert settle(course, later) == {"ada": (later, 0), "ben": (later, 0)}
    earlier = DUE - DAY
    assert settle(course, earlier) == {"ada": (earlier, 20), "ben": (earlier, 20)}


def test_a_date_that_a_person_entered_counts_more(course):
    settle(course, DUE)
    entered = DUE + timedelta(hours=3)
    enter(course, general=entered)
    assert settle(course, DUE - DAY) == {"ada": (entered, 0), "ben": (entered, 0)}


def test_the_class_lists_dates_count_too_and_stay_when_the_classes_date_moves(course):
    own = DUE + timedelta(hours=2)
    row = f"ben,{own.isoformat()}\n"
    for due, percent in ((DUE, 10), (DUE - DAY, 20)):
        assert settle(course, due, row) == {"ada": (due, percent), "ben": (own, 0)}
    shorter = f"ben,{DUE.isoformat()}\n"
    assert settle(course, DUE - DAY, shorter)["ben"] == (DUE, 10)


def test_an_extension_of_formgrader_moves_with_the_classes_date(course):
    settle(course, DUE)
    enter(course, ben=DUE + DAY)
    assert settle(course, DUE + DAY)["ben"] == (DUE + 2 * DAY, 0)


def test_a_later_date_in_canvas_is_not_taken_back(course):
    row, canvas = f"ben,{(DUE - DAY).isoformat()}\n", "canvas_assignment = 3\n"
    later = DUE + timedelta(hours=2)
    settle(course, DUE, row, canvas)
    record_deadlines(course, course.assignment(WEEK), Deadlines(DUE, {"ben": later}), ["ben"])
    for due in (DUE, DUE - DAY, DUE):
        assert settle(course, due, row, canvas)["ben"] == (later, 0)


def test_nothing_is_written_where_nothing_changed(course, monkeypatch):
    settle(course, DUE, f"ben,{(DUE + DAY).isoformat()}\n")
    name = "autograder.gradebook.due_dates.record_deadlines"
    monkeypatch.setattr(name, lambda *arguments: pytest.fail("it writes again"))
    update_penalties(course, course.assignment(WEEK))


def test_a_student_who_is_graded_first_is_late_by_the_same_deadline(course):
    settle(course, DUE)
    folder = course.assignment(WEEK).autograded("cleo")
    folder.mkdir(parents=True)
    (folder / "timestamp.txt").write_text(f"{DUE + 2 * DAY:%Y-%m-%d %H:%M:%S} UTC")
    grade(course, "cleo")
    times = {one.student: one for one in read_rows(course, course.assignment(WEEK)).times}
    assert times["cleo"].days_late(course.assignment(WEEK).clock) == 2


def test_a_class_list_that_cannot_be_read_stops_what_depends_on_it(course):
    settle(course, DUE)
    (course.root / "roster.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AutograderError, match=r"roster\.csv"):
        update_penalties(course, course.assignment(WEEK))
