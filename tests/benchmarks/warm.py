"""Runs each notebook's cells in a fork, and prints the CPU seconds that it took.

They run in IPython, which draws a notebook's figures as a kernel does.
"""

import ast
import os
import resource
import shutil
import sys
import tempfile
from pathlib import Path

import matplotlib.pyplot  # noqa: F401
import numpy  # noqa: F401
import pandas  # noqa: F401
import torch
import torch._dynamo  # noqa: F401
from IPython.core.interactiveshell import InteractiveShell


def used() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def run(notebook: list[str], work: Path) -> None:
    os.chdir(work)
    silent = os.open(os.devnull, os.O_RDWR)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    shell = InteractiveShell.instance()
    shell.run_cell("%matplotlib inline")
    for cell in notebook:
        shell.run_cell(cell)


for notebook in ast.literal_eval(Path(sys.argv[1]).read_text()):
    before = used()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(sys.argv[2], folder, dirs_exist_ok=True)
        child = os.fork()
        if child == 0:
            try:
                run(notebook, Path(folder))
            finally:
                os._exit(0)
        os.waitpid(child, 0)
    print(used() - before, flush=True)
