"""The course on disk: its assignments, where their files are, and what its settings say of them."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from autograder.artifacts import ARTIFACTS
from autograder.clock import MACHINE_CLOCK, Clock
from autograder.errors import AutograderError, UsageError
from autograder.files import is_clutter
from autograder.late import LatePolicy
from autograder.limits import Limits as Limits  # a part of what an assignment is
from autograder.published import Published
from autograder.settings import Weights, read_settings

CONFIG = "nbgrader_config.py"


@dataclass(frozen=True)
class Assignment:
    """One assignment of a course; its paths need not exist."""

    name: str
    root: Path
    limits: Limits = field(default_factory=Limits)
    weights: Weights = Weights.RETRAIN
    published: Published | None = None  # where students find its notebook
    late: LatePolicy = field(default_factory=LatePolicy)
    clock: Clock = MACHINE_CLOCK
    has_leaderboard: bool = True  # if a hidden test measures something

    @property
    def artifacts(self) -> tuple[str, ...]:
        """The names of the handed-in files that count, beside the notebook."""
        return ARTIFACTS if self.weights is Weights.SUBMITTED else ()

    @property
    def solutions(self) -> Path:
        return self.root / "solutions" / self.name

    @property
    def source(self) -> Path:
        return self.root / "source" / self.name

    @property
    def release(self) -> Path:
        return self.root / "release" / self.name

    @property
    def hidden_tests(self) -> Path:
        return self.root / "tests" / "hidden" / self.name

    @property
    def source_notebook(self) -> Path:
        return self._only_notebook(self.source)

    @property
    def release_notebook(self) -> Path:
        return self._only_notebook(self.release)

    @property
    def class_page(self) -> Path:
        return self.root / "reports" / f"{self.name}.html"

    @property
    def leaderboard(self) -> Path:
        return self.root / "reports" / f"{self.name}-leaderboard.html"

    def submitted(self, student: str) -> Path:
        return self.root / "submitted" / student / self.name

    def autograded(self, student: str) -> Path:
        return self.root / "autograded" / student / self.name

    def feedback(self, student: str) -> Path:
        return self.root / "feedback" / student / self.name

    def feedback_page(self, student: str) -> Path:
        return self.feedback(student) / f"{self.release_notebook.stem}.html"

    @property
    def collected(self) -> Path:
        """What `collect` saves: notes on submissions, earlier versions, copies of repositories."""
        return self.root / ".collect" / self.name

    def origin(self, student: str) -> dict[str, str]:
        """Where the version in submitted/ came from, as `collect` noted it; empty if unknown."""
        try:
            text = (self.collected / f"{student}.json").read_text(encoding="utf-8")
            return dict(json.loads(text))
        except (OSError, ValueError):
            return {}

    def students(self) -> list[str]:
        """The ids of the students who submitted something, sorted."""
        folders = sorted((self.root / "submitted").glob(f"*/{self.name}"))
        return [folder.parent.name for folder in folders if folder.is_dir()]

    def _only_notebook(self, folder: Path) -> Path:
        notebooks = sorted(path for path in folder.glob("*.ipynb") if not is_clutter(path.name))
        if len(notebooks) != 1:
            raise AutograderError(
                f"{folder} must hold one notebook and holds {len(notebooks)}: "
                f"run 'autograder build {self.name}'"
            )
        return notebooks[0]


@dataclass(frozen=True)
class Course:
    """A folder that is a valid nbgrader course. Given `limits` replace those of its settings."""

    root: Path
    limits: Limits | None = None

    @property
    def gradebook_url(self) -> str:
        return f"sqlite:///{self.root / 'gradebook.db'}"

    def assignments(self) -> list[Assignment]:
        """Raises AutograderError if the course's settings are not valid."""
        names = {p.name for kind in ("solutions", "source") for p in (self.root / kind).glob("*/")}
        names = {name for name in names if not name.startswith((".", "_"))}
        settings = read_settings(self.root, names)
        return [
            Assignment(
                name,
                self.root,
                self.limits or settings.limits_of(name),
                settings.week(name).weights,
                settings.published(name),
                settings.late_policy_of(name),
                settings.clock,
                settings.has_leaderboard(name),
            )
            for name in sorted(names)
        ]

    def assignment(self, name: str) -> Assignment:
        """Raises UsageError, naming the assignments that exist, for any other name."""
        found = {assignment.name: assignment for assignment in self.assignments()}
        if name not in found:
            known = ", ".join(found) or "none yet"
            raise UsageError(f"no assignment '{name}' in {self.root}; there are: {known}")
        return found[name]


def find_course(start: Path, limits: Limits | None = None) -> Course:
    """The course that a folder lies in. Raises UsageError where none of its parents is one."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / CONFIG).is_file():
            return Course(folder, limits)
    raise UsageError(
        f"{start.resolve()} is not in a course (no {CONFIG} here or above): change to the course's "
        "folder, or name it with --course"
    )
