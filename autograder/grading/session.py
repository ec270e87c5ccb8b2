"""One submission's run: the executed notebook, its live kernel, and the hidden tests' requests.

with open_session(assignment, folder, notebook, launcher, sources) as session:
    exercises = examine(assignment.hidden_tests, session)
"""

import contextlib
import copy
import shutil
import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.artifacts import NotTaken, read_artifact
from autograder.course import Assignment, Limits
from autograder.errors import AutograderError
from autograder.files import read_plain, remove
from autograder.grading.blame import (
    exercise_failures,
    lost_names,
    relevant_names,
    state_notes,
)
from autograder.grading.engine import execute
from autograder.grading.failures import (
    CellSources,
    KernelDied,
    MissingName,
    StudentError,
    TimedOut,
    Unserializable,
    failure_from_reply,
)
from autograder.grading.remote import Handle, RemoteNotebook, handle_number
from autograder.notebook.reader import copy_submission
from autograder.notebook.state import is_given, record_changes
from autograder.probe import codec
from autograder.probe.protocol import REQUEST, RERUN_FOLDER, Operation, ReplyStatus
from autograder.results import wording
from autograder.sandbox.kernel import Kernel, start_kernel
from autograder.sandbox.launcher import Launcher
from autograder.sandbox.script import Finished, run_script
from autograder.temporary import temporary_folder

