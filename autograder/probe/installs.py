"""Answers commands that install packages, because grading has no network.

`!pip install x`, `%pip install x` and the like are answered at once, and nothing runs. A command
that does something else too runs after the answer. So does one that Python starts, as with
`subprocess.run`: there, the environment of student code (`sandbox.launcher`) makes pip end at once.
"""

import contextlib
import os
import shlex
import sys
from collections.abc import Callable
from typing import Any

import IPython
from ipykernel import zmqshell

from autograder.probe.install_command import Answer, answer


def answer_installs(shell: Any) -> None:
    """Answer the install commands of the notebook that runs in IPython's `shell`."""
    interactiveshell: Any = IPython.core.interactiveshell
    run, read = zmqshell.system, interactiveshell.getoutput

    def system(command: str) -> Any:
        given = _say(command)
        return given.status if given.complete else run(command)

    def getoutput(command: Any) -> Any:
        given = answer(_as_text(command))
        return f"{given.text}\n" if given.complete else read(command)

    # `!` and %sx expand Python's names in a command, then call these.
    zmqshell.system = system
    interactiveshell.getoutput = getoutput
    for name in ("pip", "uv", "conda", "mamba", "micromamba"):
        shell.register_magic_function(_line_magic(shell, name), "line", name)
    for name in ("bash", "sh"):
        shell.register_magic_function(_script_magic(shell, name), "cell", name)
    sys.addaudithook(_note_process)  # sees what Python starts, and student code cannot see it


def _say(command: str) -> Answer:
    given = answer(command)
    if given.text:
        print(given.text, flush=True)
    return given


def _line_magic(shell: Any, name: str) -> Callable[[str], None]:
    in_python = name in ("pip", "uv")
    program = f"{shlex.quote(sys.executable)} -m {name}" if in_python else name
    return lambda line: shell.system(f"{program} {line}")


def _script_magic(shell: Any, name: str) -> Callable[[str, str], None]:
    def run(line: str, cell: str) -> None:
        if not _say(cell).complete:
            shell.run_cell_magic("script", f"{name} {line}", cell)

    return run


def _note_process(event: str, arguments: tuple[Any, ...]) -> None:
    """Say that a process which Python starts will install nothing, if that is so."""
    if event == "subprocess.Popen":
        command = arguments[1]
    elif event == "os.system":
        command = arguments[0]
    else:
        return
    with contextlib.suppress(Exception):  # an error here would be one of the student's call
        given = answer(_as_text(command))
        if given.status:
            print(given.text, flush=True)


def _as_text(command: Any) -> str:
    if isinstance(command, (str, bytes)):
        return os.fsdecode(command)
    words = [os.fsdecode(word) for word in command]
    is_shell = len(words) > 2 and words[1] == "-c" and os.path.basename(words[0]).endswith("sh")
    return words[2] if is_shell else shlex.join(words)
