"""The list of reviewed vulnerabilities: each with a reason, and a review that is not too old."""

import importlib.util
from datetime import date, timedelta
from pathlib import Path

import pytest

PLACE = Path(__file__).parents[2] / ".github"
SPEC = importlib.util.spec_from_file_location("vulnerabilities", PLACE / "vulnerabilities.py")
vulnerabilities = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(vulnerabilities)

TODAY = date(2026, 11, 27)
ENTRY = """[[ignored]]
id = "GHSA-1"
package = "x"
reason = "nothing here calls it"
reviewed = 2026-11-01
"""


def test_the_list_of_this_repository_is_valid():
    text = (PLACE / "vulnerabilities.toml").read_text(encoding="utf-8")
    assert isinstance(vulnerabilities.ignored_ids(text, date.today()), list)


def test_a_reviewed_entry_is_ignored():
    assert vulnerabilities.ignored_ids("", TODAY) == []
    assert vulnerabilities.ignored_ids(ENTRY, TODAY) == ["GHSA-1"]


@pytest.mark.parametrize("part", ["id", "package", "reason", "reviewed"])
def test_an_entry_needs_every_part(part):
    lines = [line for line in ENTRY.splitlines() if not line.startswith(part)]
    with pytest.raises(ValueError, match=f"entry 1 needs '{part}'"):
        vulnerabilities.ignored_ids("\n".join(lines), TODAY)


@pytest.mark.parametrize("days", [-40, 181])
def test_an_old_review_does_not_count(days):
    with pytest.raises(ValueError, match="review it again"):
        vulnerabilities.ignored_ids(ENTRY, date(2026, 11, 1) + timedelta(days))


def test_a_misspelled_table_is_refused():
    with pytest.raises(ValueError, match="no setting 'ignore'"):
        vulnerabilities.ignored_ids(ENTRY.replace("ignored", "ignore"), TODAY)
