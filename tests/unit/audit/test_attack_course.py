"""What is handed in beside attacks."""

import symtable

import nbformat
import pytest
from support.tiny import REPOSITORY

from autograder.audit.attack_course import make_course
from autograder.audit.dataflow import assigned_names
from autograder.course import Course, find_course
from autograder.notebook.cells import grade_id
from autograder.settings import Weights

WEEKS = [assignment.name for assignment in find_course(REPOSITORY).assignments()]


@pytest.mark.parametrize("week", WEEKS)
def test_an_honest_submission_has_all_that_its_answers_read(repository: Course, tmp_path, week):
    """Else it fails with or without attackers."""
    assignment = repository.assignment(week)
    course = make_course(assignment, tmp_path, assignment.limits, Weights.RETRAIN)
    folder = course.assignment.submitted(course.submit_neighbor(0))
    solved, handed_in = (
        names_of_the_course(path)
        for path in (assignment.source_notebook, folder / assignment.release_notebook.name)
    )
    cells = course.quick_solutions.values()
    wanted = set().union(*(globals_of(symtable.symtable(c, week, "exec")) for c in cells))
    assert len(wanted & solved) > 3
    assert wanted & solved <= handed_in


def globals_of(table):
    """The names that code takes from the notebook: not its arguments and local variables."""
    own = {name.get_name() for name in table.get_symbols() if name.is_global()}
    return own.union(*map(globals_of, table.get_children()))


def names_of_the_course(path):
    """What the cells of a notebook define, but for its setup, which every notebook has."""
    cells = nbformat.read(path, as_version=4).cells
    code = [c.source for c in cells if c.cell_type == "code" and grade_id(c) != "setup"]
    return set().union(*map(assigned_names, code))
