"""What `autograder try` says of the solution's points."""

from types import SimpleNamespace

from autograder.cli import try_
from autograder.results.model import ExerciseResult, Outcome, TestOutcome


def test_a_test_that_the_solution_fails_is_named(tmp_path, monkeypatch, capsys):
    failed = TestOutcome("test_one", 1.0, Outcome.FAILED, "", "", "E   ValueError: why", 0.1)
    tried = SimpleNamespace(
        autograded=lambda student: tmp_path, feedback_page=lambda student: tmp_path / student
    )
    result = SimpleNamespace(exercises=[ExerciseResult("double", (failed,))])
    course = SimpleNamespace(assignment=lambda week: None)
    monkeypatch.setattr(try_.tempfile, "mkdtemp", lambda prefix: str(tmp_path))
    monkeypatch.setattr(try_, "find_course", lambda course_folder: course)
    monkeypatch.setattr(try_, "rehearse", lambda course, assignment, folder: tried)
    monkeypatch.setattr(try_, "grade", lambda week, **options: None)
    monkeypatch.setattr(try_, "read_result", lambda folder: result)
    try_.try_week("week9", open_pages=False)
    said = capsys.readouterr()
    assert "warning: the solution of double fails its hidden test test_one" in said.err
    assert "so the test may be at fault: ValueError: why" in said.err
    assert "stub:" in said.out
