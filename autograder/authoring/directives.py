"""Turns a worked notebook with directives into an nbgrader source notebook, without any I/O.

A directive is the first line of a cell and states the cell's role:

    #| setup                                the first code cell of a notebook; locked
    #| exercise: mse_gradient               code to write; the solution in BEGIN/END SOLUTION
    #| check: mse_gradient                  visible asserts; locked; carries the exercise's points
    #| written: learning_rate, points: 6    a Markdown answer, graded by hand
    #| rubric: learning_rate                how to grade that answer; left out of source and release
    #| instructor                           left out of source and release

A code cell whose first line, below its directive if there is one, is `#@title TEXT` is folded, and
checks always are: the reader sees the title and the output.

An exercise is named after the function, class or variable that it asks for. Every name is allowed
but Python's own special names, such as `__init__`: hidden tests read `student.NAME`.
"""

import ast
import copy
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode
from nbformat.v4 import new_notebook

from autograder.errors import AutograderError
from autograder.notebook.cells import check_name, grade_id
from autograder.notebook.rubrics import require_sum
from autograder.text import as_points

DEVICE_LINE = "device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')"
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
SETUP = "setup"
# The setup cell's call that fetches data: the build writes each week's own in its place.
FETCH_DATA = re.compile(r"^fetch_data\([^()]*\).*$", re.MULTILINE)
# The line of the setup cell that installs in Colab what it lacks.
INSTALL = re.compile(r"^ *%pip install -q .*$", re.MULTILINE)
TITLE = re.compile(r"#[ ]?@title\b[^\n]*(?:\n|\Z)")  # Colab's mark of a cell with a title
KINDS = (SETUP, "exercise", "check", "written", "rubric", "instructor")
NOT_RELEASED = ("rubric", "instructor")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
CELL_TYPES = {"code": "code", "markdown": "Markdown"}


@dataclass(frozen=True)
class Directive:
    """The parsed first line of a cell."""

    kind: str
    name: str = ""
    points: float | None = None


def read_directive(source: str) -> Directive | None:
    """The directive on a cell's first line, or None. Raises AutograderError for an invalid one."""
    first = source.split("\n", 1)[0].strip()
    if not first.startswith("#|"):
        return None
    head, *rest = [part.strip() for part in first.removeprefix("#|").split(",")]
    kind, _, name = (part.strip() for part in head.partition(":"))
    options = dict(part.split(":", 1) for part in rest if ":" in part)
    points = options.pop("points", None)
    needs_name = kind in ("exercise", "check", "written", "rubric")
    if kind not in KINDS or options or needs_name != bool(NAME.fullmatch(name)):
        raise AutograderError(
            f"cannot read the directive '{first}': write one of {', '.join(KINDS)}"
        )
    if kind == "written" and points is None:
        raise AutograderError(f"'{first}' has no points: write '#| written: {name}, points: N'")
    if kind != "written" and points is not None:
        raise AutograderError(
            f"'{first}' must not have points: an exercise is worth its hidden tests' @points"
        )
    if name.startswith("__") and name.endswith("__"):  # hidden tests cannot reach such a name
        raise AutograderError(
            f"the name in '{first}' is reserved: choose one that does not begin and end with __"
        )
    try:
        return Directive(kind, name, None if points is None else float(points))
    except ValueError:
        raise AutograderError(f"cannot read the points in '{first}'") from None


def source_notebook(
    worked: NotebookNode,
    points: Mapping[str, float],
    badge: str = "",
    data_address: str = "",
    data_files: Sequence[str] = (),
    packages: Sequence[str] = (),
) -> NotebookNode:
    """The nbgrader source notebook for a worked notebook.

    `points` maps each exercise to the sum of its hidden tests' points. The title gets the `badge`,
    a line of Markdown. The setup cell fetches the `data_files` from `data_address`, and installs
    these `packages` too in Colab. Cell ids and grade ids depend on names and order only, so equal
    input gives an equal notebook. Raises AutograderError if exercises, checks and hidden tests do
    not match.
    """
    cells = [(copy.deepcopy(cell), read_directive(cell.source)) for cell in worked.cells]
    _require_pairs([directive for _, directive in cells if directive], points)
    _require_rubrics([(cell, d) for cell, d in cells if d])
    if not any(d and d.kind == "setup" and DEVICE_LINE in cell.source for cell, d in cells):
        raise AutograderError(f"the notebook needs a '#| setup' cell with the line: {DEVICE_LINE}")
    kept = [_nbgrader_cell(c, d, points) for c, d in cells if not (d and d.kind in NOT_RELEASED)]
    call = _call_of_fetch_data(data_address, data_files)
    for cell in kept:
        if grade_id(cell) == SETUP:
            cell.source = FETCH_DATA.sub(lambda _: call, cell.source)
            cell.source = INSTALL.sub(lambda line: " ".join((line[0], *packages)), cell.source)
    title = next((c for c in kept if c.cell_type == "markdown" and c.source.startswith("# ")), None)
    if badge and title is not None:
        first, *rest = title.source.split("\n")
        title.source = "\n".join((first, "", badge, *rest))
    notebook = new_notebook(cells=kept)
    notebook.nbformat_minor = 5
    spec = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    notebook.metadata = NotebookNode(kernelspec=NotebookNode(spec))
    for index, cell in enumerate(notebook.cells):
        note = cell.metadata.get("nbgrader", {})
        cell["id"] = note.get("grade_id") or f"cell-{index:03d}"
    return notebook


def _call_of_fetch_data(address: str, files: Sequence[str]) -> str:
    """The call, one line for each file if there are any."""
    listed = "".join(f"\n    {json.dumps(file)}," for file in files)
    return f"fetch_data({json.dumps(address)}, [{listed}\n])" if files else 'fetch_data("", [])'


