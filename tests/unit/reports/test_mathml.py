"""Formulas as MathML: the course's own, and what a student could write."""

import re
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest

from autograder.course import find_course
from autograder.reports.exporter import _markdown
from autograder.reports.mathml import ATTRIBUTES, ELEMENTS, MAX_DEPTH, MAX_TEX, mathml

COURSE = find_course(Path(__file__))
MATH = re.compile(r"<math .*?</math>", re.DOTALL)


class _Elements(HTMLParser):
    """The elements of some HTML, their attributes, and how deep they are nested."""

    def __init__(self, text):
        super().__init__()
        self.names, self.attributes, self.depth, self.deepest = set(), set(), 0, 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.depth += 1
        self.deepest = max(self.deepest, self.depth)

    def handle_endtag(self, tag):
        self.depth -= 1


def is_harmless(text):
    found = _Elements(text)
    return (
        found.names <= ELEMENTS
        and found.attributes <= set(ATTRIBUTES)
        and found.deepest <= MAX_DEPTH + 1
        and found.depth == 0
    )


def shown(text):
    return re.sub(r"<[^>]*>", "", text)


@pytest.mark.parametrize("week", [each.name for each in COURSE.assignments()])
def test_every_formula_of_the_course_is_converted(week):
    assignment = COURSE.assignment(week)
    formulas = 0
    for notebook in (assignment.release_notebook, assignment.source_notebook):
        for cell in nbformat.read(notebook, as_version=4).cells:
            if cell.cell_type == "markdown":
                page = _markdown(cell.source, True)
                assert 'class="tex"' not in page, cell.source
                assert "$" not in re.sub(r"<(code|pre)>.*?</\1>", "", page, flags=re.DOTALL)
                formulas += page.count("<math ")
                assert all(map(is_harmless, MATH.findall(page)))
    assert formulas > 0


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"a < b", "a&lt;b"),
        (r"x_i^2", "xi2"),
        (r"\mathbf{Xy}", "𝐗𝐲"),
        (r"\mathbb{E}[x]", "𝔼[x]"),
        (r"\mathcal{L}", "ℒ"),
        (r"\text{seq\_len}", "seq_len"),
        (r"\begin{aligned}a&=b\\c&=d\end{aligned}", "a=bc=d"),
        (r"\begin{equation}a=b\label{one}\end{equation}", "a=b"),
        (r"\operatorname{softmax}(z)", "softmax(z)"),
        (r"\begin{bmatrix}1&2\\3&4\end{bmatrix}", "[1234]"),
        ("a<\u200bb", "a&lt;b"),
    ],
)
def test_what_students_write_is_converted(tex, text):
    assert shown(mathml(tex)) == text


def test_a_formula_on_its_own_line_is_set_as_such():
    assert '<math display="block">' in mathml(r"\sum_{i=1}^{n} x_i", display=True)
    assert "<munderover>" in mathml(r"\sum_{i=1}^{n} x_i", display=True)
    assert '<math display="inline">' in mathml("x")


@pytest.mark.parametrize(
    "tex",
    [
        r"\text{<script>alert(1)</script>}",
        r"\text{&lt;script&gt;alert(1)&lt;/script&gt;}",
        r"\text{&#x3c;img src=x onerror=alert(1)&#x3e;}",
        r"\text{</mtext></math><script>alert(1)</script>}",
        r"</math><img src=x onerror=alert(1)>",
        r'\textcolor{red" onclick="alert(1)}{x}',
        r'\color{"><script>alert(1)</script>}{x}',
        r"\mbox{<style>*{display:none}</style>}",
        r"\tag{<b onclick=alert(1)>}",
        r"\operatorname{<script>}",
        r"\begin{matrix}<script>&alert(1)\end{matrix}",
        r"\verb|<script>alert(1)</script>|",
        r"\colorbox{url(https://example.org)}{x}",
        r"\fcolorbox{red;background:url(//example.org)}{blue}{x}",
        r"\rule{99999em}{99999em}",
        r"\hspace{-99em}x",
        r"\raise 99em{x}",
    ],
)
def test_a_hostile_formula_is_text_or_nothing(tex):
    made = mathml(tex)
    assert made is None or is_harmless(made)
    assert "99" not in re.sub(">[^<]*<", "><", made or "")
    page = _markdown(f"${tex}$", True)
    assert not re.search(r"<(script|img|style|b|iframe|a)\b", page)


@pytest.mark.parametrize(
    "tex",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\class{hidden}{x}",
        r"\style{position:fixed}{x}",
        r"\unicode{60}",
        r"\def\a{xx}\a",
        r"\newcommand{\a}{x}\a",
        r"\require{html}x",
        r"\nosuchcommand x",
        r"\frac{1",
        r"x_",
        r"}",
        r"\begin{nosuch}x\end{nosuch}",
        "",
        " ",
    ],
)
def test_what_cannot_be_converted_stays_readable(tex):
    assert mathml(tex) is None
    if tex.strip():
        page = _markdown(f"Before ${tex}$ after", True)
        assert f'<code class="tex">${tex}$</code>' in page
        assert "Before" in page and "after" in page


@pytest.mark.parametrize(
    "tex",
    [
        "x" * (MAX_TEX + 1),
        "{" * 499 + "x" + "}" * 499,
        r"\frac{1}{" * 90 + "1" + "}" * 90,
        r"\sqrt{" * 140 + "x" + "}" * 140,
        r"\left(" * 70 + r"\right)" * 70,
        r"x_{" * 240 + "}" * 240,
    ],
)
def test_a_formula_that_is_too_large_stays_tex(tex):
    assert mathml(tex) is None
    assert 'class="tex"' in _markdown(f"${tex}$", True)


def test_definitions_cannot_double_a_formula_again_and_again():
    doubled = "".join(rf"\def\{b}{{\{a}\{a}}}" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    assert mathml(rf"\def\a{{xx}}{doubled}\i") is None
