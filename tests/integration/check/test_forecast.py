"""The lines of `autograder check` on what grading does differently, from a notebook that ran."""

import json
from dataclasses import replace
from pathlib import Path

import nbformat
from support.small_assignment import released, with_answers
from typer.testing import CliRunner

from autograder.check.checks import prepare
from autograder.check.forecast import slow_cells
from autograder.check.runner import run_clean
from autograder.cli.app import app
from autograder.course import Limits
from autograder.notebook.reader import Reading

SLOW = "import time\ntime.sleep(1.5)\ndef slow():\n    return 1"


def test_the_time_that_a_cell_took_is_known():
    template = released("quick", "slow", "endless")
    answers = {"quick": "def quick():\n    return 0", "slow": SLOW, "endless": "while True: pass"}
    prepared, _ = prepare(Reading(with_answers(template, **answers)), template)
    executed = run_clean(prepared, Path("none"), replace(Limits(), cell_seconds=4))
    slow, stopped = slow_cells(executed, 2.5)
    assert slow.startswith("In [3], the cell of slow, took 2 s; grading stops a cell after 2 s")
    assert stopped.startswith("In [5], the cell of endless, was stopped after 4 s")


def test_the_command_says_what_becomes_of_the_weights(tmp_path):
    template = released("right")
    template.metadata["autograder"] = {"weights": "submitted"}
    (tmp_path / ".autograder").mkdir()
    nbformat.write(template, tmp_path / ".autograder" / "mine.ipynb")
    own = with_answers(template, right="def right():\n    return 0")
    del own.metadata["autograder"]
    nbformat.write(own, tmp_path / "mine.ipynb")
    (tmp_path / "model_weights.pt").write_bytes(b"w")
    done = CliRunner().invoke(app, ["check", str(tmp_path / "mine.ipynb"), "--json"])
    taken, missing = json.loads(done.stdout)["remarks"]
    assert taken.startswith("grading takes model_weights.pt as in your folder")
    assert missing.startswith("predict.py is not in the notebook's folder")
