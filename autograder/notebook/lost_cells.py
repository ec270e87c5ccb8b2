"""Finds the course's cells again in a notebook whose cells lost nbgrader's metadata.

Some editors drop it: all of a notebook's, or that of a cell that was cut and pasted. A cell is then
known by its own id, by its text, by what it defines, or by the released text around it.
"""

import ast
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache

from nbformat import NotebookNode

from autograder.notebook.cells import ANSWER_STUB, grade_id, is_locked, is_written_answer

# How a release begins such a cell. Earlier releases have no `@title` at a check.
HEADER = re.compile(r"#\s*(?:@title\s+)?(Exercise|Check):\s*(\w+)")
MARK = re.compile(r"^\s*#+ ?", re.MULTILINE)


def find_lost_cells(notebook: NotebookNode, released: NotebookNode) -> list[str]:
    """Give the released ids back to cells that lost them. Returns these ids."""
    present = {grade_id(cell) for cell in notebook.cells}
    defined_in = cache(defined_names)  # each exercise looks at every cell
    found: list[str] = []
    for original in released.cells:
        name = grade_id(original)
        if name and name not in present and not is_written_answer(original):
            candidates = [cell for cell in notebook.cells if not grade_id(cell)]
            cell = _lost_code(original, candidates, defined_in)
            if cell is not None:
                cell.metadata["nbgrader"] = NotebookNode(grade_id=name)
                found.append(name)
    places = Places(notebook, released)
    for original in released.cells:
        name = grade_id(original)
        if name and name not in present and is_written_answer(original):
            by_id = [c for c in notebook.cells if c.id == original.id and not grade_id(c)]
            cells = [c for c in by_id if c.cell_type != "code"] or [
                cell for cell in places.around(name) if is_text(cell)
            ]
            if cells:
                cells[0].metadata["nbgrader"] = NotebookNode(grade_id=name)
                found.append(name)
    return found


class Places:
    """Where the released cells are in a submitted notebook."""

    def __init__(self, notebook: NotebookNode, released: NotebookNode):
        self.cells: Sequence[NotebookNode] = notebook.cells
        self.released: Sequence[NotebookNode] = released.cells
        self.names = [grade_id(cell) for cell in released.cells]
        by_name = {grade_id(cell): i for i, cell in enumerate(notebook.cells) if grade_id(cell)}
        others = [i for i, cell in enumerate(notebook.cells) if not grade_id(cell)]
        by_id = {notebook.cells[i].id: i for i in others}
        by_text = {_text(notebook.cells[i]): i for i in reversed(others)}
        self.places: list[int | None] = []  # of each released cell
        for cell in released.cells:
            name = grade_id(cell)
            place = by_name.get(name) if name else by_text.get(_text(cell), by_id.get(cell.id))
            self.places.append(place)
        self.known = {place for place in self.places if place is not None}

    def around(self, name: str) -> list[NotebookNode]:
        """The student's own cells between the released cells before and after the cell `name`.

        They stand beside it if it is there, and where it would be if it is not.
        """
        at = self.names.index(name)
        before = [place for place in self.places[:at] if place is not None]
        after = [place for place in self.places[at + 1 :] if place is not None]
        first = before[-1] + 1 if before else 0
        last = min((p for p in after if p >= first), default=len(self.cells))
        return [self.cells[i] for i in range(first, last) if i not in self.known]

    def unchanged(self) -> Iterator[NotebookNode]:
        """The cells without nbgrader's metadata that are as in the release."""
        for place, original in zip(self.places, self.released, strict=True):
            cell = None if place is None or grade_id(original) else self.cells[place]
            if cell is not None and _text(cell) == _text(original):
                yield cell

    def own(self) -> Iterator[NotebookNode]:
        """All cells that the release does not have."""
        return (cell for i, cell in enumerate(self.cells) if i not in self.known)


def is_text(cell: NotebookNode) -> bool:
    """Whether a cell holds words, in a text cell or in a code cell that holds no code."""
    return bool(words_of(cell))


def words_of(cell: NotebookNode) -> str:
    """A cell's words: a text cell's, or those of a code cell that has only comments or no Python.

    Empty for any other cell.
    """
    text = str(cell.source).replace(ANSWER_STUB, "").strip()
    if cell.cell_type != "code" or not text:
        return text
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        is_prose = len(text.split()) >= 5 and not re.search(r"[=(\[{%!]", text)
        return text if is_prose else ""
    strings = [n for n in body if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)]
    if len(strings) < len(body):
        return ""
    said = [str(node.value.value) for node in strings if isinstance(node.value, ast.Constant)]
    return "\n".join(said) if said else MARK.sub("", text)


def defined_names(source: str) -> Collection[str]:
    """The names that a cell's top-level statements define; none if it is not valid Python."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    names = set()
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            inner = (part for target in targets for part in ast.walk(target))
            names |= {part.id for part in inner if isinstance(part, ast.Name)}
    return names


def exercises_in(notebook: NotebookNode, released: NotebookNode) -> Mapping[str, bool]:
    """Exercise -> whether the notebook has a cell for it, or defines it anywhere."""
    names = {grade_id(cell) for cell in notebook.cells}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            names |= set(defined_names(cell.source))
    exercises = [grade_id(c) for c in released.cells if c.cell_type == "code" and not is_locked(c)]
    return {name: name in names for name in exercises if name}


def _lost_code(
    original: NotebookNode,
    cells: Sequence[NotebookNode],
    defined_in: Callable[[str], Collection[str]],
) -> NotebookNode | None:
    """The exercise's or locked cell's counterpart among cells without nbgrader's metadata."""
    name = grade_id(original)
    code = [cell for cell in cells if cell.cell_type == "code"]
    header = _header(original)
    ways = [
        [cell for cell in code if cell.id == original.id],
        [cell for cell in code if _text(cell) == _text(original)],
        [cell for cell in code if header and _header(cell) == header],
    ]
    if not is_locked(original):
        ways.append([cell for cell in code if name in defined_in(cell.source)])
    return next((found[-1] for found in ways if found), None)


def _header(cell: NotebookNode) -> tuple[str, ...]:
    """What the first line of a released cell says that it is, such as ("Check", "train")."""
    found = HEADER.match(cell.source)
    return found.groups() if found else ()


def _text(cell: NotebookNode) -> tuple[str, str]:
    return cell.cell_type, " ".join(cell.source.split())
