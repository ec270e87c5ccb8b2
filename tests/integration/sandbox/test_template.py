"""A session that is forked from a template behaves like one that starts cold, and starts faster."""

import json
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest
from support.tiny import LIMITS, REPOSITORY, notebook

from autograder.course import Assignment
from autograder.results.model import SubmissionResult
from autograder.sandbox import template
from autograder.sandbox.kernel import Kernel, start_kernel
from autograder.sandbox.launcher import Launcher
from autograder.sandbox.template import TEMPLATES, TemplateFailed, Templates

STATEMENTS = (
    "pass", "import numpy", "import pandas", "import torch", "import matplotlib",
    "import matplotlib.pyplot", "import torch.nn.functional as F", "import csv",
    "from torch.utils.data import DataLoader", "import html.parser", "import xml.etree.ElementTree",
    "from PIL import Image", "import logomaker", "import wandb", "import concurrent.futures",
    "import torch; torch.optim.SGD([torch.ones(1)], lr=1)",
    "import scipy", "from scipy.stats import pearsonr", "import scipy.optimize", "import sklearn",
    "from sklearn.metrics import roc_auc_score", "import seaborn",
)  # fmt: skip
# For each statement: the modules that Python has after it, and the packages' attributes that are
# modules. Each one runs in a process of its own.
OBSERVE = """
import json, os, sys, types
def observe():
    modules = {{n: m for n, m in sys.modules.items() if m is not None}}
    attributes = {{f"{{n}}.{{k}}" for n, m in modules.items() for k, v in list(vars(m).items())
                   if n.partition(".")[0] in PACKAGES and isinstance(v, types.ModuleType)}}
    return sorted(modules), sorted(attributes)
PACKAGES = {{s.split()[1].strip(";").partition(".")[0] for s in {statements!r} if " " in s}}
for number, statement in enumerate({statements!r}):
    if os.fork() == 0:
        try:
            exec(statement, {{}})
            with open(f"{{number}}.json", "w") as file:
                json.dump(observe(), file)
        finally:
            os._exit(0)
    os.wait()
"""
# What compiled code and a module's __getattr__ add to sys.modules without an import, what the
# template itself imports, and the attributes of torch.ops, which are made when they are looked at.
UNNOTICED = (
    "torch.ops.",
    "_cy",
    "_csparsetools",
    "_moduleTNC",
    "_ni_label",
    "__mp_main__",
    "concurrent.futures.thread",
    "autograder.",
    "encodings.",
    "gc",
    "resource",
)
# torch._dynamo makes the first one itself, and finds numpy.random, which imports secrets, as an
# attribute.
UNNOTICED_BY_OPTIMIZERS = ("_remote_module_non_scriptable", "numpy.random", "secrets")


@pytest.fixture
def run(warm: bool, work: Path, run_cell: Callable[[Kernel, str], Any]) -> Callable[..., str]:
    """run(source, file=content…) is what the cell writes to the file `answer`, in a new kernel."""

    def answer(source: str, **files: str) -> str:
        for name, text in files.items():
            (work / f"{name}.py").write_text(text)
        with start_kernel(Launcher(LIMITS, REPOSITORY, warm=warm), work) as kernel:
            run_cell(kernel, source)
            return (work / "answer").read_text() if (work / "answer").exists() else ""

    return answer


def test_after_each_import_there_are_the_modules_of_a_cold_start(
    work: Path, run_cell: Callable[[Kernel, str], Any], warm: bool
) -> None:
    """Also their attributes: a notebook that forgot an import must not pass on one machine only."""
    if not warm:
        pytest.skip("compares both")
    seen = []
    for start_warm in (True, False):
        with start_kernel(Launcher(LIMITS, REPOSITORY, warm=start_warm), work) as kernel:
            run_cell(kernel, OBSERVE.format(statements=STATEMENTS))
        seen.append([json.loads((work / f"{n}.json").read_text()) for n in range(len(STATEMENTS))])
    for statement, *both in zip(STATEMENTS, *seen, strict=True):
        unnoticed = UNNOTICED
        if "torch.optim" in statement:
            unnoticed += UNNOTICED_BY_OPTIMIZERS
        for what in (0, 1):
            forked, cold = ({n for n in one[what] if not n.startswith(unnoticed)} for one in both)
            assert (statement, forked - cold, cold - forked) == (statement, set(), set())


@pytest.mark.parametrize("name", ["torch", "matplotlib", "csv", "random"])
def test_a_submitted_file_with_a_modules_name_counts_as_in_a_cold_start(
    run: Callable[..., str], name: str
) -> None:
    """The kernel has imported csv and random, so a file cannot replace them any more."""
    source = f"import {name}\nopen('answer', 'w').write(str(getattr({name}, 'mark', None)))"
    files = {name: "mark = 'own'"}
    assert run(source, **files) == ("None" if name in ("csv", "random") else "own")


