"""Collects what a student wrote for a written answer: it counts wherever they typed it.

An answer can be split over several cells, or stand above or below the cell that was meant for it.
What is found is added to that cell, each part under a line that says so, and a person grades it.
"""

from nbformat import NotebookNode

from autograder.notebook.cells import ANSWER_STUB, answer_words, grade_id, is_written_answer
from autograder.notebook.changes import CellChange, ChangeKind
from autograder.notebook.lost_cells import Places, is_text, words_of

BESIDE = "*The next text was in another cell beside this one:*"
ENOUGH_WORDS = 10
ELSEWHERE = "*No answer was in this place. The next text was in another cell of the notebook:*"


def join_parts(notebook: NotebookNode) -> list[CellChange]:
    """Join the cells of a written answer that was split; the last cell keeps the id and the text.

    Takes the parts' nbgrader ids away.
    """
    parts: dict[str, list[NotebookNode]] = {}
    for cell in notebook.cells:
        if cell.cell_type != "code" and grade_id(cell):
            parts.setdefault(grade_id(cell), []).append(cell)
    changes = []
    for name, cells in parts.items():
        last = cells[-1]
        texts: dict[str, str] = {}  # each part once, by its text
        for cell in cells:
            text = cell.source.strip()
            if answer_words(text) and text not in texts:
                texts[text] = text if cell is last else _with_pictures(text, cell, last)
        if len(texts) > 1:
            changes.append(CellChange(ChangeKind.JOINED, name))
        for cell in cells[:-1]:
            del cell.metadata["nbgrader"]
            cell.source = "" if texts else cell.source
        if texts:
            last.source = "\n\n".join(texts.values()) if len(cells) > 1 else last.source
    return changes


def gather_words(
    notebook: NotebookNode, released: NotebookNode, lost: list[str]
) -> list[CellChange]:
    """Add to each written answer the text that stands beside it.

    `lost` are the ids that were found again. If an answer's place is empty, all of the student's
    own text that belongs to no other answer is added, because any of it may be the answer. A few
    words are enough for this only if the notebook lost ids.
    """
    changes = []
    places = Places(notebook, released)
    taken: list[NotebookNode] = []
    empty: list[NotebookNode] = []
    for original in released.cells:
        if not is_written_answer(original):
            continue
        name = grade_id(original)
        cells = [cell for cell in notebook.cells if grade_id(cell) == name]
        if not cells:
            continue
        answer = cells[0]
        has_words = bool(answer_words(answer.source)) or bool(answer.get("attachments"))
        beside = [cell for cell in places.around(name) if is_text(cell)]
        if has_words:  # then comments in code are comments
            beside = [cell for cell in beside if cell.cell_type != "code"]
        taken += beside
        if beside:
            changes.append(CellChange(ChangeKind.BESIDE, name))
            _add(answer, BESIDE, beside)
        elif not has_words:
            empty.append(answer)
    elsewhere = [
        cell
        for cell in places.own()
        if is_text(cell) and cell.cell_type != "code" and not any(cell is one for one in taken)
    ]
    if (lost and elsewhere) or sum(
        len(words_of(cell).split()) for cell in elsewhere
    ) >= ENOUGH_WORDS:
        for answer in empty:
            changes.append(CellChange(ChangeKind.ELSEWHERE, grade_id(answer)))
            _add(answer, ELSEWHERE, elsewhere)
    return changes


def _add(answer: NotebookNode, line: str, cells: list[NotebookNode]) -> None:
    """Add the text of these cells to an answer, each under the line that says where it was."""
    own = answer.source.replace(ANSWER_STUB, "").strip()
    texts = [f"{line}\n\n{_with_pictures(words_of(cell), cell, answer)}" for cell in cells]
    answer.source = "\n\n".join(filter(None, [own, *texts]))


def _with_pictures(text: str, cell: NotebookNode, answer: NotebookNode) -> str:
    """The text of a cell, whose pictures are attached to the answer under new names."""
    for name, content in cell.get("attachments", {}).items():
        kept = answer.setdefault("attachments", NotebookNode())
        new = f"more-{len(kept) + 1}-{name}"
        kept[new] = content
        text = text.replace(f"(attachment:{name})", f"(attachment:{new})")
    return text
