"""Reads a submission, which is a folder with a notebook, without running anything.

A notebook is rebuilt from the parts that grading needs: its cells' types, sources, nbgrader ids and
`parameters` tags, the kernel's name, and pictures in text. Everything else in the file (outputs,
widgets, other tags, other metadata) does not affect grading and is left out before anything is
measured. What cannot be read costs its own cell.
"""

import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

from autograder.artifacts import ARTIFACTS
from autograder.course import Limits
from autograder.errors import BadSubmission
from autograder.files import TooDeep, plain_files
from autograder.notebook.changes import CellChange, ChangeKind
from autograder.notebook.file import SAVE_AGAIN, choose_notebook, file_name, read_json
from autograder.notebook.pictures import Pictures
from autograder.text import first_line

MAX_CELLS = 5000  # that are not empty
MAX_SOURCE = 2**20  # characters in a cell, without its pictures
CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
DAMAGED = re.compile("[\0\ud800-\udfff]")  # a null byte, or half of a character
# Kernels of other languages, for notebooks that name no language.
NOT_PYTHON = re.compile(
    r"(ir|r|julia|javascript|deno|tslab|typescript|bash|xcpp|xeus-cling|scala|spylon|octave|matlab|"
    r"sas|stata|sos|haskell|ruby|rust|evcxr|gophernotes|go|java|ijava|kotlin|csharp|fsharp|\.net|"
    r"powershell|perl|php|lua|sql|wolfram)([-_. ].*|[\d.]+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Reading:
    """A notebook in nbformat 4.5, and what reading it changed."""

    notebook: NotebookNode
    changes: tuple[CellChange, ...] = ()


def read_submission(
    folder: Path, limits: Limits, released: str = "", beside: Sequence[Path] = ()
) -> Reading:
    """The folder's notebook: the one with the `released` name, or else the only one.

    Pictures that its text names are looked up in the folder, then in those `beside`. Raises
    BadSubmission, with one line for the student and the TA, if there is no notebook that can run.
    """
    path, others = choose_notebook(folder, released)
    try:
        size = sum(file.size for file in plain_files(folder))
    except TooDeep as error:
        raise BadSubmission(f"the submission has {error}: submit only the notebook") from None
    if size > limits.submission_bytes:
        allowed = limits.submission_bytes / 2**20
        raise BadSubmission(
            f"the submission is larger than {allowed:.0f} MB: leave out large files"
        )
    reading = read_notebook(path, (folder, *beside))
    ignored = (CellChange(ChangeKind.OTHER_NOTEBOOK, file_name(other)) for other in others)
    return Reading(reading.notebook, (*ignored, *reading.changes))


def read_notebook(path: Path, beside: Sequence[Path] = ()) -> Reading:
    """A notebook file. Raises BadSubmission if it cannot run."""
    data = read_json(path)
    try:
        reading = _rebuild(data, Pictures(beside))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        reason = first_line(error)[:100]
        raise BadSubmission(
            f"{file_name(path)} does not follow the notebook format ({reason}): {SAVE_AGAIN}"
        ) from None
    _require_python(reading.notebook, file_name(path))
    return reading


def copy_submission(folder: Path, work: Path) -> None:
    """Copy the plain files of a submission. Skips links, which could lead elsewhere.

    Skips a trained model's files too: they must not pass for what the notebook has to write.
    """
    work.mkdir(parents=True, exist_ok=True)
    for file in plain_files(folder):
        if Path(file.below).name in ARTIFACTS:
            continue
        (work / file.below).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file.path, work / file.below)


