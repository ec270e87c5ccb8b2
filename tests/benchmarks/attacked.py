"""Ten attackers in a class of fifty: do the other forty get the scores and the time that they get
alone?"""

import json
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import nbformat
from samples import make_class

from autograder.audit.attack_course import AttackCourse, make_course
from autograder.audit.attack_run import attacks_of
from autograder.audit.listeners import Listeners
from autograder.course import Assignment, Course
from autograder.results.store import read_result
from autograder.settings import Weights

HONEST, ATTACKERS = 40, 10


def measure(course: Course, week: str) -> dict[str, object]:
    """Grade the forty alone, then among the attackers. Seconds are sums over the forty."""
    fast = [attack for attack in attacks_of(course.assignment(week)) if attack.fast]
    fast.sort(key=lambda attack: attack.kind)  # so that there are some of each class
    attackers = [fast[number * len(fast) // ATTACKERS] for number in range(ATTACKERS)]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        honest = make_class(course, week, Path(folder) / "class", HONEST, short=True)
        alone = grade(course.assignment(week), Path(folder) / "alone", honest, [])
        among = grade(course.assignment(week), Path(folder) / "among", honest, attackers)
    return {
        "week": week,
        "attackers": " ".join(attack.name for attack in attackers),
        "other_scores": sum(alone[name][0] != among[name][0] for name in alone),
        "seconds_alone": round(sum(seconds for _, seconds in alone.values()), 1),
        "seconds_among": round(sum(seconds for _, seconds in among.values()), 1),
    }


def grade(
    assignment: Assignment, place: Path, honest: Assignment, attackers: list
) -> dict[str, tuple[float, float]]:
    """Student -> (score, seconds) of the honest ones, graded in turn with the attackers."""
    attacked = make_course(assignment, place, assignment.limits, Weights.RETRAIN)
    students = honest.students()
    with Listeners(place / "outside", "grader-benchmark") as listeners:
        for student in students:
            path = honest.submitted(student) / honest.release_notebook.name
            attacked.submit(student, nbformat.read(path, as_version=4))
        places = {
            **listeners.places,
            "COURSE": str(attacked.assignment.root),
            "HOME": str(attacked.home),
            "NEIGHBOR": str(attacked.assignment.submitted(students[0])),
        }
        order = list(students)
        for number, attack in enumerate(attackers):
            attacked.submit_attack(attack, places)
            order.insert(number * (HONEST // ATTACKERS + 1), attack.name)
        run(attacked, order)
    found = {student: read_result(attacked.assignment.autograded(student)) for student in students}
    return {student: (result.score, spent(result.times)) for student, result in found.items()}


def run(attacked: AttackCourse, students: list[str]) -> None:
    """Grade as `autograder grade` does, with two workers."""
    assignment = attacked.assignment
    job = attacked.place / "job.json"
    fields = {"root": str(assignment.root), "assignment": assignment.name, "students": students}
    more = {"limits": asdict(assignment.limits), "workers": 2, "sandboxed": True}
    job.write_text(json.dumps(fields | more), encoding="utf-8")
    command = [sys.executable, "-P", "-m", "autograder.audit.attack_worker", str(job)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def spent(times) -> float:
    """The seconds of one submission, from its kernel's start to its last test."""
    return float(times.start + times.cells + times.restarts + sum(times.tests.values()))
