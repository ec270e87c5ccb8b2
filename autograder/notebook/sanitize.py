"""Makes a student's notebook safe to open in a browser, where a TA may be able to change grades.

nbformat lets a notebook hold HTML and JavaScript in outputs, widgets and Markdown. A browser would
run it in formgrader's page, with the TA's rights.
"""

import copy
import html
import re
from typing import Any

import nh3
from nbformat import NotebookNode

from autograder.notebook.cells import is_locked

TABLE_TAGS = {"div", "p", "pre", "span", "table", "thead", "tbody", "tr", "th", "td"}
SHOWN = ("text/html", "text/plain", "text/latex", "image/png", "image/jpeg")
MAX_TAGS = 5000  # HTML tags of student outputs on one page
# URL schemes that run code, with characters between that a browser or Markdown ignores.
SCHEMES = re.compile(
    "|".join(r"[\s\\\x00-\x20]*".join([*word, ":"]) for word in ("javascript", "vbscript", "data")),
    re.IGNORECASE,
)


def sanitize(notebook: NotebookNode) -> NotebookNode:
    """A copy in which a browser runs nothing that the student wrote.

    Keeps text, images and tables of outputs, and the text of Markdown cells; locked cells stay as
    they are.
    """
    notebook = copy.deepcopy(notebook)
    notebook.metadata.pop("widgets", None)
    tags = MAX_TAGS
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, tags = _safe_outputs(cell.outputs, tags)
        elif not is_locked(cell):
            cell.source = _without_tags(cell.source)
            for name in set(re.findall(r"attachment:([^\s)\"'>]*)", cell.source)):
                if name not in cell.get("attachments", {}):  # nbconvert would refuse the page
                    cell.source = cell.source.replace(f"attachment:{name}", f"missing:{name}")
    return notebook


def _safe_outputs(outputs: list[NotebookNode], tags: int) -> tuple[list[NotebookNode], int]:
    """(outputs without anything that a browser runs, how many HTML tags the page may still have).

    Sanitizing nested HTML takes quadratic time, so there is a limit.
    """
    kept = []
    for output in outputs:
        if "data" in output:
            data = {kind: _text(output.data[kind]) for kind in SHOWN if kind in output.data}
            tags -= data.get("text/html", "").count("<")
            if tags < 0:
                data.pop("text/html", None)
            if "text/html" in data:
                data["text/html"] = nh3.clean(
                    data["text/html"], TABLE_TAGS, attributes={"*": {"class"}}, link_rel=None
                )
            output.data, output.metadata = NotebookNode(data), NotebookNode()
            if not data:
                continue
        kept.append(output)
    return kept, tags


def _text(content: Any) -> str:
    """The content of one MIME type, which nbformat allows to be a list of lines."""
    return "".join(map(str, content)) if isinstance(content, list) else str(content)


def _without_tags(source: str) -> str:
    """Markdown that shows raw HTML as text, and whose links run nothing.

    A zero-width space after each '<' that could begin a tag keeps text and formulas readable. An
    escaped '<' would appear as an entity inside $...$.
    """
    if SCHEMES.search(plain := html.unescape(source)):  # a browser decodes entities too
        source = SCHEMES.sub(lambda match: f"{match[0][0]}\u200b{match[0][1:]}", plain)
    return re.sub(r"<(?=[A-Za-z/!?])", "<\u200b", source)
