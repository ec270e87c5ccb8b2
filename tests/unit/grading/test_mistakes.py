"""The likeliest mistake is named where it is clearly ahead, and nowhere else."""

from dataclasses import replace

import pytest

from autograder.errors import AutograderError
from autograder.grading.mistakes import (
    FILE_NAME,
    KnownMistakes,
    group,
    likeliest_cause,
    read_mistakes,
    similarity,
    to_json,
    with_mistakes,
)
from autograder.results.model import ExerciseResult, Outcome, TestOutcome

HALF = {"test_worked": ("failed", "at expect.close(g, [6, 8])", "answer: half", "got (2) 3, 4"),
        "test_slope": ("failed", "at assert abs(g - slope) < 1e-7", "got (3) 1, 2, 3")}  # fmt: skip
SIGN = {"test_worked": ("failed", "at expect.close(g, [6, 8])", "answer: the wrong sign",
                        "got (2) -6, -8"),
        "test_slope": ("failed", "at assert abs(g - slope) < 1e-7", "got (3) -2, -4, -6"),
        "test_minimum": ("failed", "at assert scale > 0", "got (3) -1, 0, 1")}  # fmt: skip
COLUMN = {"test_shape": ("failed", "at expect.array(g, shape=(p,))", "answer: axes too many")}
CAUSES = group(
    [("half", "your gradient is too short.", "gradient-no_two", HALF),
     ("sign", "your gradient points downhill.", "gradient-downhill", SIGN),
     ("sign", "your gradient points downhill.", "gradient-turned", SIGN),
     ("column", "your gradient is a column.", "gradient-column", COLUMN)]
)  # fmt: skip


def named(failed, causes=CAUSES):
    cause = likeliest_cause(failed, causes)
    return cause.name if cause else None


def test_a_known_pattern_is_named():
    assert [named(pattern) for pattern in (HALF, SIGN, COLUMN)] == ["half", "sign", "column"]


def test_a_similar_pattern_is_named():
    """Another answer with the same mistake may differ in one number."""
    other = {**SIGN, "test_slope": (*SIGN["test_slope"][:2], "got (3) -2, -4, -7")}
    assert named(other) == "sign"


def test_an_unknown_pattern_is_not_named():
    assert named({"test_minimum": ("failed", "at assert scale > 0", "got (3) 0, 0, 0")}) is None
    assert named({"test_shape": ("raised ValueError", "at expect.array(g, shape=(p,))")}) is None
    assert named(HALF, ()) is None


def test_a_pattern_that_two_causes_share_is_not_named():
    shared = group([("half", "a.", "one", HALF), ("clipped", "b.", "two", HALF)])
    assert named(HALF, shared) is None


def test_a_test_that_was_renamed_or_changed_is_not_taken_for_another():
    renamed = {f"{name}_again": found for name, found in SIGN.items()}
    assert named(renamed) is None
    changed = {name: ("failed", "at assert something_else", "got 1") for name in SIGN}
    assert named(changed) is None


def test_the_similarity_is_symmetric_and_ends_at_0_and_1():
    assert similarity(HALF, HALF) == 1
    assert similarity(HALF, COLUMN) == 0
    assert similarity(HALF, SIGN) == similarity(SIGN, HALF) < 0.6


def test_patterns_that_are_equal_are_one():
    (pattern,) = next(cause for cause in CAUSES if cause.name == "sign").patterns
    assert pattern.mutants == ("gradient-downhill", "gradient-turned")


def result(**failed):
    tests = [
        TestOutcome(name, 1.0, how, "hint", "", "", 0.1, symptoms=found)
        for name, (how, found) in failed.items()
    ]
    passed = TestOutcome("test_other", 1.0, Outcome.PASSED, "hint", "", "", 0.1)
    return ExerciseResult("gradient", (passed, *tests))


def test_a_result_gets_its_sentence():
    table = {"gradient": KnownMistakes("digest", CAUSES)}
    half = result(**{name: (Outcome.FAILED, found) for name, found in HALF.items()})
    other = replace(half, name="descent")
    first, second, third = with_mistakes([half, other, result()], table)
    assert first.mistake == "your gradient is too short."
    assert (second.mistake, third.mistake) == ("", "")


@pytest.mark.parametrize("clear", [Outcome.TIMEOUT, Outcome.RAISED, Outcome.MISSING])
def test_a_guess_does_not_stand_before_what_is_known(clear):
    """A test without symptoms: its remark says what happened, or another cell is wrong."""
    table = {"gradient": KnownMistakes("digest", CAUSES)}
    half = {name: (Outcome.FAILED, found) for name, found in HALF.items()}
    (found,) = with_mistakes([result(**half, test_last=(clear, ()))], table)
    assert found.mistake == ""


def test_the_table_there_and_back(tmp_path):
    table = {"gradient": KnownMistakes("digest", CAUSES), "descent": KnownMistakes("none", ())}
    (tmp_path / FILE_NAME).write_text(to_json(table), encoding="utf-8")
    assert read_mistakes(tmp_path) == table
    line = '"test_shape": ["failed", "at expect.array(g, shape=(p,))", "answer: axes too many"]'
    assert line in (text.strip() for text in to_json(table).splitlines())


def test_without_a_table_nothing_is_known(tmp_path):
    assert read_mistakes(tmp_path) == {}


@pytest.mark.parametrize("text", ["", "[]", '{"a": 1}', '{"a": {"made_from": "", "causes": []}}'])
def test_a_broken_table_is_one_error(tmp_path, text):
    (tmp_path / FILE_NAME).write_text(text)
    with pytest.raises(AutograderError, match="autograder audit --mistakes"):
        read_mistakes(tmp_path)
