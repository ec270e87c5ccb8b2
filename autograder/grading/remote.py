"""What a hidden test holds: the student's notebook, alive in another process.

    student.mse_gradient(X, y, beta)        calls it; plain data comes back by value
    model = student.MLP(2, 3, 1)            anything else comes back as a handle
    model(x), model.weight.shape            which can be called, and asked for attributes

Every way in which an answer can fail to come is an exception of `no_answer`.
"""

import contextlib
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from autograder.course import Limits
from autograder.files import read_plain
from autograder.grading.blame import Written, why_no_answer
from autograder.grading.failures import (
    KernelDied,
    MissingName,
    StudentError,
    TimedOut,
    Unserializable,
)
from autograder.probe import codec
from autograder.sandbox.kernel import Kernel
from autograder.sandbox.script import Finished

NO_TEXT = Written()
RERUN = ".rerun"  # as in probe, which imports what only a kernel needs
MAX_FILE = 128 * 2**20  # bytes of a file that the notebook wrote


class Handle:
    """An object that stays in the student's kernel. It compares by identity and is no number."""

    __slots__ = ("_id", "_student", "_type")

    def __init__(self, student: "Student", number: tuple[int, int], type_name: str):
        self._student = student
        self._id = number
        self._type = type_name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._student.request("call", self, args, kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # numpy's and Python's protocols must not reach the student
            raise AttributeError(name)
        return self._student.request("attribute", self, name)

    def __bool__(self) -> bool:
        raise Unserializable("it returned an object where a yes or no is expected", repr(self))

    def __repr__(self) -> str:
        return f"<{self._type} in the student's kernel>"


class Student:
    """A submission's live kernel, as hidden tests use it."""

    def __init__(
        self,
        kernel: Kernel | None,
        limits: Limits,
        notebook: Written = NO_TEXT,
        revive: Callable[[], Kernel | None] = lambda: None,
        script: Callable[[Mapping[str, bytes], Sequence[str], float], Finished] | None = None,
    ):
        """`revive` runs the notebook again after its kernel died; `script` runs a script alone."""
        self._kernel = kernel
        self._limits = limits
        self._written = notebook
        self._namespace: Handle | None = None  # while a test is tried with correct pieces
        self._followed: Handle | None = None  # that namespace, for the exercise's next test
        self._revive = revive
        self._script = script
        self._deadline = float("inf")
        self._dirty = False
        self._lives = 0
        self._exercise = ""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self.request("find", name, self._namespace)

    def put(self, value: Any, device: Any = None) -> Handle:
        """A handle to a copy of plain data in the kernel, which calls can share and change.

        With a `device` the value is a tensor, and its copy lies there.
        """
        return self.request("put", value, device)  # type: ignore[no-any-return]

    def value(self, held: Any) -> Any:
        """What a handle stands for, by value. Raises Unserializable where it is no plain data."""
        return self.request("value", held) if type(held) is Handle else held

    def define(self, source: str, name: str) -> Handle:
        """A handle to `name` after running `source` in the kernel, in a namespace of its own."""
        return self.request("define", source, name)  # type: ignore[no-any-return]

    def follow_through(self, name: str, pieces: Sequence[str], given: str = "") -> bool:
        """Answer from what the exercise's cell makes of correct `pieces`, until the test ends.

        Runs the solution's cells of those exercises, the code `given`, then the student's own cell,
        in a copy of the notebook's namespace, once an exercise. False where there is nothing to
        run. Raises StudentError.
        """
        if name not in self._written.exercises:
            return False
        if self._followed is not None and self._followed._id[0] == self._lives:
            self.request("resume")
            self._namespace = self._followed
            return True
        cells = [self._written.solutions[piece] for piece in pieces]
        self._namespace = self.request("rerun", [*cells, given, self._written.exercises[name]])
        self._followed = self._namespace
        return True

    def file(self, name: str) -> bytes:
        """A file that the notebook wrote beside itself. Raises MissingName, or Unserializable."""
        kernel = self._living_kernel()
        below = name if self._namespace is None else f"{RERUN}/{name}"
        try:
            content = read_plain(kernel.work, below, MAX_FILE)
        except ValueError as error:
            raise Unserializable(f"{name} is {error}") from None
        if content is None:
            raise MissingName(f"there is no file {name}: the notebook did not write it", name)
        return content

    def run_script(
        self, files: Mapping[str, bytes], arguments: Sequence[str], called: str = ""
    ) -> Finished:
        """Run `python ARGUMENTS` by itself, in a folder that holds only `files`.

        `called` is what its student calls it. Raises TimedOut where it does not end, KernelDied
        where it took more than its share.
        """
        if self._script is None:
            raise ValueError("this student has no way to run a script")
        allowed = min(self._limits.call_seconds, self._deadline - time.monotonic())
        if allowed <= 0:
            raise TimedOut("this exercise's time was used up by its earlier tests")
        finished = self._script(files, arguments, allowed)
        if finished.timed_out:
            raise TimedOut(
                f"{called or arguments[0]} took longer than {allowed:.0f} s", finished.said
            )
        if finished.stopped:
            raise KernelDied(
                f"{called or arguments[0]} was stopped: {finished.stopped}", finished.said
            )
        return finished

    def begin_exercise(self, name: str) -> None:
        """Give the next exercise its own time."""
        self._exercise = name
        self._followed = None
        self._deadline = time.monotonic() + self._limits.exercise_seconds

    def end_test(self) -> None:
        """Forget the objects that a test made in the kernel."""
        self._namespace = None
        if self._dirty and self._kernel is not None and self._kernel.alive:
            with contextlib.suppress(StudentError):  # the test is over: this is no part of it
                self.request("release", self._followed)
        self._dirty = False

    def close(self) -> None:
        if self._kernel is not None:
            self._kernel.close()

    def request(self, operation: str, *arguments: Any) -> Any:
        """Send one operation of the probe and wait for its answer. Raises StudentError."""
        kernel = self._living_kernel()
        allowed = min(self._limits.call_seconds, self._deadline - time.monotonic())
        if allowed <= 0:
            raise TimedOut("this exercise's time was used up by its earlier tests")
        self._dirty = True
        text, blob = codec.encode(arguments, self._handle_number)
        message = kernel.client.session.msg("probe_request", {"operation": operation, "text": text})
        socket = kernel.client.shell_channel.socket
        sent = kernel.client.session.send(socket, message, buffers=[blob])
        content, out = self._reply(kernel, sent["header"]["msg_id"], allowed)
        return self._result(content, out)

    def _living_kernel(self) -> Kernel:
        if self._kernel is None or not self._kernel.alive:
            self.close()
            self._kernel = self._revive()
            self._lives += 1
        if self._kernel is None:
            raise KernelDied("the notebook's Python had ended before this test")
        return self._kernel

    def _reply(self, kernel: Kernel, message_id: str, allowed: float) -> tuple[dict[str, Any], Any]:
        try:
            reply, interrupted = kernel.reply_to(message_id, allowed)
        except Exception as error:  # a forged message: bad signature, broken JSON
            raise Unserializable("its answer was not readable", repr(error)) from error
        if interrupted and reply is None:
            raise TimedOut(f"it took longer than {allowed:.0f} s, and could not be stopped")
        if interrupted:
            raise TimedOut(f"it took longer than {allowed:.0f} s (an endless loop?)")
        if reply is None:
            raise KernelDied(f"it ended the notebook's Python: {kernel.ended_because}")
        return reply["content"], bytes((reply["buffers"] or [b""])[0])

    def _result(self, content: dict[str, Any], blob: bytes) -> Any:
        try:
            return self._read(content, blob)
        except StudentError:
            raise
        except Exception as error:  # whatever a forged answer breaks
            raise Unserializable("its answer was not readable", repr(error)) from error

    def _read(self, content: dict[str, Any], blob: bytes) -> Any:
        if content["status"] == "ok":
            return codec.decode(content["text"], blob, self._handle)
        raise why_no_answer(content, self._exercise, self._written)

    def _handle(self, body: Any) -> Handle:
        return Handle(self, (self._lives, int(body["id"])), str(body["type"])[:100])

    def _handle_number(self, value: Any) -> int:
        if type(value) is not Handle:
            raise codec.CannotCross(f"a hidden test sent an object of type {type(value).__name__}")
        lives, number = value._id
        if lives != self._lives:
            raise KernelDied("an object that it made went with the notebook's Python")
        return number
