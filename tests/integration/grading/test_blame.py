"""One cell's mistake costs no other exercise, and who is to blame is said."""

import shutil
from dataclasses import replace

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from support.tiny import DOUBLE, hand_in, make_course, notebook

from autograder.grading.options import Options
from autograder.grading.submission import grade
from autograder.notebook import client
from autograder.notebook.cells import grade_id
from autograder.notebook.state import guard_expression
from autograder.results.model import Outcome
from autograder.results.wording import attention

IN_TORCH = """
def double(x):
    t = torch.tensor(float(x), requires_grad=True)
    (t * torch.ones(1)).backward()
    return float(t.grad + torch.ones(1)) * x
"""
AS_TYPE = """
def double(x):
    layer = torch.nn.Linear(1, 1, bias=False)
    torch.nn.init.constant_(layer.weight, 2.0)
    return float(layer(torch.tensor([[x]], dtype=torch.float32)))
"""
WITH_WARNING = """
import warnings
def double(x):
    warnings.warn("old")
    return 2 * x
"""
DEEP = "def double(x, n=500):\n    return double(x, n - 1) if n else 2 * x"


@pytest.fixture(scope="module")
def course(tmp_path_factory, no_sandbox):
    if no_sandbox:
        pytest.skip(no_sandbox)
    return make_course(tmp_path_factory.mktemp("blame"))


@pytest.fixture
def graded(course):
    """graded(**cells) is the result of a notebook with these cells."""

    def run(**cells):
        hand_in(course, "eve", notebook(**cells))
        return grade(course, "eve", "fingerprint", Options()).result

    return run


def outcome(result, exercise):
    (found,) = [one for one in result.exercises if one.name == exercise]
    return found.tests[0].outcome, found.tests[0].remark


@pytest.mark.parametrize(
    ("first", "double", "note"),
    [
        ("import torch\ntorch.set_grad_enabled(False)", IN_TORCH, "In [2] turned gradients off"),
        (
            "import torch\ntorch.set_default_dtype(torch.float64)",
            AS_TYPE,
            "In [2] made torch.float64 the default type of tensors",
        ),
        (
            "import torch\ntorch.set_default_device('cuda')",
            IN_TORCH,
            "In [2] made a GPU the default device of tensors",
        ),
        (
            "import torch\ntorch.set_default_device('meta')",
            IN_TORCH,
            "In [2] made meta the default device of tensors",
        ),
        (
            "import warnings\nwarnings.simplefilter('error')",
            WITH_WARNING,
            "In [2] turned warnings into errors",
        ),
        (
            "import sys\nsys.setrecursionlimit(120)",
            DEEP,
            "In [2] lowered the recursion limit",
        ),
        (
            "import builtins\nbuiltins.float = 3",
            "def double(x):\n    return float(2 * x)",
            "In [2] replaced the built-in float",
        ),
    ],
)
@pytest.mark.parametrize("when", ["before", "after", "within"])
def test_what_a_cell_left_changed_costs_no_exercise(first, double, note, when, graded):
    imports = "import torch\n" if "torch" in double else ""
    if when == "before":
        result = graded(first=first, double=double)
    elif when == "after":
        result = graded(first=imports, double=double, more=[new_code_cell(first)])
    else:  # in another exercise's cell
        triple = f"def triple(x):\n    return double(x) + x\n{first}"
        result = graded(first=imports, double=double, triple=triple)
    assert result.score == 3, result
    assert len(result.notes) == 1
    assert note.partition("] ")[2] in result.notes[0]
    assert note in result.notes[0] or when != "before"
    assert result.notes[0] in attention(result)


@pytest.mark.parametrize(
    ("first", "name"),
    [
        ("float = 3", "float"),
        ("for float in range(3):\n    pass", "float"),
        ("from math import pi as float", "float"),
        ("x = 'not the course's x'.split()".replace("'s", ""), "x"),
    ],
)
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_name_with_another_meaning_costs_no_exercise(first, name, when, graded):
    double = f"def double(a):\n    return float({'x' if name == 'x' else 1}) * 2 * a"
    if when == "before":
        result = graded(first=first, double=double)
    else:
        result = graded(double=double, more=[new_code_cell(first)])
    assert result.score == 3
    place = "In [2]" if when == "before" else "In [7]"
    assert [note.startswith(f"{place} gives {name} another value") for note in result.notes] == [1]
    assert outcome(result, "double")[1] == f"tried with the course's own {name}"


@pytest.mark.parametrize(
    ("mistake", "name"),
    [("math.sqrt = 2", "math.sqrt"), ("import random\nrandom.seed = 0", "random.seed")],
)
def test_a_function_that_a_cell_replaced_by_a_value_is_put_back(mistake, name, course):
    book = notebook(
        first=mistake,
        double="def double(x):\n    random.seed(0)\n    return math.sqrt(4) * x",
    )
    book.cells[0].source = "import math, random"
    release = nbformat.read(course.release_notebook, as_version=4)
    release.cells[0].source = book.cells[0].source
    assignment = replace(course, root=course.root.with_name(f"{course.root.name}-{name}"))
    shutil.copytree(course.root, assignment.root)
    nbformat.write(release, assignment.release_notebook)
    hand_in(assignment, "eve", book)
    result = grade(assignment, "eve", "fingerprint", Options()).result
    assert (result.score, len(result.notes)) == (3, 1)
    assert result.notes[0].startswith(f"In [2] replaced {name};")


