"""Finds a submission's notebook among its files, and reads the JSON in it."""

import json
import re
from pathlib import Path
from typing import Any

import nbformat

from autograder.artifacts import LARGE_FILE
from autograder.errors import BadSubmission
from autograder.files import is_clutter
from autograder.notebook.sniff import is_web_page, web_page_reason
from autograder.text import printable

SAVE_AGAIN = "open it in JupyterLab, save it, and submit it again"
MAX_NOTEBOOK = 100 * 2**20  # bytes, outputs included; GitHub takes no larger file
MAX_VALUES = 10_000_000  # JSON values in a notebook's file: each takes up to 100 bytes of memory
ENDINGS = (".ipynb", ".ipynb.json", ".ipynb.txt", ".json", ".txt")  # as browsers save a notebook
CONFLICT = re.compile(r"^(?:<{7} .*|={7}|>{7} .*)\r?$", re.MULTILINE)
# What is handed in instead of a notebook, by how its content begins.
OTHER_FILES = (
    (rb"%PDF", "a PDF: submit the notebook, which ends in .ipynb"),
    (rb"PK\x03\x04", "a zip file: submit the notebook in it"),
    (re.escape(LARGE_FILE), "a Git LFS pointer: add the notebook to git without LFS"),
)


def choose_notebook(folder: Path, released: str) -> tuple[Path, list[Path]]:
    """(the notebook to grade, the other notebooks). Files that systems add are no notebooks.

    Raises BadSubmission if there is none, or if there are several and none has the released name.
    """
    seen = sorted(path for path in folder.iterdir() if not is_clutter(path.name))
    named = [path for path in seen if path.name.lower().endswith(".ipynb")]
    notebooks = [path for path in named if path.is_file() and not path.is_symlink()]
    if named and not notebooks:
        raise BadSubmission(f"{file_name(named[0])} is a link or a folder: submit the file itself")
    if not named:
        files = [path for path in seen if path.is_file() and not path.is_symlink()]
        notebooks = [path for path in files if _may_be_notebook(path)]
    if not notebooks:
        raise BadSubmission("it holds no notebook (.ipynb): submit the notebook itself")
    chosen = [path for path in notebooks if path.name == released] or notebooks
    if len(chosen) > 1 and len({path.read_bytes() for path in chosen}) == 1:
        chosen = chosen[:1]
    if len(chosen) > 1:
        names = " and ".join(file_name(path) for path in chosen)
        as_released = f" under the name {released}" if released else ""
        raise BadSubmission(
            f"it holds {len(chosen)} notebooks, {names}: submit only one{as_released}"
        )
    (notebook,) = chosen
    if notebook.stat().st_size > MAX_NOTEBOOK:
        allowed = MAX_NOTEBOOK / 2**20
        raise BadSubmission(
            f"{file_name(notebook)} is larger than {allowed:.0f} MB: clear its outputs, save it, "
            "and submit it again"
        )
    return notebook, [path for path in notebooks if path != notebook]


def _may_be_notebook(path: Path) -> bool:
    """Whether a file has an ending that browsers give to a notebook, and its beginning."""
    if not path.name.lower().endswith(ENDINGS):
        return False
    with path.open("rb") as file:
        start = file.read(4096)
    return start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and b'"cell' in start


def read_json(path: Path) -> dict[str, Any]:
    """A notebook's data, as the file has it. Raises BadSubmission for any other file."""
    name = file_name(path)
    content = path.read_bytes()
    if not content.strip():
        raise BadSubmission(
            f"{name} is empty, perhaps because the upload was interrupted: submit it again"
        )
    if is_web_page(content):
        raise BadSubmission(web_page_reason(name))
    for begins, what in OTHER_FILES:
        if re.match(begins, content.removeprefix(b"\xef\xbb\xbf"), re.IGNORECASE):
            raise BadSubmission(f"{name} is {what}")
    text = _decode(content, name)
    if content.count(b",") + content.count(b"{") + content.count(b"[") > MAX_VALUES:
        raise BadSubmission(f"{name} holds too much: clear its outputs, save it, submit it again")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        if conflict := CONFLICT.search(text):
            line = text.count("\n", 0, conflict.start()) + 1
            raise BadSubmission(
                f"line {line} of {name} holds a merge conflict ({conflict[0].strip()[:40]}): keep "
                "one version of each such part in a text editor, open the notebook to see that it "
                "works, and submit it again"
            ) from None
        where = f" at line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise BadSubmission(
            f"{name} is broken JSON{where}, perhaps damaged by the upload: download it again from "
            "where you work, check that it opens, and submit it again"
        ) from None
    version = data.get("nbformat") if isinstance(data, dict) else None
    if not isinstance(version, int):
        raise BadSubmission(f"{name} is JSON but not a notebook: submit the .ipynb file")
    if version == 3:  # before 2015
        return _upgraded(text, name)
    if version != 4:
        raise BadSubmission(f"{name} has notebook format {version}, not 4: {SAVE_AGAIN}")
    return dict(data)


def _upgraded(text: str, name: str) -> dict[str, Any]:
    """The data, in format 4, of a notebook in format 3."""
    try:
        return dict(nbformat.v4.upgrade(nbformat.v3.reads_json(text)))
    except Exception:  # the conversion trusts the file, and can raise anything
        raise BadSubmission(
            f"{name} has notebook format 3 and cannot be converted to 4: {SAVE_AGAIN}"
        ) from None


def _decode(content: bytes, name: str) -> str:
    """The file's text. A damaged byte in UTF-8 becomes a replacement character."""
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))  # as Windows editors save it
    try:
        text = content.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        text = "" if is_utf16 else content.decode("utf-8-sig", "replace")
        if not text.lstrip().startswith("{") or "\0" in text:
            raise BadSubmission(f"{name} is not a text file: {SAVE_AGAIN}") from None
    return text


def file_name(path: Path) -> str:
    """A file's name as text that can be printed and stored, even if it is not valid UTF-8."""
    return printable(path.name.encode("utf-8", "replace").decode("utf-8"))
