"""Where a TOML file sets a key: TOML's own reader forgets lines, and an error should name one."""

import re

Keys = tuple[str, ...]
TABLE = re.compile(r"\s*\[+([^\]]+)\]")
KEY = re.compile(r"\s*([\w.\"'-]+)\s*=")
PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def syntax_error(text: str, error: Exception) -> tuple[int, str, str]:
    """The line of an error of `tomllib`, its message without the line, and what to do."""
    place = PLACE.search(str(error))
    line = int(place[1]) if place and place[1] else len(text.splitlines())
    why = PLACE.sub("", str(error))
    if "Cannot overwrite a value" in why:
        return (
            line,
            "an earlier line sets the same",
            "remove one of them, or write its [TABLE] above",
        )
    if re.search(r"Cannot declare .* twice", why):
        return line, "this table is there already", "write all its settings below one such line"
    return (
        line,
        why,
        'write NAME = "VALUE" with straight quotes, or a number, true or false without',
    )


def line_of(text: str, keys: Keys) -> int:
    """The number of the first line that sets a key or a part of it, or that starts its table.

    Where there is none, it is in the value of the line that sets the longest part of its name.
    """
    table: Keys = ()
    best, longest = 1, 0
    for number, line in enumerate(text.splitlines(), 1):
        if header := TABLE.match(line):
            table = here = _split(header[1])
        elif key := KEY.match(line):
            here = (*table, *_split(key[1]))
        else:
            continue
        if here[: len(keys)] == keys:
            return number
        if len(here) > longest and keys[: len(here)] == here:
            best, longest = number, len(here)
    return best


def _split(name: str) -> Keys:
    return tuple(part.strip(" \t\"'") for part in name.split("."))
