"""What a student handed in: one folder, and in it one notebook, read without running anything."""

import json
import shutil
from pathlib import Path

import nbformat
from nbformat import NotebookNode, ValidationError

from autograder.course import Limits
from autograder.errors import BadSubmission

SAVE_AGAIN = "open it in JupyterLab, save it, and hand it in again"


def read_submission(folder: Path, limits: Limits) -> NotebookNode:
    """The folder's only notebook, in nbformat 4 with cell ids.

    Raises BadSubmission, in one line for the student and the TA, where there is none that can run.
    """
    path = _only_notebook(folder)
    size = sum(f.lstat().st_size for f in folder.rglob("*") if f.is_file())
    if size > limits.submission_bytes:
        allowed = limits.submission_bytes / 2**20
        raise BadSubmission(
            f"the submission is larger than {allowed:.0f} MB: leave out large files"
        )
    notebook = _read(path)
    _require_python(notebook, path.name)
    for index, cell in enumerate(notebook.cells):
        if "\0" in cell.source:
            raise BadSubmission(
                f"cell {index + 1} of {path.name} holds a null byte, so the file is damaged: "
                "delete that character (or the cell), save, and hand it in again"
            )
    return notebook


def copy_submission(folder: Path, work: Path) -> None:
    """Copy what was handed in; only plain files and folders, so that no link leads elsewhere."""

    def not_plain(parent: str, names: list[str]) -> list[str]:
        paths = {name: Path(parent, name) for name in names}
        return [
            name for name, p in paths.items() if p.is_symlink() or not (p.is_file() or p.is_dir())
        ]

    shutil.copytree(folder, work, ignore=not_plain, dirs_exist_ok=True)


def _only_notebook(folder: Path) -> Path:
    found = sorted(folder.glob("*.ipynb"))
    if not found:
        raise BadSubmission("it holds no notebook (.ipynb): hand in the notebook itself")
    if len(found) > 1:
        names = " and ".join(path.name for path in found)
        raise BadSubmission(f"it holds {len(found)} notebooks, {names}: hand in only one")
    if found[0].is_symlink() or not found[0].is_file():
        raise BadSubmission(f"{found[0].name} is a link or a folder: hand in the file itself")
    return found[0]


def _read(path: Path) -> NotebookNode:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BadSubmission(f"{path.name} is no text file: {SAVE_AGAIN}") from None
    if not text.strip():
        raise BadSubmission(f"{path.name} is empty: the upload was cut off, hand it in again")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f" at line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise BadSubmission(f"{path.name} is broken JSON{where}: {SAVE_AGAIN}") from None
    version = data.get("nbformat") if isinstance(data, dict) else None
    if not isinstance(version, int):
        raise BadSubmission(f"{path.name} is JSON but no notebook: hand in the .ipynb file")
    if version != 4:
        raise BadSubmission(f"{path.name} has notebook format {version}, not 4: {SAVE_AGAIN}")
    try:
        # Adds the cell ids that older writers (Colab among them) leave out.
        _, data = nbformat.validator.normalize(data, 4, max(data.get("nbformat_minor", 0), 5))
        data["nbformat_minor"] = max(data.get("nbformat_minor", 0), 5)
        notebook = nbformat.from_dict(data)
        _join_lines(notebook)
        nbformat.validate(notebook, relax_add_props=True)
    except (ValidationError, AttributeError, KeyError, TypeError) as error:
        reason = str(error).strip().splitlines()[0][:120]
        raise BadSubmission(
            f"{path.name} does not follow the notebook format ({reason}): {SAVE_AGAIN}"
        ) from None
    return notebook


def _join_lines(notebook: NotebookNode) -> None:
    """On disk a cell's source may be a list of lines; in memory it is one string."""
    nbformat.v4.rwbase.rejoin_lines(notebook)


def _require_python(notebook: NotebookNode, name: str) -> None:
    """Any Python kernel will do, whatever a laptop calls it; the grader runs its own."""
    spec = notebook.metadata.get("kernelspec", {})
    info = notebook.metadata.get("language_info", {})
    choose = "choose a Python 3 kernel in JupyterLab, save, and hand it in again"
    if not spec and not info:
        raise BadSubmission(f"{name} does not say which kernel it is for: {choose}")
    language = str(spec.get("language") or info.get("name") or "")
    kernel = str(spec.get("name", ""))
    if not (language.lower() == "python" or kernel.lower().startswith("python")):
        raise BadSubmission(
            f"{name} is for the kernel '{kernel or language}', not Python: {choose}"
        )
