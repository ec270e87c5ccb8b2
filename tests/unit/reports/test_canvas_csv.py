"""The file that Canvas imports, from totals made up."""

import pytest
from support.results import HEADER, parsed, sheet_of

from autograder.gradebook.totals import Total
from autograder.reports.canvas_csv import harmless
from autograder.roster import Roster, RosterEntry, read_roster
from autograder.text import as_points

WEEK = "week1_mlp"


def test_the_file_has_canvas_columns_and_points_possible():
    sheet = sheet_of({"ben": Total(31.25), "ada": Total(50.0)})
    assert parsed(sheet) == [
        [*HEADER, WEEK],
        ["    Points Possible", "", "", "", "", "50"],
        ["ada", "", "", "ada", "", "50"],
        ["ben", "", "", "ben", "", "31.25"],
    ]
    assert sheet.lines() == []


def test_names_and_ids_come_from_the_roster_in_its_order():
    roster = Roster(
        (
            RosterEntry("ben", name="Sample, Ben", canvas_id="102", section="Section 1"),
            RosterEntry("ada", name="Sample, Ada", sis_user_id="s-1", sis_login_id="ada@school"),
        )
    )
    sheet = sheet_of({"ada": Total(7), "ben": Total(8), "cleo": Total(9)}, roster)
    assert parsed(sheet)[2:] == [
        ["Sample, Ben", "102", "", "ben", "Section 1", "8"],
        ["Sample, Ada", "", "s-1", "ada@school", "", "7"],
        ["cleo", "", "", "cleo", "", "9"],
    ]
    assert sheet.lines() == ["not in roster.csv, so Canvas must recognize their ids: cleo"]


def test_who_has_no_final_score_has_no_row_and_is_named():
    roster = Roster(tuple(map(RosterEntry, ("ada", "ben", "cleo", "dev"))))
    totals = {"ada": Total(7, needs_grading=True), "ben": Total(8), "cleo": Total(0.0)}
    sheet = sheet_of(totals, roster, failed=["cleo"])
    assert [row[0] for row in parsed(sheet)[2:]] == ["ben", "cleo"]
    needs_grading, absent, failed = sheet.lines()
    assert needs_grading.startswith("left out until you grade them in formgrader")
    assert needs_grading.endswith("--so-far writes their points so far): ada")
    assert absent == "left out, no graded submission: dev"
    assert failed == "0 points, the notebook could not be run: cleo"


def test_so_far_writes_and_names_who_is_waiting():
    sheet = sheet_of({"ada": Total(7, needs_grading=True), "ben": Total(8)}, so_far=True)
    assert [(row[0], row[5]) for row in parsed(sheet)[2:]] == [("ada", "7"), ("ben", "8")]
    assert sheet.lines() == ["points so far, still need manual grading: ada"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"), ("+1", "'+1"), ("-ada", "'-ada"),
        ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'=1"), ("  two\nlines ", "two lines"),
        ("O'Sample, \"Ada\"", "O'Sample, \"Ada\""),
    ],
)  # fmt: skip
def test_a_name_is_never_a_formula(text, written):
    assert harmless(text) == written
    roster = Roster((RosterEntry("ada", name=text, section=text),))
    row = parsed(sheet_of({"ada": Total(1)}, roster, column=text))[2]
    assert (row[0], row[4]) == (written, written)


@pytest.mark.parametrize(
    ("points", "text"),
    [(0.0, "0"), (10.0, "10"), (31.5, "31.5"), (1 / 3, "0.33"), (100.25, "100.25")],
)  # fmt: skip
def test_points_have_two_decimals_at_most(points, text):
    assert as_points(points) == text


def test_the_roster_module_and_the_sheet_agree_on_columns(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("student,name,canvas_id,sis_user_id,sis_login_id,section\na,N,1,2,3,S\n")
    row = parsed(sheet_of({"a": Total(5)}, read_roster(path)))[2]
    assert row == ["N", "1", "2", "3", "S", "5"]