def without_rubric(worked: NotebookNode) -> list[str]:
    """The written questions of a worked notebook that have no rubric, in order."""
    directives = [d for cell in worked.cells if (d := read_directive(cell.source))]
    rubrics = {d.name for d in directives if d.kind == "rubric"}
    return [d.name for d in directives if d.kind == "written" and d.name not in rubrics]


def solution_lines(source: str) -> Iterator[str]:
    """The lines between BEGIN and END SOLUTION in a cell's source, stripped."""
    inside = False
    for line in source.split("\n"):
        if line.strip() in (BEGIN, END):
            inside = line.strip() == BEGIN
        elif inside and line.strip():
            yield line.strip()


def _nbgrader_cell(
    cell: NotebookNode, directive: Directive | None, points: Mapping[str, float]
) -> NotebookNode:
    cell.metadata = NotebookNode({k: v for k, v in cell.metadata.items() if k == "tags"})
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None
    if directive is None:
        return _folded(cell)
    body = cell.source.split("\n", 1)[1] if "\n" in cell.source else ""
    if directive.kind == "setup":
        return _folded(_with(cell, body, SETUP, locked=True))
    if directive.kind == "written":
        _require(cell, "markdown", directive)
        return _with(cell, body, directive.name, grade=True, solution=True, points=directive.points)
    _require(cell, "code", directive)
    worth = points[directive.name]
    _require_python(body, directive)
    if directive.kind == "exercise":
        _require_regions(body, directive)
        if TITLE.match(body):
            raise AutograderError(
                f"exercise {directive.name} begins with #@title and would be folded: students "
                "have to see it, so remove that line"
            )
        if not any(solution_lines(body)):
            raise AutograderError(
                f"exercise {directive.name} has no {BEGIN} … {END} with a solution"
            )
        heading = (
            f"# Exercise: {directive.name} ({as_points(worth)} point{'' if worth == 1 else 's'})"
        )
        return _with(cell, f"{heading}\n{body}", directive.name, solution=True)
    source = f"#@title Check: {directive.name}\n{TITLE.sub('', body)}"
    name = check_name(directive.name)
    return _folded(_with(cell, source, name, grade=True, locked=True, points=worth))


def _folded(cell: NotebookNode) -> NotebookNode:
    """The cell; if it begins with `#@title`, editors show its title and output, not its code."""
    if cell.cell_type == "code" and TITLE.match(cell.source):
        cell.metadata.update(jupyter=NotebookNode(source_hidden=True), cellView="form")
    return cell


def _with(cell: NotebookNode, source: str, grade_id: str, **flags: Any) -> NotebookNode:
    note = {"grade": False, "solution": False, "locked": False, "task": False, **flags}
    cell.source = source.strip("\n")
    cell.metadata["nbgrader"] = NotebookNode(grade_id=grade_id, schema_version=3, **note)
    if note["locked"]:
        cell.metadata.update(editable=False, deletable=False)
    return cell


def _require(cell: NotebookNode, cell_type: str, directive: Directive) -> None:
    if cell.cell_type != cell_type:
        raise AutograderError(
            f"'{directive.kind}: {directive.name}' must be a {CELL_TYPES[cell_type]} cell"
        )


def _require_regions(body: str, directive: Directive) -> None:
    """Raise AutograderError unless every BEGIN SOLUTION is followed by its END SOLUTION."""
    marks = [line.strip() for line in body.split("\n") if line.strip() in (BEGIN, END)]
    if marks != [BEGIN, END] * (len(marks) // 2):
        raise AutograderError(f"exercise {directive.name}: every {BEGIN} needs its own {END}")


def _require_python(body: str, directive: Directive) -> None:
    transformer = TransformerManager()  # type: ignore[no-untyped-call]
    try:
        ast.parse(transformer.transform_cell(body))
    except SyntaxError as error:
        raise AutograderError(
            f"'{directive.kind}: {directive.name}' is not valid Python, line {error.lineno} of the "
            f"cell: {error.msg}"
        ) from None


def _require_pairs(directives: list[Directive], points: Mapping[str, float]) -> None:
    """Raise AutograderError unless every exercise has one check and hidden tests."""
    names = {kind: [d.name for d in directives if d.kind == kind] for kind in KINDS}
    for kind, used in names.items():
        if repeated := sorted({name for name in used if used.count(name) > 1}):
            raise AutograderError(
                f"'#| {kind}' is repeated for {', '.join(repeated) or 'the notebook'}"
            )
    exercises = set(names["exercise"])
    for problem, culprits in (
        ("has no check: add a cell '#| check: NAME'", exercises - set(names["check"])),
        ("has a check but no exercise", set(names["check"]) - exercises),
        (
            "has no hidden test: add test_NAME.py to its week's folder in tests/hidden/",
            exercises - set(points),
        ),
        ("has hidden tests but is not in the notebook", set(points) - exercises),
        ("is both an exercise and a written answer", exercises & set(names["written"])),
    ):
        if culprits:
            raise AutograderError(f"{', '.join(sorted(culprits))} {problem}")


def _require_rubrics(cells: list[tuple[NotebookNode, Directive]]) -> None:
    """Raise AutograderError unless each rubric is that of a question and adds up to its points."""
    questions = {d.name: d.points or 0.0 for _, d in cells if d.kind == "written"}
    for cell, directive in cells:
        if directive.kind == "rubric":
            name = directive.name
            _require(cell, "markdown", directive)
            if name not in questions:
                raise AutograderError(
                    f"{name} has a rubric but no question: add '#| written: {name}, points: N'"
                )
            require_sum(name, cell.source.partition("\n")[2], questions[name])
