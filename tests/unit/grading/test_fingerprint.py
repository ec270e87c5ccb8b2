"""A fingerprint covers what decides a result, and nothing else of the package."""

import shutil

import pytest

from autograder.grading.fingerprint import PACKAGE, code_digest


@pytest.fixture
def package(tmp_path):
    """A copy of the package."""
    return shutil.copytree(PACKAGE, tmp_path / "autograder")


DECIDE = (
    "grading/expect.py", "grading/session.py", "sandbox/bubblewrap.py", "probe/codec.py",
    "notebook/restore.py", "results/model.py", "course.py", "limits.py", "testing.py",
)  # fmt: skip
DO_NOT = (
    "cli/grade.py", "reports/class_page.py", "reports/templates/class.css", "collect/from_git.py",
    "gradebook/scores.py", "check/checks.py", "audit/page.py", "README.md",
    "settings.py", "late.py",
)  # fmt: skip


@pytest.mark.parametrize("name", DECIDE)
def test_a_change_in_what_decides_changes_it(package, name):
    before = code_digest(package)
    with (package / name).open("a") as file:
        file.write("\n# changed\n")
    assert code_digest(package) != before


@pytest.mark.parametrize("name", DO_NOT)
def test_a_change_in_help_texts_pages_or_collecting_does_not(package, name):
    assert (package / name).is_file()
    before = code_digest(package)
    with (package / name).open("a") as file:
        file.write("\n# changed\n")
    assert code_digest(package) == before
