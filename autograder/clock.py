"""Times in the course's time zone: read from text, shown to readers, and counted in days.

All times that a Clock returns are in UTC. Python compares two times of one zone by their dates and
hours alone, which is wrong across a change of clocks.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from autograder.text import one_line

END_OF_DAY = time(23, 59, 59)
WITH_ZONE = re.compile(r"(?P<moment>.*\S)\s+(?P<zone>[A-Za-z][\w+/-]*)")
DAY = timedelta(days=1)


def read_zone(name: str) -> ZoneInfo:
    """The time zone of a name such as America/Chicago. Raises ValueError for any other text."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(
            f"{_quoted(name)} is not a time zone: write one like America/Chicago"
        ) from None


@dataclass(frozen=True)
class Clock:
    """Local time in a time zone; in this machine's zone if `zone` is None."""

    zone: ZoneInfo | None = None

    @property
    def name(self) -> str:
        """The zone's name, such as America/Chicago, or UTC for this machine's."""
        return self.zone.key if self.zone else datetime.now().astimezone().tzname() or "local time"

    def read(self, text: str) -> datetime | None:
        """An instant from ISO 8601 text, which a time zone's name may follow; None if it is empty.

        A date without a time means the last second of that day. Raises ValueError for anything
        else, and for a time that a change of clocks skips or repeats.
        """
        text = text.strip()
        if not text:
            return None
        named = WITH_ZONE.fullmatch(text)
        moment = _moment(named["moment"] if named else text)
        if moment is None:
            raise ValueError(
                f"{_quoted(text)} is not a time: write 2026-11-30, 2026-11-30T18:00, "
                "2026-11-30T18:00-06:00 or 2026-11-30T18:00 America/Chicago"
            )
        zone = read_zone(named["zone"]) if named else self.zone
        if named and moment.tzinfo:
            raise ValueError(
                f"{_quoted(text)} has an offset and a time zone: leave one of them out"
            )
        try:
            return moment.astimezone(UTC) if moment.tzinfo else _only_instant(moment, zone)
        except OverflowError:
            raise ValueError(f"{_quoted(text)} is too far away: check the year") from None

    def localize(self, local: datetime) -> datetime:
        """The instant of a local time without a zone; the first one if there are two."""
        return _instant(local, self.zone)

    def show(self, instant: datetime) -> str:
        """A date and time for readers: '2026-11-30 18:00 CST (2026-12-01 00:00 UTC)'."""
        local, utc = instant.astimezone(self.zone), instant.astimezone(UTC)
        shown = f"{local:%Y-%m-%d %H:%M} {local.tzname()}"
        if local.tzname() == "UTC":
            return shown
        day = "" if local.date() == utc.date() else f"{utc:%Y-%m-%d} "
        return f"{shown} ({day}{utc:%H:%M} UTC)"

    def add_days(self, instant: datetime, days: int) -> datetime:
        """The same time of day, `days` days later on the calendar."""
        if not days:
            return instant
        local = instant.astimezone(self.zone).replace(tzinfo=None)
        return self.localize(local + days * DAY)

    def days_late(self, instant: datetime, due: datetime) -> int:
        """How many days after `due` it is, a day that has begun included."""
        days = max(0, (instant - due) // DAY - 1)
        while self.add_days(due, days) < instant:
            days += 1
        return days


# For what belongs to no course.
MACHINE_CLOCK = Clock()


def _quoted(text: str) -> str:
    return f"'{one_line(text[:100])}'"


def _moment(text: str) -> datetime | None:
    """A date and time from ISO 8601 text, with a zone only if it has an offset."""
    try:
        return datetime.combine(date.fromisoformat(text), END_OF_DAY)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _instant(local: datetime, zone: ZoneInfo | None, fold: int = 0) -> datetime:
    local = local.replace(fold=fold)
    # Without a zone, Python uses this machine's, with its changes of clocks.
    return (local.replace(tzinfo=zone) if zone else local).astimezone(UTC)


def _only_instant(local: datetime, zone: ZoneInfo | None) -> datetime:
    """The instant of a local time. Raises ValueError if there is none or if there are two."""
    first, second = (_instant(local, zone, fold) for fold in (0, 1))
    if first == second:
        return first
    if first.astimezone(zone).replace(tzinfo=None, fold=0) != local:
        raise ValueError(f"{local:%Y-%m-%d %H:%M} does not exist: the clocks are changed then")
    raise ValueError(
        f"{local:%Y-%m-%d %H:%M} comes twice, because the clocks are changed then: add an offset, "
        f"such as {first.astimezone(zone):%z}"
    )
