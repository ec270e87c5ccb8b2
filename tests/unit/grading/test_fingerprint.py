"""A fingerprint covers what decides a result, and nothing else of the package."""

import shutil

import pytest
from support.tiny import make_course

from autograder.course import Course
from autograder.grading.fingerprint import PACKAGE, code_digest, shared_digest
from autograder.grading.options import Options


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


def test_of_the_settings_only_those_that_decide_a_result_change_it(tmp_path):
    root = make_course(tmp_path / "course").root

    def digest(settings):
        (root / "course.toml").write_text(settings)
        return shared_digest(Course(root).assignment("tiny"), Options())

    before = digest("")
    for settings in (
        "[late]\ndays = 2\npercent_per_day = 10\n",
        "[weeks.tiny]\ndeadline = 2026-11-30\nleaderboard = false\n",
        'time_zone = "America/Chicago"\ncourse_id = "mine"\nname = "Mine"\n',
        "[limits]\ncell_seconds = 60\n",  # the default
    ):
        assert digest(settings) == before
    for settings in (
        "[limits]\ncell_seconds = 50\n",
        '[weeks.tiny.limits]\nmemory = "3 GiB"\n',
        '[weeks.tiny]\nweights = "submitted"\n',
    ):
        assert digest(settings) != before