def _rebuild(data: dict[str, Any], pictures: Pictures) -> Reading:
    """The notebook of a file's JSON data.

    Raises AttributeError, KeyError, TypeError or ValueError if the data is not a notebook.
    """
    notebook = new_notebook()
    changes: list[CellChange] = []
    used: set[str] = set()
    for index, given in enumerate(data["cells"]):
        number = str(index + 1)
        try:
            cell, more = _cell(given, pictures, number)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            reason = f"it does not follow the notebook format ({type(error).__name__})"
            changes.append(CellChange(ChangeKind.LEFT_OUT, number, reason))
            continue
        changes += more
        if not cell.source.strip() and "nbgrader" not in cell.metadata:
            continue
        wanted = given.get("id")
        fits = isinstance(wanted, str) and CELL_ID.fullmatch(wanted) and wanted not in used
        cell.id = wanted if fits else _unused(f"cell-{index}", used)
        used.add(cell.id)
        notebook.cells.append(cell)
    if data["cells"] and not notebook.cells and changes:
        raise ValueError("none of its cells can be read")
    if len(notebook.cells) > MAX_CELLS:
        raise ValueError(f"more than {MAX_CELLS} cells")
    metadata = data.get("metadata")
    for part, names in {
        "kernelspec": ("name", "display_name", "language"),
        "language_info": ("name",),
    }.items():
        found = metadata.get(part) if isinstance(metadata, dict) else None
        found = found if isinstance(found, dict) else {}
        kept = {name: _sound(str(found[name]))[:100] for name in names if name in found}
        if kept:
            notebook.metadata[part] = NotebookNode(kept)
    notebook.nbformat_minor = 5
    return Reading(notebook, tuple(changes))


def _cell(
    given: Mapping[str, Any], pictures: Pictures, number: str
) -> tuple[NotebookNode, list[CellChange]]:
    """A cell of the file, and what was changed in it."""
    makers = {"code": new_code_cell, "markdown": new_markdown_cell, "raw": new_raw_cell}
    source = given["source"]
    text = source if isinstance(source, str) else "".join(source)
    cell = makers[given["cell_type"]](_sound(text))
    changes = []
    if DAMAGED.search(text) or "\ufffd" in text:
        changes.append(CellChange(ChangeKind.DAMAGED, number))
    own = given.get("metadata")
    metadata = own if isinstance(own, dict) else {}
    if note := metadata.get("nbgrader"):
        cell.metadata["nbgrader"] = _note(note)
    tags = metadata.get("tags")
    if isinstance(tags, list | tuple) and "parameters" in tags:
        cell.metadata["tags"] = ["parameters"]
    if cell.cell_type != "code":
        for name in pictures.gather(cell, given.get("attachments")):
            changes.append(CellChange(ChangeKind.NO_PICTURE, number, _sound(name)))
    if len(cell.source) > MAX_SOURCE:
        cell.source = ""
        reason = f"it has more than {MAX_SOURCE:,} characters"
        changes.append(CellChange(ChangeKind.LEFT_OUT, number, reason))
    return cell, changes


def _unused(name: str, used: set[str]) -> str:
    """The name, with a letter behind it for each cell that has it already."""
    while name in used:
        name += "x"
    return name


def _sound(text: str) -> str:
    """Text that can be stored: characters that are no characters are replaced."""
    return DAMAGED.sub("\ufffd", text)


def _note(note: Any) -> NotebookNode:
    """The id in nbgrader's metadata. Flags and points come from the released notebook."""
    name = note.get("grade_id") if isinstance(note, dict) else None
    return NotebookNode(grade_id=_sound(name) if isinstance(name, str) else "")


def _require_python(notebook: NotebookNode, name: str) -> None:
    """Accept a Python kernel of any name, or none, because the grader uses its own.

    Raises BadSubmission if the notebook says that it is for another language.
    """
    spec = notebook.metadata.get("kernelspec", {})
    info = notebook.metadata.get("language_info", {})
    language = str(spec.get("language") or info.get("name") or "")
    kernel = str(spec.get("name", ""))
    if language:
        is_python = "python" in language.lower() or "python" in kernel.lower()
    else:
        is_python = not NOT_PYTHON.fullmatch(kernel)
    if not is_python:
        raise BadSubmission(
            f"{name} is for the kernel '{kernel or language}', not Python: choose a Python 3 "
            "kernel in JupyterLab, save, and submit it again"
        )
