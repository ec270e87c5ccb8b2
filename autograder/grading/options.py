"""How to grade, and what grading one submission gave."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from nbformat import NotebookNode

from autograder.course import Assignment
from autograder.results.model import SubmissionResult
from autograder.sandbox.launcher import Device, Launcher

if TYPE_CHECKING:
    from autograder.gradebook.scores import Change


@dataclass(frozen=True)
class Options:
    """How to grade. Each option except `force` and `warm` can change a result and is in its
    fingerprint. With `warm`, sessions are forks of a template where that is possible."""

    sandboxed: bool = True
    force: bool = False
    device: Device = Device.CPU
    warm: bool = True

    def launcher(self, assignment: Assignment) -> Launcher:
        """The launcher of the assignment's student code."""
        return Launcher(assignment.limits, assignment.root, self.sandboxed, self.device, self.warm)


class Action(StrEnum):
    """What `grade` did."""

    RAN = "ran"
    UNCHANGED = "unchanged"
    CRASHED = "crashed"  # the grader could not handle the submission


@dataclass(frozen=True)
class Graded:
    """A submission's result, its origin, and what else grading gave.

    `notebook` is the executed notebook as JSON, or '' for an unchanged submission, and `cells` are
    its graded cells by nbgrader id. `cold_because` is why sessions could not be forked from a
    template, which is faster, or ''.
    """

    result: SubmissionResult
    action: Action
    notebook: str = ""
    cells: Mapping[str, NotebookNode] = field(default_factory=dict)
    cold_because: str = ""


@dataclass(frozen=True)
class Recorded:
    """A graded submission of which everything is written, and the change of its score, if any."""

    result: SubmissionResult
    action: Action
    cold_because: str = ""
    change: "Change | None" = None
