"""Reads a submission, which is a folder with one notebook, without running anything.

A notebook is rebuilt from the parts that grading needs: its cells' types, sources, nbgrader ids and
`parameters` tags, the kernel's name, and pictures pasted into text. Everything else in the file
(outputs, widgets, other tags, other metadata) does not affect grading and is left out.
"""

import base64
import binascii
import json
import re
import shutil
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

from autograder.course import Limits
from autograder.errors import BadSubmission
from autograder.files import TooDeep, is_clutter, plain_files
from autograder.notebook.sniff import is_web_page, web_page_reason

SAVE_AGAIN = "open it in JupyterLab, save it, and submit it again"
MAX_NOTEBOOK = 32 * 2**20  # bytes; figures included
MAX_CELLS = 1000
MAX_SOURCE = 2**20  # characters in a cell
PICTURES = ("image/png", "image/jpeg")
CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def read_submission(folder: Path, limits: Limits) -> NotebookNode:
    """The folder's only notebook, in nbformat 4.5.

    Raises BadSubmission, with one line for the student and the TA, if there is none that can run.
    """
    path = _only_notebook(folder)
    try:
        size = sum(file.size for file in plain_files(folder))
    except TooDeep as error:
        raise BadSubmission(f"the submission has {error}: submit only the notebook") from None
    if size > limits.submission_bytes:
        allowed = limits.submission_bytes / 2**20
        raise BadSubmission(
            f"the submission is larger than {allowed:.0f} MB: leave out large files"
        )
    return read_notebook(path)


def read_notebook(path: Path) -> NotebookNode:
    """A notebook file, in nbformat 4.5. Raises BadSubmission if it cannot run."""
    data = _read(path)
    try:
        notebook = _rebuild(data)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        reason = str(error).strip().splitlines()[:1] or [type(error).__name__]
        raise BadSubmission(
            f"{_name(path)} does not follow the notebook format ({reason[0][:100]}): {SAVE_AGAIN}"
        ) from None
    _require_python(notebook, _name(path))
    _require_sound_text(notebook, _name(path))
    return notebook


def copy_submission(folder: Path, work: Path) -> None:
    """Copy the plain files of a submission. Skips links, which could lead elsewhere."""
    work.mkdir(parents=True, exist_ok=True)
    for file in plain_files(folder):
        (work / file.below).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file.path, work / file.below)


def _only_notebook(folder: Path) -> Path:
    notebooks = sorted(path for path in folder.glob("*.ipynb") if not is_clutter(path.name))
    if not notebooks:
        raise BadSubmission("it holds no notebook (.ipynb): submit the notebook itself")
    if len(notebooks) > 1:
        names = " and ".join(_name(path) for path in notebooks)
        raise BadSubmission(f"it holds {len(notebooks)} notebooks, {names}: submit only one")
    (notebook,) = notebooks
    if notebook.is_symlink() or not notebook.is_file():
        raise BadSubmission(f"{_name(notebook)} is a link or a folder: submit the file itself")
    if notebook.stat().st_size > MAX_NOTEBOOK:
        allowed = MAX_NOTEBOOK / 2**20
        raise BadSubmission(
            f"{_name(notebook)} is larger than {allowed:.0f} MB: clear its outputs, save it, and "
            "submit it again"
        )
    return notebook


def _read(path: Path) -> dict[str, Any]:
    name = _name(path)
    content = path.read_bytes()
    if is_web_page(content):
        raise BadSubmission(web_page_reason(name))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadSubmission(f"{name} is not a text file: {SAVE_AGAIN}") from None
    if not text.strip():
        raise BadSubmission(
            f"{name} is empty, perhaps because the upload was interrupted: submit it again"
        )
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f" at line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise BadSubmission(
            f"{name} is broken JSON{where}, perhaps damaged by the upload: download it again from "
            "where you work, check that it opens, and submit it again"
        ) from None
    version = data.get("nbformat") if isinstance(data, dict) else None
    if not isinstance(version, int):
        raise BadSubmission(f"{name} is JSON but not a notebook: submit the .ipynb file")
    if version != 4:
        raise BadSubmission(f"{name} has notebook format {version}, not 4: {SAVE_AGAIN}")
    return dict(data)


