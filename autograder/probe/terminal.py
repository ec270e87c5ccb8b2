"""What a terminal shows of printed text: carriage returns and backspaces, line by line."""

import re

MOVE = re.compile(r"(\r|\x08+)")


def condense(text: str, at_start: bool) -> str:
    """A text that ends in the same display, without what it overwrites itself.

    `at_start` tells whether it begins a line. If not, what stands before it is unknown. The
    position of the cursor is kept, because more text can follow.
    """
    if "\r" not in text and "\b" not in text:
        return text
    written = [_write(line, at_start or number > 0) for number, line in enumerate(text.split("\n"))]
    _, last, cursor = written[-1]
    lines = "\n".join(before + shown for before, shown, _ in written)
    return lines + "\b" * (len(last) - cursor)


def displayed(text: str) -> str:
    """A whole text as it is displayed in the end."""
    if "\r" not in text and "\b" not in text:
        return text
    return "\n".join(_write(line, at_start=True)[1] for line in text.split("\n"))


def _write(line: str, at_start: bool) -> tuple[str, str, int]:
    """(text that must still be written before, text from there on, the cursor's column in it).

    There is text before only if the line's beginning is unknown: up to where the cursor last went
    back beyond what is known.
    """
    if "\r" not in line and "\b" not in line:
        return "", line, len(line)
    before: list[str] = []
    cells: list[str] = []  # a list, because a string would be copied for each piece
    cursor = 0
    for piece in MOVE.split(line):
        if piece == "\r":
            if not at_start:
                before += [*cells, "\r"]
                at_start, cells = True, []
            cursor = 0
        elif piece.startswith("\b"):
            cursor -= len(piece)
            if cursor < 0 and not at_start:
                before += [*cells, "\b" * (len(cells) - cursor)]
                cells = []
            cursor = max(0, cursor)
        else:
            cells[cursor : cursor + len(piece)] = piece
            cursor += len(piece)
    return "".join(before), "".join(cells), cursor
