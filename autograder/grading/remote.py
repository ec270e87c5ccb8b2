"""The student's notebook as a hidden test sees it: alive in another process, reached by name.

    student.mse_gradient(X, y, beta)        calls it; plain data comes back by value
    model = student.MLP(2, 3, 1)            anything else comes back as a handle
    model(x), model.weight.shape            which can be called, and asked for attributes

`student` answers to the names of the notebook and to no others, so an exercise may have any name.
What a test needs besides are functions of this module: `remote.put(student, x)`. Each raises one of
the exceptions of `failures` where no answer comes.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from autograder.grading.failures import Unserializable
from autograder.probe.protocol import Operation
from autograder.results import wording
from autograder.sandbox.script import Finished


class Link(Protocol):
    """What connects a proxy to its kernel; a session is one."""

    def find(self, name: str) -> Any: ...

    def request(self, operation: Operation, *arguments: Any) -> Any: ...

    def read_file(self, name: str) -> bytes: ...

    def run_script(
        self, files: Mapping[str, bytes], arguments: Sequence[str], called: str
    ) -> Finished: ...


class RemoteNotebook:
    """The names that a notebook defines, as attributes."""

    __slots__ = ("__link",)

    def __init__(self, link: Link):
        object.__setattr__(self, "_RemoteNotebook__link", link)

    def __getattribute__(self, name: str) -> Any:
        if _is_protocol(name):
            return object.__getattribute__(self, name)
        return _link(self).find(name)

    def __repr__(self) -> str:
        return "<the student's notebook>"


class Handle:
    """An object that stays in the student's kernel. It compares by identity and is not a number."""

    __slots__ = ("__link", "__number", "__type")

    def __init__(self, link: Link, number: tuple[int, int], type_name: str):
        """`number` is (which life of the kernel, which object in it)."""
        object.__setattr__(self, "_Handle__link", link)
        object.__setattr__(self, "_Handle__number", number)
        object.__setattr__(self, "_Handle__type", type_name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return _handle_link(self).request(Operation.CALL, self, args, kwargs)

    def __getattribute__(self, name: str) -> Any:
        if _is_protocol(name):
            return object.__getattribute__(self, name)
        return _handle_link(self).request(Operation.ATTRIBUTE, self, name)

    def __bool__(self) -> bool:
        raise Unserializable(wording.NO_TRUTH, repr(self))

    def __repr__(self) -> str:
        return f"<{object.__getattribute__(self, '_Handle__type')} in the student's kernel>"


def put(student: RemoteNotebook, value: Any, device: Any = None) -> Handle:
    """A handle to a copy of plain data in the kernel, which calls can share and change.

    With a `device` the value is a tensor, and its copy is on that device.
    """
    handle: Handle = _link(student).request(Operation.PUT, value, device)
    return handle


def value(held: Any) -> Any:
    """What a handle stands for, by value. Raises Unserializable where it is not plain data."""
    return _handle_link(held).request(Operation.VALUE, held) if type(held) is Handle else held


def define(student: RemoteNotebook, source: str, name: str) -> Handle:
    """A handle to `name` after running `source` in the kernel, in a namespace of its own."""
    handle: Handle = _link(student).request(Operation.DEFINE, source, name)
    return handle


def read_file(student: RemoteNotebook, name: str) -> bytes:
    """A file that the notebook wrote beside itself. Raises MissingName, or Unserializable."""
    return _link(student).read_file(name)


def run_script(
    student: RemoteNotebook,
    files: Mapping[str, bytes],
    arguments: Sequence[str],
    called: str = "",
) -> Finished:
    """Run `python ARGUMENTS` by itself, in a folder that holds only `files`.

    `called` is the student's name for it. Raises TimedOut where it does not end, KernelDied where
    it passed another limit.
    """
    return _link(student).run_script(files, arguments, called or arguments[0])


def handle_number(handle: Handle) -> tuple[int, int]:
    """(which life of the kernel, which object in it)."""
    number: tuple[int, int] = object.__getattribute__(handle, "_Handle__number")
    return number


def _link(student: RemoteNotebook) -> Link:
    link: Link = object.__getattribute__(student, "_RemoteNotebook__link")
    return link


def _handle_link(handle: Handle) -> Link:
    link: Link = object.__getattribute__(handle, "_Handle__link")
    return link


def _is_protocol(name: str) -> bool:
    """Whether Python or numpy asks, and not a test: their names must not reach the student."""
    return name.startswith("__") and name.endswith("__")
