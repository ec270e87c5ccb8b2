"""The fast exporter makes the page that nbconvert's own makes, with formulas as MathML."""

import html
import re

import pytest
from bs4 import BeautifulSoup
from nbconvert import HTMLExporter
from nbconvert.filters.highlight import Highlight2HTML
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
    new_raw_cell,
)
from traitlets.config import Config

from autograder.reports.exporter import UNCOLORED, PageExporter, fold_title, longest_line
from autograder.reports.feedback import TEMPLATES
from autograder.text import as_points

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJg"
    "gg=="
)
OUTPUTS = [
    new_output("stream", name="stdout", text="\x1b[31mred\x1b[0m <b>no tag</b> &amp;\n"),
    new_output("display_data", {"image/png": PIXEL, "text/plain": "a figure"}),
    new_output("display_data", {"image/jpeg": PIXEL}),
    new_output(
        "display_data",
        {"image/png": PIXEL},
        metadata={"image/png": {"alt": 'Loss "falls" <fast> & <img src=x>', "width": 640}},
    ),
    new_output("execute_result", {"text/html": "<table class='t'><tr><td>1</td></tr></table>"}),
    new_output("display_data", {"text/html": '<div class="jp-OutputArea-output x">mine</div>'}),
    new_output("error", ename="KeyError", evalue="'<x>'", traceback=["\x1b[0;31mKeyError\x1b[0m"]),
]
CODE = 'def f(x):\n    """<div class="jp-Cell-inputWrapper">&lt;"""\n    return x < 1 and "\\u200b"'


def exporter(kind):
    config = Config()
    config.HTMLExporter.template_name = "student_feedback"
    config.HTMLExporter.extra_template_basedirs = [str(TEMPLATES)]
    config.HTMLExporter.filters = {
        "points": as_points,
        "longest_line": longest_line,
        "fold_title": fold_title,
        "latex2html": html.escape,
    }
    config.HTMLExporter.raw_mimetypes = ["text/html"]
    return kind(config=config)


def page_of(cells, kind=PageExporter):
    notebook = new_notebook(
        cells=cells, metadata={"language_info": {"name": "python", "pygments_lexer": "ipython3"}}
    )
    told = {"assignment": "w", "student": "ada", "score": 1, "max_score": 2, "late": ""}
    page, _ = exporter(kind).from_notebook_node(
        notebook, {"nbgrader": told, "metadata": {"name": "w"}}
    )
    return page


def without_names(page):
    """The page without the marks of what has no color: PageExporter leaves them out."""
    soup = BeautifulSoup(page, "html.parser")
    for span in soup.select(", ".join(f"span.{name}" for name in ("n", "p", "w", "o", "nn", "bp"))):
        span.unwrap()
    soup.smooth()
    return str(soup)


def test_the_page_is_nbconverts_own():
    cells = [
        new_markdown_cell(
            "# Title\n\n`code`, [a link](https://example.org)\n\n| a |\n|---|\n| 1 |"
        ),
        new_markdown_cell(
            "![text of mine](attachment:a.png)", attachments={"a.png": {"image/png": PIXEL}}
        ),
        new_code_cell(CODE, outputs=OUTPUTS, execution_count=3),
        new_code_cell("%%bash\necho $HOME"),
        new_code_cell(""),
        new_raw_cell("<b>raw</b>", metadata={"raw_mimetype": "text/html"}),
    ]
    theirs = without_names(page_of(cells, HTMLExporter))
    for _ in range(2):  # the second time, from memory
        assert without_names(page_of(cells)) == theirs
    assert theirs.count('alt="No description') == 2
    assert 'alt="text of mine"' in theirs


def test_a_formula_is_mathml_in_text_and_in_output():
    shown = [
        new_output("display_data", {"text/latex": tex})
        for tex in ("$a<b$", r"$$\frac{1}{2}$$", r"\begin{equation}x\end{equation}", r"$\nosuch$")
    ]
    page = page_of([new_markdown_cell("$a<b$ and\n\n$$c$$"), new_code_cell("1", outputs=shown)])
    assert page.count("<math ") == 5
    assert page.count('<math display="block">') == 3
    assert page.count('<code class="tex">') == 1


def test_a_page_has_a_limit_for_formulas():
    text = "$x$ " * 2000
    cells = [new_markdown_cell(f"{number} {text}") for number in range(30)]
    page = page_of(cells)
    assert 2000 < page.count("<math ") < 30 * 2000
    assert page.count("<math ") + page.count('class="tex"') == 30 * 2000


def test_an_image_keeps_its_text_and_its_width():
    about = {"image/png": {"alt": 'A "line" & <b>', "width": 600}}
    output = new_output("display_data", {"image/png": PIXEL}, metadata=about)
    (image,) = BeautifulSoup(page_of([new_code_cell("1", outputs=[output])]), "html.parser")("img")
    assert (image["alt"], image["width"]) == ('A "line" & <b>', "600")


@pytest.mark.parametrize("width", ["1 onerror=alert(1)", "x", None, -3, [1]])
def test_a_width_is_a_number_or_left_out(width):
    output = new_output(
        "display_data", {"image/png": PIXEL}, metadata={"image/png": {"width": width}}
    )
    (image,) = BeautifulSoup(page_of([new_code_cell("1", outputs=[output])]), "html.parser")("img")
    assert "width" not in image.attrs or image["width"] == "1"
    assert "onerror" not in image.attrs


def test_a_folded_cell_can_be_opened_and_its_output_is_shown():
    output = new_output("stream", name="stdout", text="looks right")
    cell = new_code_cell(
        "#@title Check: train\nassert True",
        outputs=[output],
        metadata={"jupyter": {"source_hidden": True}},
    )
    soup = BeautifulSoup(page_of([cell, new_code_cell("x = 1")]), "html.parser")
    (fold,) = soup("details")
    assert fold.summary.text == "Code: Check: train"
    assert "assert" in fold.text and "looks right" not in fold.text
    assert "looks right" in soup.text


def test_a_cell_with_a_title_is_folded_without_its_metadata():
    soup = BeautifulSoup(page_of([new_code_cell("#@title Figure 2: a logo\nx = 1")]), "html.parser")
    assert soup.details.summary.text == "Code: Figure 2: a logo"


def test_only_what_may_scroll_is_a_tab_stop():
    short, long = new_code_cell("x = 1"), new_code_cell(f"x = '{'a' * 100}'")
    assert "tabindex" not in page_of([short, new_markdown_cell("Text")])
    assert page_of([short, long]).count('tabindex="0"') == 1


def test_the_page_runs_and_asks_for_nothing():
    page = page_of([new_markdown_cell("$x$"), new_code_cell(CODE, outputs=OUTPUTS)])
    assert not re.search(r"<(script|link|iframe|object|embed)\b", page)
    assert not re.search(r"(src|href)=\W?https?:", page)
    assert "default-src 'none'" in page
    assert len(page) < 15_000  # most of it styles


def test_the_classes_of_the_highlighter_that_have_a_color_are_kept():
    made = Highlight2HTML(pygments_lexer="ipython3")(CODE, metadata=None)
    kept = set(re.findall(r'<span class="(\w+)">', UNCOLORED.sub(r"\1", made)))
    assert {"k", "nf", "sd", "mi"} <= kept and not kept & {"n", "p", "o"}
