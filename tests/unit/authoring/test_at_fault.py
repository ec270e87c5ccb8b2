"""What is said about a hidden test that fails on the solution."""

from autograder.authoring.at_fault import exception_of, fails_on_solution, place_of
from autograder.results.model import Outcome, TestOutcome

REPORT = """
    def test_two(student):
>       assert student.double(3) == 4
E       assert 6 == 4
E        +  where 6 = <function>(3)

tests/hidden/week0/test_double.py:7: AssertionError"""
CHAINED = REPORT + """

During handling of the above exception, another exception occurred:

>       helper()

tests/hidden/week0/test_double.py:9:
>       raise KeyError("x")
E       KeyError: 'x'

tests/hidden/week0/helpers.py:3: KeyError"""  # fmt: skip


def failed(detail, outcome=Outcome.FAILED, remark=""):
    return TestOutcome("test_two", 1.0, outcome, "Twice two is four.", remark, detail, 0.0)


def test_the_exception_its_line_and_whose_fault_it_may_be():
    line = fails_on_solution("double", failed(REPORT))
    assert line.startswith("double: the hidden test test_two fails on the solution: AssertionError")
    assert "assert 6 == 4 (" in line  # without pytest's explanation of both sides
    assert "(tests/hidden/week0/test_double.py:7)" in line
    assert line.endswith("the test may be at fault")
    assert "Twice two" not in line  # the student's hint


def test_of_several_exceptions_the_last():
    assert exception_of(failed(CHAINED)) == "KeyError: 'x'"
    assert place_of(failed(CHAINED)) == "tests/hidden/week0/helpers.py:3"


def test_without_a_report_the_outcome():
    assert exception_of(failed("", Outcome.TIMEOUT)) == "took too long"
    assert exception_of(failed("", Outcome.TIMEOUT, "over 30 s")) == "over 30 s"
    assert place_of(failed("")) == ""


def test_a_long_message_is_shortened():
    assert len(exception_of(failed(REPORT.replace("6 == 4", "x" * 999)))) < 250
