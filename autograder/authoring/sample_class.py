"""Makes a sample class with invented students, in a course folder of its own."""

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
from autograder.settings import FILE_NAME as SETTINGS

# In most weeks, ada is correct, eve wrote nothing, and dev makes the first of these mistakes that
# is among the week's mutants.
MISTAKES = ("train_model-no_zero_grad", "split_by_chromosome-startswith")
NO_NAME = 'leaderboard_name = ""'
MARK = "SAMPLE_CLASS.txt"
MARK_TEXT = (
    "A sample class, made by 'autograder demo'. Its students do not exist. The command overwrites "
    "this folder each time: keep no work of yours here.\n"
)
ENDLESS = """# Exercise: cubic_model (4 points)
cubic_model = MLP(1, 8, 1).to(device)
loss = torch.ones(1)
while loss.item() != 0:  # a loss that never quite gets there
    loss = nn.functional.mse_loss(cubic_model(x_train.to(device)), y_train.to(device))
"""
# The week whose alternatives these are has one student for each kind of submission.
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
    "DeepMLP": "hidden_and_output",
}


def prepare(course: Course, folder: Path) -> Course:
    """Make the sample class's course folder. Earlier results in it are kept.

    Raises AutograderError for a folder that contains anything else.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise AutograderError(f"{folder} is neither empty nor a sample class: name another folder")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text(MARK_TEXT, encoding="utf-8")
    for name in (CONFIG, SETTINGS):
        if (course.root / name).is_file():
            shutil.copy(course.root / name, folder)
    for part in ("solutions", "source", "release", "tests/hidden", "submitted"):
        shutil.rmtree(folder / part, ignore_errors=True)
        if (course.root / part).is_dir() and part != "submitted":
            shutil.copytree(course.root / part, folder / part)
    sample = Course(folder.resolve(), course.limits)
    for assignment in built_weeks(sample):
        _submit(assignment, course.root / "tests" / "submissions" / assignment.name)
    return sample


def built_weeks(course: Course) -> list[Assignment]:
    """The course's weeks that can be handed out, in order: not those that were never built."""
    return [week for week in course.assignments() if any(week.release.glob("*.ipynb"))]


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


def _submit(assignment: Assignment, answers_folder: Path) -> None:
    """Write every student's submission for one week."""
    released = nbformat.read(assignment.release_notebook, as_version=4)
    solution = exercise_cells(nbformat.read(assignment.source_notebook, as_version=4))
    answers = {
        grade_id(cell): "*Sample answer:* the loss falls slowly, quickly, or not at all."
        for cell in released.cells
        if cell.cell_type == "markdown" and grade_id(cell)
    }
    every_kind = all(
        (answers_folder / "alternatives" / f"{name}-{how}.py").is_file()
        for name, how in OTHER_STYLE.items()
    )
    if every_kind:
        notebooks = _first_week(released, solution, answers, answers_folder)
    else:
        notebooks = {"ada": compose(released, solution, answers), "eve": released}
        mistakes = [m for m in MISTAKES if (answers_folder / "mutants" / f"{m}.py").is_file()]
        for mistake in mistakes[:1]:
            wrong = {**solution, **_mutant(answers_folder, mistake)}
            notebooks["dev"] = compose(released, wrong, answers)
    file_name = assignment.release_notebook.name
    for student, notebook in notebooks.items():
        text = nbformat.writes(notebook).replace(*_leaderboard_name(f"Sample {student}"))
        _save(assignment.submitted(student) / file_name, text)
    if every_kind:
        complete = nbformat.writes(notebooks["ada"])
        broken_upload = complete[: len(complete) // 3]
        _save(assignment.submitted("gus") / file_name, broken_upload)


def _first_week(
    released: NotebookNode,
    solution: Mapping[str, str],
    answers: Mapping[str, str],
    answers_folder: Path,
) -> dict[str, NotebookNode]:
    """Each student's notebook for week 1, with one kind of submission per student."""
    style = {
        name: (answers_folder / "alternatives" / f"{name}-{how}.py").read_text(encoding="utf-8")
        for name, how in OTHER_STYLE.items()
    }
    gradient = _mutant(answers_folder, "mse_gradient-missing_factor_two")
    network = {
        **_mutant(answers_folder, "MLP-no_relu"),
        **_mutant(answers_folder, "train-no_zero_grad"),
    }
    return {
        "ada": compose(released, solution, answers),  # everything correct
        "ben": compose(released, {**solution, "cubic_model": ENDLESS}, answers),  # an endless loop
        "cleo": compose(released, {**solution, **style}, answers),  # correct, in another style
        "dev": compose(released, {**solution, **gradient}, answers),  # one mistake
        "eve": released,  # nothing written
        "finn": compose(released, {**solution, **network}, answers),  # two mistakes
    }


def _mutant(answers_folder: Path, name: str) -> dict[str, str]:
    """The cell of one mutant, by exercise."""
    path = answers_folder / "mutants" / f"{name}.py"
    return {name.split("-")[0]: path.read_text(encoding="utf-8")}


def _leaderboard_name(name: str) -> tuple[str, str]:
    """The line for the leaderboard's name as JSON, before and after its student filled it in."""
    before, after = (json.dumps(text)[1:-1] for text in (NO_NAME, f'leaderboard_name = "{name}"'))
    return before, after


def _save(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
