"""Grading on a cluster: a real Dask scheduler and workers, with no file shared but this machine's.

The workers run in a folder of their own. They get the course only through what is sent to them.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from support.tiny import LIMITS, hand_in, make_course, notebook

from autograder.course import Course
from autograder.errors import AutograderError
from autograder.grading import cluster, parcel, pools
from autograder.grading.cohort import grade_class
from autograder.grading.options import Options
from autograder.grading.parcel import pack, unpacked
from autograder.results.store import read_result

dask = pytest.importorskip("dask", reason="Dask is not installed")
WRONG = "def double(x):\n    return x"
SLOW = "import time\ntime.sleep(1.5)"
BOOKS = {
    "ada": notebook(),
    "ben": notebook(double=WRONG),
    "cleo": notebook(first="raise ValueError('mine')"),
    "dev": notebook(triple="def triple(x):\n    import os\n    os._exit(1)"),
    "eve": notebook(first=SLOW),
    "finn": notebook(first=SLOW),
}


@contextmanager
def process(folder, *arguments, ready="", **environment):
    """A Dask program in a folder of its own; gives it and the part of its log that `ready` finds.

    Afterwards it and its children are ended.
    """
    folder.mkdir()
    log = folder / "log"
    with log.open("wb") as out:
        running = subprocess.Popen(
            [sys.executable, "-m", *arguments], cwd=folder, stdout=out, stderr=out,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
            start_new_session=True,
        )  # fmt: skip
    try:
        for _ in range(600):
            if found := re.search(ready, log.read_text(errors="replace")):
                break
            assert running.poll() is None, log.read_text()
            time.sleep(0.1)
        assert found, log.read_text()
        yield running, found[0]
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory):
    """The address of a scheduler."""
    arguments = ["distributed.cli.dask_scheduler", "--port=0", "--no-dashboard"]
    arguments += ["--host=127.0.0.1"]
    folder = tmp_path_factory.mktemp("dask") / "scheduler"
    with process(folder, *arguments, ready=r"tcp://127\.0\.0\.1:\d+") as (_, address):
        yield address


def worker(folder, address, **more):
    arguments = ["distributed.cli.dask_worker", address, "--nthreads=1", "--no-dashboard"]
    return process(folder, *arguments, ready="Registered to", **more)


def a_class(root):
    assignment = make_course(root)
    for student, book in BOOKS.items():
        hand_in(assignment, student, book)
    for student in ("gus", "hana", "ivan", "jo"):
        assignment.submitted(student).mkdir(parents=True)
    (assignment.submitted("gus") / "tiny.ipynb").symlink_to("/etc/hostname")
    (assignment.submitted("hana") / "tiny.ipynb").mkdir()
    (assignment.submitted("ivan") / "tiny.ipynb").write_bytes(b" " * (LIMITS.submission_bytes + 1))
    (assignment.submitted("jo") / "/".join("d" * 60)).mkdir(parents=True)
    (assignment.submitted("jo") / "tiny.ipynb").write_text("{}")
    return Course(root, LIMITS), assignment


def without_times(text):
    """A result or a notebook as data, without what differs between two runs on one machine."""
    differs = ("seconds", "times", "peak_memory_bytes", "execution", "papermill")

    def keep(pairs):
        return {name: value for name, value in pairs if name not in differs}

    return json.loads(text, object_pairs_hook=keep)


def everything(course, assignment):
    """Student -> the result, the executed notebook, and the scores in the gradebook."""
    found = {}
    with Gradebook(course.gradebook_url) as book:
        for student in assignment.students():
            folder = assignment.autograded(student)
            files = {p.name: without_times(p.read_text()) for p in sorted(folder.iterdir())}
            grades = book.find_submission_notebook("tiny", "tiny", student).grades
            scores = sorted((g.name, g.auto_score, g.needs_manual_grade) for g in grades)
            page = assignment.feedback_page(student).exists()
            found[student] = (files, scores, page)
    return found


@pytest.mark.usefixtures("needs_sandbox")
def test_a_class_is_graded_as_on_this_machine_though_a_worker_dies(scheduler, tmp_path):
    here, local = a_class(tmp_path / "here")
    list(grade_class(here, local, local.students(), Options()))
    there, assignment = a_class(tmp_path / "there")
    seen = []
    with worker(tmp_path / "one", scheduler) as (first, _), worker(tmp_path / "two", scheduler):
        graded = grade_class(
            there, assignment, assignment.students(), Options(), scheduler=scheduler
        )
        for one in graded:
            seen.append(one.result.student)
            if len(seen) == 1:
                os.killpg(first.pid, signal.SIGKILL)
    assert sorted(seen) == assignment.students()
    assert everything(there, assignment) == everything(here, local)


@pytest.mark.usefixtures("needs_sandbox")
def test_the_command_grades_on_the_workers(scheduler, tmp_path):
    course, _ = a_class(tmp_path / "course")
    (course.root / "nbgrader_config.py").touch()
    command = [sys.executable, "-m", "autograder", "grade", "tiny", "--course", str(course.root)]
    command += ["--student=ada", "--student=ben", "--json", "--scheduler"]
    with worker(tmp_path / "worker", scheduler):
        done = subprocess.run([*command, scheduler], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    scores = {line["student"]: line["score"] for line in map(json.loads, done.stdout.splitlines())}
    assert scores == {"ada": 3, "ben": 1}


@pytest.mark.usefixtures("needs_sandbox")
@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
def test_an_encrypted_connection_takes_its_certificates_from_dasks_settings(tmp_path):
    course, assignment = a_class(tmp_path / "course")
    files = {"cert": tmp_path / "cert.pem", "key": tmp_path / "key.pem"}
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj=/CN=sample"]
    command += ["-keyout", str(files["key"]), "-out", str(files["cert"])]
    subprocess.run(command, check=True, capture_output=True)
    settings = {"distributed.comm.require-encryption": True}
    settings["distributed.comm.tls.ca-file"] = str(files["cert"])
    for role in ("scheduler", "worker", "client"):
        for kind, file in files.items():
            settings[f"distributed.comm.tls.{role}.{kind}"] = str(file)
    # As Dask reads its settings from the environment.
    variables = {
        f"DASK_{name.upper().replace('-', '_').replace('.', '__')}": str(value)
        for name, value in settings.items()
    }
    arguments = ["distributed.cli.dask_scheduler", "--port=0", "--no-dashboard"]
    arguments += ["--host=127.0.0.1", "--protocol=tls"]
    ready = r"tls://127\.0\.0\.1:\d+"
    with process(tmp_path / "s", *arguments, ready=ready, **variables) as (_, address):
        with worker(tmp_path / "w", address, **variables), dask.config.set(settings):
            (one,) = grade_class(course, assignment, ["ada"], Options(), scheduler=address)
        assert one.result.score == 3
        with pytest.raises(AutograderError, match="no Dask scheduler answers at tls://"):
            list(grade_class(course, assignment, ["ben"], Options(), scheduler=address))


def test_a_scheduler_that_is_not_there_is_told_in_one_line(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 0.5)
    course, assignment = a_class(tmp_path / "course")
    for address in ("tcp://127.0.0.1:9", "nonsense", "tls://127.0.0.1:9"):
        with pytest.raises(AutograderError, match="no Dask scheduler answers at ") as told:
            list(grade_class(course, assignment, ["ada"], Options(), scheduler=address))
        assert "\n" not in str(told.value)
    assert not assignment.autograded("ada").exists()


def test_a_scheduler_without_workers_is_told_in_one_line(scheduler, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "WORKER_SECONDS", 0.5)
    course, assignment = a_class(tmp_path / "course")
    with pytest.raises(AutograderError, match="has no workers: start some with 'dask worker "):
        list(grade_class(course, assignment, ["ada"], Options(), scheduler=scheduler))


@pytest.mark.usefixtures("needs_sandbox")
def test_a_class_whose_workers_all_end_stops_in_one_line(scheduler, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "WORKER_SECONDS", 2)
    monkeypatch.setattr(pools, "CHECK_SECONDS", 1)
    course, assignment = a_class(tmp_path / "course")
    graded = grade_class(course, assignment, ["ada", "eve"], Options(), scheduler=scheduler)
    with worker(tmp_path / "only", scheduler) as (only, _):
        first = next(graded).result.student
        os.killpg(only.pid, signal.SIGKILL)
        with pytest.raises(AutograderError, match="has no workers: start some") as told:
            next(graded)
        assert "\n" not in str(told.value)
    assert read_result(assignment.autograded(first)).score == 3


def test_a_worker_with_other_versions_is_told_in_one_line(tmp_path, monkeypatch):
    _, assignment = a_class(tmp_path / "course")
    one = pack(assignment, "ada")
    kit = parcel.kit()
    with pytest.raises(AutograderError, match="it has another version of autograder: install"):
        parcel.grade_parcel(one, "", Options(), ("other", *kit[1:]))
    other_torch = tuple(name.replace("torch ", "torch 0.") for name in kit)
    with pytest.raises(AutograderError, match=r"it has torch \d"):
        parcel.grade_parcel(one, "", Options(), other_torch)


def test_a_parcel_holds_the_course_and_one_submission(tmp_path):
    _, assignment = a_class(tmp_path / "course")
    (assignment.submitted("gus") / "more" / "deep").mkdir(parents=True)
    (assignment.submitted("gus") / "more" / "data.csv").write_bytes(b"\0\xff")
    one = pack(assignment, "gus")
    assert not any("ada" in name for name in one.files)
    with unpacked(one) as away:
        root = away.root
        for folder in ("source", "release", "hidden_tests"):
            there, here = getattr(away, folder), getattr(assignment, folder)
            names = sorted(path.name for path in here.iterdir() if path.is_file())
            assert [p.name for p in sorted(there.iterdir())] == names
        submitted = away.submitted("gus")
        assert (submitted / "more" / "data.csv").read_bytes() == b"\0\xff"
        assert (submitted / "tiny.ipynb").is_symlink()
    assert not Path(root).exists()
