"""A class ends with the same results, gradebook and pages, wherever its recording was stopped.

The submissions are graded once. Then their results are recorded in a process that ends, as by
`kill -9`, before its first, second, third ... write. The next run has to do the rest, and no more.
"""

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager

import pytest
from sqlalchemy.orm import Session
from support.tiny import LIMITS, REPOSITORY, hand_in, make_course, notebook

from autograder.course import Course
from autograder.faults import machine_fault
from autograder.grading import pools
from autograder.grading.cohort import grade_class
from autograder.grading.fingerprint import shared_digest, submission_fingerprint
from autograder.grading.options import Action, Graded, Options
from autograder.grading.submission import grade

pytestmark = pytest.mark.usefixtures("needs_sandbox")
STUDENTS = ["right", "wrong"]
COLUMNS = {
    "grade": "auto_score, manual_score, needs_manual_grade",
    "comment": "auto_comment, manual_comment",
    "submitted_assignment": "student_id",
    "autograder_recorded": "student, assignment, fingerprint",
}


class GradedBefore:
    """A pool that gives what was graded before, and notes who was asked for."""

    def __init__(self, graded: dict[str, Graded]):
        self.graded, self.asked = graded, []

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def in_flight(self):
        return 1

    def submit(self, student, fingerprint):
        self.asked.append(student)
        future: Future[Graded] = Future()
        future.set_result(self.graded[student])
        return future

    def result(self, done):
        return done.result()


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = tmp_path_factory.mktemp("lost") / "course"
    assignment = make_course(root)
    hand_in(assignment, "right", notebook())
    hand_in(assignment, "wrong", notebook(double="def double(x):\n    return x"))
    (root / "nbgrader_config.py").touch()
    return Course(root, LIMITS)


@pytest.fixture(scope="module")
def graded(course):
    """What grading gave, by student. Nothing is recorded."""
    assignment = course.assignment("tiny")
    shared = shared_digest(assignment, Options())
    found = {}
    for student in STUDENTS:
        print_of = submission_fingerprint(assignment, assignment.submitted(student), shared)
        found[student] = grade(assignment, student, print_of, Options())
    return found


def record(course, graded, monkeypatch):
    """Grade the class with results that are known; (student -> action, who was run)."""
    pool = GradedBefore(graded)
    monkeypatch.setattr(pools, "open_pool", lambda *arguments: pool)
    done = grade_class(course, course.assignment("tiny"), STUDENTS, Options())
    return {one.result.student: one.action for one in done}, pool.asked


@contextmanager
def counted_writes(before: Callable[[int], None]) -> Iterator[None]:
    """Call `before(n)` before the n-th step that changes what is on the disk."""
    steps = iter(range(10**6))
    places = [(os, name) for name in ("fsync", "rename", "replace")]
    places += [(shutil, "rmtree"), (Session, "commit")]

    def counting(original):
        def step(*arguments, **options):
            before(next(steps))
            return original(*arguments, **options)

        return step

    with pytest.MonkeyPatch.context() as patch:
        for owner, name in places:
            patch.setattr(owner, name, counting(getattr(owner, name)))
        yield


