"""Text for readers: durations, and text from other people made safe to show."""

import html
from datetime import timedelta
from itertools import pairwise

UNITS = (("d", 86400), ("h", 3600), ("min", 60), ("s", 1))  # name, seconds
MOST_OF_A_LINE = 2000  # characters of an error's message
MARKDOWN = frozenset(r"\`*_{}[]()#+-.!|~@:$")


def escape_markdown(text: str) -> str:
    """Text as one line of Markdown that shows it and does nothing else, also in a table's cell."""
    safe = html.escape(" ".join(text.split()), quote=False)
    return "".join(f"\\{c}" if c in MARKDOWN else c for c in safe)


def first_line(error: BaseException) -> str:
    """The first line of an error's message, or its type where it has no message."""
    return (str(error).splitlines() or [type(error).__name__])[0]


def printable(text: str) -> str:
    """Text without characters that break a line, a terminal or an encoding."""
    return "".join(character if character.isprintable() else "?" for character in text)


def one_line(text: str) -> str:
    """Text as one printable line of at most MOST_OF_A_LINE characters."""
    line = printable(text[: MOST_OF_A_LINE + 1])
    return line if len(line) <= MOST_OF_A_LINE else f"{line[:MOST_OF_A_LINE]}…"


def as_points(number: float) -> str:
    """A number of points for readers, with at most two decimals: '3', '2.5', '33.33'."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def counted(count: int, noun: str) -> str:
    """'1 answer', '2 answers'."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def duration(span: timedelta | float) -> str:
    """A time span, or a number of seconds, in its two largest units: '1 d 6 h', '12 min', '5 s'."""
    seconds = span.total_seconds() if isinstance(span, timedelta) else span
    for (unit, size), (smaller_unit, smaller) in pairwise(UNITS):
        if seconds >= size:
            whole, rest = divmod(round(seconds / smaller), size // smaller)
            return f"{whole} {unit}" + (f" {rest} {smaller_unit}" if rest else "")
    return f"{seconds:.0f} s"
