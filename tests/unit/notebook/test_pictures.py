"""Pictures reach the reader of a written answer, however they got into it."""

import base64

import pytest
from nbformat.v4 import new_markdown_cell

from autograder.notebook.pictures import MAX_PICTURE, Pictures

FILES = {
    "image/png": b"\x89PNG\r\n\x1a\n rest",
    "image/jpeg": b"\xff\xd8\xff rest",
    "image/gif": b"GIF89a rest",
    "image/webp": b"RIFF\x22\0\0\0WEBPVP8 ",
    "image/svg+xml": b"<?xml version='1.0'?>\n<!-- drawn -->\n<svg width='1'/>",
}


def encoded(kind):
    return base64.b64encode(FILES[kind]).decode()


def gathered(source, attachments=None, beside=()):
    """(the cell's text, {name: kind} of its attachments, the missing pictures)."""
    cell = new_markdown_cell(source)
    missing = Pictures(beside).gather(cell, attachments)
    kinds = {name: next(iter(kinds)) for name, kinds in cell.get("attachments", {}).items()}
    return cell.source, kinds, missing


@pytest.mark.parametrize("kind", FILES)
def test_every_kind_of_picture_in_every_form(kind, tmp_path):
    (tmp_path / "plot").write_bytes(FILES[kind])
    ending = {"image/jpeg": "jpg", "image/svg+xml": "svg"}.get(kind, kind[6:])
    for place in ("attachment:a.x", f"data:{kind};base64,{encoded(kind)}", "plot", "./plot"):
        found = gathered(f"![it]({place})", {"a.x": {kind: encoded(kind)}}, (tmp_path,))
        assert found == (f"![it](attachment:picture-1.{ending})", {f"picture-1.{ending}": kind}, [])


@pytest.mark.parametrize(
    "written",
    [
        "![](attachment:my plot.png)",
        "![](attachment:my%20plot.png)",
        "![](<attachment:my plot.png>)",
        '![](attachment:my%20plot.png "a title")',
        "<img src='attachment:my plot.png' width=300>",
        '<img alt="x" src="attachment:my%20plot.png"/>',
    ],
)
def test_every_way_to_write_a_name(written):
    found = gathered(written, {"my plot.png": {"image/png": encoded("image/png")}})
    assert found == ("![](attachment:picture-1.png)", {"picture-1.png": "image/png"}, [])


def test_two_pictures_and_the_text_between_them():
    given = {
        "a.png": {"image/png": encoded("image/png")},
        "b.gif": {"image/gif": encoded("image/gif")},
    }
    text, kinds, _ = gathered("A ![](attachment:b.gif) b (c) ![d](attachment:a.png) $e$", given)
    assert text == "A ![](attachment:picture-1.gif) b (c) ![d](attachment:picture-2.png) $e$"
    assert kinds == {"picture-1.gif": "image/gif", "picture-2.png": "image/png"}


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("plot.png", "plot.png"),
        ("my%20plot (1).png", "my plot (1).png"),
        ("attachment:lost.png", "lost.png"),
        ("../secret.png", "../secret.png"),
        ("/etc/passwd", "/etc/passwd"),
        ("link.png", "link.png"),
        ("no_picture.png", "no_picture.png"),
        ("data:image/png;base64,!!!", "pasted picture"),
        ("data:text/html;base64,AAAA", "pasted picture"),
    ],
)
def test_a_missing_picture_is_named(place, name, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(FILES["image/png"])
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "no_picture.png").write_text("import os")
    found = gathered(f"See ![it]({place}).", beside=(folder,))
    assert found == (f"See (the picture {name} is missing).", {}, [name])


@pytest.mark.parametrize(
    "attachments",
    [None, 3, [], {"a.png": 3}, {"a.png": {"text/html": "<b>"}}, {"a.png": {"image/png": "*"}}],
)
def test_what_is_no_picture_is_not_attached(attachments):
    assert gathered("![](attachment:a.png)", attachments)[1:] == ({}, ["a.png"])


def test_a_picture_elsewhere_on_the_web_stays_a_link():
    text = "![a](https://example.org/a.png) [b](c.png) ![]()"
    assert gathered(text)[1] == {} and gathered(text)[0].startswith(text[:40])


def test_svg_as_text_is_attached():
    given = {"a.svg": {"image/svg+xml": ["<svg>", "</svg>"]}}
    assert gathered("![](attachment:a.svg)", given)[1] == {"picture-1.svg": "image/svg+xml"}


def test_too_large_pictures_are_missing():
    large = base64.b64encode(FILES["image/png"] + b"x" * MAX_PICTURE).decode()
    assert gathered("![](attachment:a.png)", {"a.png": {"image/png": large}})[2] == ["a.png"]
