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


@pytest.mark.parametrize(
    "key",
    [
        "0123456789abcdef" * 2 + "01234567",
        "wandb_v1_" + "aB3" * 20,
        "hf_" + "aB3d" * 9,
        "sk-proj-" + "aB3-" * 10 + "x",
        "ghp_" + "aB3d" * 9,
        "github_pat_" + "aB3_" * 20,
        "AKIA" + "AB3D" * 4,
    ],
)
def test_keys_are_blanked_wherever_they_are(key):
    stream = nbformat.v4.new_output("stream", text=f"logged in with {key}\n")
    shown = nbformat.v4.new_output(
        "display_data", {"text/plain": key, "text/html": f"<p>{key}</p>"}
    )
    raised = nbformat.v4.new_output("error", ename="E", evalue=key, traceback=["a", f"key {key}"])
    cells = [
        nbformat.v4.new_code_cell(f"key = '{key}'", outputs=[stream, shown, raised]),
        nbformat.v4.new_markdown_cell(f"My key is {key}."),
    ]
    safe = nbformat.writes(sanitize(nbformat.v4.new_notebook(cells=cells)))
    assert key not in safe and safe.count("(a key was removed)") == 7


def test_what_only_looks_like_a_key_stays():
    text = "sha256 " + "0a" * 32 + " sk-learn task-force-one disk-image AKIA hf_model"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(f"# {text}")])
    assert text in sanitize(notebook).cells[0].source


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({"alt": "The loss\n falls.", "width": 600}, {"alt": "The loss falls.", "width": 600}),
        ({"alt": "<b onload=x>", "height": 300.5}, {"alt": "<b onload=x>", "height": 300.5}),
        ({"width": "1 onerror=alert(1)", "alt": ["x"], "unconfined": True}, None),
        ({"width": True, "height": -1, "alt": "  "}, None),
        ({"width": 10**9, "height": float("nan")}, None),
        ({"alt": "hf_" + "aB3d" * 9}, {"alt": "(a key was removed)"}),
        ({"alt": "a" * 5000}, {"alt": "a" * 1000}),
        ("wide", None),
    ],
)
def test_a_picture_keeps_its_description_and_a_size_that_is_a_number(told, kept):
    picture = nbformat.v4.new_output(
        "display_data",
        {"image/png": "iVBORw0KGgo=", "text/plain": "a figure"},
        metadata={"image/png": told, "image/jpeg": {"width": 1}, "text/plain": {"width": 2}},
    )
    cell = nbformat.v4.new_code_cell(outputs=[picture])
    (safe,) = sanitize(nbformat.v4.new_notebook(cells=[cell])).cells[0].outputs
    assert safe.metadata == ({} if kept is None else {"image/png": kept})
