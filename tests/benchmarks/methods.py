"""The ways to run a class that are compared. Each gives `seconds` and what else it measured.

`seconds` is the time from the start of the command to its end.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook

from autograder.course import Assignment

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "MKL", "OPENBLAS")}
# What each method may take for one notebook, far above what any needs.
TIMEOUT = 1800
# Each cell goes on after an error in another, as nbgrader runs notebooks.
SCRIPT = """
import sys, traceback
import matplotlib
matplotlib.use("Agg")
def display(*shown, **more): pass
for cell in {cells!r}:
    try:
        exec(compile(cell, "<cell>", "exec"), globals())
    except BaseException:
        traceback.print_exc()
"""


def nbgrader(assignment: Assignment) -> dict[str, object]:
    """`nbgrader autograde` as it is installed. Its points are those of the visible checks."""
    return _nbgrader(assignment, {})


def nbgrader_one_thread(assignment: Assignment) -> dict[str, object]:
    """The same with one thread for PyTorch and NumPy."""
    return _nbgrader(assignment, ONE_THREAD)


def _nbgrader(assignment: Assignment, environment: dict[str, str]) -> dict[str, object]:
    root = assignment.root
    (root / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'bench'\n"
        f"c.ExecutePreprocessor.timeout = {TIMEOUT}\n"
    )
    # Generating is not timed: it registers the assignment in nbgrader's gradebook.
    _nbgrader_command(root, {}, "generate_assignment", assignment.name, "--force")
    started = time.monotonic()
    _nbgrader_command(root, environment, "autograde", assignment.name)
    seconds = time.monotonic() - started
    with Gradebook(f"sqlite:///{root}/gradebook.db", "bench") as book:
        scores = {s.student.id: s.score for s in book.assignment_submissions(assignment.name)}
    return _found(seconds, scores)


def _nbgrader_command(root: Path, environment: dict[str, str], *arguments: str) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # it runs alembic
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=root, env={**os.environ, "PATH": path, **environment}, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])


def scripts(assignment: Assignment) -> dict[str, object]:
    """The notebooks' cells as Python scripts, one process per core at a time. Nothing is graded."""

    def run(student: str) -> None:
        work = assignment.root / "work" / student
        shutil.copytree(assignment.release, work)
        (work / "script.py").write_text(SCRIPT.format(cells=cells(assignment, student)))
        with (work / "log").open("wb") as log:
            subprocess.run(
                [sys.executable, "script.py"], cwd=work, stdout=log, stderr=log,
                env={**os.environ, **ONE_THREAD}, timeout=TIMEOUT, check=False,
            )  # fmt: skip

    started = time.monotonic()
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        list(threads.map(run, assignment.students()))
    return _found(time.monotonic() - started, {})


def limit(assignment: Assignment) -> dict[str, object]:
    """The limit of the machine: the student cells' own CPU time, divided by the cores.

    Each notebook runs in IPython, in a fork of a process that has imported the libraries before.
    `seconds` is the sum of their CPU time over the number of cores.
    """
    source = assignment.root / "cells.py"
    students = assignment.students()
    source.write_text(repr([cells(assignment, student) for student in students]))
    done = subprocess.run(
        [sys.executable, str(HERE / "warm.py"), str(source), str(assignment.release)],
        env={**os.environ, **ONE_THREAD}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    cpu = [float(line) for line in done.stdout.split()]
    if len(cpu) != len(students):
        raise RuntimeError(done.stderr[-2000:])
    return _found(sum(cpu) / (os.cpu_count() or 1), {})


def warm(assignment: Assignment) -> dict[str, object]:
    """`autograder grade`: sessions are forks of a template."""
    return _autograder(assignment, is_warm=True)


def cold(assignment: Assignment) -> dict[str, object]:
    """`autograder grade`, with each session started cold."""
    return _autograder(assignment, is_warm=False)


def _autograder(assignment: Assignment, is_warm: bool) -> dict[str, object]:
    command = [sys.executable, str(HERE / "ours.py"), str(assignment.root), assignment.name]
    started = time.monotonic()
    done = subprocess.run([*command, str(is_warm)], capture_output=True, text=True)
    seconds = time.monotonic() - started
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    rows = [line.split() for line in done.stdout.splitlines()]
    scores = {student: float(score) for student, score, _ in rows}
    return _found(seconds, scores, sum(float(tests) for _, _, tests in rows))


def cells(assignment: Assignment, student: str) -> list[str]:
    """The code cells of a submission, without IPython's own commands."""
    path = assignment.submitted(student) / assignment.release_notebook.name
    notebook = nbformat.read(path, as_version=4)
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    return [re.sub(r"(?m)^(\s*)[%!].*$", r"\1pass", source) for source in code]


def _found(
    seconds: float, scores: dict[str, float], test_seconds: float = 0.0
) -> dict[str, object]:
    listed = " ".join(f"{score:g}" for _, score in sorted(scores.items()))
    return {"seconds": round(seconds, 2), "test_seconds": round(test_seconds, 2), "scores": listed}


METHODS: dict[str, Callable[[Assignment], dict[str, object]]] = {
    "nbgrader": nbgrader,
    "nbgrader_one_thread": nbgrader_one_thread,
    "scripts": scripts,
    "limit": limit,
    "cold": cold,
    "warm": warm,
}
