"""Worker processes, and threads over repositories."""

import subprocess
import sys
import threading
from contextlib import closing

import pytest

from autograder.workers import THREADS, run_side_by_side


def test_results_come_as_they_finish():
    assert sorted(run_side_by_side(lambda item, stop: item**2, range(20))) == [
        item**2 for item in range(20)
    ]


def test_closing_early_stops_the_threads_and_waits_for_them():
    started, ended = [], []

    def work(item, stop):
        started.append(item)
        if item:
            assert stop.wait(30)
        ended.append(item)
        return item

    with closing(run_side_by_side(work, range(100))) as results:
        assert next(results) == 0
    assert sorted(started) == sorted(ended)
    assert len(started) <= THREADS + 1


def test_the_first_error_stops_the_others_and_is_raised():
    other_started, stopped = threading.Event(), threading.Event()

    def work(item, stop):
        if item == 0:
            assert other_started.wait(30)
            raise ValueError("broken")
        other_started.set()
        if stop.wait(30):
            stopped.set()
        return item

    with pytest.raises(ValueError, match="broken"):
        list(run_side_by_side(work, range(2)))
    assert stopped.is_set()


WORK = """
from autograder import workers

if __name__ == "__main__":
    workers.PRELOADED = ("colorsys",)
    with workers.worker_pool(1, 1) as pool:
        print(pool.submit(abs, -3).result())
"""


def test_no_worker_imports_from_the_working_folder(tmp_path):
    """A student's file there may have the name of a module."""
    folder = tmp_path / "submitted"
    folder.mkdir()
    for name in ("colorsys", "selectors"):
        (folder / f"{name}.py").write_text(f"open('{name}.ran', 'w').close()\n")
    script = tmp_path / "work.py"
    script.write_text(WORK)
    done = subprocess.run(
        [sys.executable, str(script)], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.stdout == "3\n", done.stderr
    assert sorted(path.name for path in folder.glob("*.ran")) == []
