"""Bulk downloads of Canvas and Moodle for tests of collecting."""

import io
import json
import zipfile

from autograder.collect.model import Candidate
from autograder.roster import Roster, RosterEntry

RELEASED = "hands-on-introduction_to_deep_learning"
CLASS = Roster(
    (
        RosterEntry("ada", name="Ada King Lovelace", canvas_id="12345"),
        RosterEntry("ben", name="Benoît Mandelbrot"),
        RosterEntry("cleo", name="Cleo Ptolemy"),
        RosterEntry("cleo2", name="Ptolemy, Cleo"),
    )
)
ADA, BEN = "lovelaceadaking_12345_67890", "mandelbrotbenoit_222_333"
NOTEBOOK_JSON = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []})


def zipped(members, **options):
    """A zip's bytes; a content may be a pair with the member's ZipInfo attributes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, (2026, 11, 30, 12, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            if isinstance(content, tuple):
                content, attributes = content
                for key, value in attributes.items():
                    setattr(info, key, value)
            archive.writestr(info, content)
    return held.getvalue()


def texts(found):
    return {s: e.notebook.decode() for s, e in found.items() if isinstance(e, Candidate)}
