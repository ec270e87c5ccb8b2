"""Collecting from nbgrader's exchange, which nbgrader itself made and filled."""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autograder.artifacts import LARGE_FILE
from autograder.clock import Clock, read_zone
from autograder.collect.from_exchange import collect_exchange
from autograder.collect.model import Candidate, CollectStatus
from autograder.collect.run import Plan, Source, collect_assignment
from autograder.collect.store import install
from autograder.course import Course
from autograder.errors import AutograderError
from autograder.gradebook.deadlines import Deadlines
from autograder.settings import COURSE_ID, Weights

WEEK = "week1_mlp"
NOTEBOOK = "hands-on-introduction_to_deep_learning.ipynb"
DUE = datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC)
STAMP = "%Y-%m-%d %H:%M:%S.%f UTC"


@contextmanager
def no_bars(what, total):
    yield lambda steps: None


def hours(count):
    return timedelta(hours=count)


@pytest.fixture(scope="module")
def submitted(repository, tmp_path_factory):
    """What nbgrader's own commands make of one student's submission: a folder in the exchange."""
    place = tmp_path_factory.mktemp("hub")
    course, desk, exchange = place / "course", place / "desk", place / "exchange"
    for part in ("source", "release"):
        shutil.copytree(repository.root / part / WEEK, course / part / WEEK)
    shutil.copy(repository.root / "nbgrader_config.py", course)
    desk.mkdir()
    exchange.mkdir(mode=0o777)
    exchange.chmod(0o777)
    environment = {
        **os.environ,
        "HOME": str(place),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    for folder, *command in (
        (course, "release_assignment", WEEK),
        (desk, "fetch_assignment", WEEK),
        (desk, "submit", WEEK, "--student=ada"),
    ):
        options = [f"--Exchange.root={exchange}", f"--course={COURSE_ID}"]
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *command, *options],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
    (folder,) = (exchange / COURSE_ID / "inbound").iterdir()
    return folder


class Exchange:
    def __init__(self, course, root, template):
        self.course, self.root, self.template = course, root, template
        self.assignment = course.assignment(WEEK)
        self.inbound.mkdir(parents=True)

    @property
    def inbound(self):
        return self.root / COURSE_ID / "inbound"

    def submit(self, student, when, text="work", name=NOTEBOOK):
        """Submit as nbgrader does: its own folder, under another name and time."""
        stamp = when.strftime(STAMP)
        folder = self.inbound / f"{student}+{WEEK}+{stamp}+random{len(text)}"
        shutil.copytree(self.template, folder)
        (folder / NOTEBOOK).rename(folder / name)
        (folder / name).chmod(0o644)
        (folder / name).write_text(text)
        (folder / "timestamp.txt").chmod(0o644)
        (folder / "timestamp.txt").write_text(stamp)
        return folder

    def collect(self, deadlines=None, root=None):
        """What the exchange holds, by student."""
        staging = self.root / "staging"
        staging.mkdir(exist_ok=True)
        shutil.rmtree(staging / "submitted", ignore_errors=True)
        batch = collect_exchange(
            self.course, self.assignment, root or self.root, staging, deadlines or Deadlines()
        )
        entries = list(batch.entries)
        assert len(entries) == batch.total
        self.problems = list(batch.problems)
        return {entry.student: entry for entry in entries}


@pytest.fixture
def exchange(repository, submitted, tmp_path):
    for part in ("source", "release"):
        shutil.copytree(repository.root / part / WEEK, tmp_path / "course" / part / WEEK)
    shutil.copy(repository.root / "nbgrader_config.py", tmp_path / "course")
    return Exchange(Course(tmp_path / "course"), tmp_path / "exchange", submitted)


def texts(found):
    return {s: e.notebook.decode() for s, e in found.items() if isinstance(e, Candidate)}


def test_what_nbgrader_submitted_is_collected_as_it_is(exchange, submitted):
    shutil.copytree(submitted, exchange.inbound / submitted.name)
    found = exchange.collect()["ada"]
    row = install(exchange.assignment, found)
    assert row.status is CollectStatus.NEW
    folder = exchange.assignment.submitted("ada")
    for name in (NOTEBOOK, "timestamp.txt", "submission_secret.txt"):
        assert (folder / name).read_bytes() == (submitted / name).read_bytes()
    assert found.time.strftime(STAMP) == (submitted / "timestamp.txt").read_text()
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [NOTEBOOK, "timestamp.txt", "submission_secret.txt"]
    )


def test_the_last_submission_in_time_counts(exchange):
    for late, text in ((-9, "first"), (-1, "second"), (30, "third")):
        exchange.submit("ada", DUE + hours(late), text)
    exchange.submit("ben", DUE + hours(30), "late")
    assert texts(exchange.collect()) == {"ada": "third", "ben": "late"}
    found = exchange.collect(Deadlines(DUE))
    assert texts(found) == {"ada": "second"}
    assert found["ben"].status is CollectStatus.MISSING
    assert "1 d 6 h late): --late-days 2 collects it" in found["ben"].reason
    found = exchange.collect(Deadlines(DUE, {"ben": DUE + hours(48)}))
    assert texts(found) == {"ada": "second", "ben": "late"}
    found = exchange.collect(Deadlines(DUE, allowance=timedelta(days=2)))
    assert texts(found) == {"ada": "third", "ben": "late"}


