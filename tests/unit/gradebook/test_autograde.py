"""What formgrader's button says of a run that went wrong."""

from autograder.gradebook.autograde import complaint


def test_what_is_said_of_a_run_that_went_wrong():
    assert complaint("bar\nerror: no assignment 'x'\n") == "no assignment 'x'"
    assert complaint("Traceback\nKeyError: 'x'\n") == "KeyError: 'x'"
    assert "what was finished is kept" in complaint("")
