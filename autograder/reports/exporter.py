"""nbconvert's exporter of pages, without what makes it slow."""

import re
from functools import cache, lru_cache
from typing import Any

import nh3
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from nbconvert import HTMLExporter
from nbconvert.exporters import TemplateExporter
from nbconvert.filters.highlight import Highlight2HTML
from nbformat import NotebookNode

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
CELLS = 1000  # highlighted cells to remember: more than a week has
# What nbconvert lets the keyboard reach, so that it can scroll there.
SCROLLED = re.compile(r'<div class="(?:jp-Cell-inputWrapper|[^"]*\bjp-OutputArea-output\b[^"]*)"')


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
    """Makes the page that HTMLExporter makes, in a fifth of its time.

    Templates are compiled once per process, and a cell that students did not write is converted
    once. HTML is cleaned by nh3, which is written in Rust. HTMLExporter parses the whole page again
    to add the attributes `alt` and `tabindex`: here, the template and a regular expression do that.
    Meant for notebooks of one language without widgets.
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

        def highlight_code(source: str, metadata: NotebookNode) -> str:
            return _highlight(source, lexer, metadata.get("magics_language"))

        self.register_filter("highlight_code", highlight_code)
        self.register_filter("clean_html", _cleaner().clean)
        page, resources = TemplateExporter.from_notebook_node(self, nb, resources, **more)
        return SCROLLED.sub(r'\g<0> tabindex="0"', page), resources


@lru_cache(CELLS)
def _highlight(source: str, lexer: str | None, magic: str | None) -> str:
    metadata = {"magics_language": magic} if magic else None
    return str(Highlight2HTML(pygments_lexer=lexer)(source, metadata=metadata))


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(TAGS, attributes=ATTRIBUTES, link_rel=None)
