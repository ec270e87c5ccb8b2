"""Markdown of a submission is made harmless."""

import re

import nbformat
import pytest

from autograder.notebook.sanitize import sanitize


@pytest.mark.parametrize(
    "source",
    [
        "<script>x</script>", "<img src=x onerror=x>", "<b onclick=x>", "</div><iframe src=x>",
        "[x](javascript:alert(1))", "<!-- x -->", "$a$ <svg onload=x>",
    ],
)  # fmt: skip
def test_markdown_keeps_its_text_and_loses_its_tags(source):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(source)])
    made = sanitize(notebook).cells[0].source
    assert made.replace("\u200b", "") == source
    assert not re.search(r"<[A-Za-z/!?]|javascript:", made)


def test_mathematics_is_left_alone():
    source = "for $x < y$ and $$a \\le b & c$$, 3 < 4 > 2"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(source)])
    assert sanitize(notebook).cells[0].source == source
