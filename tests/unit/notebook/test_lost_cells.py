"""A notebook whose cells lost nbgrader's metadata is graded as if it had them."""

import copy
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.notebook.cells import exercise_cells, grade_id
from autograder.notebook.changes import ChangeKind
from autograder.notebook.lost_cells import defined_names, exercises_in, words_of
from autograder.notebook.restore import restore


@pytest.fixture
def released(repository):
    return nbformat.read(repository.assignment("week1_mlp").release_notebook, as_version=4)


@pytest.fixture
def solved(repository):
    return nbformat.read(repository.assignment("week1_mlp").source_notebook, as_version=4)


def get(notebook, name):
    (cell,) = [cell for cell in notebook.cells if grade_id(cell) == name]
    return cell


def texts(notebook):
    """What counts of a notebook: each released cell's source, in order."""
    return [(grade_id(cell), cell.source) for cell in notebook.cells if grade_id(cell)]


@pytest.mark.parametrize("ids", ["kept", "new"])
def test_all_metadata_can_be_lost(ids, solved, released):
    whole = restore(solved, released)
    stripped = copy.deepcopy(solved)
    for number, cell in enumerate(stripped.cells):
        cell.metadata.clear()
        cell.id = cell.id if ids == "kept" else f"new-{number}"
    restored = restore(stripped, released)
    assert texts(restored.notebook) == texts(whole.notebook)
    assert restored.exercises == exercise_cells(solved)
    (change,) = restored.changes
    assert change.kind is ChangeKind.LOST_METADATA
    assert set(change.cell.split(", ")) == {name for name, _ in texts(solved)}


@pytest.mark.parametrize("has_metadata", [True, False])
def test_a_notebook_of_a_release_with_other_headings_and_nothing_folded(
    has_metadata, solved, released
):
    earlier = copy.deepcopy(solved)
    for number, cell in enumerate(earlier.cells):
        cell.source = cell.source.replace("#@title Check: ", "# Check: ")
        cell.metadata.pop("jupyter", None)
        cell.metadata.pop("cellView", None)
        if not has_metadata:
            cell.metadata.clear()
            cell.id = f"new-{number}"
    restored = restore(earlier, released)
    assert texts(restored.notebook) == texts(restore(solved, released).notebook)
    assert restored.exercises == exercise_cells(solved)
    assert all(change.kind is ChangeKind.EDITED for change in restored.changes[not has_metadata :])
    for cell in restored.notebook.cells:
        if grade_id(cell).endswith("-check"):
            assert cell.metadata.jupyter == {"source_hidden": True}


def test_a_cell_that_was_cut_and_pasted_is_found_by_what_it_defines(solved, released):
    submitted = copy.deepcopy(solved)
    index = submitted.cells.index(get(submitted, "train"))
    source = submitted.cells[index].source.split("\n", 1)[1]  # without its first line
    submitted.cells[index] = new_code_cell(source, id="pasted")
    restored = restore(submitted, released)
    assert restored.exercises["train"] == source
    assert [change.cell for change in restored.changes] == ["train"]


def test_nothing_is_found_where_nothing_was_lost(solved, released):
    submitted = copy.deepcopy(solved)
    submitted.cells.append(new_code_cell("def train():\n    'another one'"))
    restored = restore(submitted, released)
    assert restored.changes == () and "another one" not in restored.exercises["train"]


ANSWER = "It moves slowly, then well, then it flies apart."
IN_CODE = "# My answer: it moves\n# slowly, then well."


@pytest.mark.parametrize("where", [0, 1])
@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (new_markdown_cell(ANSWER), ANSWER),
        (nbformat.v4.new_raw_cell(ANSWER), ANSWER),
        (new_code_cell(IN_CODE), "My answer: it moves\nslowly, then well."),
        (new_code_cell(ANSWER), ANSWER),
        (new_code_cell(f"'''{ANSWER}'''"), ANSWER),
    ],
)
def test_an_answer_in_the_next_cell_is_added(where, cell, shown, released):
    submitted = copy.deepcopy(released)
    index = submitted.cells.index(get(submitted, "learning_rate"))
    submitted.cells.insert(index + where, copy.deepcopy(cell))
    restored = restore(submitted, released)
    answer = get(restored.notebook, "learning_rate").source
    assert shown in answer and "YOUR ANSWER HERE" not in answer
    assert [(c.kind, c.cell) for c in restored.changes] == [(ChangeKind.BESIDE, "learning_rate")]


def test_a_comment_in_code_beside_a_written_answer_stays_a_comment(solved, released):
    submitted = copy.deepcopy(solved)
    index = submitted.cells.index(get(submitted, "learning_rate"))
    submitted.cells.insert(index + 1, new_code_cell("# TODO: try 0.3 as well"))
    submitted.cells.insert(index + 1, new_code_cell("rate = 0.3"))
    assert restore(submitted, released).changes == ()


def test_a_split_answer_is_joined(released):
    submitted = copy.deepcopy(released)
    first = get(submitted, "learning_rate")
    second = copy.deepcopy(first)
    first.source, second.source, second.id = "One half.", "The other half.", "second"
    submitted.cells.insert(submitted.cells.index(first) + 1, second)
    restored = restore(submitted, released)
    assert get(restored.notebook, "learning_rate").source == "One half.\n\nThe other half."
    kinds = [change.kind for change in restored.changes]
    assert ChangeKind.JOINED in kinds and ChangeKind.BESIDE not in kinds


