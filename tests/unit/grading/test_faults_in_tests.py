"""What an instructor reads about a hidden test that is at fault."""

import pytest

from autograder.errors import AutograderError
from autograder.grading.faults_in_tests import failed_on_solution
from autograder.grading.hidden_tests import collect
from autograder.results.model import ExerciseResult, Outcome, TestOutcome

SAYS = "the solution of double fails its hidden test test_one, so the test may be at fault: "
COMPARED = """\
E   AssertionError: \n\
E   Not equal to tolerance rtol=1e-09, atol=0
E   \n\
E    ACTUAL: array(4.)
E    DESIRED: array(5.)

tests/hidden/week0/test_double.py:9: AssertionError"""
MISSING = """\
E   autograder.grading.failures.MissingName: doubles

tests/hidden/week0/test_double.py:9: MissingName"""


@pytest.mark.parametrize(
    ("detail", "what"),
    [
        (
            COMPARED,
            "AssertionError: Not equal to tolerance rtol=1e-09, atol=0; ACTUAL: array(4.); "
            "DESIRED: array(5.)",
        ),
        (MISSING, "MissingName: doubles"),
    ],
)
def test_a_failure_on_the_solution_names_the_values_and_the_line(detail, what):
    test = TestOutcome("test_one", 1.0, Outcome.FAILED, "", "", detail, 0.1)
    (line,) = failed_on_solution([ExerciseResult("double", (test,))])
    assert line == f"{SAYS}{what} (test_double.py, line 9)"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("import math\n\n@points(1\ndef test_one(student):\n", "line 3: SyntaxError: '(' was"),
        ("import math\nimport not_there\n", "line 2: ModuleNotFoundError: No module named"),
        ("raise ValueError('first\\nsecond')\n", "line 1: ValueError: first"),
    ],
)
def test_a_file_of_tests_that_cannot_be_imported_is_named_with_its_line(tmp_path, text, why):
    (tmp_path / "test_double.py").write_text(text)
    with pytest.raises(AutograderError) as caught:
        collect(tmp_path)
    assert f"cannot be used: test_double.py, {why}" in str(caught.value)
