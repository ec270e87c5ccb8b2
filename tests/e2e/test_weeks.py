"""The weeks after the first, graded whole: the solution, one mistake after another, the stub."""

import copy
import json
from dataclasses import dataclass, replace

import nbformat
import pytest
from support.submissions import without_demonstrations

from autograder.artifacts import ARTIFACTS
from autograder.audit.live import LiveNotebook
from autograder.authoring.sample_class import NO_NAME, compose, prepare
from autograder.course import Course, Limits
from autograder.grading.cohort import grade_class
from autograder.grading.options import Options
from autograder.grading.session import open_session
from autograder.grading.submission import grade
from autograder.notebook.cells import exercise_cells, grade_id
from autograder.reports.leaderboard import write_leaderboard
from autograder.results.model import Outcome, Status
from autograder.results.store import read_result
from autograder.settings import Weights

# A submission with several mistakes, each of which must cost its own exercise and no other.
MISTAKES = {
    "week2_dna_cnn": (
        "one_hot_encode-upper_case_only",
        "pwm_scan-flipped",
        "train_model-no_zero_grad",
        "cnn_model-linear_model",
    ),
    "week3a_tf_binding": (
        "split_by_chromosome-startswith",
        "held_out_accuracy-reads_the_other_strand",
        "write_predictions-loads_the_training_scores",
    ),
    "week3b_wandb": ("train_sweep-hard_coded_learning_rate", "best_run-goal_ignored"),
}
# The first makes the second's class anew, with its outputs in reverse: both tests see it.
ALSO = {"held_out_accuracy-reads_the_other_strand": {"TFBindingCNN"}}

HANDED_IN = ("solution", "mistakes", "stub")


@dataclass(frozen=True)
class Graded:
    """A week's graded submissions, by student."""

    assignment: object
    results: dict


@pytest.fixture(scope="module", params=sorted(MISTAKES))
def week(request, repository, built_once, no_sandbox):
    if no_sandbox:
        pytest.skip(no_sandbox)
    name = request.param
    folder = built_once(name, lambda folder: hand_in_and_grade(repository, name, folder))
    assignment = Course(folder).assignment(name)
    results = {who: read_result(assignment.autograded(who)) for who in HANDED_IN}
    return Graded(assignment, results)


def hand_in_and_grade(repository, name, folder):
    """Fill the folder with a course where the solution, the mistakes and the stub are graded."""
    course = prepare(repository, folder)
    assignment = course.assignment(name)
    released = nbformat.read(assignment.release_notebook, as_version=4)
    solved = exercise_cells(nbformat.read(assignment.source_notebook, as_version=4))
    mutants = repository.root / "tests" / "submissions" / name / "mutants"
    wrong = {
        mutant.split("-")[0]: (mutants / f"{mutant}.py").read_text(encoding="utf-8")
        for mutant in MISTAKES[name]
    }
    solution = compose(released, solved, {})
    if NO_NAME not in "".join(cell.source for cell in solution.cells):
        solution = without_demonstrations(solution)  # `build --check` runs it whole
    notebooks = (
        solution,
        without_demonstrations(compose(released, {**solved, **wrong}, {})),
        released,
    )
    for cell in notebooks[1].cells:  # a shorter sweep, which takes a quarter of the time
        cell.source = cell.source.replace("n_runs = 12", "n_runs = 3")
    for student, notebook in zip(HANDED_IN, notebooks, strict=True):
        submitted = assignment.submitted(student)
        submitted.mkdir(parents=True)
        text = nbformat.writes(notebook).replace(
            json.dumps(NO_NAME)[1:-1], json.dumps(f'leaderboard_name = "{student}"')[1:-1]
        )
        (submitted / assignment.release_notebook.name).write_text(text, encoding="utf-8")
    graded = list(grade_class(course, assignment, HANDED_IN, Options()))
    assert len(graded) == len(HANDED_IN)


def lost(result):
    return {exercise.name for exercise in result.exercises if exercise.score < exercise.max_score}


def test_the_solution_gets_every_point(week):
    result = week.results["solution"]
    assert result.failed_cells == ()
    assert lost(result) == set()


def test_each_mistake_costs_its_own_exercise_only(week):
    names = MISTAKES[week.assignment.name]
    wrong = {name.split("-")[0] for name in names}.union(*(ALSO.get(name, ()) for name in names))
    assert lost(week.results["mistakes"]) == wrong


def test_the_stub_gets_nothing_and_is_told_why(week):
    result = week.results["stub"]
    assert (result.status, result.score) == (Status.GRADED, 0)
    for exercise in result.exercises:
        outcomes = {test.outcome for test in exercise.tests}
        assert Outcome.UNWRITTEN in outcomes or any("not" in test.remark for test in exercise.tests)


