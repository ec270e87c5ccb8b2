"""Two tools grade a throwaway course: `nbgrader autograde` in a sandbox, and `autograder grade`.

nbgrader runs submissions with the rights of the person who grades. To be safe, this runs all of
nbgrader under bubblewrap: without a network, with its own processes and /tmp, and with the
throwaway course's folder as the only one that it can write to. A monitor ends everything in it that
takes too long, too much memory, too many processes or too much of the disk.
"""

import json
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from sqlalchemy.exc import SQLAlchemyError

from autograder.audit import listeners
from autograder.audit.attack_course import ENVIRONMENT, NEIGHBOR, AttackCourse
from autograder.audit.judge import points_of
from autograder.audit.listeners import Listeners
from autograder.results.model import Status
from autograder.results.store import read_result
from autograder.sandbox.bubblewrap import WORK, Sandbox
from autograder.sandbox.monitor import OUT_OF_TIME, Monitor, Share

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SECONDS_EACH = 120.0  # that nbgrader may take for each submission, also on a busy machine
MEMORY = 6 * 2**30
PROCESSES = 200
DISK = 2 * 2**30
TMP = 256 * 2**20
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "MKL", "OPENBLAS")}
OURS_SECONDS = 3600.0  # far above what `autograder grade` allows itself
COURSE_ID = "benchmark"
REASONS = {OUT_OF_TIME: "it had not ended in time"}  # in words for this table
HONEST = f"{NEIGHBOR}-0"

HandIn = Callable[[Mapping[str, str]], None]


@dataclass(frozen=True)
class Graded:
    """What one tool made of a course.

    `scores` has the students that were graded, `shown` what each student gets to see, `heard` what
    sockets outside heard, and `stopped` says why the run did not come to its end. The run graded
    `students` submissions in `seconds`.
    """

    scores: dict[str, float]
    shown: dict[str, str]
    heard: Sequence[str]
    stopped: str
    seconds: float
    students: int


def nbgrader(course: AttackCourse, hand_in: HandIn) -> Graded:
    """Hand in, and grade with `nbgrader autograde` as it is installed."""
    hand_in(places(course, WORK))
    students = course.assignment.students()
    # An attack may remove the course, so what is needed of it later is read now.
    name = course.assignment.release_notebook.name
    autograded = {student: course.assignment.autograded(student) / name for student in students}
    shutil.copy(HERE / "inside.py", course.place)
    shutil.copy(listeners.__file__, course.place)
    environment = {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "HOME": str(WORK / "home"),
        "LANG": "C.UTF-8",
        **ONE_THREAD,
        ENVIRONMENT: course.canaries["the environment"],
    }
    sandbox = Sandbox(course.place, ROOT, TMP)
    # The monitor ends the run; this only bounds what a process takes until then.
    bounded = ["prlimit", f"--data={2 * MEMORY}", "--core=0"]
    command = ["bwrap", *sandbox.arguments(environment), *bounded]
    command += [sys.executable, str(WORK / "inside.py"), course.assignment.name]
    started = time.monotonic()
    share = Share(MEMORY, PROCESSES, DISK, started + SECONDS_EACH * len(students))
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        monitor = Monitor(process.pid, share, (course.place,))
        process.wait()
        monitor.stop()
    seconds = time.monotonic() - started
    status, heard = said(course.place / "said.json")
    shown = {student: outputs(path) for student, path in autograded.items()}
    scores = nbgrader_scores(course)
    graded = {s: score for s, score in scores.items() if was_run(autograded[s])}
    stopped = REASONS.get(monitor.exceeded, monitor.exceeded)
    if not stopped and (status is None or status < 0):
        stopped = "nbgrader was killed"
    elif not stopped and status and not autograded[HONEST].parent.is_dir():  # who comes last
        stopped = f"nbgrader ended with status {status} before the neighbor"
    return Graded(graded, shown, heard, stopped, seconds, len(students))


def autograder(course: AttackCourse, hand_in: HandIn) -> Graded:
    """Hand in, and grade with `autograder grade`."""
    assignment = course.assignment
    command = [sys.executable, "-m", "autograder", "grade", assignment.name, "--workers", "1"]
    environment = {**os.environ, "HOME": str(course.home)}
    environment[ENVIRONMENT] = course.canaries["the environment"]
    stopped = ""
    with Listeners(course.place / "outside", f"grader-{secrets.token_hex(8)}") as listening:
        hand_in({**listening.places, **places(course, course.place)})
        started = time.monotonic()
        try:
            done = subprocess.run(
                command, cwd=assignment.root, env=environment, stdin=subprocess.DEVNULL,
                capture_output=True, timeout=OURS_SECONDS,
            )  # fmt: skip
            if done.returncode:
                stopped = f"it ended with status {done.returncode}"
        except subprocess.TimeoutExpired:
            stopped = f"it had not ended after {OURS_SECONDS:.0f} s"
        seconds = time.monotonic() - started
    students = assignment.students()
    results = [read_result(assignment.autograded(student)) for student in students]
    scores = {
        result.student: sum(points_of(result).values())
        for result in results
        if result is not None and result.status is Status.GRADED
    }
    shown = {student: "\n".join(course.shown(student).values()) for student in students}
    heard = [text for _, text in listening.heard]
    return Graded(scores, shown, heard, stopped, seconds, len(students))


def places(course: AttackCourse, place: Path) -> dict[str, str]:
    """Where submissions find what is guarded, if they see the course's folder at `place`."""
    neighbor = course.assignment.submitted(HONEST).relative_to(course.place)
    paths = {"COURSE": place / "course", "HOME": place / "home", "NEIGHBOR": place / neighbor}
    return {name: str(path) for name, path in paths.items()}


def said(path: Path) -> tuple[int | None, list[str]]:
    """(nbgrader's exit status, what the sockets heard) as `inside` wrote them, if it could."""
    if not path.is_file():
        return None, []
    data = json.loads(path.read_text())
    return data["status"], data["heard"]


def nbgrader_scores(course: AttackCourse) -> dict[str, float]:
    """The scores in the gradebook, also those of submissions that could not be graded."""
    assignment = course.assignment
    try:
        with Gradebook(f"sqlite:///{assignment.root}/gradebook.db", COURSE_ID) as book:
            found = book.assignment_submissions(assignment.name)
            return {submission.student.id: float(submission.score) for submission in found}
    except (SQLAlchemyError, OSError):  # an attack has destroyed the gradebook
        return {}


def was_run(path: Path) -> bool:
    """Whether an autograded notebook is there and ran: nbgrader writes it before, too."""
    if not path.is_file() or path.is_symlink():
        return False
    cells = nbformat.read(path, as_version=4).cells
    return any(cell.get("execution_count") for cell in cells)


def outputs(path: Path) -> str:
    """What the cells of an autograded notebook put out, which nbgrader shows in the feedback."""
    if not path.is_file() or path.is_symlink():
        return ""
    cells = nbformat.read(path, as_version=4).cells
    return json.dumps([cell.get("outputs", []) for cell in cells])


TOOLS: dict[str, Callable[[AttackCourse, HandIn], Graded]] = {
    "nbgrader": nbgrader,
    "autograder": autograder,
}
