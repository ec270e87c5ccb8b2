"""Writes what came of the attacks: reports/WEEK-attacks.json, and the table in SECURITY.md."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from autograder.audit.judge import Judgment
from autograder.course import Assignment
from autograder.errors import AutograderError
from autograder.files import write_atomically

BEGIN, END = "<!-- attacks: begin ({week}) -->", "<!-- attacks: end ({week}) -->"
COLUMNS = ("attack", "what it tries", "class", "outcome", "seconds", "points (base)")


def to_json(assignment: Assignment, judgments: Sequence[Judgment]) -> dict[str, Any]:
    """The judgments as JSON data."""
    return {
        "assignment": assignment.name,
        "passed": all(judgment.held for judgment in judgments),
        "attacks": [
            {
                "attack": judgment.attack.name,
                "description": judgment.attack.description,
                "class": judgment.attack.kind,
                "outcome": judgment.verdict,
                "problems": list(judgment.problems),
                "seconds": judgment.seconds,
                "base_points": judgment.base_points,
                "points": judgment.points,
            }
            for judgment in judgments
        ],
    }


def write_report(assignment: Assignment, judgments: Sequence[Judgment]) -> Path:
    """Write the JSON file. Returns its path."""
    text = json.dumps(to_json(assignment, judgments), indent=1, ensure_ascii=False) + "\n"
    return write_atomically(assignment.root / "reports" / f"{assignment.name}-attacks.json", text)


def write_security(assignment: Assignment, judgments: Sequence[Judgment]) -> Path:
    """Replace the week's table in the course's SECURITY.md. Returns the file's path.

    Raises AutograderError if the file has no place for it.
    """
    path = assignment.root / "SECURITY.md"
    begin, end = BEGIN.format(week=assignment.name), END.format(week=assignment.name)
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    before, found, rest = text.partition(begin)
    _, found_end, after = rest.partition(end)
    if not (found and found_end):
        raise AutograderError(f"{path} has no place for the table: add the lines {begin} and {end}")
    table = "\n".join(["", "", *security_table(judgments), "", ""])
    return write_atomically(path, before + begin + table + end + after)


def security_table(judgments: Sequence[Judgment]) -> list[str]:
    """The lines of a Markdown table: one row per attack."""
    rows = [
        (
            f"`{judgment.attack.name}`",
            judgment.attack.description.replace("|", "\\|"),
            str(judgment.attack.kind),
            str(judgment.verdict),
            f"{judgment.seconds:.0f}",
            f"{judgment.points:g} ({judgment.base_points:g})",
        )
        for judgment in judgments
    ]
    rule = ("---", "---", "---", "---", "---:", "---:")
    return ["| " + " | ".join(row) + " |" for row in (COLUMNS, rule, *rows)]
