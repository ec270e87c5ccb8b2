"""The cases of the comparison of what hostile and damaged submissions do, and their courses."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path

import nbformat
from confined import COURSE_ID, HONEST, TOOLS, Graded
from damaged import DAMAGES, Damage

from autograder.audit.attack_course import AttackCourse, make_course
from autograder.audit.attack_run import attacks_of
from autograder.audit.attacks import Attack, AttackClass, Base
from autograder.audit.judge import contains
from autograder.course import CONFIG, Assignment
from autograder.files import remove
from autograder.limits import Limits
from autograder.notebook.cells import exercise_of, grade_id, is_check
from autograder.settings import FILE_NAME as SETTINGS
from autograder.settings import Weights

# Of each kind some: forged answers, patched libraries, reading, files left for the grader, the
# network, writing, stalls, memory and processes.
ATTACKS = {
    "week1_mlp": (
        "lying_eq", "forged_metadata", "patched_libraries", "forged_files", "shadow_modules",
        "reads_files", "says_inputs", "notebook_link", "listener_all", "writes_elsewhere",
        "ignores_signals", "memory", "fork_bomb", "kills_everything",
    ),
    "week3a_tf_binding": ("memorized_names", "reads_hidden_data", "written_files"),
}  # fmt: skip
DAMAGED_WEEK = "week1_mlp"
# Case -> the tool with which it could stop the machine before the monitor sees it.
NOT_TRIED = {"fork_bomb": "nbgrader"}
ENDS_A_RUN = ("cell_copied",)  # of nbgrader
# Each cell has as long as nbgrader gives it.
LIMITS = Limits(cell_seconds=30, notebook_seconds=120, call_seconds=15, exercise_seconds=45)
# A hidden test as nbgrader has them, in front of a visible check. The `pass` lines keep it out of
# the check's traceback, which shows some lines around the error.
NBGRADERS_HIDDEN_TEST = """### BEGIN HIDDEN TESTS
# {test}
try:
    {exercise}("{argument}", "{argument}")
except Exception:
    pass
### END HIDDEN TESTS
pass
pass
pass
pass
pass
pass
"""
# The same in tests/hidden. The audit has added one with a single argument.
OUR_HIDDEN_TEST = '''
@_points_of_canary(1)
def test_canary_pair(student):
    """Two texts in place of the inputs."""
    student.{exercise}("{argument}", "{argument}")
    raise AssertionError("{argument}")
'''


class Kind(StrEnum):
    """The kinds of cases, in words for the tables, in their order."""

    HONEST = "honest submissions"
    HOSTILE = "hostile submissions"
    DAMAGED = "damaged notebooks"


@dataclass(frozen=True)
class Case:
    """What is handed in: an attack, a damaged solution, or else an honest base."""

    name: str
    what: str
    base: Base
    attack: Attack | None = None
    damage: Damage | None = None

    @property
    def kind(self) -> Kind:
        """Which of the three it is."""
        if self.attack is not None:
            return Kind.HOSTILE
        return Kind.HONEST if self.damage is None else Kind.DAMAGED

    @property
    def student(self) -> str:
        """Who hands it in: somebody who comes before the neighbor in the order of grading."""
        return f"a-{self.name}"

    @property
    def is_alone(self) -> bool:
        """Whether it has a run of its own, because it harms others or the run, or is out to."""
        is_harm = self.attack is not None and self.attack.kind is AttackClass.HARM
        return is_harm or self.name in ENDS_A_RUN

    def hand_in(self, course: AttackCourse, places: Mapping[str, str]) -> None:
        """Hand it in. `places` replace words in an attack's code."""
        if self.attack is not None:
            attack = replace(self.attack, name=self.student)
            course.submit_attack(attack, {**places, "NAME": self.student})
            return
        notebook = course.base_notebook(self.base)
        folder = course.submit(self.student, notebook)
        if self.damage is not None:
            data = json.loads(nbformat.writes(notebook))
            path = folder / course.assignment.release_notebook.name
            path.write_bytes(self.damage.file(data))


@dataclass(frozen=True)
class Outcome:
    """What one tool made of a case and of its honest neighbor. A score of None: not graded.

    `seconds` is the time of the run, in which `students` submissions were graded.
    """

    score: float | None
    neighbor: float | None
    leaks: tuple[str, ...]
    changed: tuple[str, ...]
    stopped: str
    seconds: float
    students: int


def cases(assignment: Assignment) -> list[Case]:
    """The week's cases. The honest ones come first: other cases are compared with them."""
    attacks = {attack.name: attack for attack in attacks_of(assignment)}
    names = ATTACKS.get(assignment.name, ())
    found = [Case(n, attacks[n].description, attacks[n].base, attacks[n]) for n in names]
    if assignment.name == DAMAGED_WEEK:
        found += [Case(d.name, d.what, Base.SOLUTION, damage=d) for d in DAMAGES]
    bases = [base for base in Base if any(case.base is base for case in found)]
    return [*(Case(base, f"the {base}, unchanged", base) for base in bases), *found]


