"""Which answers get a row, and which of their pictures become files."""

import csv
import io
from pathlib import Path

from autograder.gradebook.rows import Entered, SheetRow
from autograder.notebook.rubrics import RubricItem
from autograder.written.answers import Answer, Question
from autograder.written.export import NOT_WRITTEN, make_sheet

NOTHING = Entered()
FOLDER = Path("sheets")
ESSAY = Question("essay", 3.0, (RubricItem(2.0, "the moon"), RubricItem(1.0, "tides")))


def answer(student="ada", text="words", attachments=None, entered=NOTHING, needs=False, row=None):
    return Answer(student, "essay", text, attachments or {}, entered, needs, row)


def exported(*answers, **names):
    sheet = make_sheet("tiny", ESSAY, answers, "", FOLDER, names or None)
    text = sheet.text.removeprefix("\ufeff")
    return sheet, list(csv.DictReader(io.StringIO(text, newline="")))


def test_only_pictures_that_run_nothing_become_files():
    attachments = {
        "../../a.png": {"image/png": "iVBO"},
        "drawing.svg": {"image/svg+xml": "PHN2Zz4="},
        "broken.png": {"image/png": "%%%"},
        "odd.gif": {"text/html": "PGI+", "image/gif": "R0lG"},
    }
    sheet, (row,) = exported(answer(attachments=attachments), ada="anon-x")
    assert row["attachments"].split("\n") == [
        "attachments/essay/anon-x-1.png",
        NOT_WRITTEN,
        NOT_WRITTEN,
        "attachments/essay/anon-x-4.gif",
    ]
    assert sheet.pictures == {
        FOLDER / "attachments/essay/anon-x-1.png": b"\x89PN",
        FOLDER / "attachments/essay/anon-x-4.gif": b"GIF",
    }


def test_a_row_for_each_answer_that_is_written_or_graded_or_waits():
    stub = "YOUR ANSWER HERE"
    sheet, rows = exported(
        answer("ada"),
        answer("ben", stub),
        answer("cleo", stub, needs=True),
        answer("dan", stub, entered=Entered(0.0)),
        answer("eve", "", {"a.png": {"image/png": "iVBO"}}),
    )
    assert [row["student"] for row in rows] == ["ada", "cleo", "dan", "eve"]
    assert (sheet.answers, sheet.left_out) == (4, 1)
    assert rows[2]["score"] == "0"


def test_rows_of_a_blind_sheet_are_in_the_order_of_the_pseudonyms():
    _, rows = exported(answer("ada"), answer("ben"), ada="anon-z", ben="anon-b")
    assert [row["student"] for row in rows] == ["anon-b", "anon-z"]


def test_points_for_a_rubric_that_has_changed_are_left_out():
    entered = Entered(1 / 3, "good")
    _, (row,) = exported(answer(entered=entered, row=SheetRow("v", entered, (1.0,), "dan")))
    assert (row["score"], row["grader"]) == ("0.333333333333", "dan")
    assert row["1. 2 points: the moon"] == row["2. 1 point: tides"] == ""


def test_the_digest_changes_with_the_answer_and_what_was_entered_and_names_nobody():
    digests = {
        answer().digest,
        answer(text="other").digest,
        answer(entered=Entered(1.0)).digest,
        answer(entered=Entered(None, "good")).digest,
    }
    assert len(digests) == 4
    assert answer("ada").digest == answer("ben").digest
