"""Gives the same hostile and damaged notebooks to nbgrader and to this autograder.

    .venv/bin/python tests/benchmarks/security.py [--attacks NAME ...] [--damaged NAME ...]

Prints a table in Markdown. nbgrader runs student code with the grader's rights, and its
documentation leaves isolation to whoever runs it. So that no attack harms this machine, it runs in
a bubblewrap container here: without a network, with its own processes, with a copy of the course
to write to, and with Python and the system's programs to read. What would only burden the machine
(fork bombs, floods of memory) is left out. The autograder runs as it does in a class.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from autograder.audit.attack_course import AttackCourse, make_course  # noqa: E402
from autograder.audit.attack_run import attacks_of, try_attacks  # noqa: E402
from autograder.audit.attacks import Attack, Base  # noqa: E402
from autograder.audit.judge import Judgment, Verdict, leaks_in, points_of  # noqa: E402
from autograder.course import Assignment, find_course  # noqa: E402
from autograder.files import remove  # noqa: E402
from autograder.results.model import Status  # noqa: E402
from autograder.results.store import read_result  # noqa: E402
from autograder.settings import Weights  # noqa: E402
from autograder.temporary import temporary_folder  # noqa: E402

WEEK = "week1_mlp"
ATTACKS = (
    "zeros_of_right_shape", "lying_eq", "lying_tensors", "patched_libraries", "forged_metadata",
    "shadow_modules", "reads_files", "reads_processes", "symlinks", "notebook_link",
    "writes_elsewhere", "kills_everything", "detached", "infinite_input", "exits",
)  # fmt: skip
INSIDE = Path("/tmp/bench")  # where the container has the course
NEIGHBOR = "neighbor-0"
STALLED_SECONDS = 180.0  # for one hostile and one honest notebook, which take about 20 s
MEMORY, FILE_SIZE = 8 * 2**30, 256 * 2**20  # bytes: what a process in the container may take
GAINED, LEAKED, HARMED, STALLED, CRASHED, LOST, HELD = (
    "gained points", "leaked", "harmed", "stalled", "crashed", "lost points", "held",
)  # fmt: skip
OURS = {
    Verdict.GAINED: GAINED, Verdict.LEAKED: LEAKED, Verdict.HARMED: HARMED,
    Verdict.TOO_LONG: STALLED, Verdict.LOST: LOST, Verdict.HELD: HELD,
}  # fmt: skip
# Runs in the container: the command, and what is left of it when it ends.
DRIVER = """
import json, os, subprocess, sys, time
started = time.monotonic()
quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
status = subprocess.run(sys.argv[1:], **quiet).returncode
seconds = time.monotonic() - started
time.sleep(1)
def runs(pid):
    try:
        return open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
