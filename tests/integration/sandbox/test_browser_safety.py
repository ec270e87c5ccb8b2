"""Nothing of a submission runs in the TA's browser."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import nbformat
import pytest
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell
from support.tiny import notebook

from autograder.course import Assignment
from autograder.results.model import SubmissionResult

pytestmark = pytest.mark.usefixtures("needs_sandbox")


ON_SCREEN = """
from IPython.display import display
def show(data, **metadata):
    display(data, raw=True, metadata=metadata)
png = "iVBORw0KGgo"
size = {"width": "1 onerror=alert(1)", "height": "1 onload=alert(2)"}
show({"image/png": png}, **{"image/png": size})
show({"image/png": 'x" onerror="alert(3)'})
show({"image/jpeg": 'x"><script>alert(4)</script>'}, alt='"><script>alert(5)</script>')
show({"text/latex": "<script>alert(6)</script>"})
show({"text/html": "<script>alert(7)</script><img src=x onerror=alert(8)>"})
show({"text/html": "<a href=javascript:alert(9)>x</a>"})
show({"text/html": "<noscript><p title='</noscript><img src=x onerror=alert(10)>'></noscript>"})
show({"image/svg+xml": "<svg onload=alert(11)><script>alert(12)</script></svg>"})
show({"application/javascript": "alert(13)"})
show({"text/markdown": "<img src=x onerror=alert(14)>"})
show({"text/markdown": "[x](javascript:alert(15)) [y](java&#115;cript:alert(16))"})
print("<script>alert(17)</script>")
raise ValueError("<script>alert(18)</script>")
"""


WRITTEN = """<script>alert(21)</script> <img src=x onerror=alert(22)> [a](javascript:alert(23))
[b](java&#115;cript:alert(24)) [c](vbscript:alert(25)) <javascript:alert(26)>
![d](javascript:alert(27)) `<script>alert(28)</script>` &lt;script&gt;alert(29)&lt;/script&gt;

<details open ontoggle=alert(30)>

[e][f] $<img src=x onerror=alert(31)>$

[f]: javascript&colon;alert(32)
"""


class _Active(HTMLParser):
    """Collects what a browser would run: handlers, addresses that are programs, scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.script = tag == "script"
        for name, value in attrs:
            if name.startswith("on") or re.match(r"\s*(java|vb)script:", value or "", re.I):
                self.found.append(f"<{tag} {name}={value}>")

    def handle_endtag(self, tag: str) -> None:
        self.script = False

    def handle_data(self, data: str) -> None:
        if self.script and ("alert(" in data or "a-package-of-theirs" in data):
            self.found.append(f"<script>{data.strip()[:80]}")


def active(course: Assignment) -> list[str]:
    """What a browser would run of the student's in the autograded notebook, made into a page."""
    book = nbformat.read(course.autograded("eve") / "tiny.ipynb", as_version=4)
    page, _ = HTMLExporter(template_name="basic").from_notebook_node(book)
    assert "triple" in page
    parser = _Active()
    parser.feed(page)
    return parser.found


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_no_output_runs_in_the_tas_browser(
    graded: Callable[..., SubmissionResult], course: Assignment
) -> None:
    assert graded(notebook(first=ON_SCREEN)).score == 3.0
    assert active(course) == []


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_nothing_written_runs_in_the_tas_browser(
    graded: Callable[..., SubmissionResult], course: Assignment
) -> None:
    tag = {"tags": ["'\"><script>alert(41)</script>"]}
    raw = {"raw_mimetype": "text/html", "format": "text/html"}
    book = notebook(
        more=[
            new_markdown_cell(WRITTEN, metadata=tag),
            new_raw_cell("<script>alert(42)</script>", metadata=raw),
            new_code_cell("1", metadata=tag),
        ]
    )
    book.cells[6].source = WRITTEN
    book.metadata.title = "</title><script>alert(43)</script>"
    graded(book)
    assert active(course) == []


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_no_widget_brings_a_program_along(
    graded: Callable[..., SubmissionResult], course: Assignment
) -> None:
    """A page with widgets loads the package that the notebook names, from the network."""
    book = notebook()
    state = {"model_module": "a-package-of-theirs", "model_name": "M", "state": {}}
    state |= {"model_module_version": "1"}
    whole = {"version_major": 2, "version_minor": 0, "state": {"a": state}}
    book.metadata.widgets = {"application/vnd.jupyter.widget-state+json": whole}
    graded(book)
    assert active(course) == []


def test_a_picture_in_an_answer_does_not_stop_its_page(
    graded: Callable[..., SubmissionResult], course: Assignment
) -> None:
    """JupyterLab attaches a picture that is pasted into Markdown."""
    book = notebook()
    book.cells[6].source = "My plot: ![plot.png](attachment:plot.png)"
    book.cells[6].attachments = {"plot.png": {"image/png": "iVBORw0KGgo="}}
    graded(book)
    assert active(course) == []