def test_a_file_that_the_notebook_writes_counts_too(run: Callable[..., str]) -> None:
    source = "open('torch.py', 'w').write('mark = 1')\nimport torch\n"
    assert run(source + "open('answer', 'w').write(str(torch.mark))") == "1"


def test_each_session_has_random_numbers_of_its_own(run: Callable[..., str], warm: bool) -> None:
    source = """
import random, uuid
import numpy, torch
drawn = [random.random(), float(numpy.random.rand()), float(torch.rand(1)), uuid.uuid4().hex]
open('answer', 'w').write(repr(drawn))
"""
    first, second = run(source)[1:-1].split(", "), run(source)[1:-1].split(", ")
    assert len(first) == 4
    assert set(first).isdisjoint(second)


def test_it_has_the_hash_seed_environment_and_descriptors_of_a_cold_start(
    run: Callable[..., str], warm: bool
) -> None:
    source = """
import os, sys
told = [sys.flags.hash_randomization, hash("x"), sorted(os.environ), sys.path, os.getcwd()]
open('answer', 'w').write(repr(told))
"""
    answer = run(source)
    assert answer == run(source)
    assert "PYTHONPATH" not in answer and "/probe" not in answer
    links = """
import os
links = [os.readlink(f"/proc/self/fd/{n}") for n in os.listdir("/proc/self/fd")
         if os.path.lexists(f"/proc/self/fd/{n}")]
open('answer', 'w').write("\\n".join(sorted(l for l in links if l.startswith("/"))))
"""
    files = [Path(line).name for line in run(links).splitlines()]
    assert set(files) <= {"null", "kernel.log", "answer"}


def test_a_template_runs_nothing_and_holds_no_thread(warm: bool, work: Path) -> None:
    if not warm:
        pytest.skip("there is none")
    start_kernel(Launcher(LIMITS, REPOSITORY), work).close()
    running = template_process()
    assert running.num_threads() == 1
    status = Path(f"/proc/{running.pid}/status").read_text()
    assert "CapEff:\t0000000000000000" in status
    mounted = Path(f"/proc/{running.pid}/mountinfo").read_text()
    assert str(REPOSITORY / "tests") not in mounted
    assert os.stat(f"/proc/{running.pid}/mem").st_uid == 0  # what is not dumpable is root's


def test_a_killed_template_costs_no_session(
    warm: bool, work: Path, run_cell: Callable[[Kernel, str], Any]
) -> None:
    """The session that runs goes on, and the next one has a new template."""
    if not warm:
        pytest.skip("there is none")
    launcher = Launcher(LIMITS, REPOSITORY)
    with start_kernel(launcher, work) as kernel:
        template_process().send_signal(signal.SIGKILL)
        run_cell(kernel, "x = 1")
    with start_kernel(launcher, work) as kernel:
        run_cell(kernel, "x = 1")
    assert len(TEMPLATES.failures) == 1
    TEMPLATES.failures.clear()
    with start_kernel(launcher, work):
        assert template_process()


def test_sessions_start_cold_where_no_template_can(
    work: Path, warm: bool, run_cell: Callable[[Kernel, str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    if not warm:
        pytest.skip("the same")

    def fail(*arguments: object, **options: object) -> None:
        raise TemplateFailed("no namespaces in namespaces here")

    mine = Templates()
    monkeypatch.setattr("autograder.sandbox.kernel.TEMPLATES", mine)
    monkeypatch.setattr(template.Template, "fork", fail)
    for _ in range(template.ATTEMPTS + 1):
        with start_kernel(Launcher(LIMITS, REPOSITORY), work) as kernel:
            run_cell(kernel, "import torch")
    assert mine.failures == ["no namespaces in namespaces here"] * template.ATTEMPTS
    assert mine.cold_because == "no namespaces in namespaces here"


def test_results_are_the_same(
    graded: Callable[..., SubmissionResult], course: Assignment, warm: bool
) -> None:
    """Of a notebook that computes with every library, the outcomes and the outputs."""
    first = """
import numpy as np, pandas as pd, torch
import matplotlib.pyplot as plt
torch.manual_seed(1)
print(torch.nn.Linear(3, 2)(torch.ones(1, 3)), pd.DataFrame({"a": [1]}), np.arange(3))
plt.plot([1, 2])
"""
    # A cold start imports all of them in this cell.
    result = graded(notebook(first=first), replace(course.limits, cell_seconds=30))
    assert (result.score, result.failed_cells) == (3.0, ())
    outputs = json.loads((course.autograded("eve") / "tiny.ipynb").read_text())["cells"][1]
    text = "".join(outputs["outputs"][0]["text"])
    assert "tensor([[" in text and "[0 1 2]" in text
    assert any("image/png" in output.get("data", {}) for output in outputs["outputs"])


def template_process() -> psutil.Process:
    """The template of this test process."""
    children = psutil.Process().children(recursive=True)
    return next(
        child
        for child in children
        if "autograder.probe.template" in child.cmdline()
        and "bwrap" not in child.cmdline()[0]
        and child.parent().name() == "bwrap"
    )
