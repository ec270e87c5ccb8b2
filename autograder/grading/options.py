"""How to grade, and what grading one submission gave."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from nbformat import NotebookNode

from autograder.course import Assignment
from autograder.results.model import SubmissionResult
from autograder.sandbox.launcher import Device, Launcher


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
    """A submission's result, its origin, and the executed notebook's graded cells by id.

    `cells` is empty for an unchanged submission that the gradebook has already. `cold_because` is
    why sessions could not be forked from a template, which is faster, or ''.
    """

    result: SubmissionResult
    action: Action
    cells: Mapping[str, NotebookNode] = field(default_factory=dict)
    cold_because: str = ""
