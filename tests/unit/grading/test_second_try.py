"""When a failed test is tried again with correct pieces: only where one of the pieces is wrong."""

from types import SimpleNamespace

import pytest

from autograder.errors import AutograderError
from autograder.grading.hidden_tests import collect, examine
from autograder.results.model import Outcome

PIECE = """
from autograder.testing import points

@points(1)
def test_piece(student):
    \"\"\"The piece is right.\"\"\"
    assert student.piece
"""
WHOLE = """
from autograder.testing import points

BUILDS_ON = ("piece",)

@points(1)
def test_whole(student):
    \"\"\"The whole is right.\"\"\"
    assert student.whole
"""
TOP = WHOLE.replace("whole", "top").replace('"piece"', '"whole"')
ORDER = ["piece", "whole", "top"]


class FakeSession:
    """A notebook with right and wrong names, all of them right on correct pieces."""

    def __init__(self, mends=True, reruns=True, **names):
        self.mends, self.reruns = mends, reruns
        self.names = {"piece": True, "whole": True, "top": True, **names}
        self.student = SimpleNamespace(**self.names)
        self.tried = []
        self.got = ["what the answer was"]

    def begin_exercise(self, name, exercises_left):
        vars(self.student).update(self.names)

    def end_test(self):
        vars(self.student).update(self.names)

    def clean_names(self, exercise):
        return []

    def note_names(self, names):
        assert not names

    def try_with_correct(self, exercise, pieces, given):
        self.tried.append((exercise, tuple(pieces)))
        setattr(self.student, exercise, self.mends)
        return self.reruns


@pytest.fixture
def suite(tmp_path):
    for name, text in {"piece": PIECE, "whole": WHOLE, "top": TOP}.items():
        (tmp_path / "week" / f"test_{name}.py").parent.mkdir(exist_ok=True)
        (tmp_path / "week" / f"test_{name}.py").write_text(text)
    return tmp_path / "week"


def _on(suite, session=None, **names):
    return examine(suite, session or FakeSession(**names), ORDER)


def outcomes(results):
    return {result.name: result.tests[0].outcome for result in results}


def test_a_wrong_answer_on_right_pieces_is_not_tried_again(suite):
    session = FakeSession(whole=False)
    found = outcomes(examine(suite, session, ORDER))
    assert found["whole"] is Outcome.FAILED
    assert ("whole", ("piece",)) not in session.tried


def test_the_symptoms_are_those_of_the_answer_itself_not_of_its_pieces(suite):
    """So they can be compared with those of mutants, whose pieces are correct."""
    whole, piece = (result.tests[0] for result in _on(suite, whole=False)[1::-1])
    assert piece.symptoms == ()  # it passed
    assert whole.symptoms == ("failed", "at assert student.whole", "got 'what the answer was'")
    (_, whole, _) = _on(suite, FakeSession(piece=False, whole=False, mends=False))
    assert whole.tests[0].symptoms[0] == "failed"  # the second try's
    (_, whole, _) = _on(suite, FakeSession(piece=False, whole=False, reruns=False))
    assert whole.tests[0].symptoms == ()  # what its pieces did is not known


def test_a_test_that_misses_an_exception_has_symptoms(suite):
    path = suite / "test_piece.py"
    text = PIECE.replace("assert student.piece", "with pytest.raises(ValueError): student.piece")
    path.write_text(f"import pytest\n{text}")
    (piece, *_) = _on(suite)
    assert piece.tests[0].symptoms[0] == "failed"
    assert piece.tests[0].symptoms[1].startswith("at with pytest.raises(ValueError):")


def test_an_answer_on_a_wrong_piece_is_tried_again(suite):
    session = FakeSession(piece=False, whole=False)
    found = outcomes(examine(suite, session, ORDER))
    assert (found["piece"], found["whole"]) == (Outcome.FAILED, Outcome.PASSED)
    assert session.tried == [("whole", ("piece",))]


def test_a_piece_that_passed_only_on_correct_pieces_is_wrong_too(suite):
    session = FakeSession(piece=False, whole=False, top=False)
    assert outcomes(examine(suite, session, ORDER))["top"] is Outcome.PASSED
    assert session.tried == [("whole", ("piece",)), ("top", ("whole",))]


def test_pieces_can_be_known_to_be_wrong_without_their_tests(suite):
    session = FakeSession(whole=False)
    (found,) = examine(suite, session, only="whole", wrong={"piece"})
    assert found.tests[0].outcome is Outcome.PASSED


def test_an_exercise_whose_result_is_given_counts_as_a_piece_and_does_not_run(suite):
    path = suite / "test_top.py"
    path.write_text(path.read_text().replace("@points", 'GIVEN_FOR = ("piece",)\n\n@points'))
    session = FakeSession(piece=False, top=False)
    assert outcomes(examine(suite, session, ORDER))["top"] is Outcome.PASSED
    assert session.tried == [("top", ("whole",))]


@pytest.mark.parametrize("order", [["whole", "piece", "top"], ["whole", "top"]])
def test_a_piece_that_is_examined_later_is_a_problem_of_the_suite(suite, order):
    if "piece" not in order:
        (suite / "test_piece.py").unlink()
    with pytest.raises(AutograderError, match=r"test_whole\.py builds on piece"):
        collect(suite, order)


def test_an_error_between_two_tests_is_not_the_suites(suite):
    """It costs this submission its grading, and not the class: the suite is not to blame."""
    session = FakeSession()

    def begin_exercise(name, exercises_left):
        raise TypeError("'bool' object is not iterable")

    session.begin_exercise = begin_exercise
    with pytest.raises(TypeError, match="not iterable"):
        _on(suite, session)
