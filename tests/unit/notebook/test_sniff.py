"""What a file is by its content, whatever its name."""

import pytest

from autograder.notebook.sniff import is_notebook, is_web_page

NOTEBOOK = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'


@pytest.mark.parametrize(
    "data", [NOTEBOOK, f"\n  {NOTEBOOK}", f"\ufeff{NOTEBOOK}", '{"nbformat": 3}']
)
def test_a_notebook(data):
    assert is_notebook(data.encode())
    assert not is_web_page(data.encode())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"nbformat",
        b"[1, 2]",
        b'{"cells": []}',
        b'{"nbformat": "4"}',
        b'{"nbformat": 4',
        b'{"nbformat": "\xff"}',
        b'{"a":' * 100_000,
    ],
)
def test_what_is_no_notebook(data):
    assert not is_notebook(data)
    assert not is_web_page(data)


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE html>\n<html>",
        b"\r\n\r\n  <html lang=en>",
        b"<!-- saved from url=(0042)https://colab.research.google.com/ -->",
        b"\xef\xbb\xbf<html>",
        "<html><p>é".encode("utf-16"),
        "<html><p>é".encode("latin-1"),
        b'<?xml version="1.0"?>',
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://",
        b"bplist00\xd1\x01\x02_\x10\x0fWebMainResource",
    ],
)
def test_a_web_page(data):
    assert is_web_page(data)
    assert not is_notebook(data)
