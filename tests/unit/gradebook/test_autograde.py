"""What formgrader's button says of a run that went wrong."""

from autograder.gradebook.autograde import error_line


def test_what_is_said_of_a_run_that_went_wrong():
    assert error_line("bar\nerror: no assignment 'x'\n") == "no assignment 'x'"
    assert error_line("Traceback\nKeyError: 'x'\n") == "KeyError: 'x'"
    assert "what was finished is kept" in error_line("")
