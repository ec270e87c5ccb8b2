"""What a student sees of their own notebook: on a terminal, as JSON, and in GitHub Actions."""

import json
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from support.small_assignment import note, released, with_answers

from autograder.check.checks import (
    changed_states,
    check_exercises,
    other_errors,
    prepare,
    shadowed_names,
)
from autograder.check.report import State
from autograder.check.runner import run_clean
from autograder.course import Limits
from autograder.notebook.reader import Reading

FORGED = "::error title=Grade::100 of 100"


def checked(notebook, template, seconds=20.0, data=Path("none")):
    limits = replace(Limits(), cell_seconds=seconds)
    prepared, remarks = prepare(Reading(notebook), template)
    executed = run_clean(prepared, data, limits)
    found = {f.exercise: f for f in check_exercises(executed, template)}
    return found, (*remarks, *other_errors(executed))


def run_check(*arguments, cwd=None, env=None, code=""):
    lines = (
        "import sys",
        "sys.argv[0] = 'autograder'",
        code,
        "from autograder.cli.app import app",
        "app()",
    )
    program = "\n".join(lines)
    command = [sys.executable, "-c", program, "check", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, env=env, timeout=120)


def test_every_exercise_gets_the_state_and_the_message_that_fit():
    template = released("right", "wrong", "stub", "calls", "stops", written=("essay", "empty"))
    found, remarks = checked(
        with_answers(
            template,
            right="def right():\n    return 0",
            wrong="def wrong():\n    return 7",
            calls="def calls():\n    return stub()",
            stops="def stops():\n    values = [1]\n    return values[4]",
            essay="Four words it has.",
        ),
        template,
    )
    assert [found[name].state for name in ("right", "wrong", "stub", "calls", "stops")] == [
        State.PASSED, State.FAILED, State.UNWRITTEN, State.FAILED, State.FAILED,
    ]  # fmt: skip
    assert found["wrong"].message == "it should be 1, and is 7"
    assert found["calls"].message == "it calls an exercise that is not written yet"
    assert "IndexError: list index out of range" in found["stops"].message
    assert "return values[4]" in found["stops"].message
    assert (found["essay"].state, found["empty"].state) == (State.WRITTEN, State.UNWRITTEN)
    assert found["essay"].message.startswith("4 words")
    assert [found[name].points for name in ("right", "wrong", "essay")] == [2.0, 3.0, 5.0]
    assert remarks == ()


def test_an_endless_cell_is_stopped_and_the_rest_is_still_checked():
    template = released("endless", "after")
    answers = {"endless": "while True:\n    pass", "after": "def after():\n    return 1"}
    found, _ = checked(with_answers(template, **answers), template, seconds=2)
    assert found["endless"].state is State.TIMEOUT
    assert "stopped after 2 s" in found["endless"].message
    assert found["after"].state is State.PASSED


def test_a_cell_that_ends_python_is_named_and_the_other_cells_run():
    template = released("before", "leaves", "after")
    found, _ = checked(
        with_answers(
            template,
            before="def before():\n    return 0",
            leaves="import os\nos._exit(3)",
            after="def after():\n    return 2",
        ),
        template,
    )
    assert found["before"].state is State.PASSED
    assert found["leaves"].message.startswith("its cell ended the notebook's Python")
    assert found["after"].state is State.PASSED


def test_edited_deleted_and_doubled_cells_are_named_and_the_released_checks_run():
    template = released("edited", "deleted", "doubled", "gone")
    notebook = with_answers(
        template,
        edited="def edited():\n    return 9",
        deleted="def deleted():\n    return 9",
        doubled="def doubled():\n    return 9",
        **{"edited-check": "print('all fine')"},
    )
    names = [cell.metadata.nbgrader.grade_id for cell in notebook.cells]
    second = new_code_cell("def doubled():\n    return 2", metadata=note("doubled", solution=True))
    notebook.cells.insert(names.index("doubled") + 1, second)
    dropped = ("deleted-check", "gone")
    notebook.cells = [
        cell for cell in notebook.cells if cell.metadata.nbgrader.grade_id not in dropped
    ]
    found, remarks = checked(notebook, template)
    assert found["edited"].message == "it should be 0, and is 9"
    assert found["deleted"].message == "it should be 1, and is 9"
    assert found["doubled"].state is State.PASSED
    assert found["gone"].message == "its cell is missing"
    assert [remark.split(":")[0] for remark in remarks] == [
        "edited-check", "deleted-check", "doubled", "gone",
    ]  # fmt: skip


