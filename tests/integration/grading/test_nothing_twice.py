"""What is finished is not done again: no run, no gradebook write, no page."""

import signal
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from support.tiny import LIMITS, hand_in, make_course, notebook

from autograder.course import Assignment, Course
from autograder.grading import pools
from autograder.grading.cohort import grade_class
from autograder.grading.fingerprint import shared_digest, submission_fingerprint
from autograder.grading.options import Action, Options
from autograder.results.store import read_result, write_result
from autograder.temporary import LOCK, PLACE, PREFIX

STUDENTS = ["solution", "broken", "stub"]


@dataclass(frozen=True)
class Finished:
    course: Course
    assignment: Assignment


@pytest.fixture(scope="module")
def small(tmp_path_factory, no_sandbox):
    """A class of three: one who is right, one who has written nothing, one whose file is broken."""
    if no_sandbox:
        pytest.skip(no_sandbox)
    course = Course(tmp_path_factory.mktemp("finished") / "course", LIMITS)
    assignment = make_course(course.root)
    hand_in(assignment, "solution", notebook())
    hand_in(assignment, "stub", nbformat.read(assignment.release_notebook, as_version=4))
    hand_in(assignment, "broken", notebook())
    (assignment.submitted("broken") / "tiny.ipynb").write_text("broken")
    (course.root / "nbgrader_config.py").touch()
    return Finished(course, assignment)


@pytest.fixture
def finished(small):
    """Every submission is graded, and every page was made."""
    list(grade_class(small.course, small.assignment, STUDENTS, Options()))
    return small


def stamps(finished):
    """When the gradebook and the pages were last written."""
    course, assignment = finished.course, finished.assignment
    pages = {student: assignment.feedback_page(student) for student in STUDENTS}
    files = {"gradebook": course.root / "gradebook.db", **pages}
    return {name: path.stat().st_mtime_ns for name, path in files.items()}


def grade(finished):
    graded = grade_class(finished.course, finished.assignment, STUDENTS, Options())
    return {one.result.student: one.action for one in graded}


def test_a_finished_class_starts_no_worker_and_writes_nothing(finished, monkeypatch):
    def no_pool(*arguments):
        raise AssertionError("a worker was started")

    monkeypatch.setattr(pools, "worker_pool", no_pool)
    before = stamps(finished)
    assert grade(finished) == dict.fromkeys(STUDENTS, Action.UNCHANGED)
    assert stamps(finished) == before


def test_the_command_imports_neither_torch_nor_nbgrader_for_a_finished_class(finished):
    program = (
        "import sys\nfrom autograder.cli.app import app\n"
        "try:\n    app()\nfinally:\n"
        "    print('imported', sorted({'torch', 'nbgrader', 'papermill', 'nbconvert', 'altair'}"
        " & set(sys.modules)))"
    )
    root = finished.course.root
    command = [sys.executable, "-c", program, "grade", "tiny", "--course", str(root)]
    command += [f"--student={student}" for student in STUDENTS]
    for _ in range(2):  # the command's limits are not those of the sample class
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
    assert "3 of 3 unchanged" in done.stdout
    assert done.stdout.splitlines()[-1] == "imported []"


def test_a_score_that_a_person_entered_remakes_that_page_only(finished):
    with Gradebook(finished.course.gradebook_url) as gradebook:
        grade_ = gradebook.find_grade("essay", "tiny", "tiny", "solution")
        grade_.manual_score = 1.25
        grade_.needs_manual_grade = False
        gradebook.db.commit()
    before = stamps(finished)
    assert grade(finished) == dict.fromkeys(STUDENTS, Action.UNCHANGED)
    after = stamps(finished)
    assert {name for name in STUDENTS if after[name] != before[name]} == {"solution"}
    assert "1.25" in finished.assignment.feedback_page("solution").read_text()


def test_a_page_that_is_gone_is_made_again(finished):
    page = finished.assignment.feedback_page("stub")
    page.unlink()
    assert grade(finished)["stub"] is Action.UNCHANGED
    assert page.is_file()


def test_a_result_that_the_gradebook_lacks_is_written_without_a_run(finished):
    """As after a run that was killed between the two."""
    course = finished.course
    (course.root / "gradebook.db").rename(course.root / "aside.db")
    try:
        assert grade(finished) == dict.fromkeys(STUDENTS, Action.UNCHANGED)
        with Gradebook(course.gradebook_url) as gradebook:
            assert gradebook.find_submission("tiny", "solution").score == 3
    finally:
        (course.root / "aside.db").replace(course.root / "gradebook.db")


def test_one_changed_file_changes_one_fingerprint(finished, tmp_path):
    assignment = finished.assignment
    shared = shared_digest(assignment, Options())
    folder = assignment.submitted("solution")
    before = submission_fingerprint(assignment, folder, shared)
    assert before == submission_fingerprint(assignment, folder, shared)
    (folder / "data.csv").write_text("1")
    try:
        assert submission_fingerprint(assignment, folder, shared) != before
    finally:
        (folder / "data.csv").unlink()


@pytest.mark.parametrize("again", ["a command", "a run that finds all finished"])
def test_what_a_killed_run_left_in_the_temporary_folder_is_removed(again, finished):
    program = (
        "import sys, time\nfrom autograder.temporary import temporary_root\n"
        "print(temporary_root(), flush=True)\n{}"
    )

    def start(rest: str) -> tuple[subprocess.Popen[str], Path]:
        command = [sys.executable, "-c", program.format(rest)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        return process, Path(process.stdout.readline().strip())

    killed, left = start("time.sleep(60)")
    running, kept = start("time.sleep(60)")
    try:
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        assert left.parent == PLACE and left.name.startswith(PREFIX) and (left / LOCK).is_file()
        if again == "a command":
            ended, own = start("")
            ended.wait()
        else:
            own = Path("/nowhere")
            grade(finished)
        assert not left.exists()
        assert kept.exists()
        assert not own.exists()
    finally:
        running.kill()
        running.wait()


def test_a_page_follows_its_own_submission(finished):
    """Not the whole class's: a run that is stopped has made the pages of what it graded."""
    course, assignment = finished.course, finished.assignment
    for options in (Options(), Options(force=True)):
        pages = {student: assignment.feedback_page(student) for student in STUDENTS}
        for page in pages.values():
            page.unlink()
        made = []
        for one in grade_class(course, assignment, STUDENTS, options, workers=1):
            made.append(one.result.student)
            assert {student for student, page in pages.items() if page.is_file()} == set(made)
        assert set(made) == set(STUDENTS)


def test_what_crashed_the_grader_is_run_again(finished):
    """It has no fingerprint, because the fault may be the grader's."""
    folder = finished.assignment.autograded("broken")
    result = read_result(folder)
    write_result(replace(result, fingerprint=""), folder)
    expected = {**dict.fromkeys(STUDENTS, Action.UNCHANGED), "broken": Action.RAN}
    assert grade(finished) == expected
    assert replace(read_result(folder), seconds=result.seconds, times=result.times) == result