@dataclass(frozen=True)
class Courses:
    """Makes courses below `place` for one week. All have the same guarded texts."""

    assignment: Assignment
    place: Path

    @cached_property
    def templates(self) -> dict[str, AttackCourse]:
        ours = make_course(self.assignment, self.place / "autograder", LIMITS, Weights.RETRAIN)
        limits = "".join(
            f"{name} = {getattr(LIMITS, name)}\n"
            for name in ("cell_seconds", "notebook_seconds", "call_seconds", "exercise_seconds")
        )
        (ours.assignment.root / SETTINGS).write_text(f"[limits]\n{limits}")
        for path in ours.assignment.hidden_tests.glob("test_*.py"):
            exercise = path.stem.removeprefix("test_")
            argument = ours.canaries["a hidden input"]
            with path.open("a", encoding="utf-8") as file:
                file.write(OUR_HIDDEN_TEST.format(exercise=exercise, argument=argument))
        theirs = moved(ours, self.place / "nbgrader")
        make_nbgraders(theirs)
        return {"nbgrader": theirs, "autograder": ours}

    def run(self, tool: str, together: Sequence[Case]) -> dict[str, Outcome]:
        """Grade cases beside an honest submission, in a course that is removed afterwards.

        Returns outcomes by the cases' names. If several together harm the neighbor or the run, each
        runs again alone.
        """
        outcomes = self._run(tool, together)
        first = next(iter(outcomes.values()))
        harmed = first.changed or first.stopped or first.neighbor is None
        if harmed and len(together) > 1:
            for case in together:
                outcomes |= self._run(tool, [case])
        return outcomes

    def _run(self, tool: str, together: Sequence[Case]) -> dict[str, Outcome]:
        here = Path(tempfile.mkdtemp(prefix=f"{tool}-", dir=self.place))
        course = moved(self.templates[tool], here / "class")
        before: dict[str, str] = {}

        def hand_in(places: Mapping[str, str]) -> None:
            # What is handed in is the same for both tools, whose courses have other checks.
            given = moved(self.templates["autograder"], here / "given")
            given.submit_neighbor(0)
            for case in together:
                case.hand_in(given, places)
            submitted = course.assignment.root / "submitted"
            shutil.copytree(given.assignment.root / "submitted", submitted, symlinks=True)
            aim_links(submitted, given.assignment.root, Path(places["COURSE"]))
            before.update(course.digests())

        try:
            graded = TOOLS[tool](course, hand_in)
            own = [course.assignment.submitted(case.student) for case in together]
            changed = changed_files(course, before, own)
            return {case.name: outcome(course, case, graded, changed) for case in together}
        finally:
            remove(here)


def aim_links(folder: Path, old: Path, new: Path) -> None:
    """Make the links below a folder that lead into the course `old` lead into `new`."""
    for link in [path for path in folder.rglob("*") if path.is_symlink()]:
        target = link.readlink()
        if target.is_relative_to(old):
            link.unlink()
            link.symlink_to(new / target.relative_to(old))


def moved(course: AttackCourse, place: Path) -> AttackCourse:
    """A copy of the course at another place."""
    shutil.copytree(course.place, place)
    assignment = replace(course.assignment, root=place / "course")
    return AttackCourse(place, assignment, course.canaries)


def make_nbgraders(course: AttackCourse) -> None:
    """Make the course one of nbgrader alone: its own settings, and hidden tests in the checks."""
    assignment = course.assignment
    remove(assignment.root / "tests")
    (assignment.root / SETTINGS).unlink()
    (assignment.root / CONFIG).write_text(
        f"c = get_config()\nc.CourseDirectory.course_id = {COURSE_ID!r}\n"
    )
    source = nbformat.read(assignment.source_notebook, as_version=4)
    for cell in source.cells:
        if is_check(grade_id(cell)):
            hidden = NBGRADERS_HIDDEN_TEST.format(
                exercise=exercise_of(grade_id(cell)),
                test=course.canaries["the hidden tests"],
                argument=course.canaries["a hidden input"],
            )
            cell.source = hidden + cell.source
    nbformat.write(source, assignment.source_notebook)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # it runs alembic
    subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_assignment", assignment.name, "--force"],
        cwd=assignment.root, env={**os.environ, "PATH": path}, check=True, capture_output=True,
    )  # fmt: skip


def changed_files(
    course: AttackCourse, before: Mapping[str, str], own: Sequence[Path]
) -> tuple[str, ...]:
    """The files that grading must leave alone and that changed, without those in `own` folders."""
    after = course.digests()
    changed = [path for path, digest in before.items() if after.get(path) != digest]
    paths = {path: course.place / path for path in changed}
    return tuple(p for p in changed if not any(paths[p].is_relative_to(mine) for mine in own))


def outcome(course: AttackCourse, case: Case, graded: Graded, changed: tuple[str, ...]) -> Outcome:
    """What came of one case of a run."""
    shown = graded.shown.get(case.student, "")
    leaks = [what for what, canary in course.canaries.items() if contains(shown, canary)]
    if any(case.student in text for text in graded.heard):
        leaks.append("a message over the network")
    return Outcome(
        graded.scores.get(case.student),
        graded.scores.get(HONEST),
        tuple(leaks),
        changed,
        graded.stopped,
        graded.seconds,
        graded.students,
    )
