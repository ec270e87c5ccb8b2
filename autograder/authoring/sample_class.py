"""A small sample class, plainly marked as one, in a course folder of its own."""

import copy
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.course import CONFIG, Assignment, Course
from autograder.errors import AutograderError
from autograder.notebook.cells import exercise_cells, grade_id

WEEKS = ("week1_mlp", "week2_dna_cnn", "week3a_tf_binding", "week3b_wandb")
# After week 1 ada has everything right, dev (if any) this one mistake, eve what she fetched.
MISTAKES = {
    "week2_dna_cnn": "train_model-no_zero_grad",
    "week3a_tf_binding": "split_by_chromosome-startswith",
}
NO_NAME = 'leaderboard_name = ""'
MARK = "SAMPLE_CLASS.txt"
MARK_TEXT = (
    "A sample class, made by 'autograder demo': its students do not exist. This folder is made "
    "anew each time; nothing of yours belongs here.\n"
)
ENDLESS = """# Exercise: cubic_model (4 points)
cubic_model = MLP(1, 8, 1).to(device)
loss = torch.ones(1)
while loss.item() != 0:  # a loss that never quite gets there
    loss = nn.functional.mse_loss(cubic_model(x_train.to(device)), y_train.to(device))
"""
OTHER_STYLE = {
    "predict_linear": "weighted_columns",
    "normal_equation": "qr",
    "mse_loss": "explicit_loop",
    "mse_gradient": "autograd",
    "gradient_descent": "preallocated",
    "collapse_linear": "einsum",
    "count_parameters": "loop_over_layers",
    "MLP": "own_parameters",
    "train": "type_hints",
    "cubic_model": "tanh_sgd",
}


def prepare(course: Course, place: Path) -> Course:
    """Make the sample class's course folder; what was graded there before stays.

    Raises AutograderError for a folder that holds anything else.
    """
    if place.exists() and any(place.iterdir()) and not (place / MARK).is_file():
        raise AutograderError(f"{place} is not empty and no sample class: name another folder")
    place.mkdir(parents=True, exist_ok=True)
    (place / MARK).write_text(MARK_TEXT, encoding="utf-8")
    shutil.copy(course.root / CONFIG, place)
    for part in ("source", "release", "tests/hidden", "submitted"):
        shutil.rmtree(place / part, ignore_errors=True)
        if (course.root / part).is_dir() and part != "submitted":
            shutil.copytree(course.root / part, place / part)
    sample = Course(place.resolve(), course.limits)
    for week in WEEKS:
        _hand_in(sample.assignment(week), course.root / "tests" / "submissions" / week)
    return sample


def compose(
    released: NotebookNode, code: Mapping[str, str], answers: Mapping[str, str]
) -> NotebookNode:
    """The released notebook with exercises and written answers filled in, by name."""
    notebook = copy.deepcopy(released)
    for cell in notebook.cells:
        name = grade_id(cell)
        if name in code:
            cell.source = code[name]
        elif name in answers:
            cell.source = answers[name]
    return notebook


def _hand_in(assignment: Assignment, pieces: Path) -> None:
    released = nbformat.read(assignment.release_notebook, as_version=4)
    solution = exercise_cells(nbformat.read(assignment.source_notebook, as_version=4))
    answers = {
        grade_id(cell): "*Sample answer:* the loss falls slowly, quickly, or not at all."
        for cell in released.cells
        if cell.cell_type == "markdown" and grade_id(cell)
    }
    if assignment.name == WEEKS[0]:
        notebooks = _first_week(released, solution, answers, pieces)
    else:
        notebooks = {"ada": compose(released, solution, answers), "eve": released}
    if assignment.name in MISTAKES:
        mistake = _mutant(pieces, MISTAKES[assignment.name])
        notebooks["dev"] = compose(released, {**solution, **mistake}, answers)
    file_name = assignment.release_notebook.name
    for student, notebook in notebooks.items():
        text = nbformat.writes(notebook).replace(*_named(f"Sample {student}"))
        _save(assignment.submitted(student) / file_name, text)
    if assignment.name == WEEKS[0]:
        whole = nbformat.writes(notebooks["ada"])
        _save(assignment.submitted("gus") / file_name, whole[: len(whole) // 3])  # a broken upload


def _first_week(
    released: NotebookNode, solution: Mapping[str, str], answers: Mapping[str, str], pieces: Path
) -> dict[str, NotebookNode]:
    style = {
        name: (pieces / "alternatives" / f"{name}-{how}.py").read_text(encoding="utf-8")
        for name, how in OTHER_STYLE.items()
    }
    gradient = _mutant(pieces, "mse_gradient-missing_factor_two")
    network = _mutant(pieces, "MLP-no_relu") | _mutant(pieces, "train-no_zero_grad")
    return {
        "ada": compose(released, solution, answers),  # everything right
        "ben": compose(released, {**solution, "cubic_model": ENDLESS}, answers),  # never ends
        "cleo": compose(released, {**solution, **style}, answers),  # right, in another style
        "dev": compose(released, {**solution, **gradient}, answers),  # one mistake
        "eve": released,  # nothing written
        "finn": compose(released, {**solution, **network}, answers),  # two mistakes
    }


def _mutant(pieces: Path, name: str) -> dict[str, str]:
    path = pieces / "mutants" / f"{name}.py"
    return {name.split("-")[0]: path.read_text(encoding="utf-8")}


def _named(name: str) -> tuple[str, str]:
    """A notebook's text before and after its student chose a name for the leaderboard."""
    before, after = (json.dumps(text)[1:-1] for text in (NO_NAME, f'leaderboard_name = "{name}"'))
    return before, after


def _save(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
