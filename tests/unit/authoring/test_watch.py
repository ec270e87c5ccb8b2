"""`build --watch`: which weeks a change of files belongs to, and one line per build."""

import pytest

from autograder.cli.watch import changed_weeks, rebuild
from autograder.course import Course


@pytest.fixture
def root(tmp_path):
    (tmp_path / "solutions" / "week1").mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize(
    "below",
    ["solutions/week1/a.py", "solutions/week1/data/x.txt.gz", "tests/hidden/week1/test_a.py"],
)
def test_a_change_belongs_to_its_week(root, below):
    assert changed_weeks(root, [root / below]) == {"week1"}


@pytest.mark.parametrize(
    "below",
    [
        "solutions/week1",  # the folder itself
        "solutions/week1/.a.py.swp",
        "solutions/week1/.ipynb_checkpoints/a.ipynb",
        "tests/hidden/week1/__pycache__/a.py",
        "solutions/week1/a.py~",
        "solutions/README.md",
        "solutions/week2/a.py",  # removed
        "release/week1/a.ipynb",  # what a build writes
    ],
)
def test_other_changes_build_nothing(root, below):
    assert changed_weeks(root, [root / below]) == set()


def test_an_error_is_one_line_and_does_not_end_it(root, capsys):
    assert rebuild(Course(root), "week1") is False
    said = capsys.readouterr().err
    assert said.startswith("error: week1: ")
    assert said.count("\n") == 1
