"""Times in a course's zone, across changes of clocks, wherever the command runs."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from autograder.clock import MACHINE_CLOCK, Clock, read_zone

CHICAGO = Clock(read_zone("America/Chicago"))


@pytest.fixture(params=["UTC", "Asia/Tokyo"])
def elsewhere(request, monkeypatch):
    """This machine is in another zone than the course."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-11-30", utc(2026, 12, 1, 5, 59, 59)),
        ("20261130", utc(2026, 12, 1, 5, 59, 59)),
        ("2026-11-30T18:00", utc(2026, 12, 1)),
        (" 2026-11-30 18:00 ", utc(2026, 12, 1)),
        ("2026-07-01T18:00", utc(2026, 7, 1, 23)),
        ("2026-11-30T18:00Z", utc(2026, 11, 30, 18)),
        ("2026-11-30T18:00-05:00", utc(2026, 11, 30, 23)),
        ("2026-11-30T18:00 Europe/Berlin", utc(2026, 11, 30, 17)),
        ("2026-11-30 Europe/Berlin", utc(2026, 11, 30, 22, 59, 59)),
        ("2026-11-30T18:00 America/Argentina/Buenos_Aires", utc(2026, 11, 30, 21)),
        ("2026-11-30T18:00 UTC", utc(2026, 11, 30, 18)),
        ("", None),
    ],
)
def test_a_time_is_in_the_courses_zone_wherever_it_is_read(elsewhere, text, instant):
    assert CHICAGO.read(text) == instant


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tomorrow", "'tomorrow' is not a time: write 2026-11-30"),
        ("30 November", "'30 November' is not a time"),
        ("11/30/2026", "is not a time"),
        ("2026-11-31", "is not a time"),
        ("2026-11-30T18:00 CDT", "'CDT' is not a time zone: write one like America/Chicago"),
        ("2026-11-30T18:00 America", "'America' is not a time zone"),
        ("2026-11-30T18:00 ../../etc/passwd", "is not a time"),
        ("2026-11-30T18:00-06:00 America/Chicago", "has an offset and a time zone"),
        ("2026-03-08T02:30", "2026-03-08 02:30 does not exist"),
        ("2026-11-01T01:30", "2026-11-01 01:30 comes twice"),
        ("9999-12-31", "is too far away: check the year"),
    ],
)
def test_what_is_no_time_is_one_line(text, said):
    with pytest.raises(ValueError, match=r"^[^\n]*$") as caught:
        CHICAGO.read(text)
    assert said in str(caught.value)


def test_a_time_that_comes_twice_can_be_said_with_its_offset():
    with pytest.raises(ValueError, match="such as -0500"):
        CHICAGO.read("2026-11-01T01:30")
    assert CHICAGO.read("2026-11-01T01:30-0500") == utc(2026, 11, 1, 6, 30)


def test_a_time_is_shown_in_the_courses_zone_with_utc_beside_it(elsewhere):
    assert CHICAGO.show(utc(2026, 12, 1)) == "2026-11-30 18:00 CST (2026-12-01 00:00 UTC)"
    assert CHICAGO.show(utc(2026, 7, 1, 12)) == "2026-07-01 07:00 CDT (12:00 UTC)"
    assert Clock(read_zone("UTC")).show(utc(2026, 12, 1)) == "2026-12-01 00:00 UTC"


def test_without_a_zone_it_is_this_machines(elsewhere):
    hours = {"UTC": 0, "Asia/Tokyo": 9}[elsewhere]
    noon = utc(2026, 11, 30, 12)
    assert MACHINE_CLOCK.read("2026-11-30T12:00") == noon - timedelta(hours=hours)
    assert MACHINE_CLOCK.show(noon).startswith(f"2026-11-30 {12 + hours}:00 ")
    assert MACHINE_CLOCK.name == {"UTC": "UTC", "Asia/Tokyo": "JST"}[elsewhere]
    assert CHICAGO.name == "America/Chicago"


@pytest.mark.parametrize(
    ("due", "days", "last", "hours"),
    [
        ("2026-10-31", 1, "2026-11-01", 25),  # clocks go back
        ("2026-03-07", 1, "2026-03-08", 23),  # clocks go forward
        ("2026-10-31T18:00", 2, "2026-11-02T18:00", 49),
        ("2026-11-29", 2, "2026-12-01", 48),
        ("2026-11-01T01:30-06:00", 0, "2026-11-01T01:30-06:00", 0),  # the second 1:30 of that day
    ],
)
def test_days_are_those_of_the_calendar(elsewhere, due, days, last, hours):
    due, last = CHICAGO.read(due), CHICAGO.read(last)
    assert CHICAGO.add_days(due, days) == last
    assert last - due == timedelta(hours=hours)


@pytest.mark.parametrize(("due", "hours"), [("2026-10-31", 25), ("2026-03-07", 23)])
def test_a_day_that_has_begun_is_a_day_late(due, hours):
    due = CHICAGO.read(due)
    second = timedelta(seconds=1)
    for time_after, days in (
        (timedelta(), 0),
        (second, 1),
        (timedelta(hours=hours), 1),
        (timedelta(hours=hours) + second, 2),
        (timedelta(hours=hours + 24 * 30), 31),
    ):
        assert CHICAGO.days_late(due + time_after, due) == days
