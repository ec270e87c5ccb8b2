"""One submission's run: the executed notebook, its live kernel, and the hidden tests' requests.

with open_session(assignment, folder, notebook, launcher, sources) as session:
    exercises = examine(assignment.hidden_tests, session)
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.course import Assignment, Limits
from autograder.errors import AutograderError
from autograder.grading.blame import (
    exercise_failures,
    lost_names,
    relevant_names,
    state_notes,
)
from autograder.grading.exercise_time import ExerciseTime
from autograder.grading.failures import (
    CellSources,
    KernelDied,
    StudentError,
    TimedOut,
    failure_from_reply,
)
from autograder.grading.handed_in import HandedIn, read_written
from autograder.grading.kernels import Kernels
from autograder.grading.remote import Handle, RemoteNotebook, handle_number
from autograder.grading.requests import ask, unreadable
from autograder.notebook.state import is_given, record_changes
from autograder.probe import codec
from autograder.probe.protocol import Operation, ReplyStatus
from autograder.results import wording
from autograder.results.model import Times
from autograder.sandbox.kernel import Kernel
from autograder.sandbox.launcher import Launcher
from autograder.sandbox.script import Finished, run_script

__tracebackhide__ = True  # a failed test's report shows the TA the test, not this module
NO_SOURCES = CellSources()
ANSWERS = frozenset((Operation.FIND, Operation.CALL, Operation.ATTRIBUTE, Operation.VALUE))
PUT_BACK = 1 / 4  # of a call's time


@contextmanager
def open_session(
    assignment: Assignment,
    submitted: Path,
    notebook: NotebookNode,
    launcher: Launcher,
    sources: CellSources = NO_SOURCES,
    revive: bool = True,
) -> Iterator["Session"]:
    """Run a notebook in a copy of the folder `submitted`, and keep its kernel alive.

    With `revive`, the notebook runs again if a hidden test ends its kernel. Raises AutograderError
    if no kernel starts.
    """
    session = Session(assignment, submitted, notebook, launcher, sources, revive)
    try:
        session.run()
        yield session
    finally:
        session.close()


class Session:
    """The hidden tests' requests to one submission's kernel, and their second tries."""

    def __init__(
        self,
        assignment: Assignment,
        submitted: Path,
        notebook: NotebookNode,
        launcher: Launcher,
        sources: CellSources = NO_SOURCES,
        revive: bool = True,
    ):
        """Create a session without a kernel. `run` starts the first one."""
        self.assignment = assignment
        self.submitted = submitted
        self.notebook = notebook  # includes its outputs after `run`
        self.launcher = launcher
        self.sources = sources
        self.student = RemoteNotebook(self)
        self.kernel: Kernel | None = None
        self._handed_in = HandedIn(submitted, assignment.artifacts)
        self._kernels = Kernels(assignment, submitted, launcher)
        self._revive = revive
        self.time = ExerciseTime(launcher.budget, launcher.limits)
        self._exercise = ""
        self._namespace: Handle | None = None  # set while a test runs with correct pieces
        self._rerun: Handle | None = None  # the same namespace, kept for the exercise's next test
        self._examining = False
        self._answers = True  # whether the kernel still answers between the tests
        self._used = False  # whether tests ran in it
        self._stalls_anyway = False  # a new kernel would not answer either
        self._names: set[str] = set()
        self._computed: dict[Hashable, Any] = {}  # of this exercise, by namespace and key
        self._handles: dict[Hashable, Handle] = {}  # of this test, by what was asked for
        self._dirty = False  # whether a test made objects in the kernel
        self._lives = 0
        self.got: list[Any] = []  # what this test's last answer was, if it was data

    # Start and end of the kernel

    def run(self) -> None:
        """Execute the notebook, and keep the kernel that ran it."""
        self.notebook, self.kernel = self._kernels.run(self.notebook)
        self.sources = replace(
            self.sources,
            failures=exercise_failures(self.notebook),
            lost=lost_names(self.notebook),
        )

    def close(self) -> None:
        """End the kernel and remove its folders."""
        self.time.stop()
        if self.kernel is not None:
            self.kernel.close()
        self._kernels.close()

    @property
    def peak_memory_bytes(self) -> int:
        """The highest memory use of a kernel of this session, in bytes."""
        return self._kernels.peak_memory_bytes

    @property
    def times(self) -> Times:
        """How the time was spent so far."""
        kernels = self._kernels
        return Times(
            round(kernels.start_seconds, 2),
            round(kernels.cell_seconds, 2),
            round(kernels.restart_seconds, 2),
            {exercise: round(seconds, 2) for exercise, seconds in self.time.seconds.items()},
            self.launcher.limits.total_seconds,
            self.time.ran_out,
        )

    def living_kernel(self) -> Kernel:
        """The kernel, or a new one if it ended. Raises KernelDied if no new one is possible."""
        self._replace_ended_kernel()
        if self.kernel is None:
            raise KernelDied(wording.PYTHON_HAD_ENDED)
        return self.kernel

    def _replace_ended_kernel(self) -> None:
        if self.kernel is None or not self.kernel.alive:
            if self.kernel is not None:
                self.kernel.close()
            self.kernel = self._restart()
            self._lives += 1
            self._answers, self._used = True, False

    def _restart(self) -> Kernel | None:
        """A new kernel after another run of the notebook, or None if that is not possible."""
        if not self._revive or not self.launcher.budget.left:
            return None
        before = self._kernels.restart_seconds
        kernel = self._kernels.run_again(self.notebook)
        self.time.leave_out(self._kernels.restart_seconds - before)
        self._revive = kernel is not None  # the notebook would only end it again
        return kernel

    # Time limits and second tries of the hidden tests

    def prepare(self, sources: CellSources, limits: Limits | None = None) -> None:
        """Set the cells' code and the limits on calls for the next examination."""
        self.sources = sources
        self.time.limits = limits or self.launcher.limits

    def begin_exercise(self, name: str, exercises_left: int = 1) -> None:
        """Start the time limit of the next exercise.

        `exercises_left` counts it and those after it. If the exercise before it ended the kernel,
        or made it stall between two tests, a new one starts first, so that this one loses no time.
        """
        self._exercise = name
        self._computed = {}
        self._rerun = None
        self.time.stop()
        for _ in range(2):
            if self.kernel is not None and not self._answers and not self._stalls_anyway:
                self.kernel.kill("it stalled between two tests")
            self._replace_ended_kernel()
            self.time.begin(name, exercises_left, self._kernels.replacing_seconds)
            if self._put_back():
                break
            self._stalls_anyway = self._stalls_anyway or not self._used
        self._used = True

    def _put_back(self) -> bool:
        """Put back what the last exercise's tests, or the notebook's last cells, left changed.

        Returns False if the kernel stalled.
        """
        answers = self._answers
        changed = self._clear_up(Operation.TIDY, share=PUT_BACK)
        if isinstance(changed, list) and not self._examining:  # later, it was a test's call
            theirs = [c for c in self.notebook.cells if c.cell_type == "code"]
            own = [cell for cell in theirs if not is_given(cell)]
            record_changes(own, [str(change)[:200] for change in changed])
        self._examining = True
        return self._answers == answers

    def _clear_up(self, operation: Operation, *arguments: Any, share: float = 1.0) -> Any:
        """The probe's answer to what is due between two tests, or None if there is none.

        A kernel that once stalled then is not asked again.
        """
        is_alive = self.kernel is not None and self.kernel.alive
        if not is_alive or not self._answers or not self.time.left:
            return None
        try:
            return self._request(operation, arguments, share)
        except TimedOut:
            self._answers = False
        except StudentError:  # an error between two tests is no test's error
            pass
        return None

    def clean_names(self, exercise: str) -> list[str]:
        """Give names that cells of the student's gave another meaning their first one.

        Until the test ends. Returns those that the exercise's answer needs.
        """
        answer = self.request(Operation.CLEAN_NAMES)
        self._handles = {}
        # Student code can answer in the probe's place, with anything.
        names = [str(name)[:100] for name in answer] if isinstance(answer, list) else []
        return relevant_names(exercise, names, self.notebook)

    def note_names(self, names: Iterable[str]) -> None:
        """Remember names whose new meaning cost the student nothing, for `notes`."""
        self._names |= set(names)

    def notes(self) -> tuple[str, ...]:
        """A line if the time was over, for each file that was to be handed in and was not, and for
        each thing that was put back so that other exercises can pass."""
        out_of_time = [wording.OUT_OF_TIME] if self.time.ran_out else []
        return (*out_of_time, *self._handed_in.notes, *state_notes(self.notebook, self._names))

    def end_test(self) -> None:
        """Forget the objects that a test made in the kernel."""
        self._namespace = None
        self._handles = {}
        self.got = []
        if self._dirty:
            self._clear_up(Operation.RELEASE, self._rerun)
        self._dirty = False

    def try_with_correct(self, exercise: str, pieces: Sequence[str], given: str = "") -> bool:
        """Until the test ends, look up names in a namespace with correct `pieces`.

        Runs the solution's cells of those exercises, the code `given`, then the student's own cell,
        in a copy of the notebook's namespace, once per exercise. Returns False if the student has
        no such cell. Raises StudentError if a cell does not complete.
        """
        if exercise not in self.sources.submitted:
            return False
        if self._rerun is not None and handle_number(self._rerun)[0] == self._lives:
            self.request(Operation.RESUME)
            self._namespace = self._rerun
            return True
        cells = [self.sources.solutions[piece] for piece in pieces]
        cells += [given, self.sources.submitted[exercise]]
        self._namespace = self._rerun = self.request(Operation.RERUN, cells)
        return True

    # Requests of hidden tests, through `remote`

    def find(self, name: str) -> Any:
        """The object called `name` in the notebook, as plain data or a handle.

        A name that stands for a function, a class or another object without a value is looked up
        once in a test.
        """
        return self._once_in_a_test(Operation.FIND, name, self._namespace)

    def define(self, source: str, name: str) -> Handle:
        """A handle to `name` after running `source` in the kernel, once in a test."""
        handle: Handle = self._once_in_a_test(Operation.DEFINE, source, name)
        return handle

    def _once_in_a_test(self, operation: Operation, *arguments: Any) -> Any:
        """The handle that the test was given for the same request before, or the probe's answer."""
        asked = (operation, *arguments)
        held = self._handles.get(asked)
        if held is not None and handle_number(held)[0] == self._lives:
            return held
        answer = self.request(*asked)
        if type(answer) is Handle:
            self._handles[asked] = answer
        return answer

    def request(self, operation: Operation, *arguments: Any) -> Any:
        """The probe's answer to one operation. Raises StudentError if there is none."""
        return self._request(operation, arguments)

    def _request(self, operation: Operation, arguments: tuple[Any, ...], share: float = 1.0) -> Any:
        """The same, in no more than a share of the time that a call may take."""
        self.time.for_call()  # before a kernel starts that could not be used
        kernel = self.living_kernel()
        allowed = share * self.time.for_call()
        self._dirty = True
        try:
            content, out = ask(kernel, operation, arguments, allowed, self._handle_id)
        except KernelDied:
            self.time.check()  # perhaps the kernel was ended because the submission's time was over
            raise
        try:
            if content["status"] == ReplyStatus.OK:
                value = codec.decode(content["text"], out, self._handle)
                if operation in ANSWERS and type(value) is not Handle:
                    self.got = [value]
                return value
            failure = failure_from_reply(content, self._exercise, self.sources)
        except Exception as error:  # a forged answer can raise any exception here
            raise unreadable(error) from error
        raise failure

    def once(self, key: Hashable, compute: Callable[[], Any]) -> Any:
        """The value of `compute()`, or its StudentError, computed once for the exercise's tests.

        Tests that run with correct pieces share among themselves.
        """
        namespace = None if self._namespace is None else handle_number(self._namespace)
        place = (self._lives, namespace, key)
        if place not in self._computed:
            try:
                self._computed[place] = compute()
            except StudentError as error:
                self._computed[place] = error
        found = self._computed[place]
        if isinstance(found, StudentError):
            raise found
        return found

    def is_handed_in(self, name: str) -> bool:
        """Whether a file was handed in and counts in place of the one that the notebook writes.

        A second try with correct pieces is about what the student's code writes with them.
        """
        return self._namespace is None and name in self._handed_in.files

    def read_file(self, name: str) -> bytes:
        """The content of a file that was handed in, or else of one that the notebook wrote.

        Raises MissingName if there is no such file, and Unserializable if it is too large.
        """
        if self.is_handed_in(name):
            return self._handed_in.files[name]
        return read_written(self.living_kernel().work, name, again=self._namespace is not None)

    def run_script(
        self, files: Mapping[str, bytes], arguments: Sequence[str], called: str
    ) -> Finished:
        """Run one of the submission's scripts alone.

        Raises TimedOut at its time limit, and KernelDied at another limit.
        """
        allowed = self.time.for_call()
        try:
            finished = run_script(self.launcher, files, arguments, allowed)
        except AutograderError:
            self.time.check()  # there was no time to start it
            raise
        if finished.timed_out:
            raise TimedOut(wording.took_longer(allowed, called), finished.printed)
        if finished.stopped:
            raise KernelDied(wording.was_stopped(called, finished.stopped), finished.printed)
        return finished

    def _handle(self, body: Any) -> Handle:
        return Handle(self, (self._lives, int(body["id"])), str(body["type"])[:100])

    def _handle_id(self, value: Any) -> int:
        if type(value) is not Handle:
            raise codec.EncodeError(f"a hidden test sent an object of type {type(value).__name__}")
        life, number = handle_number(value)
        if life != self._lives:
            raise KernelDied(wording.OBJECT_LOST)
        return number
