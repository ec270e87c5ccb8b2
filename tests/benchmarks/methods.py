"""The ways to run a class that are compared. Each gives `seconds` and what else it measured.

`seconds` is the time from the start of the command to its end.
"""

import json
import os
import re
import shutil
import site
import subprocess
import sys
import time
import venv
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook

from autograder.course import Assignment
from autograder.notebook.cells import exercise_of, grade_id, is_check

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "MKL", "OPENBLAS")}
# What each method may take for one notebook, far above what any needs.
TIMEOUT = 1800
OTTER = ROOT / ".venv" / "otter"  # an environment of its own: it pins other versions
OTTER_TEST = """
OK_FORMAT = False

from otter.test_files import test_case

name = {name!r}
points = {points}

@test_case()
def test_check(env):
    exec({check!r}, env)
"""
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


def otter(assignment: Assignment) -> dict[str, object]:
    """`otter run`, as many at a time as there are cores. Its tests are the visible checks.

    It runs in an environment of its own, made when it is first needed, with this one's packages.
    """
    command = _otter_command()
    package = assignment.root / "autograder.zip"
    released = nbformat.read(assignment.release_notebook, as_version=4)
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("otter_config.json", "{}")
        for cell in released.cells:
            if is_check(name := grade_id(cell)):
                test = OTTER_TEST.format(
                    name=name, points=cell.metadata.nbgrader.points, check=cell.source
                )
                archive.writestr(f"tests/{exercise_of(name)}.py", test)
        for path in assignment.release.rglob("*"):
            if path.is_file() and path != assignment.release_notebook:
                archive.write(path, Path("files") / path.relative_to(assignment.release))

    def run(student: str) -> float:
        notebook = assignment.submitted(student) / assignment.release_notebook.name
        results = assignment.root / "otter" / student
        results.mkdir(parents=True)
        done = subprocess.run(
            [*command, "run", "--no-logo", "-a", package, "-o", results, notebook],
            env={**os.environ, **ONE_THREAD}, capture_output=True, text=True, timeout=TIMEOUT,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        found = json.loads((results / "results.json").read_text())["tests"]
        return sum(test.get("score", 0.0) for test in found)

    students = assignment.students()
    started = time.monotonic()
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        scores = list(threads.map(run, students))
    return _found(time.monotonic() - started, dict(zip(students, scores, strict=True)))


def _otter_command() -> list[str]:
    python = OTTER / "bin" / "python"
    if not python.exists():
        venv.create(OTTER, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "otter-grader"], check=True)
        for folder in site.getsitepackages():
            (OTTER / "lib" / Path(folder).parts[-2] / "site-packages" / "more.pth").write_text(
                folder
            )
    return [str(python), "-m", "otter"]


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
    "otter": otter,
    "scripts": scripts,
    "limit": limit,
    "cold": cold,
    "warm": warm,
}
