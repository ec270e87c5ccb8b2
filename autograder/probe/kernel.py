"""A Jupyter kernel with one more message type, in the same process as student code.

`probe_request` asks for one operation in the live kernel, such as a lookup of a name or a call.
`probe_reply` returns a value, encoded by `codec`, or the reason why there is none. A request runs
in the kernel's main thread, between cells, so an interrupt ends a call as it ends a cell. Student
code can change the content of a reply, but not how the grader treats it: a reply is data.
"""

import itertools
import linecache
import os
import shutil
import sys
import traceback
from collections.abc import Iterator
from typing import Any

from ipykernel.ipkernel import IPythonKernel

from autograder.probe import codec, figures, guard
from autograder.probe.app import KernelApp
from autograder.probe.installs import answer_installs
from autograder.probe.protocol import REPLY, REQUEST, RERUN_FOLDER, Operation, ReplyStatus

MAX_TEXT = 2000
KEPT_IN_THE_KERNEL = (Operation.PUT, Operation.DEFINE, Operation.RERUN)


class NoSuchName(LookupError):
    """The notebook defines no such name."""


class ProbeKernel(IPythonKernel):
    """IPython's kernel, with a table of the objects that the grader holds handles to."""

    msg_types = [*IPythonKernel.msg_types, REQUEST]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.held: dict[int, Any] = {}
        self.home = os.getcwd()
        # exit() in a call would end the kernel a moment later, in the middle of another call.
        self.shell.ask_exit = sys.exit
        answer_installs(self.shell)
        self.numbers = itertools.count(1)

    @property
    def guard(self) -> guard.Guard:
        """What puts back what a cell changed."""
        found: guard.Guard = getattr(self.shell, guard.ATTRIBUTE)
        return found

    def _publish_status(self, status: str, channel: str, parent: Any = None) -> None:
        """Report that the kernel is busy or idle, except during a request of the grader."""
        if self.get_parent(channel).get("header", {}).get("msg_type") != REQUEST:
            super()._publish_status(status, channel, parent)

    async def probe_request(self, stream: Any, ident: Any, parent: dict[str, Any]) -> None:
        """Answer one request. An error becomes an answer too."""
        try:
            content, blob = self.answer(parent["content"], bytes(parent["buffers"][0]))
        except NoSuchName as error:
            content, blob = {"status": ReplyStatus.MISSING, "name": str(error)}, b""
        except codec.EncodeError as error:
            what = str(error)[:MAX_TEXT]
            content, blob = {"status": ReplyStatus.UNSERIALIZABLE, "what": what}, b""
        except KeyboardInterrupt:
            content, blob = {"status": ReplyStatus.INTERRUPTED}, b""
        except BaseException as error:  # also SystemExit: a student's exit() must not end grading
            content, blob = describe(error), b""
        self.session.send(stream, REPLY, content, parent, ident=ident, buffers=[blob])

    def answer(self, content: dict[str, Any], blob: bytes) -> tuple[dict[str, Any], bytes]:
        """Run one request and return its reply as (content, blob)."""
        request = codec.decode(content["text"], blob, self.held.__getitem__)
        operation = Operation(content["operation"])
        result = getattr(self, operation)(*request)
        value = _Kept(result) if operation in KEPT_IN_THE_KERNEL else result
        by_value = operation is Operation.VALUE
        text, out = codec.encode(value, None if by_value else self.hold)
        return {"status": ReplyStatus.OK, "text": text}, out

    def hold(self, value: Any) -> dict[str, Any]:
        """Keep an object for the grader. Returns the JSON value of its handle in a message."""
        value = value.value if type(value) is _Kept else value
        number = next(self.numbers)
        self.held[number] = value
        return {"id": number, "type": class_name(type(value))}

    def find(self, name: str, namespace: dict[str, Any] | None) -> Any:
        """The object called `name` in `namespace` (from `rerun`), or in the notebook if it is None.

        Raises NoSuchName if there is none.
        """
        known = self.shell.user_ns if namespace is None else namespace
        if name not in known:
            raise NoSuchName(name)
        return known[name]

    def call(self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """The result of calling a held object."""
        return target(*args, **kwargs)

    def attribute(self, target: Any, name: str) -> Any:
        """An attribute of a held object."""
        return getattr(target, name)

    def put(self, value: Any, device: Any) -> Any:
        """A value to keep in the kernel, so that calls can share and change it.

        With a `device`, the value is a tensor and moves to that device.
        """
        return value if device is None else value.to(device)

    def value(self, target: Any) -> Any:
        """A held object, to send by value. Encoding raises EncodeError if it is not plain data."""
        return target

    def define(self, source: str, name: str) -> Any:
        """The object called `name` after running `source` in a separate namespace."""
        namespace: dict[str, Any] = {"__name__": "hidden_helper"}
        exec(compile(source, "<helper>", "exec"), namespace)
        return namespace[name]

    def rerun(self, cells: list[str]) -> dict[str, Any]:
        """A copy of the notebook's namespace, after running more cells in it.

        The cells write into a separate folder, which has links to the notebook's folders.
        """
        scratch = os.path.join(self.home, RERUN_FOLDER)
        shutil.rmtree(scratch, ignore_errors=True)
        os.makedirs(scratch)
        for entry in os.scandir(self.home):
            if entry.is_dir() and entry.name != RERUN_FOLDER:
                os.symlink(entry.path, os.path.join(scratch, entry.name))
        self.resume()
        namespace = dict(self.shell.user_ns)
        for cell in cells:
            source = self.shell.transform_cell(cell)
            name = f"<rerun-{next(self.numbers)}>"
            # IPython does the same for its cells, so that a notebook can look up its own source.
            linecache.cache[name] = (len(source), None, source.splitlines(True), name)
            exec(compile(source, name, "exec"), namespace)
        return namespace

    def resume(self) -> None:
        """Return to the folder in which the cells of `rerun` write."""
        os.chdir(os.path.join(self.home, RERUN_FOLDER))

    def release(self, kept: Any) -> None:
        """Forget every held object except `kept`. Names and folder are the notebook's again."""
        self.held = {number: value for number, value in self.held.items() if value is kept}
        self.guard.put_names_back()
        os.chdir(self.home)

    def tidy(self) -> list[str]:
        """Put settings and folder back that a cell changed, and start random numbers anew.

        Returns what was changed.
        """
        os.chdir(self.home)
        self.guard.put_names_back()
        for module, seed in (
            (sys.modules.get("random"), "seed"),
            (sys.modules.get("numpy.random"), "seed"),
            (sys.modules.get("torch"), "manual_seed"),
        ):
            if start := getattr(module, seed, None):
                start(0)
        return self.guard.tidy()

    def clean_names(self) -> list[str]:
        """Give names their first meaning until `release`. Returns the names that had another."""
        return self.guard.clean_names()


class _Kept:
    """A result that is sent as a handle even if it could be sent by value."""

    def __init__(self, value: Any) -> None:
        self.value = value


MRO, NAME = (type.__dict__[name].__get__ for name in ("__mro__", "__name__"))


def class_name(kind: type) -> str:
    """The name of a class, even if its metaclass overrides `__name__`."""
    return plain(NAME(kind))[:100]


def plain(text: str) -> str:
    """Text that can be sent: bounded in length, with lone surrogates escaped."""
    return text[:MAX_TEXT].encode("utf-8", "backslashreplace").decode()


def describe(error: BaseException) -> dict[str, Any]:
    """An exception as data: its types, its message, and the notebook's lines in its traceback."""
    try:
        message = plain(str(error))
    except BaseException:  # student code can define __str__
        message = "(its message could not be read)"
    lines = [[number, text] for number, text in notebook_lines(error)][-5:]
    types = [class_name(kind) for kind in MRO(type(error)) if kind is not object]
    return {"status": ReplyStatus.RAISED, "types": types, "message": message, "lines": lines}


def notebook_lines(error: BaseException) -> Iterator[tuple[int, str]]:
    """(line number in the cell, text) of each traceback frame in a cell, outermost first."""
    for frame in traceback.extract_tb(error.__traceback__):
        if "ipykernel" in os.path.basename(os.path.dirname(frame.filename)):
            line = linecache.getline(frame.filename, frame.lineno or 0)
            yield frame.lineno or 0, plain(line.strip())[:200]


def restore_import_paths(first: str) -> None:
    """Set the import paths of an ordinary Python: the folder `first`, and no probe."""
    os.environ.pop("PYTHONPATH", None)
    package = os.path.abspath(__file__)
    for _ in range(3):  # autograder/probe/kernel.py
        package = os.path.dirname(package)
    sys.path[:] = [first, *(path for path in sys.path if path not in ("", package))]


def main(arguments: list[str] | None = None) -> None:
    """Run a kernel until it is told to end. The default arguments are the command line's."""
    app = KernelApp.instance(kernel_class=ProbeKernel)
    app.initialize(arguments)
    restore_import_paths("")  # after the imports: no submitted file replaces a module
    app.start()


if __name__ == "__main__":
    figures.watch_imports()
    main()
