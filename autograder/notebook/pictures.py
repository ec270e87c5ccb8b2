"""Pictures in text cells, in every form in which editors and students put them there.

Jupyter attaches a pasted picture to its cell, Colab writes it into the text as a data URI, and some
students name a file. All become attachments with plain names, because Markdown and nbconvert can
show no others.
"""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from nbformat import NotebookNode

from autograder.files import read_plain

# A browser shows these in an <img>, where it runs nothing, not even what an SVG holds.
KINDS = {
    "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp",
    "image/svg+xml": "svg",
}  # fmt: skip
MAX_PICTURE = 10 * 2**20  # bytes
MAX_ALL = 32 * 2**20  # bytes of a notebook's pictures
# How the content of a file of each kind begins.
BEGINS = (
    ("image/png", rb"\x89PNG\r\n\x1a\n"),
    ("image/jpeg", rb"\xff\xd8\xff"),
    ("image/gif", rb"GIF8[79]a"),
    ("image/webp", rb"RIFF....WEBP"),
    (
        "image/svg+xml",
        rb"\s*+(?><\?xml[^>]*+>\s*+)?+(?><!--.*?-->\s*+|<!DOCTYPE[^>]*+>\s*+)*+<svg[\s>]",
    ),
)
DATA_URI = re.compile(r"data:(image/[a-z+]+);base64,([A-Za-z0-9+/=\s]*[A-Za-z0-9+/=])")
# Possessive quantifiers (`*+`), and no `[` or `<` inside: else half-written pictures take hours to
# read. A place may hold spaces, and parentheses that are closed.
MARKDOWN = re.compile(
    r"""!\[(?P<text>[^\[\]]{0,500}+)\]\(\s*+"""
    r"""(?:<(?P<angled>[^<>\n]++)>|(?P<bare>(?:[^()\s]++|[^\S\n]++(?!["'\s)])|\([^()\n]*+\))*+))"""
    r"""(?:\s++(?:"[^"\n]*+"|'[^'\n]*+'))?+\s*+\)"""
)
TAG = re.compile(
    r"""<img\b[^<>]{0,2000}?\bsrc\s*+=\s*+"""
    r"""(?:"([^"\n]*+)"|'([^'\n]*+)'|([^\s<>"']++))[^<>]{0,2000}+>""",
    re.I,
)
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#")
ATTACHED = "attachment:"


class Pictures:
    """The pictures of one notebook, and the room that is left for more.

    Files that a text names are looked up in the folders `beside`.
    """

    def __init__(self, beside: Sequence[Path] = ()):
        self.beside = beside
        self.room = MAX_ALL

    def gather(self, cell: NotebookNode, attachments: Any) -> list[str]:
        """Attach the pictures that a text cell shows. Returns the names of those that are missing.

        `attachments` is what the file says, which can be anything.
        """
        kept, missing = NotebookNode(), []
        given = dict(_pictures(attachments))

        def attach(place: str) -> str:
            """The new place of a picture, or '' if there is none."""
            kind, content = self._find(place, given)
            size = len(content)
            if not content or size > self.room:
                return ""
            self.room -= size
            name = f"picture-{len(kept) + 1}.{KINDS[kind]}"
            kept[name] = NotebookNode({kind: content})
            return ATTACHED + name

        def replaced(text: str, place: str, whole: str) -> str:
            if not place:
                return whole
            if SCHEME.match(place) and not place.startswith((ATTACHED, "data:")):
                return whole
            new = attach(place)
            if new:
                return f"![{text}]({new})"
            name = "pasted picture" if place.startswith("data:") else unquote(place)
            missing.append(name.removeprefix(ATTACHED)[:100])
            return f"(the picture {missing[-1]} is missing)"

        def in_markdown(found: re.Match[str]) -> str:
            return replaced(
                found["text"], found["angled"] or (found["bare"] or "").strip(), found[0]
            )

        def in_tag(found: re.Match[str]) -> str:
            return replaced("", next(filter(None, found.groups()), ""), found[0])

        cell.source = TAG.sub(in_tag, MARKDOWN.sub(in_markdown, cell.source))
        if kept:
            cell["attachments"] = kept
        return missing

    def _find(self, place: str, given: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
        """(type, base64) of the picture at a place; the second is '' if there is none."""
        if found := DATA_URI.fullmatch(place):
            kind, content = found[1], "".join(found[2].split())
            return (kind, content) if kind in KINDS and _decoded(content) else ("", "")
        if place.startswith(ATTACHED):
            name = place.removeprefix(ATTACHED)
            return given.get(name) or given.get(unquote(name)) or ("", "")
        name = unquote(place).removeprefix("./").replace("\\", "/")
        for folder in self.beside:
            if name and ".." not in name.split("/") and not name.startswith("/"):
                file = _read(folder, name)
                for kind, begins in BEGINS:
                    if re.match(begins, file, re.DOTALL | re.IGNORECASE):
                        return kind, base64.b64encode(file).decode()
        return "", ""


def _pictures(attachments: Any) -> Iterator[tuple[str, tuple[str, str]]]:
    """Name -> (type, base64) of the attachments that can only show an image."""
    for name, kinds in attachments.items() if isinstance(attachments, dict) else ():
        for kind, content in kinds.items() if isinstance(kinds, dict) else ():
            if kind in KINDS and isinstance(content, str | list):
                text = "".join(map(str, content))
                if text.lstrip().startswith("<"):  # SVG as text
                    text = base64.b64encode(text.encode("utf-8", "replace")).decode()
                text = "".join(text.split())
                if _decoded(text):
                    yield str(name), (kind, text)
                    break


def _decoded(text: str) -> bytes:
    """The bytes of base64 text; none if it is not base64 or too large."""
    if len(text) > MAX_PICTURE * 4 // 3:
        return b""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _read(folder: Path, below: str) -> bytes:
    try:
        return read_plain(folder, below, MAX_PICTURE) or b""
    except (OSError, ValueError):
        return b""
