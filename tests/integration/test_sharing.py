"""A costly fixture is built once, however many of pytest-xdist's workers need it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

TEST = """
import os

def test_each_worker_reads_what_one_built(built_once):
    def build(place):
        (place / f"by_{os.environ['PYTEST_XDIST_WORKER']}").touch()
        with open(os.environ["NOTES"], "a") as notes:
            print("built", file=notes)

    (found,) = built_once("costly", build).iterdir()
    with open(os.environ["NOTES"], "a") as notes:
        print(found.name, file=notes)
"""


def test_a_fixture_is_built_once_for_all_workers(tmp_path):
    course = Path(__file__).parents[2]
    shutil.copy(course / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_costly.py").write_text(TEST)
    (tmp_path / "pytest.ini").write_text(f"[pytest]\npythonpath = {course / 'tests'}\n")
    notes = tmp_path / "notes"
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "each", str(tmp_path)]
    done = subprocess.run(
        [*command, f"--basetemp={tmp_path / 'base'}"],
        cwd=course,
        env={**os.environ, "NOTES": str(notes)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    built, *read = notes.read_text().splitlines()
    assert built == "built"
    assert len(read) == 2 and len(set(read)) == 1
