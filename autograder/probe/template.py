"""A process that has imported the course's libraries and forks into ready sessions.

It runs in a sandbox of its own, runs no student code, and takes requests from the grader's
processes over a socket. For each request it forks a keeper. The keeper lets bubblewrap make the
session's sandbox, joins it, and forks the session, which gives up its privileges and becomes a
kernel or a script. The keeper's life is the session's: when the session ends the keeper ends, and
when the keeper ends bubblewrap ends every process in that sandbox.
"""

import atexit
import builtins
import contextlib
import gc
import json
import os
import resource
import select
import socket
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

from autograder.probe import figures, kernel
from autograder.probe.confine import (
    give_up_privileges,
    hide_memory,
    join_namespaces,
    set_limits,
)
from autograder.probe.preload import HiddenModules, import_hidden
from autograder.probe.protocol import STARTED

# With torch._dynamo, which torch imports when the first optimizer is made, and sklearn, which
# imports all of SciPy: each takes a second.
# Not wandb, whose import depends on whether it happens in a notebook.
LIBRARIES = (
    "numpy", "pandas", "torch", "torch._dynamo", "matplotlib.pyplot", "scipy", "sklearn",
    "logomaker",
)  # fmt: skip
# The program that holds a sandbox open: says that it has started, and waits until its input ends.
HOLDER = ("/bin/sh", "-c", "echo && read -r _")
MAX_REQUEST = 2**18  # bytes


def main(listener: socket.socket) -> Callable[[], object]:
    """Serve the processes of a command until this one is killed. In a session: its program."""
    gc.disable()  # collections take a third of the time of imports, which free nothing
    hidden = import_hidden(LIBRARIES)
    threads = len(os.listdir("/proc/self/task"))
    if threads > 1:  # a forked process has only one of them, and locks of the others
        raise RuntimeError(f"the libraries started {threads - 1} threads when they were imported")
    gc.collect()
    gc.freeze()  # no collection touches, and so copies, what the sessions share
    gc.enable()
    hide_memory()
    ready = json.dumps({"names": sorted(hidden.top_level), "data_bytes": _data_bytes()}).encode()
    clients: dict[int, socket.socket] = {}
    events = select.poll()
    events.register(listener, select.POLLIN)
    while True:
        for descriptor, _ in events.poll():
            if descriptor == listener.fileno():
                client, _ = listener.accept()
                clients[client.fileno()] = client
                events.register(client, select.POLLIN)
                _send(client, ready)
                continue
            client = clients[descriptor]
            message, passed = _receive(client)
            if not message:
                events.unregister(client)
                clients.pop(descriptor).close()
                continue
            with contextlib.suppress(ChildProcessError):  # keepers that have ended
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
            keeper = os.fork()
            if keeper == 0:
                for one in (listener, *clients.values()):
                    one.close()
                return _keep(json.loads(message), passed[0], passed[1], hidden)
            for number in passed:
                os.close(number)
            _send(client, b"%d" % keeper)


def _send(client: socket.socket, message: bytes) -> None:
    with contextlib.suppress(OSError):  # it was killed; the next poll says that it is gone
        client.send(message)


def _receive(client: socket.socket) -> tuple[bytes, list[int]]:
    """(a request, its file descriptors), or nothing if the client is gone."""
    try:
        message, passed, _, _ = socket.recv_fds(client, MAX_REQUEST, 2)
        return message, passed
    except OSError:
        return b"", []


def _keep(
    request: dict[str, Any], log: int, status: int, hidden: HiddenModules
) -> Callable[[], object]:
    """The keeper: returns only in the session. `status` is a pipe to the grader."""
    os.setsid()
    for target in (1, 2):
        os.dup2(log, target)
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    try:
        join_namespaces(_make_sandbox(request))
        session = os.fork()
        if session == 0:
            return _enter(request, status, hidden)
        _wait_for(session, status)
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
        os._exit(1)
    os._exit(0)


def _wait_for(session: int, status: int) -> None:
    """Wait until the session ends, and report its exit code, or until the grader has ended."""
    ended = os.pidfd_open(session)
    events = select.poll()
    events.register(ended, select.POLLIN)
    events.register(status, 0)  # an error on it: the grader's end of the pipe is closed
    if ended in dict(events.poll()):
        code = os.waitstatus_to_exitcode(os.waitpid(session, 0)[1])
        os.write(status, b"%d" % code)


