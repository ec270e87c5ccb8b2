"""CSV files for spreadsheets: no cell runs as a formula, and reading gives back the text."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from autograder.csv_files import csv_text, quoted, read_rows, unquoted
from autograder.errors import AutograderError

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r=1", "\n=1", "＝1", "\tx")


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_becomes_text(formula):
    assert quoted(formula) == f"'{formula}"


@pytest.mark.parametrize("text", ["1 = 1", "a-b", "'tis", "", "x\n=1"])
def test_other_text_is_written_as_it_is(text):
    assert quoted(text) == unquoted(text) == text


@given(st.text(alphabet="'=+-@ \t\r\nx＝", max_size=6) | st.text())
@example("''=1")
@example("'=1")
def test_importing_undoes_what_exporting_did(text):
    assert unquoted(quoted(text)) == text
    assert quoted(text)[:1] not in ("=", "+", "-", "@", "\t", "\r")


def test_a_file_has_the_mark_that_excel_needs_and_keeps_lines_within_cells(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(csv_text([["a", "b"], ['two\nlines, "é"', "=1"]]).encode())
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    assert rows == [["a", "b"], ['two\nlines, "é"', "'=1"]]


@pytest.mark.parametrize(
    "data",
    [
        b'a,b\n\n"x\ny",1\n\nz,2\n',
        b'a;b\r\n\r\n"x\ny";1\r\n\r\nz;2\r\n',
        b'\xef\xbb\xbfa\tb\n\n"x\ny"\t1\n\nz\t2',
        'a,b\n\n"x\ny",1\n\nz,2\n'.encode("utf-16"),
    ],
)
def test_rows_have_the_number_that_a_spreadsheet_shows(tmp_path, data):
    (tmp_path / "a.csv").write_bytes(data)
    rows = read_rows(tmp_path / "a.csv", "make it")
    assert rows == [(1, ["a", "b"]), (3, ["x\ny", "1"]), (5, ["z", "2"])]


def test_a_folder_in_place_of_a_file_is_named(tmp_path):
    with pytest.raises(AutograderError, match=r"is a folder: name its files, .*/\*\.csv$"):
        read_rows(tmp_path, "write it")
