"""From which score on an answer is listed: above what independent correct answers reach."""

import math
from collections import defaultdict

import pytest
from support.similar_class import course_without_samples, read_samples

from autograder.similarity.compare import questions
from autograder.similarity.model import (
    ALIKE,
    ALIKE_IN_SUM,
    HIGHEST_OF_SAMPLES,
    HIGHEST_SUM_OF_SAMPLES,
)
from autograder.similarity.read import Work

WEEKS = ("week1_mlp", "week2_dna_cnn", "week3a_tf_binding", "week3b_wandb")


@pytest.fixture(scope="module")
def highest(repository, tmp_path_factory):
    """Week -> exercise -> the highest score of two alternatives, among which no other is."""
    scores = defaultdict(lambda: defaultdict(float))
    for week in WEEKS:
        assignment = course_without_samples(repository, week, tmp_path_factory.mktemp("course"))
        correct = [answer for answer in read_samples(repository, week) if not answer.is_mutant]
        works = [Work(answer.name, True, answer.cells, {}) for answer in correct]
        for question in questions(assignment, works):
            for match in question.rarity.matches([True] * len(question.places)):
                best = scores[week][question.name]
                scores[week][question.name] = max(best, match.score)
    return scores


def test_independent_correct_answers_are_not_listed(highest):
    worst = max(score for week in highest.values() for score in week.values())
    assert worst < ALIKE
    in_sum = max(sum(week.values()) for week in highest.values())
    assert in_sum < ALIKE_IN_SUM


def test_the_page_states_what_was_measured(highest):
    """Rounded up, so that the page never says less."""
    worst = max(score for week in highest.values() for score in week.values())
    in_sum = max(sum(week.values()) for week in highest.values())
    assert math.ceil(worst * 10) / 10 == HIGHEST_OF_SAMPLES
    assert math.ceil(in_sum * 10) / 10 == HIGHEST_SUM_OF_SAMPLES
