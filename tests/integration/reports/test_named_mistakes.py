"""From a wrong answer to the named mistake: graded by week 1's own table of known mistakes."""

import json

import pytest

from autograder.grading.mistakes import read_mistakes
from autograder.reports.class_page import write_class_page
from autograder.reports.feedback import write_feedback

MISTAKES = {
    "no_factor_two": ("mse_gradient", "factor_two"),
    "no_zero_grad": ("train", "not_cleared"),
    "no_relu": ("MLP", "no_activation"),
}


def sentence(assignment, exercise, cause):
    causes = read_mistakes(assignment.hidden_tests)[exercise].causes
    return next(known.hint for known in causes if known.name == cause)


@pytest.mark.parametrize("student", MISTAKES)
def test_the_mistake_is_named_on_its_exercise_only(sample_class, student):
    exercise, cause = MISTAKES[student]
    named = {e.name: e.mistake for e in sample_class.results[student].exercises if e.mistake}
    assert named == {exercise: sentence(sample_class.assignment, exercise, cause)}


def test_the_feedback_leads_with_it_and_shows_no_symptoms(sample_class):
    assignment = sample_class.assignment
    page = write_feedback(assignment, sample_class.results["no_factor_two"])
    lead = "Most often: " + sentence(assignment, "mse_gradient", "factor_two")
    assert lead in page.read_text(encoding="utf-8")
    summary = page.with_name("README.md").read_text(encoding="utf-8")
    assert f"**{lead}**" in summary
    for test in sample_class.results["no_factor_two"].exercises[3].tests:
        for symptom in test.symptoms[1:]:
            assert symptom not in page.read_text(encoding="utf-8")
            assert symptom not in summary


def test_the_class_page_counts_it(sample_class):
    results = list(sample_class.results.values())
    text = write_class_page(sample_class.assignment, results).read_text(encoding="utf-8")
    assert sentence(sample_class.assignment, "train", "not_cleared") in text


def test_right_unwritten_and_clear_failures_have_no_mistake(sample_class):
    for student in ("solution", "stub", "no_cells", "first_style", "last_style", "dies", "broken"):
        assert not any(e.mistake for e in sample_class.results[student].exercises), student


def test_the_result_for_other_programs_has_it(sample_class):
    path = sample_class.assignment.autograded("no_relu") / "result.json"
    exercises = json.loads(path.read_text(encoding="utf-8"))["exercises"]
    (named,) = [e for e in exercises if e["mistake"]]
    assert named["name"] == "MLP"
    assert all(test["symptoms"] for test in named["tests"] if test["outcome"] == "failed")