def _rebuild(data: dict[str, Any]) -> NotebookNode:
    """The notebook of a file's JSON data, in nbformat 4.5.

    Raises AttributeError, KeyError, TypeError or ValueError if the data is not a notebook.
    """
    if len(data["cells"]) > MAX_CELLS:
        raise ValueError(f"more than {MAX_CELLS} cells")
    makers = {"code": new_code_cell, "markdown": new_markdown_cell, "raw": new_raw_cell}
    notebook = new_notebook()
    used: set[str] = set()
    for index, given in enumerate(data["cells"]):
        cell = makers[given["cell_type"]](_joined(given["source"]))
        wanted = given.get("id")
        fits = isinstance(wanted, str) and CELL_ID.fullmatch(wanted) and wanted not in used
        cell.id = wanted if fits else f"cell-{index}"
        used.add(cell.id)
        note = given.get("metadata", {}).get("nbgrader")
        if note:
            cell.metadata["nbgrader"] = _note(note)
        if "parameters" in (given.get("metadata", {}).get("tags") or ()):
            cell.metadata["tags"] = ["parameters"]
        if given["cell_type"] == "markdown" and (pictures := _pictures(given.get("attachments"))):
            cell["attachments"] = pictures
        notebook.cells.append(cell)
    metadata = data.get("metadata", {})
    for part, names in {
        "kernelspec": ("name", "display_name", "language"),
        "language_info": ("name",),
    }.items():
        found = metadata.get(part) or {}
        kept = {name: str(found[name])[:100] for name in names if name in found}
        if kept:
            notebook.metadata[part] = NotebookNode(kept)
    notebook.nbformat_minor = 5
    return notebook


def _joined(source: Any) -> str:
    text = source if isinstance(source, str) else "".join(source)
    if len(text) > MAX_SOURCE:
        raise ValueError(f"a cell of more than {MAX_SOURCE:,} characters")
    return text


def _note(note: Any) -> NotebookNode:
    """The id in nbgrader's metadata. Flags and points come from the released notebook."""
    name = note.get("grade_id") if isinstance(note, dict) else None
    return NotebookNode(grade_id=name if isinstance(name, str) else "")


def _pictures(attachments: Any) -> NotebookNode | None:
    """The pasted pictures of the types in PICTURES, which can only show an image."""
    kept = NotebookNode()
    for name, kinds in attachments.items() if isinstance(attachments, dict) else ():
        for kind, content in kinds.items() if isinstance(kinds, dict) else ():
            if kind in PICTURES and isinstance(content, str) and _is_base64(content):
                kept[name] = NotebookNode({kind: content})
    return kept or None


def _is_base64(text: str) -> bool:
    try:
        base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


def _require_python(notebook: NotebookNode, name: str) -> None:
    """Accept a Python kernel of any name, because the grader uses its own.

    Raises BadSubmission if the notebook names no kernel, or one of another language.
    """
    spec = notebook.metadata.get("kernelspec", {})
    info = notebook.metadata.get("language_info", {})
    choose = "choose a Python 3 kernel in JupyterLab, save, and submit it again"
    if not spec and not info:
        raise BadSubmission(f"{name} does not say which kernel it is for: {choose}")
    language = str(spec.get("language") or info.get("name") or "")
    kernel = str(spec.get("name", ""))
    if not (language.lower() == "python" or kernel.lower().startswith("python")):
        raise BadSubmission(
            f"{name} is for the kernel '{kernel or language}', not Python: {choose}"
        )


def _require_sound_text(notebook: NotebookNode, name: str) -> None:
    for index, cell in enumerate(notebook.cells):
        if "\0" in cell.source:
            what = "a null byte"
        elif any("\ud800" <= character <= "\udfff" for character in cell.source):
            what = "an incomplete character"
        else:
            continue
        raise BadSubmission(
            f"cell {index + 1} of {name} holds {what}, so the file is damaged: "
            "delete it there (or the whole cell), save, and submit it again"
        )
    try:
        nbformat.writes(notebook).encode("utf-8")
    except UnicodeEncodeError:
        raise BadSubmission(f"{name} holds an incomplete character: {SAVE_AGAIN}") from None


def _name(path: Path) -> str:
    """A file's name as text that can be printed and stored, even if it is not valid UTF-8."""
    return path.name.encode("utf-8", "replace").decode("utf-8")
