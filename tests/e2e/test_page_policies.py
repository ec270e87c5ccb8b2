"""Every page we write forbids what it does not need itself, and a real browser obeys."""

import http.server
import threading
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from support.results import WEEK, sample
from traitlets.config import Config

from autograder.audit.page import TEMPLATES as AUDIT_TEMPLATES
from autograder.course import Assignment
from autograder.notebook.sanitize import sanitize
from autograder.reports.class_page import write_class_page
from autograder.reports.exporter import PageExporter, fold_title, longest_line
from autograder.reports.feedback import TEMPLATES
from autograder.reports.leaderboard import write_leaderboard
from autograder.reports.pages import render
from autograder.results.model import ExerciseResult, Outcome, TestOutcome
from autograder.similarity.compare import compare
from autograder.similarity.page import write_similar_page
from autograder.similarity.read import OTHER_CELLS, Work
from autograder.text import as_points

KINDS = ("feedback", "class", "leaderboard", "audit", "similar")
OUTSIDE = "http://outside.invalid"  # the tests put their own server's address in its place
# What a page could hold if a filter of ours had a gap: each part tries to run or to load something.
HOSTILE = f"""
<script>window.ran = "inline"</script><script src="{OUTSIDE}/a.js"></script>
<script type="module">window.ran = "module"</script>
<img src="{OUTSIDE}/a.png" onerror="window.ran = 'onerror'"><img src=x onerror="window.ran = 1">
<iframe src="{OUTSIDE}/frame"></iframe><iframe srcdoc="<script>parent.ran = 'srcdoc'</script>"></iframe>
<object data="{OUTSIDE}/o"></object><embed src="{OUTSIDE}/e"><video src="{OUTSIDE}/v" autoplay></video>
<link rel="stylesheet" href="{OUTSIDE}/s.css"><link rel="prefetch" href="{OUTSIDE}/p">
<style>@import url("{OUTSIDE}/i.css"); body {{ background: url("{OUTSIDE}/b.png") }}
@font-face {{ font-family: x; src: url("{OUTSIDE}/f.woff") }} * {{ font-family: x }}</style>
<svg onload="window.ran = 'svg'"><image href="{OUTSIDE}/svg.png"/><script>window.ran = 2</script></svg>
<math><mtext><img src="{OUTSIDE}/math.png"></mtext></math>
<base href="{OUTSIDE}/"><form id="form" action="{OUTSIDE}/form"><input name="a"></form>
<a href="javascript:window.ran = 'link'" id="link">link</a><details open ontoggle="window.ran = 3">x</details>
<meta http-equiv="refresh" content="600; url={OUTSIDE}/refresh">
"""  # noqa: E501
PROBES = f"""() => {{
  document.querySelector('#link').click();
  document.querySelector('#form').submit();
  const script = document.createElement('script');
  script.textContent = "window.ran = 'added'";
  document.body.append(script);
  fetch('{OUTSIDE}/fetch').catch(() => null);
  return new Promise(done => setTimeout(done, 300));
}}"""