def test_the_leaderboard_shows_who_was_measured(week):
    pages = write_leaderboard(week.assignment, list(week.results.values()))
    if week.assignment.name != "week3a_tf_binding":
        assert pages == []
        return
    board = json.loads(pages[1].read_text(encoding="utf-8"))
    # The other's predict.py failed, so nothing of it was measured by itself.
    assert [(s["rank"], s["name"]) for s in board["standings"]] == [(1, "solution")]
    assert board["standings"][0]["score"] > 0.9


# A training that outlasts its cell's limit, after it has made an untrained model, or before.
STOPPED = {
    "at once": "while True:\n    pass",
    "untrained": "binding_model = TFBindingCNN().to(device)\nwhile True:\n    pass",
    "with an error": "raise MemoryError",  # the same for what follows, in no time
}


@pytest.fixture(scope="module")
def trained(repository, no_sandbox):
    """Week 3a's solution without its demonstrations, and the files that it leaves."""
    if no_sandbox:
        pytest.skip(no_sandbox)
    assignment = repository.assignment("week3a_tf_binding")
    solved = without_demonstrations(nbformat.read(assignment.source_notebook, as_version=4))
    launcher = Options().launcher(assignment)
    with open_session(assignment, assignment.release, solved, launcher) as session:
        files = {name: session.read_file(name) for name in ARTIFACTS}
    return assignment, solved, files


def grade_stopped(trained, folder, stopped, weights=Weights.SUBMITTED, **changed):
    """The result of a notebook whose training was stopped, with the files of another run of it."""
    original, solved, files = trained
    assignment = replace(
        original, root=folder, weights=weights, limits=replace(Limits(), cell_seconds=12)
    )
    for part in ("source", "release", "tests/hidden"):
        place = folder / part / original.name
        place.parent.mkdir(parents=True)
        place.symlink_to(original.root / part / original.name)
    notebook = copy.deepcopy(solved)
    for cell in notebook.cells:
        if grade_id(cell) == "held_out_accuracy":
            cell.source = STOPPED[stopped]
    submitted = assignment.submitted("ada")
    submitted.mkdir(parents=True)
    nbformat.write(notebook, submitted / assignment.release_notebook.name)
    for name, content in (files | changed).items():
        (submitted / name).write_bytes(content)
    return grade(assignment, "ada", "", Options()).result


@pytest.mark.parametrize("stopped", ["at once", "untrained"])
def test_handed_in_weights_get_every_point_though_the_training_was_stopped(
    trained, tmp_path, stopped
):
    result = grade_stopped(trained, tmp_path, stopped)
    assert lost(result) == set()
    assert result.notes == ()
    (measured,) = {
        test.measures["leaderboard_score"]
        for exercise in result.exercises
        for test in exercise.tests
        if "leaderboard_score" in test.measures
    }
    assert measured > 0.9


def test_a_script_that_is_wrong_costs_no_accuracy_with_handed_in_weights(trained, tmp_path):
    result = grade_stopped(
        trained, tmp_path, "with an error", **{"predict.py": b"raise SystemExit(3)"}
    )
    assert lost(result) == {"write_predictions"}


def test_handed_in_weights_do_not_count_where_grading_trains_again(trained, tmp_path):
    result = grade_stopped(trained, tmp_path, "with an error", Weights.RETRAIN)
    assert lost(result) == {"held_out_accuracy"}  # the other is tried untrained


ASKS = {
    "input": """
    rate = float(input("which learning rate?"))
""",
    "a thousand runs": """
    for _ in range(1000):
        with wandb.init(project=project, config=default_config):
            train_epoch(build_model(default_config), [(train_x, train_y)], None)
""",
    # Last, because it takes the kernel with it.
    "network": """
    os.environ["WANDB_API_KEY"] = "0" * 40
    with wandb.init(project=project, config=default_config, mode="online"):
        pass
""",
}


@pytest.fixture(scope="module")
def sweep(repository, no_sandbox):
    """Week 3b's solution up to this exercise in a live kernel; a call may take two seconds."""
    if no_sandbox:
        pytest.skip(no_sandbox)
    assignment = repository.assignment("week3b_wandb")
    hasty = replace(assignment, limits=Limits(call_seconds=2, exercise_seconds=4))
    solved = nbformat.read(assignment.source_notebook, as_version=4)
    exercise = [grade_id(cell) for cell in solved.cells].index("train_sweep")
    solved.cells = solved.cells[: exercise + 1]  # the later cells take most of the time
    live = LiveNotebook(hasty, solved, Options())
    yield live
    live.close()


@pytest.mark.parametrize("asked", ASKS)
def test_a_sweep_that_asks_for_too_much_ends_at_its_limit_and_says_so(sweep, asked):
    source = f"def train_sweep():{ASKS[asked]}"
    for test in sweep.outcomes("train_sweep", {"train_sweep": source}):
        assert test.outcome in {Outcome.TIMEOUT, Outcome.RAISED, Outcome.KERNEL_DIED}, test
        assert test.remark
