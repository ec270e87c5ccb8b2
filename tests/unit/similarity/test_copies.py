"""Copies planted in a class of sample answers are found; independent answers are left alone."""

import ast

import pytest
from support.copies import (
    in_another_order,
    with_comprehensions,
    with_other_comments,
    with_other_names,
)
from support.similar_class import SOLUTION, make_class

from autograder.similarity.compare import compare
from autograder.similarity.read import Work, read_class

WEEKS = ("week1_mlp", "week2_dna_cnn", "week3a_tf_binding", "week3b_wandb")
FIRST = 10


def everything(source, known):
    names = with_other_names(with_comprehensions(source), known)
    return with_other_comments(in_another_order(names))


DISGUISES = {
    "names": with_other_names,
    "order": lambda source, known: in_another_order(source),
    "comments": lambda source, known: with_other_comments(source),
    "comprehensions": lambda source, known: with_comprehensions(source),
    "everything": everything,
}


@pytest.fixture(scope="module")
def classes(repository, tmp_path_factory):
    """Week -> a class of thirty without a copy."""
    return {week: make_class(repository, week, tmp_path_factory.mktemp(week)) for week in WEEKS}


def works_of(made):
    """What the thirty wrote, read from their notebooks."""
    read = read_class(made.assignment, {}, lambda _: None)
    assert read.problems == ()
    assert len(read.works) == len(made.code)
    return list(read.works)


def labels(pair):
    return {pair.left.label, pair.right.label}


def test_the_disguises_change_the_code(classes):
    made = classes["week2_dna_cnn"]
    plain = [source for code in made.code.values() for source in code.values()]
    same = [ast.unparse(ast.parse(source)) for source in plain]
    for name, least in {"names": 400, "order": 100, "comments": 400, "comprehensions": 1}.items():
        changed = [DISGUISES[name](source, made.known) for source in plain]
        assert sum(a != b for a, b in zip(changed, same, strict=True)) >= least, name


@pytest.mark.parametrize("week", WEEKS)
def test_copied_notebooks_are_among_the_first_ten_pairs(classes, week):
    """Each of five students copied another one's notebook, and disguised it in another way."""
    made = classes[week]
    works = works_of(made)
    planted = []
    for place, (name, disguise) in enumerate(DISGUISES.items()):
        code = {e: disguise(source, made.known) for e, source in works[place].code.items()}
        works.append(Work(f"copy with other {name}", True, code, {}))
        planted.append({works[place].label, works[-1].label})
    first = [labels(pair) for pair in compare(made.assignment, works).pairs[:FIRST]]
    assert [pair for pair in planted if pair not in first] == []


@pytest.mark.parametrize("week", WEEKS)
def test_one_copied_answer_is_among_the_first_ten_pairs(classes, week):
    """Of the three longest answers in another style, three other students have disguised copies."""
    made = classes[week]
    works = works_of(made)
    styles = {
        answer.exercise: (student, source)
        for student, code in made.code.items()
        for exercise, source in code.items()
        if (answer := made.alternatives.get(made.drawn[student][exercise]))
        and len(source)
        == max(
            len(other.cells[exercise])
            for other in made.alternatives.values()
            if other.exercise == exercise
        )
    }
    longest = sorted(styles, key=lambda exercise: -len(styles[exercise][1]))[:3]
    planted = []
    for place, exercise in enumerate(longest):
        student, source = styles[exercise]
        thief = next(w for w in works[place * 5 :] if w.label != student)
        code = {**thief.code, exercise: everything(source, made.known)}
        works[works.index(thief)] = Work(thief.label, True, code, {})
        planted.append((exercise, {student, thief.label}))
    first = compare(made.assignment, works).pairs[:FIRST]
    found = [(part.name, labels(pair)) for pair in first for part in pair.alike]
    assert [one for one in planted if one not in found] == []


@pytest.mark.parametrize("week", WEEKS)
def test_independent_correct_answers_are_not_listed(classes, week):
    """Two mutants may be alike, as one was written after the other. Correct answers are not."""
    made = classes[week]
    for pair in compare(made.assignment, works_of(made)).pairs:
        for part in pair.alike:
            drawn = [made.drawn[student].get(part.name) for student in sorted(labels(pair))]
            correct = [name for name in drawn if name == SOLUTION or name in made.alternatives]
            assert len(correct) < 2, (part, drawn)


@pytest.mark.parametrize("week", ["week1_mlp", "week2_dna_cnn", "week3a_tf_binding"])
def test_a_class_without_copies_has_no_pair(classes, week):
    assert compare(classes[week].assignment, works_of(classes[week])).pairs == ()