def test_the_parts_of_an_answer_keep_their_pictures(released):
    submitted = copy.deepcopy(released)
    first = get(submitted, "learning_rate")
    second = copy.deepcopy(first)
    first.source, second.source = (f"{n} ![](attachment:picture-1.png)" for n in ("one", "two"))
    second.id = "second"
    first.attachments, second.attachments = (
        nbformat.from_dict({"picture-1.png": {"image/png": content}})
        for content in ("AA==", "BB==")
    )
    submitted.cells.insert(submitted.cells.index(first) + 1, second)
    answer = get(restore(submitted, released).notebook, "learning_rate")
    shown = re.findall(r"(\w+) !\[\]\(attachment:([^)]*)\)", answer.source)
    assert [(n, answer.attachments[name]["image/png"]) for n, name in shown] == [
        ("one", "AA=="),
        ("two", "BB=="),
    ]


def test_a_fresh_copy_of_the_cell_does_not_hide_the_answer(released):
    submitted = copy.deepcopy(released)
    first = get(submitted, "learning_rate")
    second = copy.deepcopy(first)
    first.source, second.id = ANSWER, "second"
    submitted.cells.insert(submitted.cells.index(first) + 1, second)
    assert get(restore(submitted, released).notebook, "learning_rate").source == ANSWER


def test_an_answer_that_is_nowhere_comes_with_all_other_text(released):
    submitted = copy.deepcopy(released)
    submitted.cells = [c for c in submitted.cells if grade_id(c) != "learning_rate"]
    for cell in submitted.cells:
        cell.metadata.clear()
    submitted.cells.append(new_markdown_cell(ANSWER))  # behind the other written answer
    restored = restore(submitted, released)
    assert ANSWER in get(restored.notebook, "learning_rate").source
    assert ChangeKind.ELSEWHERE in [change.kind for change in restored.changes]


def test_an_empty_answer_comes_with_text_from_anywhere_but_from_beside_another(released):
    submitted = copy.deepcopy(released)
    submitted.cells = [c for c in submitted.cells if grade_id(c) != "learning_rate"]
    other = get(submitted, "approximation")
    submitted.cells.insert(submitted.cells.index(other) + 1, new_markdown_cell("The other answer."))
    submitted.cells.insert(3, new_markdown_cell(f"My answer: {ANSWER}"))
    notebook = restore(submitted, released).notebook
    assert ANSWER in get(notebook, "learning_rate").source
    assert "The other answer." not in get(notebook, "learning_rate").source
    assert ANSWER not in get(notebook, "approximation").source


def test_a_few_words_of_ones_own_are_no_answer(released):
    submitted = copy.deepcopy(released)
    submitted.cells.insert(3, new_markdown_cell("## My notes"))
    notebook = restore(submitted, released).notebook
    assert get(notebook, "learning_rate").source == "YOUR ANSWER HERE"


def test_an_answer_that_nobody_wrote_stays_unwritten(released):
    stripped = copy.deepcopy(released)
    for cell in stripped.cells:
        cell.metadata.clear()
    restored = restore(stripped, released)
    assert get(restored.notebook, "learning_rate").source == "YOUR ANSWER HERE"


def test_pictures_move_with_the_text(released):
    submitted = copy.deepcopy(released)
    index = submitted.cells.index(get(submitted, "learning_rate"))
    own, beside = submitted.cells[index], new_markdown_cell("![](attachment:picture-1.png)")
    own.source = "See ![](attachment:picture-1.png)"
    own.attachments, beside.attachments = (
        nbformat.from_dict({"picture-1.png": {"image/png": content}})
        for content in ("AA==", "BB==")
    )
    submitted.cells.insert(index + 1, beside)
    answer = get(restore(submitted, released).notebook, "learning_rate")
    assert {kinds["image/png"] for kinds in answer.attachments.values()} == {"AA==", "BB=="}
    for name in answer.attachments:
        assert f"(attachment:{name})" in answer.source


def test_a_retyped_answer_keeps_its_pictures(released):
    submitted = copy.deepcopy(released)
    cell = get(submitted, "learning_rate")
    cell.cell_type, cell.source = "raw", "![](attachment:picture-1.png)"
    cell.attachments = nbformat.from_dict({"picture-1.png": {"image/png": "AA=="}})
    answer = get(restore(submitted, released).notebook, "learning_rate")
    assert (answer.cell_type, list(answer.attachments)) == ("markdown", ["picture-1.png"])


@pytest.mark.parametrize(
    "source", ["x = 1", "# a comment\nx = 1", "print('a b c d e')", "!ls a b c d"]
)
def test_code_holds_no_words(source):
    assert words_of(new_code_cell(source)) == ""


def test_what_a_cell_defines():
    source = "import a\nb = c = 1\nd, (e, *f) = g\ndef h(i): j = 1\nclass K: l = 1\nm: int = 2"
    assert set(defined_names(source)) == {"b", "c", "d", "e", "f", "h", "K", "m"}
    assert set(defined_names("not Python")) == set()


def test_which_exercises_a_notebook_holds(solved, released, repository):
    assert all(exercises_in(solved, released).values())
    other = nbformat.read(repository.assignment("week2_dna_cnn").release_notebook, as_version=4)
    assert not any(exercises_in(other, released).values())
    own = nbformat.v4.new_notebook(cells=[new_code_cell("def mse_loss(a, b): return 0")])
    assert [name for name, there in exercises_in(own, released).items() if there] == ["mse_loss"]
