"""Runs attacks beside honest submissions, and gathers the evidence of what they did.

Many attacks share one run, as the submissions of a class do. What is wrong with a run as a whole,
such as a process that is left, can be due to any of its attacks. So each of them then runs alone.
"""

import ctypes
import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from pathlib import Path

import nbformat
import psutil

from autograder.audit.attack_course import (
    ENVIRONMENT,
    NEIGHBOR,
    AttackCourse,
    make_course,
)
from autograder.audit.attacks import FOLDER, Attack, Base, read_attacks
from autograder.audit.judge import (
    BOUND,
    Evidence,
    Judgment,
    differences,
    judge,
    leaks_in,
)
from autograder.audit.listeners import Listeners
from autograder.course import Assignment, Limits
from autograder.errors import AutograderError
from autograder.files import remove
from autograder.grading.options import Action
from autograder.notebook.cells import exercise_cells
from autograder.processes import descendants
from autograder.results.model import SubmissionResult
from autograder.results.store import read_result
from autograder.temporary import temporary_folder

PR_SET_CHILD_SUBREAPER, PR_GET_CHILD_SUBREAPER = 36, 37  # prctl(2)
START_SECONDS = 180.0  # to import everything on a slow machine
HONEST_SECONDS = 240.0  # for one honest submission on a slow machine
ATTACKS_PER_NEIGHBOR = 8
SETTLE_SECONDS = 5.0  # until the processes of a finished run must have ended


@dataclass(frozen=True)
class Run:
    """What one run gave. `harm` are sentences about the run as a whole."""

    evidence: dict[str, Evidence]
    bases: dict[Base, SubmissionResult]
    harm: tuple[str, ...]


def attacks_of(assignment: Assignment, submissions: Path | None = None) -> list[Attack]:
    """The attacks of a week, in tests/submissions or in another folder with one per week."""
    source = nbformat.read(assignment.source_notebook, as_version=4)
    folder = submissions or assignment.root / "tests" / "submissions"
    return read_attacks(folder / assignment.name / FOLDER, list(exercise_cells(source)))


def try_attacks(
    assignment: Assignment,
    attacks: Sequence[Attack],
    workers: int,
    sandboxed: bool,
    on_step: Callable[[int], None] = lambda steps: None,
) -> list[Judgment]:
    """Judge each attack, in the given order. Attacks with the same limit share a run."""
    judged: dict[str, Judgment] = {}
    for _, members in groupby(sorted(attacks, key=_settings), key=_settings):
        group = list(members)
        limits = short_limits(assignment.limits, group[0].limit)
        bound = BOUND * limits.notebook_seconds
        run = _run(assignment, group, limits, workers, sandboxed)
        if run.harm and len(group) > 1:  # which of them was it?
            for attack in group:
                alone = _run(assignment, [attack], limits, workers, sandboxed)
                judged[attack.name] = _judged(attack, alone, bound)
                on_step(1)
            if not any(judged[attack.name].problems for attack in group):
                together = tuple(f"only together with others: {line}" for line in run.harm)
                judged[group[0].name] = _judged(group[0], replace(run, harm=together), bound)
        else:
            judged |= {attack.name: _judged(attack, run, bound) for attack in group}
            on_step(len(group))
    return [judged[attack.name] for attack in attacks]


def _settings(attack: Attack) -> tuple[float, str]:
    """What attacks that share a run have in common."""
    return attack.limit or 0.0, attack.weights


def short_limits(limits: Limits, notebook_seconds: float | None) -> Limits:
    """The limits, shortened in proportion to the notebook's time, if one is given."""
    if notebook_seconds is None:
        return limits
    share = notebook_seconds / limits.notebook_seconds
    return replace(
        limits,
        notebook_seconds=notebook_seconds,
        cell_seconds=limits.cell_seconds * share,
        call_seconds=limits.call_seconds * share,
        exercise_seconds=limits.exercise_seconds * share,
    )


def _judged(attack: Attack, run: Run, bound: float) -> Judgment:
    return judge(attack, run.evidence[attack.name], run.bases[attack.base], bound, run.harm)


def _run(
    assignment: Assignment,
    attacks: Sequence[Attack],
    limits: Limits,
    workers: int,
    sandboxed: bool,
) -> Run:
    place = temporary_folder("attacks")
    try:
        course = make_course(assignment, place, limits, attacks[0].weights)
        with Listeners(place / "outside", f"grader-{secrets.token_hex(8)}") as listeners:
            students = _submit(course, attacks, listeners)
            before = course.digests()
            harm, actions = _grade(course, students, len(attacks), workers, sandboxed)
            changed = _changed(before, course.digests())
        harm += [f"{path} changed" for path in changed]
        heard = listeners.heard
        bases = {base: _base(course, base) for base in _bases(attacks)}
        evidence = {attack.name: _evidence(course, attack, actions, heard) for attack in attacks}
        harm += _neighbors_harm(course, students)
        names = [attack.name for attack in attacks]
        harm += [
            f"the listener {where} heard {text[:80]!r}"
            for where, text in heard
            if not any(name in text for name in names)
        ]
        return Run(evidence, bases, tuple(harm))
    finally:
        remove(place)


