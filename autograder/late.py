"""What late work costs: percent of the maximum score for each day that has begun."""

from dataclasses import dataclass

from autograder.text import as_points, counted


@dataclass(frozen=True)
class LatePolicy:
    """A course's rule for late work.

    `days` is how late work is still collected. Each day that has begun costs `percent_per_day` of
    the maximum score, and all of them together at most `cap` percent of it. An LMS decides itself
    what it accepts, so `days` does not bound the penalty.
    """

    days: int = 0
    percent_per_day: float = 0.0
    cap: float = 100.0

    def penalty(self, days_late: int, max_score: float, score: float) -> float:
        """The points to take off, rounded to 1/100; never more than the `score`.

        `max_score` leaves out bonus points.
        """
        percent = min(self.cap, self.percent_per_day * days_late)
        return max(0.0, min(round(percent * max_score / 100, 2), score))

    def text(self, days_late: int, penalty: float) -> str:
        """What late work cost, as a sentence for its student; '' if there is nothing to say."""
        if penalty:
            why = f" ({self.reason(days_late)})" if self.percent_per_day else ""
            return f"Late penalty: {as_points(penalty)} points{why}."
        if days_late and self.percent_per_day:
            return f"{counted(days_late, 'day')} late; no points are taken off."
        return ""

    def reason(self, days_late: int) -> str:
        """'2 days late, 10% of the maximum score per day, at most 50%'."""
        most = f", at most {as_points(self.cap)}%" if self.cap < 100 else ""
        rule = f"{as_points(self.percent_per_day)}% of the maximum score per day{most}"
        return f"{counted(days_late, 'day')} late, {rule}"