def _make_sandbox(request: dict[str, Any]) -> int:
    """Start bubblewrap with the request's options. Returns its first process once it is ready.

    Uses bare file descriptors: an object that owns one would close, in the session, whatever has
    that number by then. The pipes stay open for as long as the keeper lives.
    """
    report, reported = os.pipe()
    ready, say_ready = os.pipe()
    held, _hold = os.pipe()
    call_filter = _memory_file(bytes.fromhex(request["filter"]))
    words = [*request["options"], "--info-fd", str(reported)]
    words += ["--seccomp", str(call_filter)] if request["filter"] else []
    options = _memory_file("\0".join([*words, ""]).encode())
    for descriptor in (reported, call_filter, options):
        os.set_inheritable(descriptor, True)
    os.posix_spawnp(
        "bwrap",
        ["bwrap", "--args", str(options), *request["prefix"], *HOLDER],
        {"PATH": request["environment"]["PATH"]},
        file_actions=[
            (os.POSIX_SPAWN_DUP2, held, 0),
            (os.POSIX_SPAWN_DUP2, say_ready, 1),
        ],
    )
    for descriptor in (reported, say_ready, held, call_filter, options):
        os.close(descriptor)
    if not os.read(ready, 1):
        raise OSError("bubblewrap could not make the sandbox")
    return int(json.loads(os.read(report, 4096))["child-pid"])


def _memory_file(content: bytes) -> int:
    descriptor = os.memfd_create("options")
    os.write(descriptor, content)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def _enter(request: dict[str, Any], status: int, hidden: HiddenModules) -> Callable[[], object]:
    """The session, in its sandbox: give up all privileges, then look like a new Python."""
    os.setsid()
    os.closerange(3, status)
    os.closerange(status + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    os.chdir(request["folder"])
    set_limits(request["limits"])
    give_up_privileges(bytes.fromhex(request["filter"]))
    hide_memory(False)
    os.environ.clear()
    os.environ.update(request["environment"])
    atexit.register(hidden.reveal_all)
    _forget_the_past(hidden)
    arguments = request["arguments"]
    sys.argv[:] = arguments
    os.write(status, STARTED)
    os.close(status)
    if request["kind"] == "kernel":
        for name in figures.CHANGED:
            if name in hidden.modules:
                figures.keep_inline(hidden.modules[name])
        return lambda: kernel.main(arguments[1:])
    return lambda: _run_script(arguments[0])


def _forget_the_past(hidden: HiddenModules) -> None:
    """New random numbers, and settings that libraries read from the environment when imported."""
    modules: dict[str, Any] = {**sys.modules, **hidden.modules}
    if "numpy.random.mtrand" in modules:
        modules["numpy.random.mtrand"].seed()
    if "torch" in modules:
        modules["torch"].default_generator.seed()
    matplotlib = modules.get("matplotlib")
    if matplotlib is not None:
        # Not `rcParams[...] = ...`, which runs matplotlib's code, and its modules are hidden now.
        dict.__setitem__(matplotlib.rcParams, "backend", os.environ["MPLBACKEND"])


def _run_script(name: str) -> None:
    """Run a file as Python's own command line does, down to the traceback of an error."""
    kernel.restore_import_paths(os.getcwd())
    path = os.path.abspath(name)
    program = sys.modules["__main__"] = ModuleType("__main__")
    program.__dict__.update(__file__=path, __builtins__=builtins)
    try:
        with open(path, "rb") as file:
            code = compile(file.read(), path, "exec")
        exec(code, program.__dict__)
    except SystemExit:
        raise
    except BaseException as error:
        within = error.__traceback__
        while within is not None and within.tb_frame.f_code.co_filename != path:
            within = within.tb_next
        sys.stdout.flush()
        sys.excepthook(type(error), error.with_traceback(within), within)
        sys.exit(1)


def _data_bytes() -> int:
    """The memory of this process that RLIMIT_DATA counts."""
    with open("/proc/self/status") as file:
        line = next(line for line in file if line.startswith("VmData"))
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    become = main(socket.socket(fileno=int(sys.argv[1])))
    become()