def feedback_page(folder: Path) -> Path:
    """A page of a notebook whose every part is hostile."""
    outputs = [
        new_output("display_data", {"text/html": HOSTILE, "text/plain": "x"}),
        new_output(
            "display_data", {"image/svg+xml": f"<svg onload='window.ran=4'>{HOSTILE}</svg>"}
        ),
        new_output("display_data", {"text/markdown": HOSTILE, "application/javascript": "ran = 5"}),
        new_output("stream", name="stdout", text=HOSTILE),
    ]
    cells = [new_markdown_cell(HOSTILE), new_code_cell("1", outputs=outputs)]
    notebook = sanitize(nbformat.from_dict(new_notebook(cells=cells)))
    config = Config()
    config.HTMLExporter.template_name = "student_feedback"
    config.HTMLExporter.extra_template_basedirs = [str(TEMPLATES)]
    config.HTMLExporter.filters = {
        "points": as_points, "longest_line": longest_line, "fold_title": fold_title,
    }  # fmt: skip
    exporter: HTMLExporter = PageExporter(config=config)
    told = {"assignment": "w", "student": "ada", "score": 1, "max_score": 2, "late": ""}
    text, _ = exporter.from_notebook_node(notebook, {"nbgrader": told, "metadata": {"name": "w"}})
    (folder / "feedback.html").write_text(text, encoding="utf-8")
    return folder / "feedback.html"


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Kind of page -> its path."""
    folder = tmp_path_factory.mktemp("pages")
    root = folder / "course"
    (root / "release" / WEEK).mkdir(parents=True)
    nbformat.write(new_notebook(), root / "release" / WEEK / "week.ipynb")
    assignment = Assignment(WEEK, root)
    measures = {"leaderboard_score": 0.9, "leaderboard_name": "x", "leaderboard_measure": "r"}
    test = TestOutcome("test_r", 3.0, Outcome.PASSED, "hint", "", "", 0.1, measures)
    measured = replace(sample()[0], exercises=(ExerciseResult("accuracy", (test,)),))
    parts = ("part", "generated", "seeds", "weakened", "whole")
    lists = ("problems", "exercises", "hints", "answers")
    data = {"assignment": WEEK, **dict.fromkeys(parts), **{name: [] for name in lists}}
    works = [Work(name, True, {OTHER_CELLS: HOSTILE}, {}) for name in ("ada", "ben")]
    audit = folder / "audit.html"
    audit.write_text(render("audit.html.j2", AUDIT_TEMPLATES, data=data), encoding="utf-8")
    return {
        "feedback": feedback_page(folder),
        "class": write_class_page(assignment, sample()),
        "leaderboard": write_leaderboard(assignment, [measured])[0],
        "audit": audit,
        "similar": write_similar_page(assignment, compare(assignment, works)),
    }


@pytest.fixture
def outside():
    """(the address of a server, the paths that it was asked for)"""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            body = b"window.ran = 'outside'"
            self.send_response(200)
            self.send_header("Content-Type", "text/javascript")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


@pytest.fixture
def visit(browser):
    """visit(path) is (the page, what the console said)."""
    contexts = []

    def open_it(path):
        context = browser.new_context()
        contexts.append(context)
        said = []
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(path.as_uri(), wait_until="load")
        return page, said

    yield open_it
    for context in contexts:
        context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_the_policy_comes_first_and_allows_nothing_by_default(pages, kind):
    soup = BeautifulSoup(pages[kind].read_text(encoding="utf-8"), "html.parser")
    charset, policy, *_ = soup.head.find_all(True)
    assert charset.get("charset") == "utf-8"
    assert policy["http-equiv"] == "Content-Security-Policy"
    rules = dict(rule.strip().split(" ", 1) for rule in policy["content"].split(";"))
    assert {"default-src", "base-uri", "form-action"} <= rules.keys()
    assert all(rules[name] == "'none'" for name in ("default-src", "base-uri", "form-action"))
    assert rules.get("img-src", "data:") == "data:"
    # Vega compiles its expressions; only the page's own scripts, known by their hashes, can do so.
    scripts = rules.get("script-src", "").replace("'unsafe-eval'", "").split()
    assert all(source.startswith("'sha256-") for source in scripts)
    assert len(scripts) == (2 if kind == "class" else 0)
    assert "http" not in policy["content"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_needs_nothing_that_its_policy_forbids(pages, visit, kind):
    page, said = visit(pages[kind])
    if kind == "class":
        page.wait_for_selector(".vega-embed svg, .vega-embed canvas")
    assert page.evaluate("getComputedStyle(document.body).maxWidth") != "none"  # its style applies
    assert said == []
    assert page.evaluate("window.ran") is None


@pytest.mark.parametrize("kind", KINDS)
def test_what_gets_into_a_page_can_neither_run_nor_load(pages, visit, kind, tmp_path, outside):
    """As if no filter of ours had worked: the page itself holds what is hostile."""
    address, asked = outside
    start, end = pages[kind].read_text(encoding="utf-8").rsplit("</body>", 1)
    text = f"{start}{HOSTILE.replace(OUTSIDE, address)}</body>{end}"
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    page, said = visit(tmp_path / "page.html")
    page.evaluate(PROBES.replace(OUTSIDE, address))
    assert page.evaluate("window.ran") is None
    assert asked == []
    assert page.url.startswith((tmp_path / "page.html").as_uri())
    assert sum("Content Security Policy" in line for line in said) >= 10  # it was the policy


def test_the_probes_work_without_a_policy(visit, tmp_path, outside):
    """Else the test above would pass whatever the policy says."""
    address, asked = outside
    text = f"<!DOCTYPE html><body>{HOSTILE.replace(OUTSIDE, address)}</body>"
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    page, _ = visit(tmp_path / "page.html")
    assert page.evaluate("window.ran") is not None
    assert {"/a.js", "/a.png", "/frame", "/s.css", "/i.css", "/svg.png"} <= set(asked)
