"""How a check prepares a notebook and judges what ran, without a kernel."""

import copy

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from support.small_assignment import note, released, with_answers

from autograder.check.checks import check_exercises, other_errors, prepare
from autograder.check.report import State
from autograder.notebook.cells import grade_id
from autograder.notebook.failure import CellFailure, FailureCause, record_failure
from autograder.notebook.reader import Reading


def as_markdown(notebook, name):
    """The notebook after a student pressed M in the cell of that id."""
    for index, cell in enumerate(notebook.cells):
        if grade_id(cell) == name:
            notebook.cells[index] = new_markdown_cell(cell.source, metadata=cell.metadata)
    return notebook


def with_setup(notebook):
    notebook.cells.insert(0, new_code_cell("base = 1", metadata=note("setup", locked=True)))
    return notebook


@pytest.mark.parametrize("name", ["right", "right-check"])
def test_a_cell_turned_into_markdown_is_code_again_and_is_judged(name):
    template = released("right")
    own = with_answers(template, right="def right():\n    return 0")
    prepared, _ = prepare(Reading(as_markdown(own, name)), template)
    assert [cell.cell_type for cell in prepared.cells] == ["code", "code"]
    assert prepared.cells[0].source == "def right():\n    return 0"
    (exercise,) = check_exercises(prepared, template)
    assert exercise.state is State.PASSED


def test_a_check_turned_into_markdown_is_named_and_the_exercise_is_not():
    template = released("right")
    own = with_answers(template, right="def right():\n    return 0")
    assert prepare(Reading(as_markdown(own, "right")), template)[1] == ()
    (remark,) = prepare(Reading(as_markdown(own, "right-check")), template)[1]
    assert remark.startswith("right-check: ")


def test_a_deleted_setup_cell_runs_first_as_in_grading():
    template = with_setup(released("right"))
    own = with_answers(template, right="def right():\n    return base - 1")
    own.cells = own.cells[1:]
    prepared, (remark,) = prepare(Reading(own), template)
    assert [grade_id(cell) for cell in prepared.cells] == ["setup", "right", "right-check"]
    assert remark.startswith("setup: this cell is missing")


def test_the_file_that_was_read_does_not_change():
    template = with_setup(released("right"))
    own = with_answers(released("right"), **{"right-check": "pass"})
    before = copy.deepcopy(own)
    prepare(Reading(own), template)
    assert own == before


def test_another_kernel_and_another_courses_cells_need_no_remark():
    template = released("right")
    own = with_answers(template)
    own.metadata.kernelspec.name = "my-laptop"
    own.cells.append(new_code_cell("1", metadata=note("another-course")))
    assert prepare(Reading(own), template)[1] == ()


def test_three_copies_of_a_cell_are_one_remark():
    template = released("right")
    own = with_answers(template)
    own.cells += [new_code_cell(f"{i}", metadata=note("right", solution=True)) for i in range(2)]
    (remark,) = prepare(Reading(own), template)[1]
    assert remark == "right: the notebook has this cell more than once; the last one counts"


def test_a_missing_answer_in_words_is_to_be_copied_again():
    template = released(written=("essay",))
    own = with_answers(template)
    own.cells = []
    prepared, (remark,) = prepare(Reading(own), template)
    assert remark == "essay: its cell is missing; copy it from a fresh copy of the notebook"
    (exercise,) = check_exercises(prepared, template)
    assert (exercise.state, exercise.message) == (State.UNWRITTEN, "not written yet")


def test_a_notebook_without_a_kernels_name_is_its_own_release():
    own = released("right")
    del own.metadata["kernelspec"]
    prepared, remarks = prepare(Reading(own), own)
    assert (prepared, remarks) == (own, ())


@pytest.mark.parametrize("index", [0, 1])
@pytest.mark.parametrize(
    ("cause", "state"),
    [
        (FailureCause.TIMEOUT, State.TIMEOUT),
        (FailureCause.OUTPUT_LIMIT, State.FAILED),
        (FailureCause.UNREADABLE_OUTPUT, State.FAILED),
        (FailureCause.ENDED_PYTHON, State.FAILED),
        (FailureCause.RAISED, State.FAILED),
        (FailureCause.NOT_RUN_PYTHON_ENDED, State.NOT_RUN),
        (FailureCause.NOT_RUN_NOTEBOOK_TIME, State.NOT_RUN),
    ],
)
def test_the_cause_decides_the_state_whatever_the_words_are(cause, state, index):
    template = released("right")
    executed = with_answers(template, right="def right():\n    return 0")
    exception = "TimeLimit" if cause is FailureCause.RAISED else ""
    record_failure(executed.cells[index], CellFailure(cause, "PythonEnded", exception))
    (exercise,) = check_exercises(executed, template)
    assert exercise.state is state
    assert exercise.message.startswith(("its cell ", "its check ")[index])


def test_the_students_own_line_is_in_the_message():
    template = released("right")
    executed = with_answers(template, right="def right():\n    return [][0]")
    answer, check = executed.cells
    answer.execution_count, check.execution_count = 1, 2
    frames = ["Cell In[2], line 1", "\x1b[0;32mCell In[1], line 2\x1b[0m, in right()"]
    check.outputs = [
        new_output("error", ename="IndexError", evalue="list index\nout of range", traceback=frames)
    ]
    record_failure(check, CellFailure(FailureCause.RAISED, "list index", "IndexError"))
    (exercise,) = check_exercises(executed, template)
    assert exercise.message == (
        "its check stops with IndexError: list index out of range (in your line: return [][0])"
    )


def test_other_cells_are_named_unless_they_need_what_is_unwritten():
    def failed(source, cause, detail="", exception="", count=None):
        cell = new_code_cell(source, execution_count=count)
        record_failure(cell, CellFailure(cause, detail, exception))
        return cell

    executed = released("right")
    executed.cells += [
        failed("1 / 0", FailureCause.RAISED, "division by zero", "ZeroDivisionError", 3),
        failed("right()", FailureCause.RAISED, "", "NotImplementedError", 4),
        failed("rihgt()", FailureCause.RAISED, "name 'rihgt' is not defined", "NameError", 5),
        failed("while True: pass", FailureCause.TIMEOUT, "60 s"),
        failed("2", FailureCause.NOT_RUN_NOTEBOOK_TIME, "240 s"),
        new_code_cell("3"),
        new_markdown_cell("4"),
    ]
    assert other_errors(executed) == (
        "In [3] ('1 / 0') stops with ZeroDivisionError: division by zero",
        "the cell 'while True: pass' stopped after 60 s (an endless loop?)",
    )
