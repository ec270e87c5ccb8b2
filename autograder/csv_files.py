"""CSV files that people edit in a spreadsheet: read as they come, written so that they are safe."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from autograder.errors import AutograderError

DELIMITERS = ",;\t"
SEPARATOR = re.compile(r'sep=([^"\r\n ])\r?\n', re.IGNORECASE)  # Excel's first line
UTF16 = (b"\xff\xfe", b"\xfe\xff")
WORKBOOK = b"PK"  # the start of an .xlsx file, which is a zip
# What a spreadsheet runs as a formula, also after spaces and in full-width characters.
SIGNS = "[=+\\-@＝＋－＠]"
FORMULA = re.compile(rf"\s*{SIGNS}|[\t\r]")
QUOTED = re.compile(rf"'+(?:{FORMULA.pattern})")


def read_rows(path: Path, if_missing: str) -> list[tuple[int, list[str]]]:
    """The rows that are not empty, with their numbers as a spreadsheet shows them; cells stripped.

    A cell can have several lines, so a row's number may be less than that of its line. The columns
    may be separated by commas, semicolons or tabs. Raises AutograderError, with what to do, for a
    file that is not CSV in UTF-8 or UTF-16, and with `if_missing` where there is no file.
    """
    try:
        return list(_rows(_read_text(path, if_missing)))
    except csv.Error as error:
        raise AutograderError(f"{path} cannot be read ({error}): save it as CSV again") from None


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """The text of a CSV file that Excel reads as UTF-8 and in which no cell is a formula."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerows([quoted(cell) for cell in row] for row in rows)
    return "\ufeff" + file.getvalue()


def quoted(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula; `unquoted` gives back the text."""
    return f"'{cell}" if FORMULA.match(cell) or QUOTED.match(cell) else cell


def unquoted(cell: str) -> str:
    """The text of a cell that `quoted` wrote; any other cell as it is."""
    return cell[1:] if QUOTED.match(cell) else cell


def _read_text(path: Path, if_missing: str) -> str:
    try:
        data = path.read_bytes()
        if data.startswith(WORKBOOK):
            raise AutograderError(f"{path} is an Excel workbook: save it as CSV in UTF-8")
        if data.lstrip().startswith(b"<"):
            raise AutograderError(f"{path} is a web page: download the table as CSV")
        return data.decode("utf-16" if data.startswith(UTF16) else "utf-8-sig")
    except FileNotFoundError:
        raise AutograderError(f"{path} does not exist: {if_missing}") from None
    except IsADirectoryError:
        raise AutograderError(f"{path} is a folder: name its files, {path}/*.csv") from None
    except (OSError, UnicodeDecodeError) as error:
        raise AutograderError(f"{path} cannot be read ({error}): save it as CSV in UTF-8") from None


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    said = SEPARATOR.match(text)
    delimiter = said[1] if said else max(DELIMITERS, key=lambda sign: _width(text, sign))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for number, row in enumerate(reader, 1):
        cells = [cell.strip() for cell in row]
        if any(cells) and not (said and number == 1):
            yield number, cells


def _width(text: str, delimiter: str) -> int:
    """The number of columns in the first line that is not empty."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return len(next((row for row in reader if any(map(str.strip, row))), ()))
