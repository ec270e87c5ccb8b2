"""A process that is killed in mid-class costs no result, and the next run repeats nothing."""

import random
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from support.tiny import REPOSITORY, hand_in, make_course, notebook

from autograder.results.store import read_result

pytestmark = pytest.mark.usefixtures("needs_sandbox")
STUDENTS = [f"student{number}" for number in range(6)]
# Grades the class of the folder that is its argument, and prints what it did.
GRADE = f"""
import sys
from pathlib import Path
sys.path.insert(0, {str(REPOSITORY / "tests")!r})
from support.tiny import LIMITS
from autograder.course import Course
from autograder.grading.cohort import grade_class
from autograder.grading.options import Options

if __name__ == "__main__":
    course = Course(Path(sys.argv[1]), LIMITS)
    assignment = course.assignment("tiny")
    students = assignment.students()
    for one in grade_class(course, assignment, students, Options(), workers=2):
        print(one.result.student, one.action.value, one.result.score, flush=True)
"""


@pytest.fixture
def course(tmp_path):
    """A class whose notebooks take a third of a second each."""
    assignment = make_course(tmp_path / "course")
    for student in STUDENTS:
        hand_in(assignment, student, notebook(first="import time\ntime.sleep(0.3)"))
    (tmp_path / "grade.py").write_text(GRADE)
    return assignment


def start(course):
    command = [sys.executable, str(course.root.parent / "grade.py"), str(course.root)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def find(command, victim):
    """The process to kill, once it is there."""
    if victim == "parent":
        return psutil.Process(command.pid)
    # A worker has the arguments of the server that it is forked from, which is the command's child.
    mark = "autograder.probe.template" if victim == "template" else "forkserver"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and command.poll() is None:
        for child in psutil.Process(command.pid).children(recursive=True):
            if is_running(child, mark) and (victim != "worker" or child.ppid() != command.pid):
                return child
        time.sleep(0.02)
    raise AssertionError(f"no {victim} was started")


def is_running(process, mark):
    """Whether the process is a Python with this mark among its arguments."""
    try:
        command = process.cmdline()
    except psutil.Error:  # it has ended
        return False
    return "bwrap" not in command[:1] and any(mark in word for word in command)


@pytest.mark.parametrize("victim", ["parent", "worker", "template"])
def test_a_kill_at_any_time_costs_no_result(course, victim):
    first = start(course)
    target = find(first, victim)
    time.sleep(random.Random(victim).uniform(0.5, 5.0))
    if target.is_running():
        target.kill()
    done = [line.split() for line in first.communicate(timeout=120)[0].splitlines()]
    second = start(course)
    output, errors = second.communicate(timeout=120)
    again = [line.split() for line in output.splitlines()]
    assert second.returncode == 0, errors
    assert sorted(student for student, _, _ in again) == STUDENTS
    assert {score for _, _, score in [*done, *again]} == {"3.0"}
    finished = {student for student, _, _ in done}
    assert {action for student, action, _ in again if student in finished} <= {"unchanged"}
    for student in STUDENTS:
        assert read_result(course.autograded(student)).score == 3.0
        assert course.feedback_page(student).is_file()
    assert not [folder for folder in Path("/tmp").glob("grader-*") if is_left_behind(folder)]


def is_left_behind(folder):
    """Whether no process has the folder's lock open."""
    lock = folder / "lock"
    for process in psutil.process_iter():
        try:
            if any(opened.path == str(lock) for opened in process.open_files()):
                return False
        except psutil.Error:
            continue
    return lock.exists()
