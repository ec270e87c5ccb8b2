"""Copies planted in a class of sample answers are found; independent answers are left alone."""

import pytest
from support.copies import (
    in_another_order,
    with_comprehensions,
    with_other_comments,
    with_other_names,
)
from support.similar_class import SOLUTION, make_class

from autograder.similarity.compare import compare
from autograder.similarity.read import read_class

WEEKS = ("week1_mlp", "week2_dna_cnn", "week3a_tf_binding", "week3b_wandb")
FIRST = 10


def report(made, most=50):
    read = read_class(made.assignment, {}, lambda _: None)
    assert read.problems == ()
    return compare(made.assignment, read.works, most=most)


def labels(pair):
    return pair.left.label, pair.right.label


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


def test_the_disguises_change_the_code(repository, tmp_path):
    made = make_class(repository, "week2_dna_cnn", tmp_path)
    plain = [source for code in made.code.values() for source in code.values()]
    for name, disguise in DISGUISES.items():
        changed = [source for source in plain if disguise(source, made.known) != source]
        assert len(changed) > len(plain) / 2, name
    assert any(with_comprehensions(s) != in_another_order(s) for s in plain)
    moved = [s for s in plain if sorted(in_another_order(s)) == sorted(with_other_names(s, KEEP))]
    assert any(in_another_order(s) != with_other_names(s, KEEP) for s in moved)


class Everything:
    """Holds every name, so that none is changed."""

    def __iter__(self):
        return iter(())

    def __contains__(self, name):
        return True


KEEP = Everything()
