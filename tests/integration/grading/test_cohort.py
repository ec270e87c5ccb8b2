"""A class of every kind of submission, graded once: scores, outcomes, and who is named."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import psutil
import pytest

from autograder.grading.cohort import grade_class
from autograder.grading.options import Action, Options
from autograder.notebook.cells import grade_id
from autograder.notebook.failure import FailureCause
from autograder.results.model import Outcome, Status
from autograder.results.store import read_result, to_json

FULL = {
    "predict_linear": 2, "normal_equation": 3, "mse_loss": 2, "mse_gradient": 5,
    "gradient_descent": 4, "collapse_linear": 3, "count_parameters": 2, "MLP": 4, "train": 6,
    "cubic_model": 4, "DeepMLP": 3,
}  # fmt: skip


def scores(result):
    return {exercise.name: exercise.score for exercise in result.exercises}


def outcomes(result, exercise):
    (found,) = [e for e in result.exercises if e.name == exercise]
    return {test.outcome for test in found.tests}


@pytest.mark.parametrize("student", ["solution", "first_style", "last_style"])
def test_correct_work_gets_every_point_however_it_is_written(sample_class, student):
    assert scores(sample_class.results[student]) == FULL


@pytest.mark.parametrize("student", ["stub", "no_cells", "conda"])
def test_what_nobody_wrote_gets_nothing_and_a_reason_for_each_exercise(sample_class, student):
    result = sample_class.results[student]
    assert result.status is Status.GRADED
    assert (result.score, result.max_score) == (0, 38)
    assert [exercise.name for exercise in result.exercises] == list(FULL)
    for exercise in result.exercises:
        assert all(test.hint for test in exercise.tests)
        # An outcome of its own says that nothing is written; any other has a remark.
        assert outcomes(result, exercise.name) <= {Outcome.UNWRITTEN, Outcome.MISSING}
        missing = [test for test in exercise.tests if test.outcome is Outcome.MISSING]
        assert all(test.remark for test in missing)


@pytest.mark.parametrize(
    ("student", "exercise"),
    [("no_factor_two", "mse_gradient"), ("no_zero_grad", "train"), ("no_relu", "MLP")],
)
def test_one_mistake_costs_once(sample_class, student, exercise):
    found = scores(sample_class.results[student])
    assert found.pop(exercise) < FULL[exercise]
    assert found == {name: full for name, full in FULL.items() if name != exercise}


def test_an_endless_loop_costs_its_own_cell(sample_class):
    result = sample_class.results["endless"]
    assert any(cell.failure.cause is FailureCause.TIMEOUT for cell in result.failed_cells)
    found = scores(result)
    assert found.pop("cubic_model") < 4
    assert found == {name: full for name, full in FULL.items() if name != "cubic_model"}


def test_code_that_ends_its_kernel_costs_its_own_exercise(sample_class):
    result = sample_class.results["dies"]
    assert outcomes(result, "mse_loss") == {Outcome.KERNEL_DIED}
    found = scores(result)
    assert found.pop("mse_loss") == 0
    assert found == {name: full for name, full in FULL.items() if name != "mse_loss"}


def test_locked_cells_come_back_and_renaming_costs_its_own_exercise(sample_class):
    result = sample_class.results["messy"]
    assert outcomes(result, "predict_linear") == {Outcome.MISSING}
    found = scores(result)
    assert found.pop("predict_linear") == 0
    assert found == {name: full for name, full in FULL.items() if name != "predict_linear"}
    told = "\n".join(result.restored)
    for name in ("mse_gradient-check", "mse_loss-check", "setup", "gradient_descent", "my-laptop"):
        assert name in told
    path = (
        sample_class.assignment.autograded("messy") / sample_class.assignment.release_notebook.name
    )
    cells = nbformat.read(path, as_version=4).cells
    points = {
        grade_id(c): c.metadata.nbgrader.points
        for c in cells
        if c.metadata.get("nbgrader", {}).get("grade")
    }
    assert points["mse_gradient-check"] == 5
    assert points["train-check"] == 6


def test_no_points_are_lost_to_the_container(sample_class):
    result = sample_class.results["damaged"]
    assert scores(result) == FULL
    assert [note.partition(":")[0].partition(";")[0] for note in result.notes] == [
        "there is another notebook, copy.ipynb, which is not graded",
        "cell 74",  # it holds a damaged character
        "the notebook has lost nbgrader's metadata",
        "kernel",
    ]


@pytest.mark.parametrize(
    ("student", "reason"),
    [
        ("nothing", "holds no notebook"),
        ("two", "holds 2 notebooks"),
        ("broken", "broken JSON"),
        ("empty", "is empty"),
        ("old_format", "format 2"),
        ("julia", "'julia-1.11'"),
    ],
)
def test_what_cannot_be_read_fails_with_one_plain_line(sample_class, student, reason):
    result = sample_class.results[student]
    assert result.status is Status.FAILED
    assert reason in result.reason
    assert "\n" not in result.reason
    assert (result.score, result.max_score) == (0, 38)
    assert to_json(result)["reason"] == result.reason


def test_every_submission_has_a_result_on_disk(sample_class):
    assert set(sample_class.results) == set(sample_class.assignment.students())
    for student, result in sample_class.results.items():
        assert read_result(sample_class.assignment.autograded(student)) == result


def test_results_say_how_they_came_about(sample_class):
    result = sample_class.results["solution"]
    assert result.sandboxed
    assert result.device == "cpu"
    assert result.seconds > 0
    assert result.peak_memory_bytes > 100 * 2**20  # torch alone is more


def test_submissions_are_left_as_they_came(sample_class, pieces):
    from_disk = (
        sample_class.assignment.submitted("solution")
        / "hands-on-introduction_to_deep_learning.ipynb"
    )
    assert (
        from_disk.read_bytes()
        == nbformat.writes(
            nbformat.read(sample_class.assignment.source_notebook, as_version=4)
        ).encode()
    )
    names = {path.name for path in sample_class.assignment.submitted("solution").iterdir()}
    assert names == {"hands-on-introduction_to_deep_learning.ipynb"}


def test_what_has_not_changed_is_not_run_again(sample_class):
    graded = list(
        grade_class(sample_class.course, sample_class.assignment, ["solution", "broken"], Options())
    )
    assert [one.action for one in graded] == [Action.UNCHANGED] * 2
    assert {one.result.student: one.result for one in graded} == {
        name: sample_class.results[name] for name in ("solution", "broken")
    }


def test_a_student_may_be_called_feedback(tmp_path, empty_course, needs_sandbox):
    """These ids once meant steps of the progress bar."""
    course = empty_course(tmp_path / "course")
    assignment = course.assignment("week1_mlp")
    for student in ("feedback", "graded"):
        assignment.submitted(student).mkdir(parents=True)  # no notebook: nothing needs to run
    graded = list(grade_class(course, assignment, assignment.students(), Options()))
    assert {one.result.student for one in graded} == {"feedback", "graded"}
    assert all(assignment.feedback_page(one.result.student).is_file() for one in graded)


def autograder(course, *arguments):
    command = [sys.executable, "-m", "autograder", *arguments, "--course", str(course.root)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300)


def test_the_command_prints_scores_names_the_failed_and_the_page(sample_class):
    done = autograder(
        sample_class.course, "grade", "week1_mlp", "--student", "broken", "--student", "stub"
    )
    assert done.returncode == 0, done.stderr
    assert "broken: failed: " in done.stdout
    assert "cubic_model" in done.stdout
    page = done.stdout.strip().splitlines()[-1].removeprefix("open ")
    assert "no_factor_two" in Path(page).read_text()


def test_json_is_the_results_and_nothing_else(sample_class):
    done = autograder(sample_class.course, "grade", "week1_mlp", "--student", "stub", "--json")
    (found,) = (json.loads(line) for line in done.stdout.splitlines())
    expected = json.loads(json.dumps(to_json(sample_class.results["stub"])))
    for run in (found, expected):  # the command has other limits, so it ran the notebook itself
        for name in ("fingerprint", "seconds", "times", "peak_memory_bytes"):
            assert run.pop(name)
        for exercise in run["exercises"]:
            for test in exercise["tests"]:
                del test["seconds"], test["detail"]
    assert found == expected


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("grade", "week9"), "week1_mlp"),
        (("grade", "week1_mlp", "--student", "nobody"), "solution"),
        (("build", "week9"), "week1_mlp"),
    ],
)
def test_what_does_not_exist_is_told_in_one_line_with_what_does(sample_class, arguments, says):
    done = autograder(sample_class.course, *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("error:")]
    assert says in line


KILLED = """
import os, signal
from autograder.workers import worker_pool

if __name__ == "__main__":
    with worker_pool(1, 1) as pool:
        print(pool.submit(os.getpid).result(), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_workers_end_with_the_command_however_it_ends(tmp_path):
    (tmp_path / "killed.py").write_text(KILLED)
    done = subprocess.run([sys.executable, tmp_path / "killed.py"], capture_output=True, timeout=90)
    worker = int(done.stdout)
    assert done.returncode == -signal.SIGKILL
    deadline = time.monotonic() + 30
    while psutil.pid_exists(worker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not psutil.pid_exists(worker)
