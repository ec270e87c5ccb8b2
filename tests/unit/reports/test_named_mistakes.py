"""Where a student and a TA read the likeliest mistake, and that a mistake folds what follows."""

from dataclasses import replace

import pytest
from support.results import TOTAL, outcome, result_of, submission

from autograder.grading.annotate import exercise_html
from autograder.reports.feedback import feedback_text
from autograder.reports.item_analysis import misses
from autograder.results import wording
from autograder.results.model import ExerciseResult, Outcome
from autograder.results.wording import comment

SENTENCE = "the gradients are not cleared <every epoch>."
TESTS = tuple(outcome(name, name == "shape") for name in ("shape", "parity", "loss", "accuracy"))
UNKNOWN = ExerciseResult("train", TESTS)
KNOWN = replace(UNKNOWN, mistake=SENTENCE)


def test_the_page_leads_with_it_and_folds_the_failures_after_the_first():
    text = exercise_html(KNOWN)
    shown, folded = text.split("<details>", 1)
    assert "Most often: the gradients are not cleared &lt;every epoch&gt;." in shown
    assert shown.index("Most often") < shown.index("Hint of parity")
    assert "2 more tests did not pass" in folded
    assert [name for name in ("parity", "loss", "accuracy") if f"Hint of {name}" in shown] == [
        "parity"
    ]
    assert "Hint of loss." in folded
    assert "Hint of accuracy." in folded


def test_a_single_failure_has_nothing_to_fold():
    text = exercise_html(replace(KNOWN, tests=TESTS[:2]))
    assert "Most often: " in text
    assert "more test" not in text


def test_without_it_every_test_has_its_hint():
    text = exercise_html(UNKNOWN)
    assert "Most often" not in text
    assert "<details>" not in text
    assert all(f"Hint of {name}." in text for name in ("parity", "loss", "accuracy"))


def test_the_summary_leads_with_it_and_indents_the_failures_after_the_first():
    result = replace(result_of("ada"), exercises=(KNOWN,))
    lines = feedback_text(result, TOTAL, "week.html").splitlines()
    start = lines.index("**Most often: the gradients are not cleared &lt;every epoch&gt;.**")
    assert lines[start + 2].startswith("* **parity**")
    assert lines[start + 4] == "* Most often because of it, 2 more tests did not pass:"
    assert lines[start + 5].startswith("  * **loss**")
    plain = feedback_text(replace(result, exercises=(UNKNOWN,)), TOTAL, "week.html")
    assert "Most often" not in plain
    assert "\n* **loss**" in plain


def test_the_gradebook_leads_with_it():
    assert comment(KNOWN).startswith(f"Most often: {SENTENCE} Not yet: parity; loss; accuracy.")
    assert comment(UNKNOWN).startswith("Not yet: ")
    assert comment(replace(UNKNOWN, tests=TESTS[:1])) is None


def test_the_class_page_counts_it_at_the_test_that_it_leads_to():
    def student(name, mistake):
        result = submission(name, {"train": TESTS})
        return replace(result, exercises=(replace(result.exercises[0], mistake=mistake),))

    class_of = [student("ada", "no step."), student("ben", SENTENCE), student("cleo", SENTENCE)]
    by_test = {miss.test: miss.mistakes for miss in misses([*class_of, student("dev", "")])}
    assert by_test == {"parity": {SENTENCE: 2, "no step.": 1}, "loss": {}, "accuracy": {}}
    assert list(by_test["parity"]) == [SENTENCE, "no step."]


@pytest.mark.parametrize("secret", ["got (2) 3, 4", "at expect.close"])
def test_no_reader_but_the_ta_sees_symptoms(secret):
    tests = tuple(replace(test, symptoms=("failed", secret)) for test in TESTS)
    result = replace(result_of("ada"), exercises=(replace(KNOWN, tests=tests),))
    assert secret not in exercise_html(result.exercises[0])
    assert secret not in feedback_text(result, TOTAL, "week.html")
    assert secret not in comment(result.exercises[0])


def test_points_for_form_alone_are_explained():
    form = replace(TESTS[0], outcome=Outcome.PASSED, form=True)
    alone = ExerciseResult("train", (form, *TESTS[1:]))
    assert wording.FORM_ALONE in exercise_html(alone)
    beside = replace(alone, tests=(form, replace(TESTS[1], outcome=Outcome.PASSED)))
    assert wording.FORM_ALONE not in exercise_html(beside)