def _submit(course: AttackCourse, attacks: Sequence[Attack], listeners: Listeners) -> list[str]:
    """Hand everything in. Returns the students in the order of grading: bases first, and honest
    submissions between the attacks."""
    students = []
    for base in _bases(attacks):
        course.submit(base, course.base_notebook(base))
        students.append(str(base))
    count = 1 + (len(attacks) - 1) // ATTACKS_PER_NEIGHBOR
    neighbors = [course.submit_neighbor(number) for number in range(count)]
    neighbor = course.assignment.submitted(f"{NEIGHBOR}-0")
    places = {
        **listeners.places,
        "COURSE": str(course.assignment.root),
        "HOME": str(course.home),
        "NEIGHBOR": str(neighbor),
    }
    for number, attack in enumerate(attacks):
        course.submit_attack(attack, places)
        students.append(attack.name)
        if number % ATTACKS_PER_NEIGHBOR == 0:
            students.append(neighbors.pop())
    return students


def _grade(
    course: AttackCourse, students: list[str], attacks: int, workers: int, sandboxed: bool
) -> tuple[list[str], dict[str, str]]:
    """Grade all in another process. Returns (what is wrong with the run, actions by student)."""
    assignment = course.assignment
    job = course.place / "job.json"
    fields = {"root": str(assignment.root), "assignment": assignment.name, "students": students}
    more = {"limits": asdict(assignment.limits), "workers": workers, "sandboxed": sandboxed}
    job.write_text(json.dumps(fields | more), encoding="utf-8")
    bound = BOUND * assignment.limits.notebook_seconds * attacks
    allowed = START_SECONDS + bound + HONEST_SECONDS * (len(students) - attacks)
    environment = {**os.environ, "HOME": str(course.home)}
    environment[ENVIRONMENT] = course.canaries["the environment"]
    command = [sys.executable, "-P", "-m", "autograder.audit.attack_worker", str(job)]
    harm: list[str] = []
    with _orphans_come_here() as left_processes:
        said, errors = course.place / "said", course.place / "errors"
        with said.open("w") as out, errors.open("w") as err:
            process = subprocess.Popen(command, stdout=out, stderr=err, env=environment)
            try:
                status = process.wait(allowed)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                status = 0
                harm.append(f"the run did not end within {allowed:.0f} s")
        if status:
            last = errors.read_text(errors="replace").strip().splitlines()[-1:]
            harm.append(f"the run ended with status {status}: {''.join(last)[:200]}")
        harm += [f"the process {name} is left" for name in left_processes()]
    lines = [json.loads(line) for line in said.read_text().splitlines() if line.startswith("{")]
    folders = [Path(line["temporary"]) for line in lines if "temporary" in line]
    harm += [f"the folder {folder} is left" for folder in folders if folder.exists()]
    return harm, {line["student"]: line["action"] for line in lines if "student" in line}


@contextmanager
def _orphans_come_here() -> Iterator[Callable[[], list[str]]]:
    """Become the parent of processes whose parents end. Gives a function that names those that
    are left, and ends them."""
    libc = ctypes.CDLL(None)
    me = psutil.Process()
    before = {process.pid for process in descendants(me)}
    was = ctypes.c_int()
    libc.prctl(PR_GET_CHILD_SUBREAPER, ctypes.byref(was), 0, 0, 0)
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)

    def left() -> list[str]:
        deadline = time.monotonic() + SETTLE_SECONDS
        while found := [p for p in descendants(me) if p.pid not in before and not _reaped(p)]:
            if time.monotonic() > deadline:
                names = [_ended(process) for process in found]
                return [name for name in names if name]
            time.sleep(0.1)
        return []

    try:
        yield left
    finally:
        libc.prctl(PR_SET_CHILD_SUBREAPER, was.value, 0, 0, 0)


def _reaped(process: psutil.Process) -> bool:
    """Whether a process had ended, and was only waiting for its parent to notice."""
    try:
        if process.status() != psutil.STATUS_ZOMBIE:
            return False
        os.waitpid(process.pid, os.WNOHANG)
    except (psutil.NoSuchProcess, ChildProcessError):
        pass
    return True


def _ended(process: psutil.Process) -> str:
    try:
        name = f"{process.pid} ({process.name()})"
        process.kill()
        return name
    except psutil.NoSuchProcess:
        return ""


def _changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return sorted(
        path for path in before.keys() | after.keys() if before.get(path) != after.get(path)
    )


def _base(course: AttackCourse, base: Base) -> SubmissionResult:
    result = read_result(course.assignment.autograded(base))
    if result is None:
        raise AutograderError(
            f"the {base} of {course.assignment.name} could not be graded beside the attacks: run "
            f"'autograder build --check {course.assignment.name}'"
        )
    return result


def _evidence(
    course: AttackCourse, attack: Attack, actions: dict[str, str], heard: list[tuple[str, str]]
) -> Evidence:
    leaks = leaks_in(course.shown(attack.name), course.canaries)
    leaks += [f"the listener {where} heard it" for where, text in heard if attack.name in text]
    return Evidence(
        read_result(course.assignment.autograded(attack.name)),
        crashed=actions.get(attack.name) == Action.CRASHED,
        leaks=tuple(leaks),
    )


def _bases(attacks: Sequence[Attack]) -> list[Base]:
    return [base for base in Base if any(attack.base is base for attack in attacks)]


def _neighbors_harm(course: AttackCourse, students: Sequence[str]) -> Iterator[str]:
    """What is wrong with the honest submissions of a run."""
    solved = course.quick_solutions
    for student in students:
        if student.startswith(f"{NEIGHBOR}-"):
            result = read_result(course.assignment.autograded(student))
            yield from differences(result, student, solved)