def is_killed(work: Callable[[], object]) -> bool:
    """Whether a copy of this process that does the work is killed in it."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:
            traceback.print_exc()
        os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def state(course):
    """All that a class ends with: files by name, the gradebook by table."""
    assignment = course.assignment("tiny")
    folders = (assignment.root / "autograded", assignment.root / "feedback")
    files = {
        str(path.relative_to(course.root)): path.read_bytes()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    }
    with closing(sqlite3.connect(course.root / "gradebook.db")) as database:
        rows = {
            table: sorted(database.execute(f"SELECT {columns} FROM {table}"), key=repr)
            for table, columns in COLUMNS.items()
        }
    return files, rows


@pytest.mark.parametrize(
    "part", [slice(None, None, 4), pytest.param(slice(None), marks=pytest.mark.thorough)]
)
def test_a_kill_before_any_write_loses_nothing(course, graded, tmp_path, monkeypatch, part):
    undisturbed = Course(tmp_path / "undisturbed" / "course", LIMITS)
    shutil.copytree(course.root, undisturbed.root)
    steps = []
    with counted_writes(steps.append):
        record(undisturbed, graded, monkeypatch)
    wanted = state(undisturbed)
    assert len(steps) > 20
    for kill_at in range(len(steps))[part]:
        disturbed = Course(tmp_path / f"killed-{kill_at}" / "course", LIMITS)
        shutil.copytree(course.root, disturbed.root)
        finished = tmp_path / f"finished-{kill_at}"

        def stop(step, kill_at=kill_at):
            if step == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

        def work(disturbed=disturbed, stop=stop, finished=finished):
            pool = GradedBefore(graded)
            monkeypatch.setattr(pools, "open_pool", lambda *arguments: pool)
            assignment = disturbed.assignment("tiny")
            with counted_writes(stop):
                for one in grade_class(disturbed, assignment, STUDENTS, Options()):
                    with finished.open("a") as file:
                        file.write(one.result.student + "\n")

        assert is_killed(work)
        done = finished.read_text().split() if finished.is_file() else []
        actions, asked = record(disturbed, graded, monkeypatch)
        assert set(actions) == set(STUDENTS)
        assert all(actions[student] is Action.UNCHANGED for student in done)
        assert not set(done) & set(asked)
        files, rows = state(disturbed)
        assert files.keys() == wanted[0].keys(), f"killed before write {kill_at}"
        assert (files, rows) == wanted, f"killed before write {kill_at}"
    actions, asked = record(disturbed, graded, monkeypatch)
    assert (set(actions.values()), asked) == ({Action.UNCHANGED}, [])


def test_a_locked_gradebook_is_one_line(course, graded, tmp_path, monkeypatch):
    locked = Course(tmp_path / "course", LIMITS)
    shutil.copytree(course.root, locked.root)
    record(locked, graded, monkeypatch)
    with closing(sqlite3.connect(locked.root / "gradebook.db")) as formgrader:
        formgrader.execute("BEGIN IMMEDIATE")
        (locked.root / "reports/.made-from/tiny/feedback/right").unlink()
        with pytest.raises(Exception, match="database is locked") as caught:
            record(locked, graded, monkeypatch)
    assert machine_fault(caught.value).startswith("gradebook.db: another program writes to it")
    actions, asked = record(locked, graded, monkeypatch)
    assert (set(actions), asked) == (set(STUDENTS), [])


COMMAND = [sys.executable, "-m", "autograder", "grade", "tiny", "--workers", "1"]
NAMESPACE = ["unshare", "--user", "--map-root-user", "--mount"]


@pytest.fixture(scope="module")
def can_mount():
    probe = [*NAMESPACE, "mount", "-t", "tmpfs", "none", "/mnt"]
    if shutil.which("unshare") is None or subprocess.run(probe, check=False).returncode:
        pytest.skip("this machine does not let its users mount a small disk")


def on_a_small_disk(course: Course, script: str) -> subprocess.CompletedProcess[str]:
    """Run a shell script in a copy of the course on a disk of its own; "$@" grades the class."""
    before = f"mount -t tmpfs none /mnt\ncp -r {course.root}/. /mnt\ncd /mnt\n"
    return subprocess.run(
        [*NAMESPACE, "sh", "-ec", before + script, "sh", *COMMAND],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "COLUMNS": "200"},
        check=False,
    )


@pytest.mark.usefixtures("can_mount")
def test_a_full_disk_is_one_line_and_costs_nothing(course):
    script = """
    mount -o remount,size=330k /mnt
    "$@" && exit 3
    mount -o remount,size=50m /mnt
    exec "$@" --json
    """
    done = on_a_small_disk(course, script)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("error: ") == 1
    assert "the disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    results = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert {result["student"]: result["score"] for result in results} == {
        "right": 3.0,
        "wrong": 1.0,
    }


@pytest.mark.usefixtures("can_mount")
def test_a_read_only_course_is_one_line(course):
    done = on_a_small_disk(course, 'mount -o remount,ro /mnt\nexec "$@"')
    assert done.returncode == 1
    assert re.search(r"error: .*reports.* cannot be read or written: change its perm", done.stderr)
    assert "Traceback" not in done.stderr
