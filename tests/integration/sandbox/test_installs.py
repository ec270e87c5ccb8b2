"""Commands that install packages are answered in the kernel: at once, and the cell goes on."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook
from support.tiny import LIMITS, REPOSITORY

from autograder.grading.engine import execute, failed_cells
from autograder.sandbox.kernel import start_kernel
from autograder.sandbox.launcher import Launcher

SECONDS = 2.0
REFUSED = "grading has no network, so it cannot install {}: environment.md lists what is there\n"
AT_ONCE = (
    "!pip install -q no-such-package",
    "!pip3 install no-such-package",
    "!python -m pip install no-such-package",
    "!{sys.executable} -m pip install no-such-package",
    "!conda install -y no-such-package",
    "!mamba install no-such-package",
    "!uv pip install no-such-package",
    "!apt-get install no-such-package",
    "%pip install no-such-package",
    "%conda install no-such-package",
    "%mamba install no-such-package",
    "%uv pip install no-such-package",
    "said = !pip install no-such-package\nprint(said[0])",
)
PIP = "subprocess.run([sys.executable, '-m', 'pip', 'install', {!r}], capture_output=True)"


@pytest.fixture
def run(warm: bool, work: Path) -> Callable[..., tuple[NotebookNode, list[float]]]:
    """run(*sources) is the executed notebook and the seconds that each cell took."""

    def go(*sources: str) -> tuple[NotebookNode, list[float]]:
        book = new_notebook(cells=[new_code_cell(source) for source in sources])
        launcher = Launcher(LIMITS, REPOSITORY, warm=warm)
        # pip takes a second to start, and far more on a busy machine.
        patient = replace(LIMITS, cell_seconds=60, notebook_seconds=300)
        done, kernel = execute(book, lambda: start_kernel(launcher, work), patient)
        assert kernel is not None
        kernel.close()
        return done, [cell.metadata.papermill.duration for cell in done.cells]

    return go


def printed(cell: NotebookNode) -> str:
    outputs: list[Any] = cell.outputs
    return "".join(output.text for output in outputs if output.output_type == "stream")


def test_an_install_is_refused_at_once_and_the_cell_goes_on(run: Callable[..., Any]) -> None:
    done, seconds = run("import sys", *(f"{one}\nprint('goes on')" for one in AT_ONCE))
    assert failed_cells(done) == ()
    for cell in done.cells[1:]:
        assert (cell.source, printed(cell)) == (
            cell.source,
            REFUSED.format("no-such-package") + "goes on\n",
        )
    assert max(seconds) < SECONDS


def test_what_is_there_already_succeeds(run: Callable[..., Any]) -> None:
    done, _ = run(
        "!pip install -q 'numpy>=1.26'\nprint(_exit_code)",
        "pip install numpy pandas -Uq",
        f"import subprocess, sys\nprint({PIP.format('numpy')}.returncode)",
        "!pip install no-such-package\nprint(_exit_code)",
    )
    texts = [printed(cell) for cell in done.cells]
    assert texts[0].startswith("already there: numpy ") and texts[0].endswith("\n0\n")
    assert texts[1].startswith("already there: numpy ") and ", pandas " in texts[1]
    assert texts[2] == "0\n"
    assert texts[3].endswith("\n1\n")
    assert failed_cells(done) == ()


def test_a_process_that_python_starts_says_it_too(run: Callable[..., Any]) -> None:
    done, _ = run(
        f"import os, subprocess, sys\nended = {PIP.format('no-such-package')}",
        "subprocess.run('pip install no-such-package', shell=True, capture_output=True).returncode",
        "os.system('pip install no-such-package > /dev/null 2>&1')",
        "subprocess.run(['echo', 'pip', 'install'])",
        "print(ended.returncode, ended.stdout, ended.stderr)",
    )
    for cell in done.cells[:3]:
        assert printed(cell).startswith(REFUSED.format("no-such-package")), cell.source
    assert "environment.md" not in printed(done.cells[3])
    said = printed(done.cells[4])
    assert said.startswith("1 ") and "No matching distribution" in said
    assert "Retrying" not in said  # four times that, with longer and longer waits, took 12 s
    assert failed_cells(done) == ()


def test_a_script_says_it_and_does_the_rest(run: Callable[..., Any]) -> None:
    done, _ = run(
        "%%bash\npip install no-such-package",
        "%%bash --out said\npip install no-such-package 2>/dev/null\necho the rest",
        "print(said)",
        "%%sh\necho $0",
        "!cd /tmp && pip install no-such-package 2>/dev/null; echo the rest",
    )
    refused = REFUSED.format("no-such-package")
    texts = [printed(cell).replace("\r\n", "\n") for cell in done.cells]
    assert texts == [refused, refused, "the rest\n\n", "sh\n", f"{refused}the rest\n"]
    assert failed_cells(done) == ()


def test_other_commands_run_as_ever(run: Callable[..., Any]) -> None:
    """Also with a function's own names, which IPython finds in the frame that called it."""
    done, _ = run(
        "def show(word):\n    !echo $word {word} '{word}'\nshow('here')",
        "listed = %sx pip list\nprint(any('numpy' in line for line in listed))",
        "!exit 3\nprint(_exit_code)",
    )
    texts = [printed(cell).replace("\r\n", "\n") for cell in done.cells]
    assert texts == ["here here here\n", "True\n", "3\n"]
