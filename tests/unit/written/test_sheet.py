"""The sheet of a question, as people and Excel edit it."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.mutations import assert_one_line, changed_bytes, encodings, value_or_error

from autograder.errors import AutograderError
from autograder.notebook.rubrics import RubricItem
from autograder.written.answers import Question
from autograder.written.sheet import MOST_OF_A_CELL, Row, read_sheet, sheet_text

ESSAY = Question("essay", 3.0, (RubricItem(2.0, "the moon, or so"), RubricItem(1.0, "tides")))
QUESTIONS = {"essay": ESSAY, "why": Question("why", 2.0)}
ROWS = [
    Row("ada", "v1", answer="=1+1\nsecond; line, é", attachments=("a.png", "b.png")),
    Row("ben", "v2", answer="words"),
]
TEXT = sheet_text("tiny", ESSAY, ROWS)


def table(text=TEXT):
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def edited(delimiter=",", **cells):
    """The sheet's bytes; `cells` are those of ada's row by column, a number for a rubric's."""
    header, ada, *rest = table()
    for name, text in cells.items():
        ada[2 + int(name[1:]) if name.startswith("r") else header.index(name)] = text
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows([header, ada, *rest])
    return file.getvalue().encode()


@pytest.fixture
def read(tmp_path):
    def reads(data, questions=QUESTIONS):
        path = tmp_path / "essay.csv"
        path.write_bytes(data)
        return read_sheet(path, "tiny", questions)

    return reads


def only_problem(sheet):
    (line,) = sheet.problems
    return line


def test_columns_are_those_of_the_rubric():
    assert table()[0] == [
        "student", "answer", "attachments", "1. 2 points: the moon, or so", "2. 1 point: tides",
        "score", "comment", "grader", "week", "question", "digest",
    ]  # fmt: skip
    assert table()[1][:3] == ["ada", "'=1+1\nsecond; line, é", "a.png\nb.png"]


@given(st.text(alphabet="=+-@;,\t\r\n \"'x", max_size=8))
def test_no_answer_runs_as_a_formula_where_semicolons_separate_columns(answer):
    """Excel then sees no quotes around it, because a row begins without one: each line is a row."""
    text = sheet_text("tiny", ESSAY, [Row("ada", "v", answer=answer)])
    lines = text.replace("\r", "\n").split("\n")
    cells = [cell for line in lines for cell in line.replace("\t", ";").split(";")]
    assert not [cell for cell in cells if cell.lstrip(' "')[:1] in ("=", "+", "-", "@", *"＝＋")]


def test_a_long_answer_fits_a_cell_and_says_so():
    answer = table(sheet_text("tiny", ESSAY, [Row("ada", "v", answer="x" * 50_000)]))[1][1]
    assert len(answer) == MOST_OF_A_CELL
    assert answer.endswith("formgrader.]")


@pytest.mark.parametrize(
    "data",
    [
        edited(score="2.5", comment="'=Good, é", grader="cleo"),
        b"\xef\xbb\xbf" + edited(score="2,5", comment="'=Good, é", grader="cleo", delimiter=";"),
        edited(score="2,5", comment="'=Good, é", grader="cleo", delimiter="\t")
        .decode().encode("utf-16"),
        edited(r1="1,5", r2="1", comment="'=Good, é", grader="cleo"),
        edited(score="2.5", r1="1.5", r2="1.0", comment="'=Good, é", grader="cleo")
        .replace(b"\r\n", b",,\r\n") + b",,,,,,,,,,,,\r\n\r\n",
    ],
    ids=["as exported", "semicolons", "UTF-16", "rubric", "empty columns and rows"],
)  # fmt: skip
def test_what_excel_makes_of_it_is_read(read, data):
    sheet = read(data)
    assert (sheet.question, sheet.problems) == ("essay", ())
    ada, ben = sheet.rows
    assert (ada.student, ada.score, ada.comment, ada.grader) == ("ada", 2.5, "=Good, é", "cleo")
    assert (ada.digest, ada.number) == ("v1", 2)
    assert (ben.student, ben.score, ben.comment) == ("ben", None, "")


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"score": "good"}, "row 2: the score is 'good', which is not a number"),
        ({"score": "nan"}, "row 2: the score is 'nan', which is not a number"),
        ({"score": "4. May"}, "row 2: the score is '4. May', which is not a number"),
        ({"score": "3.1"}, "row 2: the score is 3.1: give 0 to 3 points"),
        ({"score": "-1"}, "row 2: the score is -1: give 0 to 3 points"),
        ({"r1": "2.5"}, "row 2: '1. 2 points: the moon, or so' is 2.5: give 0 to 2 points"),
        (
            {"r1": "2", "score": "1"},
            "row 2: the score 1 is not the sum of the rubric's columns, 2",
        ),
        ({"week": "other"}, "row 2: the week is 'other', not 'tiny'"),
        ({"student": ""}, "row 2: the column 'student' is empty"),
        ({"student": "ben"}, "'ben' is listed twice"),
    ],
)
def test_a_row_that_does_not_fit_is_named_with_its_line(read, cells, says):
    lines = read(edited(**cells)).problems
    assert lines
    assert says in lines[0]
    assert all(line.startswith("essay.csv, row ") for line in lines)


def test_a_file_without_a_needed_column_or_with_another_one_is_refused(read):
    missing = read(edited().replace(b"digest", b"", 1))
    assert "there is no column 'digest'" in only_problem(missing)
    more = read(edited().replace(b"grader", b"mood", 1))
    assert "there is no column 'mood'" in only_problem(more)
    twice = read(edited().replace(b"grader", b"comment", 1))
    assert "the column 'comment' is there twice" in only_problem(twice)
    unknown = read(edited().replace(b",essay,", b",poem,"))
    assert "tiny has no written answer 'poem'; there are: essay, why" in only_problem(unknown)
    mixed = read(edited().replace(b",essay,v2", b",why,v2"))
    assert "row 3: the question is 'why', not 'essay'" in only_problem(mixed)
    unnamed = read(edited().replace(b"v1\r\n", b"v1,,stray\r\n"))
    assert "row 2: there is text in a column without a name" in only_problem(unnamed)
    changed = read(edited(), {"essay": Question("essay", 3.0, (RubricItem(3.0, "new"),))})
    assert "if the rubric has changed since, export again" in only_problem(changed)
    assert "essay.csv is empty" in only_problem(read(b"\n"))


@pytest.mark.parametrize("data", [b"PK\3\4", b"<html>", "student,é".encode("latin-1")])
def test_a_file_that_is_no_csv_in_utf_8_is_refused(read, data):
    with pytest.raises(AutograderError, match="CSV"):
        read(data)


PARTS = (b",", b";", b'"', b"\r\n", b"'=", b"student", b"score", b"1e9", b"inf", b"2,5", b"v1")


@given(changed_bytes(edited(score="2.5"), PARTS) | encodings(edited(score="2.5")))
def test_any_bytes_are_read_or_refused_with_one_line(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "essay.csv"
    path.write_bytes(data)
    sheet = value_or_error(lambda: read_sheet(path, "tiny", QUESTIONS), AutograderError)
    if not isinstance(sheet, AutograderError):
        for line in sheet.problems:
            assert_one_line(line)
        assert all(row.score is None or 0 <= row.score <= 3 for row in sheet.rows)