def test_bad_submissions_are_named_and_the_rest_is_collected(exchange, tmp_path):
    secret = tmp_path / "secret.ipynb"
    secret.write_text("the instructor's")
    exchange.submit("ada", DUE, name="mine.ipynb")
    linked = exchange.submit("ben", DUE)
    (linked / NOTEBOOK).unlink()
    (linked / NOTEBOOK).symlink_to(secret)
    timeless = exchange.submit("cleo", DUE)
    (timeless / "timestamp.txt").write_text("yesterday")
    exchange.submit("dev", DUE).rename(exchange.inbound / f"dev+{WEEK}+yesterday")
    two = exchange.submit("eve", DUE, name="one.ipynb")
    (two / "two.ipynb").write_text("{}")
    (exchange.submit("finn", DUE) / NOTEBOOK).unlink()
    exchange.submit("gus [x]", DUE)
    exchange.submit("hal+9000", DUE)

    found = exchange.collect()
    assert texts(found) == {"ada": "work", "hal+9000": "work"}
    reasons = {
        student: entry.reason for student, entry in found.items() if student not in texts(found)
    }
    assert "is a link, not a file" in reasons.pop("ben")
    assert "timestamp.txt holds no time" in reasons.pop("cleo")
    assert "yesterday" in reasons.pop("dev")
    assert "holds 2 notebooks" in reasons.pop("eve")
    assert "holds no notebook" in reasons.pop("finn")
    assert not reasons
    (line,) = exchange.problems
    assert line.startswith("'gus [x]' in") and line.endswith("not a valid student id")


def test_the_rules_for_files_are_those_of_downloads(exchange):
    of_a_mac = exchange.submit("ada", DUE, name="mine.ipynb")
    for name in ("__MACOSX/mine.ipynb", "._mine.ipynb", ".ipynb_checkpoints/mine-checkpoint.ipynb"):
        (of_a_mac / name).parent.mkdir(exist_ok=True)
        (of_a_mac / name).write_text("resource fork")
    exchange.submit("ben", DUE, name="mine.ipynb.txt")
    cleo = exchange.submit("cleo", DUE, '{"nbformat": 4}', name="mine.json")
    (cleo / "data.json").write_text("{}")
    found = exchange.collect()
    assert texts(found) == {"ada": "work", "ben": "work", "cleo": '{"nbformat": 4}'}


def test_days_late_are_those_of_the_courses_calendar(exchange):
    """October 31, 2026 is followed by a day of 25 hours in Chicago."""
    clock = Clock(read_zone("America/Chicago"))
    due = clock.read("2026-10-31")
    exchange.submit("ada", due + timedelta(hours=25))
    exchange.submit("ben", due + timedelta(hours=25, seconds=1))
    found = exchange.collect(Deadlines(due, allowance=timedelta(days=1), clock=clock))
    assert texts(found) == {"ada": "work"}
    assert "2026-11-02 00:00 CST (06:00 UTC)" in found["ben"].reason
    assert "--late-days 2 collects it" in found["ben"].reason


def test_a_submission_of_another_account_is_told(exchange):
    exchange.submit("ada", DUE)
    found = exchange.collect()["ada"]
    assert "claims to be submitted by ada but is owned by" in found.remark
    assert install(exchange.assignment, found).reason == found.remark


def test_who_is_not_in_the_class_list_is_named(exchange):
    (exchange.course.root / "roster.csv").write_text("student\nada\ncleo\n")
    exchange.submit("ada", DUE)
    exchange.submit("ben", DUE)
    plan = Plan(Source.EXCHANGE, exchange.root)
    done = collect_assignment(exchange.course, exchange.assignment, plan, no_bars)
    whats = {row.student: row.status for row in done.students}
    assert whats == {
        "ada": CollectStatus.NEW,
        "ben": CollectStatus.PROBLEM,
        "cleo": CollectStatus.MISSING,
    }
    assert exchange.assignment.students() == ["ada"]
    assert done.missing == ("cleo",)


def test_nobody_submitted(exchange):
    assert exchange.collect() == {}


def test_no_exchange(exchange, tmp_path):
    with pytest.raises(AutograderError, match="does not exist: name the exchange's folder"):
        exchange.collect(root=tmp_path / "nowhere")


def test_the_configured_exchange_is_the_default(exchange, tmp_path):
    config = exchange.course.root / "nbgrader_config.py"
    config.write_text(
        f'{config.read_text()}\nget_config().Exchange.root = "{exchange.root}"\n'  # a hub's way
    )
    exchange.submit("ada", DUE)
    staging = tmp_path / "staging"
    staging.mkdir()
    batch = collect_exchange(exchange.course, exchange.assignment, None, staging, Deadlines())
    assert [entry.student for entry in batch.entries] == ["ada"]


def test_a_trained_models_files_come_along_where_they_count(exchange):
    folder = exchange.submit("ada", DUE)
    (folder / "predict.py").write_text("script")
    (folder / "model_weights.pt").write_bytes(LARGE_FILE + b"v1")
    found = exchange.collect()["ada"]
    assert "predict.py" not in found.beside and "model_weights" not in found.remark
    exchange.assignment = replace(exchange.assignment, weights=Weights.SUBMITTED)
    found = exchange.collect()["ada"]
    assert found.beside["predict.py"] == b"script"
    assert "model_weights.pt" not in found.beside
    assert "model_weights.pt is kept in Git LFS" in found.remark
    assert install(exchange.assignment, found).status is CollectStatus.NEW
    assert (exchange.assignment.submitted("ada") / "predict.py").read_bytes() == b"script"
