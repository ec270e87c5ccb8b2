"""A download, and what is collected from it."""

from contextlib import contextmanager
from dataclasses import replace

import pytest
from support.downloads import CLASS, zipped

from autograder.clock import MACHINE_CLOCK
from autograder.collect.from_lms import collect_zip
from autograder.collect.unpack import ZipBounds
from autograder.course import Course
from autograder.settings import Weights

WEEK = "week1_mlp"


@contextmanager
def no_bars(what, total):
    yield lambda steps: None


@pytest.fixture
def collect(repository, tmp_path):
    """collect(source) is what a download holds, by student, and its problems."""

    def run(source, roster=CLASS, clock=MACHINE_CLOCK, weights=Weights.RETRAIN, **bounds):
        staging = tmp_path / f"staging-{len(list(tmp_path.iterdir()))}"
        staging.mkdir()
        assignment = replace(Course(repository.root).assignment(WEEK), weights=weights)
        limits = ZipBounds(**bounds)
        batch = collect_zip(assignment, source, staging, roster, no_bars, limits, clock)
        entries = list(batch.entries)
        assert len(entries) == batch.total
        return {entry.student: entry for entry in entries}, list(batch.problems)

    return run


@pytest.fixture
def download(tmp_path):
    """download({path: content}) is a zip file with these members."""

    def make(members, name="submissions.zip"):
        path = tmp_path / name
        path.write_bytes(zipped(members))
        return path

    return make


@pytest.fixture
def unpacked(tmp_path):
    """unpacked({path: content}) is a folder with these files."""

    def make(members):
        folder = tmp_path / "downloaded"
        for name, content in members.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(content)
        return folder

    return make
