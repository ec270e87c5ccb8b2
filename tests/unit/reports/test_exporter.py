"""The fast exporter makes the page that nbconvert's own makes."""

from bs4 import BeautifulSoup
from nbconvert import HTMLExporter
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
    new_raw_cell,
)
from traitlets.config import Config

from autograder.reports.exporter import PageExporter
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
    new_output("display_data", {"text/latex": "$a<b$"}),
    new_output("error", ename="KeyError", evalue="'<x>'", traceback=["\x1b[0;31mKeyError\x1b[0m"]),
]
CODE = 'def f(x):\n    """<div class="jp-Cell-inputWrapper">&lt;"""\n    return x < 1 and "\\u200b"'


def test_the_page_is_nbconverts_own():
    notebook = new_notebook(
        cells=[
            new_markdown_cell("# Title\n\n$a<b$ and `code`, [a link](https://example.org)"),
            new_markdown_cell(
                "![text of mine](attachment:a.png)", attachments={"a.png": {"image/png": PIXEL}}
            ),
            new_code_cell(CODE, outputs=OUTPUTS, execution_count=3),
            new_code_cell("%%bash\necho $HOME"),
            new_code_cell(""),
            new_raw_cell("<b>raw</b>", metadata={"raw_mimetype": "text/html"}),
        ],
        metadata={"language_info": {"name": "python", "pygments_lexer": "ipython3"}},
    )
    config = Config()
    config.HTMLExporter.template_name = "student_feedback"
    config.HTMLExporter.extra_template_basedirs = [str(TEMPLATES)]
    config.HTMLExporter.filters = {"points": as_points}
    config.HTMLExporter.raw_mimetypes = ["text/html"]
    told = {"assignment": "w", "student": "ada", "score": 1, "max_score": 2, "late_penalty": 0}
    resources = {"nbgrader": told, "metadata": {"name": "w"}}
    theirs, _ = HTMLExporter(config=config).from_notebook_node(notebook, dict(resources))
    for _ in range(2):  # the second time, from memory
        ours, _ = PageExporter(config=config).from_notebook_node(notebook, dict(resources))
        assert str(BeautifulSoup(ours, "html.parser")) == theirs
    assert theirs.count("tabindex") > len(OUTPUTS)
    assert 'alt="No description' in theirs
    assert 'alt="text of mine"' in theirs
    pictures = BeautifulSoup(ours, "html.parser").select(".jp-OutputArea img")
    assert [picture["alt"] for picture in pictures[-1:]] == ['Loss "falls" <fast> & <img src=x>']
    assert pictures[-1]["width"] == "640"
    assert "<fast>" not in ours
