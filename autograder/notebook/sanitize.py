"""Makes a student's notebook safe to open in a browser, where a TA may be able to change grades.

nbformat lets a notebook hold HTML and JavaScript in outputs, widgets and Markdown. A browser would
run it in formgrader's page, with the TA's rights.
"""

import copy
import html
import re
from collections.abc import Mapping
from typing import Any

import nh3
from nbformat import NotebookNode

from autograder.notebook.cells import is_locked

TABLE_TAGS = {"div", "p", "pre", "span", "table", "thead", "tbody", "tr", "th", "td"}
SHOWN = ("text/html", "text/plain", "text/latex", "image/png", "image/jpeg")
PICTURES = frozenset(("image/png", "image/jpeg"))
MAX_ALT = 1000  # characters of a picture's description
MAX_PIXELS = 10_000
MAX_TAGS = 5000  # HTML tags of student outputs on one page
# URL schemes that run code, with characters between that a browser or Markdown ignores.
SCHEMES = re.compile(
    "|".join(r"[\s\\\x00-\x20]*".join([*word, ":"]) for word in ("javascript", "vbscript", "data")),
    re.IGNORECASE,
)


# Keys of the services that students use, as these services write them.
KEY = re.compile(
    r"\b(?:[0-9a-f]{40}|wandb_v\d_\w{20,}"  # Weights & Biases
    r"|hf_[A-Za-z0-9]{30,}"  # Hugging Face
    r"|sk-[A-Za-z0-9_-]{20,}"  # OpenAI, Anthropic
    r"|gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{30,}"
    r"|glpat-[\w-]{20,}|AKIA[0-9A-Z]{16}|AIza[\w-]{35}|xox[abprs]-[\w-]{10,})(?![\w-])"
)
BLANKED = "(a key was removed)"


def sanitize(notebook: NotebookNode) -> NotebookNode:
    """A copy in which a browser runs nothing that the student wrote.

    Keeps text, images and tables of outputs, and the text of Markdown cells; locked cells stay as
    they are. Keys of the student's accounts are blanked in code, text and outputs.
    """
    notebook = copy.deepcopy(notebook)
    notebook.metadata.pop("widgets", None)
    tags = MAX_TAGS
    for cell in notebook.cells:
        cell.source = KEY.sub(BLANKED, cell.source)
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
        for part in ("text", "evalue", "traceback"):
            if part in output:
                output[part] = _blanked(output[part])
        if "data" in output:
            data = {kind: _text(output.data[kind]) for kind in SHOWN if kind in output.data}
            data = {k: _blanked(v) if k.startswith("text/") else v for k, v in data.items()}
            tags -= data.get("text/html", "").count("<")
            if tags < 0:
                data.pop("text/html", None)
            if "text/html" in data:
                data["text/html"] = nh3.clean(
                    data["text/html"], TABLE_TAGS, attributes={"*": {"class"}}, link_rel=None
                )
            shown = _picture_metadata(output.get("metadata"), data)
            output.data, output.metadata = NotebookNode(data), NotebookNode(shown)
            if not data:
                continue
        kept.append(output)
    return kept, tags


def _picture_metadata(metadata: Any, data: Mapping[str, str]) -> dict[str, NotebookNode]:
    """What an output's metadata says of its pictures: a description, and the size in pixels.

    Pages write the size into HTML without quotes, so it must be a number.
    """
    kept = {}
    for kind in PICTURES & data.keys():
        told = metadata.get(kind) if isinstance(metadata, dict) else None
        told = told if isinstance(told, dict) else {}
        known: dict[str, Any] = {}
        for name in ("width", "height"):
            size = told.get(name)
            if type(size) in (int, float) and 1 <= float(size or 0) <= MAX_PIXELS:
                known[name] = size
        alt = told.get("alt")
        if isinstance(alt, str) and alt.strip():
            known["alt"] = _blanked(" ".join(alt.split())[:MAX_ALT])
        if known:
            kept[kind] = NotebookNode(known)
    return kept


def _blanked(text: Any) -> Any:
    """Text, or lines of text, without keys."""
    if isinstance(text, list):
        return [_blanked(line) for line in text]
    return KEY.sub(BLANKED, str(text))


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
