"""A session on a kernel that a test started, for tests of what crosses between the two."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbformat.v4 import new_notebook

from autograder.course import Assignment, Limits
from autograder.grading import remote
from autograder.grading.failures import CellSources
from autograder.grading.session import Session
from autograder.sandbox.kernel import Kernel
from autograder.sandbox.launcher import Launcher

NOWHERE = Path("/nonexistent")


class AttachedSession(Session):
    """Talks to a kernel that is given; `revive` starts another where it died."""

    def __init__(
        self,
        kernel: Kernel | None,
        limits: Limits,
        sources: CellSources = CellSources(),  # noqa: B008  (frozen)
        revive: Callable[[], Kernel | None] = lambda: None,
        hidden: Path = NOWHERE,
    ):
        assignment = Assignment("attached", NOWHERE, limits)
        launcher = Launcher(limits, hidden)
        super().__init__(assignment, NOWHERE, new_notebook(), launcher, sources)
        self.kernel = kernel
        self._start_again = revive

    def _restart(self) -> Kernel | None:
        return self._start_again()


class Student:
    """A session's notebook, and beside its names what hidden tests do with `remote`."""

    def __init__(self, kernel: Kernel | None, limits: Limits, *arguments: Any, **options: Any):
        self.session = AttachedSession(kernel, limits, *arguments, **options)
        self.begin_exercise = self.session.begin_exercise
        self.follow_through = self.session.try_with_correct
        self.end_test = self.session.end_test
        self.close = self.session.close
        self.value = remote.value

    def __getattr__(self, name: str) -> Any:
        return getattr(self.session.student, name)

    @property
    def kernel(self) -> Kernel | None:
        return self.session.kernel

    def put(self, value: Any, device: Any = None) -> remote.Handle:
        return remote.put(self.session.student, value, device)

    def define(self, source: str, name: str) -> remote.Handle:
        return remote.define(self.session.student, source, name)

    def file(self, name: str) -> bytes:
        return remote.read_file(self.session.student, name)

    def run_script(self, *arguments: Any) -> Any:
        return remote.run_script(self.session.student, *arguments)