def test_markdown_in_place_of_code_and_a_deleted_setup_cell_run_as_in_grading():
    template = released("prose", "proved")
    setup = new_code_cell("base = 1", metadata=note("setup", locked=True))
    template.cells.insert(0, setup)
    notebook = with_answers(
        template, prose="def prose():\n    return base - 1", proved="def proved():\n    return base"
    )
    cells = {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells[1:]}
    for name in ("prose", "proved-check"):
        cells[name] = new_markdown_cell(cells[name].source, metadata=cells[name].metadata)
    notebook.cells = list(cells.values())
    found, remarks = checked(notebook, template)
    assert {exercise.state for exercise in found.values()} == {State.PASSED}
    assert [remark.split(":")[0] for remark in remarks] == ["setup", "proved-check"]


def test_it_sees_its_data_and_nothing_else_that_lies_there(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "numbers.txt").write_text("1 2 3")
    (tmp_path / "helper.py").write_text("answer = 0")
    template = released("reads", "imports")
    found, _ = checked(
        with_answers(
            template,
            reads="def reads():\n    return len(open('data/numbers.txt').read().split()) - 3",
            imports="import helper\ndef imports():\n    return 1",
        ),
        template,
        data=tmp_path / "data",
    )
    assert found["reads"].state is State.PASSED
    assert "No module named 'helper'" in found["imports"].message


@pytest.fixture
def forging(tmp_path):
    """A student's notebook that tries to command the CI that checks it, and its path."""
    template = released("forges", "right")
    (tmp_path / ".autograder").mkdir()
    nbformat.write(template, tmp_path / ".autograder" / "week.ipynb")
    forges = (
        f"import os\nos.write(1, b'{FORGED}')\nassert not any('GITHUB' in k for k in os.environ)"
    )
    forges += f"\ndef forges():\n    print('{FORGED}')\n    return '''\n{FORGED} | <b>**x**'''"
    answers = {"forges": forges, "right": "def right():\n    return 1"}
    path = tmp_path / "week.ipynb"
    nbformat.write(with_answers(template, **answers), path)
    return path


def test_a_notebook_cannot_command_the_workflow_that_checks_it(forging, tmp_path):
    out, sums = tmp_path / "output", tmp_path / "summary"
    variables = {"GITHUB_ACTIONS": "true", "GITHUB_OUTPUT": out, "GITHUB_STEP_SUMMARY": sums}
    env = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(tmp_path),
        **{k: str(v) for k, v in variables.items()},
    }
    before = forging.read_bytes()
    runs = [run_check(forging, env=env) for _ in range(2)]
    tokens = []
    for done in runs:
        assert done.returncode == 1, done.stderr
        lines = (done.stdout + done.stderr).splitlines()
        commands = [line for line in lines if line.strip().startswith("::")]
        first, *between, last = commands
        token = first.removeprefix("::stop-commands::")
        assert len(token) >= 32
        assert last == f"::{token}::"
        assert lines.index(first) == 0
        assert token not in "".join(between)
        assert "it should be 0, and is" in done.stdout
        tokens.append(token)
    assert tokens[0] != tokens[1]
    assert "forges" in sums.read_text()
    assert "<b>" not in sums.read_text()
    assert not any(line.lstrip().startswith("::") for line in sums.read_text().splitlines())
    results = [line for line in out.read_text().splitlines() if line]
    assert len(results) == 2
    assert all(line.startswith("result=") for line in results)
    assert forging.read_bytes() == before


def test_json_stays_json_in_a_workflow(forging, tmp_path):
    env = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "GITHUB_ACTIONS": "true"}
    done = run_check(forging, "--json", env=env)
    found = json.loads(done.stdout)
    assert [e["state"] for e in found["exercises"]] == ["failed", "passed"]
    assert (found["points"], found["max_points"]) == (3.0, 5.0)


def test_a_students_install_is_enough(forging, tmp_path, repository):
    """None of what graders install on top is imported."""
    text = (repository.root / "pyproject.toml").read_text(encoding="utf-8")
    extra = tomllib.loads(text)["project"]["optional-dependencies"]["grade"]
    names = {requirement.split(">")[0].replace("-", "_") for requirement in extra}
    names -= {"jupyter_client", "pyzmq", "setuptools", "jinja2", "nbconvert", "platformdirs"}
    names -= {"packaging", "pygments"}  # JupyterLab has those
    names |= {"nbgrader", "autograder.grading.hidden_tests", "autograder.grading.submission"}
    block = f"sys.modules.update(dict.fromkeys({sorted(names)!r}))"
    done = run_check(forging, code=block, cwd=tmp_path)
    assert done.returncode == 1
    assert "right" in done.stdout, done.stderr


