"""Proxies through which hidden tests use a student's notebook, which is live in another process.

    student.mse_gradient(X, y, beta)        calls the function; returns plain data by value
    model = student.MLP(2, 3, 1)            returns any other object as a handle
    model(x), model.weight.shape            a handle can be called and has attributes

`student` has no attributes except the notebook's names, so an exercise can have any name. All other
operations are functions of this module, such as `remote.put(student, x)`. Each raises one of the
exceptions of `failures` if there is no answer.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Protocol

from autograder.grading.failures import Unserializable
from autograder.probe.protocol import Operation
from autograder.results import wording
from autograder.sandbox.script import Finished

__tracebackhide__ = True  # a failed test's report shows the TA the test, not this module


class Link(Protocol):
    """The connection of a proxy to its kernel. `Session` implements it."""

    def find(self, name: str) -> Any:
        """The object called `name` in the notebook, as plain data or a handle."""
        ...

    def define(self, source: str, name: str) -> "Handle":
        """A handle to `name` after running `source` in the kernel, in a separate namespace."""
        ...

    def request(self, operation: Operation, *arguments: Any) -> Any:
        """The result of one operation in the kernel, as plain data or a handle."""
        ...

    def once(self, key: Hashable, compute: Callable[[], Any]) -> Any:
        """The value of `compute()`, shared by the tests of one exercise."""
        ...

    def is_handed_in(self, name: str) -> bool:
        """Whether a file was handed in, in a week in which such files count."""
        ...

    def read_file(self, name: str) -> bytes:
        """The content of a file that was handed in, or else of one that the notebook wrote."""
        ...

    def run_script(
        self, files: Mapping[str, bytes], arguments: Sequence[str], called: str
    ) -> Finished:
        """The result of `python ARGUMENTS` in a folder that holds only `files`."""
        ...


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
    """A reference to an object in the student's kernel. Compares by identity; is not a number."""

    __slots__ = ("__link", "__number", "__type")

    def __init__(self, link: Link, number: tuple[int, int], type_name: str):
        """`number` is (generation of the kernel, id of the object in it)."""
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

    With a `device`, the value is a tensor and its copy is on that device.
    """
    handle: Handle = _link(student).request(Operation.PUT, value, device)
    return handle


def value(held: Any) -> Any:
    """The object of a handle, by value. Any other value is returned unchanged.

    Raises Unserializable if the object is not plain data.
    """
    return _handle_link(held).request(Operation.VALUE, held) if type(held) is Handle else held


def define(student: RemoteNotebook, source: str, name: str) -> Handle:
    """A handle to `name` after running `source` in the kernel, in a separate namespace.

    A test that asks for the same again gets the same object.
    """
    return _link(student).define(source, name)


def once(student: RemoteNotebook, key: Hashable, compute: Callable[[], Any]) -> Any:
    """The value of `compute()`, which tests of one exercise share under `key`.

    For what takes long, such as a training: train once, look at it in many tests. The value is
    plain data, and no test may change it. If the student's code raised an error, every test that
    asks gets this error.
    """
    return _link(student).once(key, compute)


def is_handed_in(student: RemoteNotebook, name: str) -> bool:
    """Whether `read_file` gives a file as it was handed in, and not as the notebook writes it."""
    return _link(student).is_handed_in(name)


def read_file(student: RemoteNotebook, name: str) -> bytes:
    """The content of a file that the notebook wrote into its folder.

    In a week whose handed-in files count, the handed-in one, if there is one.

    Raises MissingName if there is no such file, and Unserializable if it is too large.
    """
    return _link(student).read_file(name)


def run_script(
    student: RemoteNotebook,
    files: Mapping[str, bytes],
    arguments: Sequence[str],
    called: str = "",
) -> Finished:
    """Run `python ARGUMENTS` alone, in a folder that holds only `files`.

    `called` is the script's name in remarks to the student. Raises TimedOut if it does not end
    before its time limit, and KernelDied if it exceeds another limit.
    """
    return _link(student).run_script(files, arguments, called or arguments[0])


def handle_number(handle: Handle) -> tuple[int, int]:
    """(generation of the kernel, id of the object in it) of a handle."""
    number: tuple[int, int] = object.__getattribute__(handle, "_Handle__number")
    return number


def _link(student: RemoteNotebook) -> Link:
    link: Link = object.__getattribute__(student, "_RemoteNotebook__link")
    return link


def _handle_link(handle: Handle) -> Link:
    link: Link = object.__getattribute__(handle, "_Handle__link")
    return link


def _is_protocol(name: str) -> bool:
    """Whether a name has the form `__NAME__`.

    Python and numpy look up such names, tests do not. The lookups must not reach the student.
    """
    return name.startswith("__") and name.endswith("__")
