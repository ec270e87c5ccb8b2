"""Figures are shown in few bytes, and look the same."""

import base64
import io

import matplotlib.pyplot as plt
import numpy as np
import pytest
from IPython.core import pylabtools
from PIL import Image

from autograder.probe.figures import keep_figures_small, with_palette


@pytest.fixture
def plot():
    figure, axes = plt.subplots(figsize=(6, 3.5), dpi=150)
    for number in range(5):
        axes.plot(np.sin(np.arange(50) / (number + 2)), label=f"line {number}")
    axes.legend()
    yield figure
    plt.close(figure)


def pixels(image):
    return np.asarray(Image.open(io.BytesIO(image)).convert("RGB")).astype(int)


def test_a_drawing_takes_half_of_the_bytes_and_looks_the_same(plot):
    image = pylabtools.print_figure.__dict__.get("__wrapped__", pylabtools.print_figure)(plot)
    small = with_palette(image)
    assert len(small) < len(image) / 2
    difference = np.abs(pixels(image) - pixels(small)).max(axis=2)
    assert difference.shape == pixels(image).shape[:2]
    assert (difference > 8).mean() < 0.005
    assert tuple(pixels(small)[0, 0]) == (255, 255, 255)


def as_png(array, mode="RGB"):
    made = io.BytesIO()
    Image.fromarray(array.astype("uint8"), mode).save(made, "PNG")
    return made.getvalue()


def test_what_is_no_drawing_stays_as_it_is():
    noise = np.random.default_rng(0).integers(0, 255, (200, 200, 3))
    see_through = np.full((50, 50, 4), 100)
    for image in (as_png(noise), as_png(see_through, "RGBA"), b"no image", b""):
        assert with_palette(image) == image


def test_ipython_shows_small_figures(monkeypatch, plot):
    monkeypatch.setattr(pylabtools, "print_figure", print_figure := pylabtools.print_figure)
    large = print_figure(plot)
    keep_figures_small()
    keep_figures_small()  # again changes nothing
    small = pylabtools.print_figure(plot, fmt="png", base64=True)
    assert len(base64.b64decode(small)) < len(large) / 2
    assert len(pylabtools.print_figure(plot)) < len(large) / 2
    assert pylabtools.print_figure(plot, fmt="svg").startswith("<?xml")
    assert pylabtools.print_figure(plt.figure()) is None
    assert pylabtools.retina_figure(plot)[1]["width"] > 500