def test_an_import_that_grading_will_not_have_is_named_before_the_deadline(tmp_path):
    """Also where it works on this machine, and without a package of the extra `grade`."""
    own = "import helper, onnx.helper\nfrom google.colab import drive\n"
    own += "try:\n    import jax\nexcept ImportError:\n    jax = None\n"
    template = released("right")
    notebook = with_answers(template, right=f"{own}def right():\n    return 0")
    (tmp_path / ".autograder").mkdir()
    nbformat.write(template, tmp_path / ".autograder" / "week.ipynb")
    (tmp_path / "helper.py").touch()
    nbformat.write(notebook, tmp_path / "week.ipynb")
    site = tmp_path / "site"
    for package in ("onnx", "google/colab"):
        (site / package).mkdir(parents=True)
    (site / "helper.py").touch()
    (site / "onnx" / "helper.py").touch()
    (site / "google" / "colab" / "drive.py").touch()
    env = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    env["PYTHONPATH"] = f"{Path(__file__).parents[3]}:{site}"
    done = run_check(tmp_path / "week.ipynb", "--json", env=env)
    found = json.loads(done.stdout)
    assert [exercise["state"] for exercise in found["exercises"]] == ["passed"]
    assert found["remarks"] == [
        "In [1] imports onnx, which grading does not have: environment.md lists what it has",
        "In [1] imports google.colab, and grading is not Colab: "
        "delete the import, or put it in a try with except ImportError",
    ]
    assert done.returncode == 0  # a warning, not a failure


@pytest.mark.parametrize(
    ("name", "content", "code", "says"),
    [
        ("nowhere.ipynb", None, 2, "there is no file"),
        ("notes.txt", "hello", 2, "is not a notebook"),
        ("cut.ipynb", '{"cells": [', 1, "is broken JSON"),
        ("empty.ipynb", "", 1, "is empty"),
        ("other.ipynb", nbformat.writes(released()), 2, "none of the assignment's exercises"),
    ],
)
def test_what_is_no_notebook_of_the_course_is_named_in_one_line(
    name, content, code, says, tmp_path
):
    if content is not None:
        (tmp_path / name).write_text(content)
    done = run_check(tmp_path / name)
    assert done.returncode == code
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr


def test_what_a_cell_left_changed_is_put_back_and_said():
    template = released("right")
    own = with_answers(
        template, right="import numpy\ndef right():\n    return numpy.log(0.0) and 0"
    )
    own.cells.insert(0, new_code_cell("import numpy\nnumpy.seterr(all='raise')"))
    prepared, _ = prepare(Reading(own), template)
    executed = run_clean(prepared, Path("none"), Limits())
    (exercise,) = check_exercises(executed, template)
    assert exercise.state is State.PASSED
    (remark,) = changed_states(executed)
    assert remark.startswith("In [1] ('import numpy numpy.seterr") and "errors; this was" in remark


@pytest.mark.parametrize("with_copy", [True, False])
def test_a_name_with_another_value_costs_no_check_and_its_cell_is_named(with_copy):
    template = released("right", "uses")
    notebook = with_answers(
        template,
        right="def right():\n    return len([])",
        uses="def uses():\n    return 1\nlen([])",
    )
    notebook.cells.insert(0, new_code_cell("len = 4", id="shadow"))
    own = Reading(notebook)
    prepared, _ = prepare(own, template if with_copy else notebook)
    executed = run_clean(prepared, Path("none"), Limits())
    found = {f.exercise: f for f in check_exercises(executed, template)}
    assert found["right"].state is State.PASSED
    assert found["uses"].state is State.FAILED
    (remark,) = shadowed_names(executed)
    assert remark.startswith("In [1] ('len = 4') gives len another value")


def test_as_json_a_notebook_that_cannot_be_checked_has_an_error(tmp_path):
    path = tmp_path / "week.ipynb"
    for content in (b"<<<<<<< HEAD\n{}", b"[]", b"\xff\xfe\x00"):
        path.write_bytes(content)
        done = run_check(path, "--json")
        assert done.returncode in (1, 2)
        report = json.loads(done.stdout)
        assert set(report) == {"schema_version", "notebook", "error"}
        assert report["error"] and report["error"] in " ".join(done.stderr.split())
