"""The program that Classroom 50's runner starts: what it reads, chooses and writes."""

import json
import os
import sys
import time
from pathlib import Path

import pytest
from support.classroom50 import ENVIRONMENT, assert_valid

from autograder.authoring import classroom50_entry as entry
from autograder.authoring.classroom50_entry import Assignment, CannotCheck, Exercise, MachineFault

NOTEBOOK = "week.ipynb"
EXERCISES = (
    Exercise("line", 3, bonus=False),
    Exercise("curve", 2, bonus=False),
    Exercise("extra", 0, bonus=True),
)
WEEK = Assignment(NOTEBOOK, (), EXERCISES)


def report(**states):
    """A report of `autograder check --json`, with a written answer that has no test."""
    answers = {"line": "passed", "curve": "passed", "extra": "passed", "why": "written", **states}
    return {
        "exercises": [
            {"exercise": name, "state": state, "message": f"{name} is {state}"}
            for name, state in answers.items()
        ]
    }


@pytest.mark.parametrize(
    ("points", "integer"),
    [(0, 0), (0.25, 1), (0.5, 1), (1, 1), (1.49, 1), (1.5, 2), (2.5, 3), (10.0, 10)],
)
def test_points_are_rounded_a_half_up_and_no_exercise_is_worth_nothing(points, integer):
    assert entry.whole(points) == integer
    assert type(entry.whole(points)) is int


def test_each_variable_that_is_missing_is_named():
    assert entry.read_identity(ENVIRONMENT)["review"] == ENVIRONMENT["REVIEW_URL"]
    without_review = {**ENVIRONMENT, "REVIEW_URL": ""}
    assert entry.read_identity(without_review)["review"] == ENVIRONMENT["COMMIT_URL"]
    for name in entry.REQUIRED:
        with pytest.raises(MachineFault, match=f"^{name} is not set"):
            entry.read_identity({**ENVIRONMENT, name: " "})
    with pytest.raises(MachineFault, match=r"CLASSROOM, ASSIGNMENT, .* are not set"):
        entry.read_identity({})


def test_the_description_of_the_assignment(tmp_path):
    path = tmp_path / "assignment.json"
    with pytest.raises(MachineFault, match="copy the whole bundle again"):
        entry.read_assignment(path)
    exercises = [
        {"name": "line", "points": 2.5, "written": False, "bonus": False},
        {"name": "why", "points": 4.0, "written": True, "bonus": False},
        {"name": "extra", "points": 2.0, "written": False, "bonus": True},
    ]
    data = {"notebook": NOTEBOOK, "files": ["predict.py"], "exercises": exercises}
    path.write_text(json.dumps(data))
    found = entry.read_assignment(path)
    assert found.exercises == (Exercise("line", 3, False), Exercise("extra", 0, True))
    for damaged in ("{", "[]", json.dumps({**data, "exercises": [{"name": "line"}]})):
        path.write_text(damaged)
        with pytest.raises(MachineFault, match="copy the whole bundle again"):
            entry.read_assignment(path)


@pytest.mark.parametrize(
    ("files", "chosen"),
    [
        ([NOTEBOOK, "copy.ipynb"], NOTEBOOK),
        ([NOTEBOOK, f"old/{NOTEBOOK}"], NOTEBOOK),
        ([f"work/{NOTEBOOK}", "notes.ipynb"], f"work/{NOTEBOOK}"),
        (["renamed.ipynb", f".autograder/{NOTEBOOK}"], "renamed.ipynb"),
    ],
)
def test_the_notebook_that_is_checked(tmp_path, files, chosen):
    _make(tmp_path, files)
    assert entry.find_notebook(tmp_path, NOTEBOOK) == tmp_path / chosen


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([], f"no notebook: add {NOTEBOOK}"),
        ([f".autograder/{NOTEBOOK}"], "no notebook"),
        (["a.ipynb", "b.ipynb"], r"several notebooks \(a.ipynb, b.ipynb\)"),
        ([f"a/{NOTEBOOK}", f"b/{NOTEBOOK}"], "several notebooks"),
    ],
)
def test_no_notebook_and_several_are_the_students_to_mend(tmp_path, files, said):
    _make(tmp_path, files)
    with pytest.raises(CannotCheck, match=said):
        entry.find_notebook(tmp_path, NOTEBOOK)


def test_links_folders_and_pipes_are_no_notebooks(tmp_path):
    (tmp_path / "outside").write_text("secret")
    checkout = tmp_path / "checkout"
    (checkout / "folder.ipynb").mkdir(parents=True)
    (checkout / NOTEBOOK).symlink_to(tmp_path / "outside")
    (checkout / "away").symlink_to(tmp_path)
    os.mkfifo(checkout / "pipe.ipynb")
    with pytest.raises(CannotCheck, match="no notebook"):
        entry.find_notebook(checkout, NOTEBOOK)