left = [pid for pid in os.listdir("/proc") if pid.isdigit() and int(pid) not in (1, os.getpid())]
print(json.dumps({"status": status, "seconds": seconds, "left": sum(map(runs, left))}))
"""


@dataclass(frozen=True)
class Outcome:
    """What came of one notebook. `what` holds the outcomes above, the worst first."""

    what: tuple[str, ...]
    detail: str = ""
    seconds: float | None = None

    def __str__(self) -> str:
        took = "" if self.seconds is None else f" ({self.seconds:.0f} s)"
        return f"{', '.join(self.what)}{took}{f': {self.detail}' if self.detail else ''}"


@dataclass(frozen=True)
class Graded:
    """What a gradebook of nbgrader says about one student; None if it has no scores."""

    points: dict[str, float] | None

    @property
    def total(self) -> float:
        return sum((self.points or {}).values())


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--attacks", nargs="*", default=list(ATTACKS))
    parser.add_argument("--damaged", nargs="*", default=list(DAMAGED), choices=list(DAMAGED))
    given = parser.parse_args()
    assignment = find_course(ROOT).assignment(WEEK)
    known = {attack.name: attack for attack in attacks_of(assignment)}
    attacks = [known[name] for name in given.attacks]
    place = temporary_folder("security")
    try:
        theirs = dict(with_nbgrader(assignment, attacks, given.damaged, place))
        judged = try_attacks(assignment, attacks, workers=1, sandboxed=True) if attacks else []
        ours = {judgment.attack.name: ours_of(judgment) for judgment in judged}
        ours |= damaged_with_autograder(assignment, given.damaged, place / "ours")
    finally:
        remove(place)
    print("\n| notebook | aims at | nbgrader | autograder |\n|---|---|---|---|")
    for name in (*given.attacks, *given.damaged):
        aim = known[name].kind if name in known else "damaged file"
        print(f"| {name} | {aim} | {theirs[name]} | {ours[name]} |")


def ours_of(judgment: Judgment) -> Outcome:
    """What the audit says of an attack on the autograder."""
    detail = judgment.problems[0] if judgment.problems else ""
    return Outcome((OURS[judgment.verdict],), detail, judgment.seconds)


def with_nbgrader(
    assignment: Assignment, attacks: list[Attack], damaged: list[str], place: Path
) -> Iterator[tuple[str, Outcome]]:
    """Grade each hostile and damaged notebook beside an honest one, each pair in a new copy."""
    course = make_course(assignment, place / "template", assignment.limits, Weights.RETRAIN)
    root = course.assignment.root
    # As nbgrader is installed: its own steps, and its own limit of 30 s per cell.
    (root / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'bench'\n"
    )
    course.submit_neighbor(0)
    prepared = _contained(course.place, course.canaries, "generate_assignment", WEEK, "--force")
    if not prepared or prepared["status"]:
        raise RuntimeError("nbgrader cannot generate the assignment in the container")
    honest = _pair(course, place / "honest", lambda one: one.submit(
        Base.STUB, one.base_notebook(Base.STUB)))  # fmt: skip
    stub, right = _graded(honest[0], Base.STUB), _graded(honest[0], NEIGHBOR)
    if stub.points is None or right.points is None:
        raise RuntimeError("nbgrader cannot grade the honest notebooks in the container")
    for attack in attacks:
        where = {"COURSE": INSIDE / "course", "HOME": INSIDE / "home",
                 "NEIGHBOR": INSIDE / "course" / "submitted" / NEIGHBOR / WEEK}  # fmt: skip
        places = {name: str(path) for name, path in where.items()}
        places |= dict.fromkeys(("TCP", "TCP6", "UDP", "UNIX", "ABSTRACT"), "1")
        found = _pair(
            course, place / attack.name, lambda one, a=attack, p=places: one.submit_attack(a, p)
        )
        yield attack.name, _judge(attack.name, *found, most=stub, right=right)
        remove(place / attack.name)
    for name in damaged:
        found = _pair(course, place / name, lambda one, n=name: _submit_damaged(one, n))
        yield name, _judge(name, *found, most=None, right=right)
        remove(place / name)


def _pair(
    template: AttackCourse, place: Path, submit: Callable[[AttackCourse], object]
) -> tuple[AttackCourse, dict[str, float] | None, list[str]]:
    """Grade one notebook and the neighbor. Returns (course, how it ran, files that changed)."""
    shutil.copytree(template.place, place, symlinks=True)
    root = place / "course"
    course = AttackCourse(place, replace(template.assignment, root=root), template.canaries)
    submit(course)
    before = course.digests()
    ran = _contained(place, course.canaries, "autograde", WEEK)
    after = course.digests()
    changed = [path for path in before.keys() | after.keys() if before.get(path) != after.get(path)]
    return course, ran, sorted(changed)


def _contained(place: Path, canaries: dict[str, str], *arguments: str) -> dict[str, float] | None:
    """Run nbgrader in a container. None if it did not end in time, or was killed."""
    readable = ["/usr", "/bin", "/sbin", "/lib", "/lib64", "/etc", sys.base_prefix, sys.prefix]
    command = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--clearenv"]
    for path in dict.fromkeys(readable):
        command += ["--ro-bind-try", path, path]
    command += ["--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp"]
    command += ["--bind", str(place), str(INSIDE), "--chdir", str(INSIDE / "course")]
    environment = {
        "PATH": f"{sys.prefix}/bin:/usr/bin:/bin", "HOME": str(INSIDE / "home"),
        "GRADER_CANARY": canaries["the environment"], "OMP_NUM_THREADS": "1",
    }  # fmt: skip
    for name, value in environment.items():
        command += ["--setenv", name, value]
    command += ["prlimit", f"--as={MEMORY}", f"--fsize={FILE_SIZE}", "--core=0"]
    command += [sys.executable, "-c", DRIVER, sys.executable, "-m", "nbgrader", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=STALLED_SECONDS)
    except subprocess.TimeoutExpired:
        return None
    lines = done.stdout.splitlines()
    return json.loads(lines[-1]) if lines else {"status": done.returncode or 1, "killed": 1}


def _graded(course: AttackCourse, student: str) -> Graded:
    database = course.assignment.root / "gradebook.db"
    with Gradebook(f"sqlite:///{database}", "bench") as book:
        try:
            submission = book.find_submission(WEEK, student)
        except MissingEntry:
            return Graded(None)
        if not (course.assignment.autograded(student)).is_dir():
            return Graded(None)  # a row is made before the notebook runs
        return Graded({g.name: g.auto_score or 0.0 for n in submission.notebooks for g in n.grades})


def _judge(
    student: str,
    course: AttackCourse,
    ran: dict[str, float] | None,
    changed: list[str],
    most: Graded | None,
    right: Graded,
) -> Outcome:
    """What nbgrader's run did. `most` are the points that an attack may have; None for a damaged
    notebook of the neighbor's, which should have all of the neighbor's."""
    own, neighbor = _graded(course, student), _graded(course, NEIGHBOR)
    what: dict[str, str] = {}
    if ran is None:
        what[STALLED] = f"not finished after {STALLED_SECONDS:.0f} s"
    elif ran.get("killed"):
        what[CRASHED] = "nbgrader itself was killed"
    elif own.points is None:
        what[CRASHED] = "no score"
    harm = [f"{path} changed" for path in changed[:2]]
    if neighbor.points is None:
        harm.append("the honest student has no score")
    elif neighbor.points != right.points:
        harm.append(f"the honest student has {neighbor.total:g} of {right.total:g} points")
    if ran and ran.get("left"):
        harm.append(f"{ran['left']:.0f} processes left")
    if harm:
        what[HARMED] = ", ".join(harm)
    if leaks := leaks_in(course.shown(student), course.canaries):
        what[LEAKED] = leaks[0].split(" is in ")[0]
    if most is not None and own.points is not None and own.total > most.total:
        what[GAINED] = f"{own.total:g} points, and {most.total:g} are right"
    if most is None and own.points is not None and own.total < right.total:
        what[LOST] = f"{own.total:g} of {right.total:g} points"
    seconds = ran.get("seconds") if ran else None
    return Outcome(tuple(what) or (HELD,), "; ".join(filter(None, what.values())), seconds)


# Damaged notebooks: each is made of the honest neighbor's notebook.


def _edited(edit: Callable[[dict], object]) -> Callable[[bytes], bytes]:
    def damage(content: bytes) -> bytes:
        data = json.loads(content)
        edit(data)
        return json.dumps(data).encode()

    return damage


def _without_notes(data: dict) -> None:
    for cell in data["cells"]:
        cell["metadata"].pop("nbgrader", None)


def _twice(data: dict) -> None:
    data["cells"] += [cell for cell in data["cells"] if "nbgrader" in cell["metadata"]][:2]


DAMAGED: dict[str, Callable[[bytes], bytes]] = {
    "empty_file": lambda content: b"",
    "half_a_file": lambda content: content[: len(content) // 2],
    "a_list": lambda content: b"[]",
    "not_utf8": lambda content: content.replace(b"import torch", b"import torch # \xff", 1),
    "half_a_character": _edited(lambda data: data["cells"][0].update(source="\ud800")),
    "no_metadata_of_nbgrader": _edited(_without_notes),
    "cells_twice": _edited(_twice),
    "no_kernel": _edited(lambda data: data["metadata"].pop("kernelspec", None)),
    "another_kernel": _edited(
        lambda data: data["metadata"].update(kernelspec={"name": "conda-env", "display_name": "c"})
    ),
}


def _submit_damaged(course: AttackCourse, name: str) -> None:
    source = course.assignment.submitted(NEIGHBOR) / course.assignment.release_notebook.name
    folder = course.assignment.submitted(name)
    folder.mkdir(parents=True)
    (folder / source.name).write_bytes(DAMAGED[name](source.read_bytes()))


def damaged_with_autograder(
    assignment: Assignment, names: list[str], place: Path
) -> dict[str, Outcome]:
    """Grade the damaged notebooks beside the neighbor with `autograder grade`."""
    if not names:
        return {}
    course = make_course(assignment, place, assignment.limits, Weights.RETRAIN)
    course.submit_neighbor(0)
    for name in names:
        _submit_damaged(course, name)
    command = [sys.executable, "-m", "autograder", "grade", WEEK, "--course"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = time.monotonic()
    subprocess.run([*command, str(course.assignment.root)], env=environment, capture_output=True)
    print(f"autograder grade: {time.monotonic() - started:.0f} s", file=sys.stderr)
    neighbor = read_result(course.assignment.autograded(NEIGHBOR))
    if neighbor is None:
        raise RuntimeError("the honest neighbor was not graded")
    right = sum(points_of(neighbor).values())
    outcomes = {}
    for name in names:
        result = read_result(course.assignment.autograded(name))
        if result is None:
            outcomes[name] = Outcome((CRASHED,), "no result")
            continue
        own = sum(points_of(result).values())
        what = LOST if own < right else HELD
        why = f"{own:g} of {right:g} points" if own < right else ""
        if result.status is Status.FAILED:
            why += f"; {result.reason}"
        outcomes[name] = Outcome((what,), why, result.seconds)
    return outcomes


if __name__ == "__main__":
    main()
