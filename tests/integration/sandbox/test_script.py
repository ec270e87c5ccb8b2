"""A student's script by itself: a bare folder, no network, a limit on everything."""

from dataclasses import replace

import pytest
from support.attached import Student

from autograder.course import Limits
from autograder.grading.failures import KernelDied, TimedOut
from autograder.sandbox.launcher import Launcher
from autograder.sandbox.script import run_script

LIMITS = Limits(call_seconds=10, memory_bytes=2**30, disk_bytes=16 * 2**20, processes=8)


@pytest.fixture
def script(tmp_path, warm):
    """script(source, *arguments, **files) runs it as job.py; the course is tmp_path."""
    (tmp_path / "secret.txt").write_text("731846")

    def run(source, *arguments, seconds=None, **files):
        given = {"job.py": source.encode(), **files}
        launcher = Launcher(LIMITS, tmp_path, warm=warm)
        return run_script(launcher, given, ["job.py", *arguments], seconds=seconds)

    return run


def test_it_gets_arguments_and_files_and_gives_files_back(script):
    done = script(
        "import sys\nopen(sys.argv[1], 'w').write(open('given').read() * 2)\nprint('done')",
        "out.txt",
        given=b"ab",
    )
    assert (done.code, done.printed, dict(done.files)) == (0, "done\n", {"out.txt": b"abab"})


def test_its_folder_holds_nothing_else(script, tmp_path):
    done = script(
        f"import os\nprint(os.listdir('.'), os.path.exists({str(tmp_path / 'secret.txt')!r}))"
    )
    assert done.printed == "['job.py'] False\n"


def test_it_has_no_network(script):
    done = script("import socket\nsocket.create_connection(('192.0.2.1', 80), timeout=3)")
    assert done.code == 1 and "OSError" in done.printed


def test_an_error_comes_back_with_its_message(script):
    done = script("raise ValueError('no such column')")
    assert done.code == 1
    assert done.printed.splitlines()[-1] == "ValueError: no such column"


def test_a_path_outside_its_folder_leads_nowhere(script, tmp_path):
    done = script("open('../../escaped.txt', 'w').write('x')")
    assert done.code == 1 and "Read-only" in done.printed and not done.files
    done = script("open('/tmp/aside.txt', 'w').write('x')")
    assert done.code == 0 and not done.files


def test_links_do_not_come_back(script):
    done = script("import os\nos.symlink('/etc/passwd', 'out.csv')\nos.mkfifo('pipe')")
    assert (done.code, dict(done.files)) == (0, {})


def test_one_that_does_not_end_is_ended(script):
    done = script("while True: pass", seconds=1.0)
    assert done.timed_out and done.code != 0


def test_one_that_asks_for_input_gets_none(script):
    assert "EOFError" in script("input()").printed


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("import os, time\nfor _ in range(20): os.fork() or time.sleep(5)\ntime.sleep(5)",
         "processes"),
        ("for n in range(9):\n    open(f'{n}', 'wb').write(b'x' * 2**22)\nimport time\n"
         "time.sleep(5)", "disk"),
    ],
)  # fmt: skip
def test_one_that_takes_more_than_its_share_is_ended(script, source, what):
    done = script(source)
    assert what in done.stopped


def test_memory_beyond_its_share_is_its_own_error(script):
    assert "MemoryError" in script("x = bytearray(2**31)").printed


def test_what_it_prints_is_cut(script):
    done = script("for _ in range(10**5): print('x' * 100)\nprint('end')")
    assert len(done.printed) <= 4000 and done.printed.endswith("end\n")


class _Kernel:
    alive = True

    def __init__(self, work):
        self.work = work


def test_a_script_that_was_stopped_is_an_outcome(tmp_path, needs_sandbox):
    hasty = Student(_Kernel(tmp_path), replace(LIMITS, call_seconds=1.0), hidden=tmp_path)
    with pytest.raises(TimedOut, match=r"job.py took longer"):
        hasty.run_script({"job.py": b"while True: pass"}, ["job.py"])
    greedy = b"for n in range(9): open(str(n), 'wb').write(b'x' * 2**22)\nwhile True: pass"
    student = Student(_Kernel(tmp_path), LIMITS, hidden=tmp_path)
    with pytest.raises(KernelDied, match="disk"):
        student.run_script({"job.py": greedy}, ["job.py"])