def test_a_result_follows_the_contract(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path / "output"))
    result = _written(tmp_path, report(curve="timeout"))
    assert (result["score"], result["max-score"]) == (3, 5)
    assert [one["passed"] for one in result["tests"]] == [True, False, True]
    assert result["tests"][1]["message"] == "curve is timeout"
    assert result["tests"][2]["test-name"] == "extra (bonus)"
    assert (tmp_path / "output").read_text() == (
        "status=failure\nsummary=3/5 points (1/2 exercises pass their checks)\n"
    )
    assert "not yet  curve" in capsys.readouterr().out


def test_a_bonus_decides_neither_points_nor_status(tmp_path, monkeypatch):
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path / "output"))
    result = _written(tmp_path, report(extra="failed"))
    assert (result["score"], result["max-score"]) == (5, 5)
    assert (tmp_path / "output").read_text().startswith("status=success\n")


def test_a_report_of_another_release_is_a_fault_of_the_bundle():
    other = report()
    del other["exercises"][0]
    with pytest.raises(MachineFault, match="lacks the exercise line"):
        list(entry.tests_of(WEEK, other))


def test_what_a_student_committed_under_the_results_names_is_replaced(tmp_path, monkeypatch):
    monkeypatch.delenv("GITHUB_OUTPUT", raising=False)
    outside = tmp_path / "outside.txt"
    outside.write_text("as it was")
    checkout = tmp_path / "checkout"
    (checkout / entry.BODY / "deep").mkdir(parents=True)
    (checkout / entry.RESULT).symlink_to(outside)
    _written(checkout, report())
    assert outside.read_text() == "as it was"
    assert not (checkout / entry.RESULT).is_symlink()
    assert (checkout / entry.BODY).read_text() == "the table"
    assert sorted(path.name for path in checkout.iterdir()) == [entry.BODY, entry.RESULT]


def test_a_name_that_a_student_chose_stays_text(tmp_path):
    evil = "a```\n::error::x\n<img src=x>.ipynb"
    _make(tmp_path, [evil, "b.ipynb"])
    outcome = entry.check(WEEK, tmp_path, tmp_path, tmp_path / "scratch")
    assert outcome.body.count("```") == 2
    assert "\n::" not in outcome.body
    assert all(not one["passed"] and "several notebooks" in one["message"] for one in outcome.tests)
    assert [one["max-score"] for one in outcome.tests] == [3, 2, 0]


@pytest.fixture
def checks(tmp_path):
    """checks(code) runs the checks with a program in place of Python, and gives what came back."""

    def run(code, seconds=30.0):
        program = tmp_path / "python"
        program.write_text(f"#!{sys.executable}\n{code}")
        program.chmod(0o755)
        place = tmp_path / "week"
        place.mkdir(exist_ok=True)
        return entry._run_checks(program, place / NOTEBOOK, tmp_path, seconds)

    return run


def test_the_checks_run_beside_the_notebook_and_see_no_file_of_the_runner(checks, monkeypatch):
    monkeypatch.setenv("GITHUB_OUTPUT", "/runner/output")
    monkeypatch.setenv("GITHUB_TOKEN", "secret")
    found, summary = checks(
        "import json, os, sys\n"
        "open(os.environ['GITHUB_STEP_SUMMARY'], 'w').write('the table')\n"
        "names = sorted(name for name in os.environ if name.startswith('GITHUB_'))\n"
        "print(json.dumps([os.path.basename(os.getcwd()), sys.argv[1:], names]))\n"
    )
    folder, arguments, names = found
    assert (folder, summary) == ("week", "the table")
    assert arguments == ["-m", "autograder", "check", NOTEBOOK, "--json"]
    assert names == ["GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"]


def test_checks_that_do_not_end_are_stopped_with_what_they_started(checks, tmp_path):
    code = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen(['sleep', '600'])\n"
        f"open({str(tmp_path / 'child')!r}, 'w').write(str(child.pid))\n"
        "time.sleep(600)\n"
    )
    with pytest.raises(CannotCheck, match=r"did not finish within 3 s and was stopped"):
        checks(code, seconds=3.0)
    child = int((tmp_path / "child").read_text())
    deadline = time.monotonic() + 30
    while _runs(child) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _runs(child)


def test_a_notebook_that_the_checks_refuse_and_a_check_that_breaks(checks):
    refusal = "import json, sys; print(json.dumps({'error': 'not a notebook'})); sys.exit(1)"
    with pytest.raises(CannotCheck, match=r"^not a notebook$"):
        checks(refusal)
    with pytest.raises(MachineFault, match=r"status 3 and without a report \(no module torch\)"):
        checks("import sys; print('Traceback\\nno module torch', file=sys.stderr); sys.exit(3)")


def _runs(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _make(folder, names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("{}")


def _written(checkout, said):
    outcome = entry.Outcome(tuple(entry.tests_of(WEEK, said)), "the table")
    entry.write(entry.read_identity(ENVIRONMENT), outcome, WEEK, checkout)
    result = json.loads((checkout / entry.RESULT).read_text())
    assert_valid(result)
    return result
