"""What a kernel's reply to a cell says about the exception that stopped it."""

import re
from collections.abc import Mapping
from typing import Any

from autograder.notebook.failure import MISSING_NAME, CellFailure, FailureCause

IN_FILE = re.compile(r" \((\S+\.py|<[^>]*>), line \d+\)$")  # at the end of a SyntaxError's message
FRAME = re.compile(r"Cell In\[(\d+)\], line (\d+)")
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def exception_in(reply: Mapping[str, Any], count: int | None) -> CellFailure:
    """The failure of a cell that raised an exception. `count` is the cell's number in brackets.

    Student code can forge the reply's content.
    """
    message = str(reply.get("evalue") or "").strip().splitlines()[:1]
    name = str(reply.get("ename") or "an exception")[:100]
    detail = message[0][:200] if message else ""
    detail = IN_FILE.sub("", detail)
    missing = MISSING_NAME.fullmatch(detail) if name == "NameError" else None
    return CellFailure(
        FailureCause.RAISED,
        detail,
        exception=name,
        missing_name=missing[1] if missing else "",
        line=_line(reply, count),
    )


def _line(reply: Mapping[str, Any], count: int | None) -> int:
    """The line of the cell where it stopped, from the traceback in the reply; 0 if unknown."""
    trace = reply.get("traceback")
    text = ANSI.sub("", "\n".join(map(str, trace))) if isinstance(trace, list) else ""
    lines = [int(line) for number, line in FRAME.findall(text) if int(number) == count]
    return lines[0] if lines else 0