__tracebackhide__ = True  # a failed test's report shows the TA the test, not this module
NO_SOURCES = CellSources()
ANSWERS = frozenset((Operation.FIND, Operation.CALL, Operation.ATTRIBUTE, Operation.VALUE))
MAX_FILE = 128 * 2**20  # bytes of a file that the notebook wrote


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
    """Manages one submission's kernels, their folders, its scripts, and the tests' time limits."""

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
        self._handed_in: dict[str, bytes] = {}
        self._not_handed_in: list[str] = []  # a line for each file
        for name in assignment.artifacts:
            self._take(name)
        self._folder = temporary_folder("work")
        self._kernels: list[Kernel] = []
        self._revivals = launcher.limits.kernel_starts if revive else 0
        self._limits = launcher.limits
        self._deadline = float("inf")
        self._exercise = ""
        self._namespace: Handle | None = None  # set while a test runs with correct pieces
        self._rerun: Handle | None = None  # the same namespace, kept for the exercise's next test
        self._examining = False
        self._names: set[str] = set()
        self._computed: dict[Hashable, Any] = {}  # of this exercise, by namespace and key
        self._dirty = False  # whether a test made objects in the kernel
        self._lives = 0
        self.got: list[Any] = []  # what this test's last answer was, if it was data

    def _take(self, name: str) -> None:
        """Keep a file that was handed in, or why the one that the notebook writes counts."""
        try:
            content = read_artifact(self.submitted, name)
        except NotTaken as error:
            self._not_handed_in.append(wording.not_taken(name, str(error)))
            return
        if content is None:
            self._not_handed_in.append(wording.not_taken(name, "was not handed in"))
        else:
            self._handed_in[name] = content

    # Start and end of the kernel

    def run(self) -> None:
        """Execute the notebook, and keep the kernel that ran it."""
        self.notebook, self.kernel = execute(
            self.notebook, self._start_kernel, self.launcher.limits
        )
        self.sources = replace(
            self.sources,
            failures=exercise_failures(self.notebook),
            lost=lost_names(self.notebook),
        )

    def close(self) -> None:
        """End the kernel and remove its folders."""
        if self.kernel is not None:
            self.kernel.close()
        remove(self._folder)

    @property
    def peak_memory_bytes(self) -> int:
        """The highest memory use of a kernel of this session, in bytes."""
        return max((kernel.peak_memory_bytes for kernel in self._kernels), default=0)

    def living_kernel(self) -> Kernel:
        """The kernel, or a new one if it ended. Raises KernelDied if no new one is possible."""
        if self.kernel is None or not self.kernel.alive:
            if self.kernel is not None:
                self.kernel.close()
            self.kernel = self._revive()
            self._lives += 1
        if self.kernel is None:
            raise KernelDied(wording.PYTHON_HAD_ENDED)
        return self.kernel

    def _revive(self) -> Kernel | None:
        """A new kernel after another run of the notebook without its stopped cells, or None."""
        if self._revivals == 0:
            return None
        self._revivals -= 1
        try:
            return execute(copy.deepcopy(self.notebook), self._start_kernel, self.launcher.limits)[
                1
            ]
        except AutograderError:  # a kernel started before, so the notebook now prevents it
            return None

    def _start_kernel(self) -> Kernel:
        """A kernel in a new copy of the submission. The last kernel may have filled its copy."""
        work = self._folder / str(len(self._kernels))
        copy_submission(self.submitted, work)
        for path in self.assignment.release.glob("*"):  # released data replaces submitted data
            if path.suffix != ".ipynb":
                _copy(path, work / path.name)
        kernel = start_kernel(self.launcher, work)
        self._kernels.append(kernel)
        return kernel

    # Time limits and second tries of the hidden tests

    def prepare(self, sources: CellSources, limits: Limits | None = None) -> None:
        """Set the cells' code and the limits on calls for the next examination."""
        self.sources = sources
        self._limits = limits or self.launcher.limits

    def begin_exercise(self, name: str) -> None:
        """Start the time limit of the next exercise."""
        self._exercise = name
        self._computed = {}
        self._rerun = None
        self._deadline = time.monotonic() + self._limits.exercise_seconds
        self._put_back()

    def _put_back(self) -> None:
        """Put back what the last exercise's tests, or the notebook's last cells, left changed."""
        if self.kernel is None or not self.kernel.alive:
            return
        with contextlib.suppress(StudentError):
            changed = self.request(Operation.TIDY)
            if not self._examining:  # later, it was a test's call that changed something
                theirs = [c for c in self.notebook.cells if c.cell_type == "code"]
                own = [cell for cell in theirs if not is_given(cell)]
                record_changes(own, [str(change)[:200] for change in changed])
        self._examining = True

    def clean_names(self, exercise: str) -> list[str]:
        """Give names that cells of the student's gave another meaning their first one.

        Until the test ends. Returns those that the exercise's answer needs.
        """
        names = [str(name)[:100] for name in self.request(Operation.CLEAN_NAMES)]
        return relevant_names(exercise, names, self.notebook)

    def note_names(self, names: Iterable[str]) -> None:
        """Remember names whose new meaning cost the student nothing, for `notes`."""
        self._names |= set(names)

    def notes(self) -> tuple[str, ...]:
        """A line for each file that was to be handed in and was not, and for each thing that was
        put back so that other exercises can pass."""
        return (*self._not_handed_in, *state_notes(self.notebook, self._names))

    def end_test(self) -> None:
        """Forget the objects that a test made in the kernel."""
        self._namespace = None
        self.got = []
        if self._dirty and self.kernel is not None and self.kernel.alive:
            with contextlib.suppress(StudentError):  # the test is over: this error does not count
                self.request(Operation.RELEASE, self._rerun)
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
        """The object called `name` in the notebook, as plain data or a handle."""
        return self.request(Operation.FIND, name, self._namespace)

    def request(self, operation: Operation, *arguments: Any) -> Any:
        """The probe's answer to one operation. Raises StudentError if there is none."""
        kernel = self.living_kernel()
        allowed = self._time_left()
        self._dirty = True
        text, blob = codec.encode(arguments, self._handle_id)
        message = kernel.client.session.msg(REQUEST, {"operation": operation, "text": text})
        socket = kernel.client.shell_channel.socket
        sent = kernel.client.session.send(socket, message, buffers=[blob])
        content, out = _reply(kernel, sent["header"]["msg_id"], allowed)
        try:
            if content["status"] == ReplyStatus.OK:
                value = codec.decode(content["text"], out, self._handle)
                if operation in ANSWERS and type(value) is not Handle:
                    self.got = [value]
                return value
            failure = failure_from_reply(content, self._exercise, self.sources)
        except Exception as error:  # a forged answer can raise any exception here
            raise _unreadable(error) from error
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
        return self._namespace is None and name in self._handed_in

    def read_file(self, name: str) -> bytes:
        """The content of a file that was handed in, or else of one that the notebook wrote.

        Raises MissingName if there is no such file, and Unserializable if it is too large.
        """
        if self.is_handed_in(name):
            return self._handed_in[name]
        kernel = self.living_kernel()
        below = name if self._namespace is None else f"{RERUN_FOLDER}/{name}"
        try:
            content = read_plain(kernel.work, below, MAX_FILE)
        except ValueError as error:
            raise Unserializable(wording.unreadable_file(name, str(error))) from None
        if content is None:
            raise MissingName(wording.no_file(name), name)
        return content

    def run_script(
        self, files: Mapping[str, bytes], arguments: Sequence[str], called: str
    ) -> Finished:
        """Run one of the submission's scripts alone.

        Raises TimedOut at its time limit, and KernelDied at another limit.
        """
        allowed = self._time_left()
        finished = run_script(self.launcher, files, arguments, allowed)
        if finished.timed_out:
            raise TimedOut(wording.took_longer(allowed, called), finished.printed)
        if finished.stopped:
            raise KernelDied(wording.was_stopped(called, finished.stopped), finished.printed)
        return finished

    def _time_left(self) -> float:
        allowed = min(self._limits.call_seconds, self._deadline - time.monotonic())
        if allowed <= 0:
            raise TimedOut(wording.NO_TIME_LEFT)
        return allowed

    def _handle(self, body: Any) -> Handle:
        return Handle(self, (self._lives, int(body["id"])), str(body["type"])[:100])

    def _handle_id(self, value: Any) -> int:
        if type(value) is not Handle:
            raise codec.EncodeError(f"a hidden test sent an object of type {type(value).__name__}")
        life, number = handle_number(value)
        if life != self._lives:
            raise KernelDied(wording.OBJECT_LOST)
        return number


def _reply(kernel: Kernel, message_id: str, allowed: float) -> tuple[dict[str, Any], bytes]:
    try:
        reply, interrupted = kernel.reply_to(message_id, allowed)
    except Exception as error:  # a forged message: a wrong signature, broken JSON
        raise _unreadable(error) from error
    if interrupted:
        raise TimedOut(wording.took_longer(allowed, stopped=reply is not None))
    if reply is None:
        raise KernelDied(wording.ended_python(kernel.ended_because))
    try:
        return reply["content"], bytes((reply["buffers"] or [b""])[0])
    except Exception as error:
        raise _unreadable(error) from error


def _unreadable(error: Exception) -> Unserializable:
    return Unserializable(wording.UNREADABLE, repr(error))


def _copy(source: Path, target: Path) -> None:
    if target.is_dir():
        shutil.rmtree(target)
    elif target.exists():
        target.unlink()
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy(source, target)