def test_a_helper_that_has_a_built_in_name_stays_a_helper(graded):
    first = "def sum(a, b):\n    return a + b"
    result = graded(first=first, double="def double(x):\n    return sum(x, x)")
    assert (result.score, result.notes) == (3, ())


def test_a_wrong_answer_is_not_tried_again_for_a_name_that_it_does_not_need(graded):
    result = graded(first="len = 4", double="def double(x):\n    return x")
    assert outcome(result, "double")[0] is Outcome.FAILED
    assert result.notes == ()


def test_a_package_that_is_not_there_costs_only_what_needs_it(graded):
    first = "import no_such_package\nfrom functools import reduce\ndef helper(x):\n    return 2 * x"
    double = "def double(x):\n    return reduce(lambda a, b: a + b, [helper(x)])"
    assert graded(first=first, double=double).score == 3
    result = graded(first=first, double="def double(x):\n    return no_such_package.double(x)")
    assert outcome(result, "double") == (
        Outcome.RAISED,
        "it raised NameError at line 2 of its cell: return no_such_package.double(x); "
        "no_such_package is not defined because In [2] stopped at line 1 with "
        "ModuleNotFoundError: No module named 'no_such_package'; grading has no no_such_package: "
        "environment.md lists what it has",
    )


@pytest.mark.parametrize(
    ("double", "expected"),
    [
        (
            "def double(x)\n    return 2 * x",
            (Outcome.SYNTAX_ERROR, "its cell is not valid Python at line 1: expected ':'"),
        ),
        (
            "def double(x):\n  y = 2\n    return y * x",
            (Outcome.SYNTAX_ERROR, "its cell is not valid Python at line 3: unexpected indent"),
        ),
        (
            "def double(x):\nreturn 2 * x",
            (
                Outcome.SYNTAX_ERROR,
                "its cell is not valid Python at line 2: expected an indented block after function "
                "definition on line 1",
            ),
        ),
        (
            "data = open('/content/drive/data.csv')\ndef double(x): return 2 * x",
            (
                Outcome.MISSING,
                "its cell stopped at line 1 with FileNotFoundError: [Errno 2] No such file or "
                "directory: '/content/drive/data.csv'",
            ),
        ),
        (
            "exit()\ndef double(x): return 2 * x",
            (
                Outcome.MISSING,
                "its cell stopped with SystemExit",
            ),
        ),
        (
            "def dubble(x): return 2 * x",
            (Outcome.MISSING, "its cell ran, and did not define double: is it renamed?"),
        ),
        (
            "import torch\nt = torch.ones(1).cuda()\ndef double(x): return 2 * x",
            (
                Outcome.MISSING,
                "its cell stopped at line 2 with AssertionError: Torch not compiled with CUDA "
                "enabled; grading has no GPU: use the notebook's `device`",
            ),
        ),
    ],
)
def test_why_there_is_no_answer_is_said(double, expected, graded):
    assert outcome(graded(double=double), "double") == expected


def test_input_is_named(graded):
    _, remark = outcome(graded(double="n = input()\ndef double(x): return 2 * x"), "double")
    assert remark.startswith("its cell stopped at line 1 with StdinNotImplementedError")


def test_a_deleted_cell_is_named(course):
    book = notebook(double="")
    book.cells = [cell for cell in book.cells if grade_id(cell) != "double"]
    hand_in(course, "eve", book)
    result = grade(course, "eve", "fingerprint", Options()).result
    assert outcome(result, "double") == (
        Outcome.MISSING,
        "it is not defined: its cell is not in the notebook",
    )


def test_an_answer_that_is_not_python_is_an_answer(graded):
    result = graded(double="def double(x)\n", triple="def triple(x)\n")
    assert result.is_attempted and attention(result) == ""


def test_a_gpu_that_is_not_there_is_named(graded):
    double = "import torch\ndef double(x):\n    return float(torch.ones(1).cuda()) * 2 * x"
    assert outcome(graded(double=double), "double")[1].endswith(
        "; grading has no GPU: use the notebook's `device`"
    )


def test_a_kernel_that_does_not_answer_between_cells_is_asked_once(graded, monkeypatch):
    asked = []

    def expression(names, given):
        asked.append(given)
        return guard_expression(names, given)

    monkeypatch.setattr(client, "guard_expression", expression)
    monkeypatch.setattr(client, "ASK_SECONDS", 1.0)
    stalls = "import time\nget_ipython().autograder_guard.step = lambda *given: time.sleep(30)"
    result = graded(first=stalls)
    assert len(asked) == 2  # before the cell, and once after it
    assert result.score == 3


def test_an_unchanged_notebook_has_no_notes(graded):
    result = graded(double=DOUBLE)
    assert (result.score, result.notes) == (3, ())
