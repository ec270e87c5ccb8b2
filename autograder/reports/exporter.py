"""nbconvert's exporter of pages, without what makes it slow, and with formulas as MathML."""

import re
from functools import cache, lru_cache
from html import escape
from typing import Any

import nh3
from jinja2 import BytecodeCache, Environment, pass_context
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from nbconvert import HTMLExporter
from nbconvert.exporters import TemplateExporter
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode

from autograder.reports.mathml import MAX_PAGE, mathml

# The tags and attributes that nbconvert's filter `clean_html` keeps.
TAGS = {
    "a", "abbr", "acronym", "b", "blockquote", "code", "div", "em", "i", "li", "ol", "pre", "span",
    "strong", "table", "td", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "acronym": {"title"},
    "*": {"class", "id"},
}
CELLS = 1000  # converted cells to remember: more than a week has
# Pygments' classes of names, punctuation, operators and spaces: the page gives them no color.
UNCOLORED = re.compile(r'<span class="(?:n|p|w|o|nn|bp)">([^<]*)</span>')
FOLDED = re.compile(r"\s*#\s*@title\s+(\S.*)")
# What a cell displays as LaTeX: one formula in dollar signs or in an environment.
LATEX = re.compile(
    r"\s*(?:\$\$(?P<block>[^$]+)\$\$|\$(?P<inline>[^$]+)\$"
    r"|(?P<environment>\\begin\{(?P<name>[a-z]+\*?)\}.*\\end\{(?P=name)\}))\s*",
    re.DOTALL,
)


class _CompiledTemplates(BytecodeCache):
    def __init__(self) -> None:
        self.compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.compiled:
            bucket.bytecode_from_string(self.compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.compiled[bucket.key] = bucket.bytecode_to_string()


COMPILED = _CompiledTemplates()


class PageExporter(HTMLExporter):
    """Makes the page that HTMLExporter makes of the same template, in a fifth of its time.

    Templates are compiled once per process, and a cell that students did not write is converted
    once. HTML is cleaned by nh3, which is written in Rust. HTMLExporter parses the whole page again
    to add attributes: here, the template writes them. Formulas become MathML. Meant for notebooks
    of one language without widgets.
    """

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()
        environment.bytecode_cache = COMPILED
        return environment

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **more: Any
    ) -> tuple[str, dict[str, Any]]:
        """The notebook's page, and what nbconvert knows about it."""
        language = nb.metadata.get("language_info", {})
        lexer = language.get("pygments_lexer", language.get("name"))
        room = MAX_PAGE

        def highlight_code(source: str, metadata: NotebookNode) -> str:
            return _highlight(source, lexer, metadata.get("magics_language"))

        def with_formulas(source: str) -> bool:
            """Whether the page has room for the formulas of one more text."""
            nonlocal room
            room -= len(source) if "$" in source or "\\" in source else 0
            return room >= 0

        @pass_context
        def markdown2html(context: Context, source: str) -> str:
            if attachments := context.get("cell", {}).get("attachments", {}):
                return _rendered(source, with_formulas(source), attachments)
            return _markdown(source, with_formulas(source))

        def latex2html(text: str) -> str:
            return _latex(text) if with_formulas(text) else _tex(text)

        self.register_filter("highlight_code", highlight_code)
        self.register_filter("markdown2html", markdown2html)
        self.register_filter("latex2html", latex2html)
        self.register_filter("clean_html", _cleaner().clean)
        self.register_filter("longest_line", longest_line)
        self.register_filter("fold_title", fold_title)
        page: tuple[str, dict[str, Any]] = TemplateExporter.from_notebook_node(
            self, nb, resources, **more
        )
        return page


def longest_line(text: str) -> int:
    """The number of characters of the longest line."""
    return max(map(len, text.splitlines()), default=0)


def fold_title(source: str) -> str:
    """What a folded cell is called: its first line `#@title ...`, if it has one."""
    title = FOLDED.match(source)
    return f"Code: {title[1]}" if title else "Code"


class _Renderer(IPythonRenderer):
    """Markdown as HTML, with formulas as MathML. One that cannot be converted stays TeX."""

    def block_math(self, body: str) -> str:
        return _formula(body) or _tex(f"$${body}$$")

    def inline_math(self, body: str) -> str:
        return mathml(body) or _tex(f"${body}$")

    def latex_environment(self, name: str, body: str) -> str:
        tex = f"\\begin{{{name}}}{body}\\end{{{name}}}"
        return _formula(tex) or _tex(tex)


class _PlainRenderer(IPythonRenderer):
    """Markdown as HTML, with formulas as TeX."""

    def block_math(self, body: str) -> str:
        return _tex(f"$${body}$$")

    def inline_math(self, body: str) -> str:
        return _tex(f"${body}$")

    def latex_environment(self, name: str, body: str) -> str:
        return _tex(f"\\begin{{{name}}}{body}\\end{{{name}}}")


def _rendered(source: str, with_formulas: bool, attachments: dict[str, dict[str, str]]) -> str:
    kind = _Renderer if with_formulas else _PlainRenderer
    return str(MarkdownWithMath(kind(escape=False, attachments=attachments)).render(source))


@lru_cache(CELLS)
def _markdown(source: str, with_formulas: bool) -> str:
    return _rendered(source, with_formulas, {})


def _latex(text: str) -> str:
    """What a cell displayed as LaTeX: one formula, or text."""
    found = LATEX.fullmatch(text)
    if found and found["inline"]:
        return mathml(found["inline"]) or _tex(text)
    return (found and _formula(found["block"] or found["environment"])) or _tex(text)


def _formula(tex: str) -> str | None:
    """A formula on a line of its own, which scrolls if it is too wide."""
    made = mathml(tex, display=True)
    return made and f'<span class="formula">{made}</span>'


def _tex(text: str) -> str:
    return f'<code class="tex">{escape(text, quote=False)}</code>'


@lru_cache(CELLS)
def _highlight(source: str, lexer: str | None, magic: str | None) -> str:
    metadata = {"magics_language": magic} if magic else None
    page = str(Highlight2HTML(pygments_lexer=lexer)(source, metadata=metadata))
    return UNCOLORED.sub(r"\1", page)


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(TAGS, attributes=ATTRIBUTES, link_rel=None)
