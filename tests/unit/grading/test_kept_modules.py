"""An audit imports a suite once for many answers; other runs in its process do not see that."""

from types import SimpleNamespace

import pytest

from autograder.grading import hidden_tests
from autograder.grading.hidden_tests import examine

TEST = """
from autograder.testing import points

from week.helpers import COUNTED

@points(1)
def test_answer(student):
    \"\"\"The answer is {answer}.\"\"\"
    COUNTED.append(1)
    student.counted = len(COUNTED)
    assert student.answer == {answer}
"""
SESSION = {"begin_exercise": lambda name, left: None, "end_test": lambda: None, "got": []}


def write(folder, answer):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "helpers.py").write_text("COUNTED = []\n")
    (folder / "test_it.py").write_text(TEST.format(answer=answer))
    return folder


def run(suite, answer, keep):
    """(whether the answer passes, the calls of tests that the suite's modules remember)."""
    student = SimpleNamespace(answer=answer)
    session = SimpleNamespace(student=student, clean_names=lambda exercise: [], **SESSION)
    (result,) = examine(suite, session, only="it", keep_modules=keep)
    return all(test.passed for test in result.tests), student.counted


@pytest.fixture
def suite(tmp_path):
    suite = write(tmp_path / "week", answer=1)
    yield suite
    hidden_tests.forget_modules(suite)


def test_modules_are_kept_until_they_are_forgotten(suite):
    assert [run(suite, 1, keep=True) for _ in range(3)] == [(True, 1), (True, 2), (True, 3)]
    assert run(suite, 2, keep=True) == (False, 4)
    hidden_tests.forget_modules(suite)
    assert run(suite, 1, keep=True) == (True, 1)


def test_grading_in_the_same_process_imports_them_anew(suite):
    assert run(suite, 1, keep=True) == (True, 1)
    assert [run(suite, 1, keep=False) for _ in range(2)] == [(True, 1), (True, 1)]
    assert run(suite, 1, keep=True) == (True, 1)


def test_a_copy_of_the_suite_with_a_changed_test_is_what_runs(suite, tmp_path):
    copy = write(tmp_path / "copy" / "week", answer=2)
    assert run(suite, 2, keep=True) == (False, 1)
    assert run(copy, 2, keep=False) == (True, 1)
    assert run(suite, 2, keep=True) == (False, 1)
