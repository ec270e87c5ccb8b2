"""Faults of the machine are one line; other errors stay what they are."""

import errno
import os
import sqlite3
from contextlib import closing

import pytest

from autograder.faults import machine_fault


@pytest.mark.parametrize(
    ("error", "begins"),
    [
        (OSError(errno.ENOSPC, "No space left"), "the disk is full: free some space"),
        (OSError(errno.EDQUOT, "quota", "a/b"), "the disk is full (a/b): free some space"),
        (OSError(errno.EROFS, "read-only"), "the disk is read-only: mount it"),
        (PermissionError(errno.EACCES, "denied", "a/b"), "a/b cannot be read or written"),
        (OSError(errno.EMFILE, "too many"), "this process may not open more files"),
        (OSError(errno.ENOMEM, "no memory"), "this machine has no memory left"),
        (OSError(errno.EIO, "error"), "the disk reports an error"),
        (FileNotFoundError(errno.ENOENT, "gone", "a/b"), ""),
        (ValueError("a bug"), ""),
    ],
)
def test_errors_of_the_system(error, begins):
    said = machine_fault(error)
    assert said.startswith(begins)
    assert bool(said) == bool(begins)
    assert "\n" not in said


def test_a_submissions_permissions_are_its_own_fault():
    assert not machine_fault(PermissionError(errno.EACCES, "no", "x"), with_permissions=False)


def fault_of(work):
    try:
        work()
    except Exception as error:
        return machine_fault(error)
    return "no error"


def test_errors_of_the_database(tmp_path):
    path = tmp_path / "gradebook.db"
    with (
        closing(sqlite3.connect(path)) as first,
        closing(sqlite3.connect(path, timeout=0)) as other,
    ):
        first.executescript("CREATE TABLE t (x); BEGIN IMMEDIATE")
        locked = fault_of(lambda: other.execute("INSERT INTO t VALUES (1)"))
    assert locked.startswith("gradebook.db: another program writes to it")
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as reader:
        denied = fault_of(lambda: reader.execute("INSERT INTO t VALUES (1)"))
    assert denied.startswith("gradebook.db: it cannot be written")
    with closing(sqlite3.connect(path)) as small:
        small.execute("PRAGMA max_page_count = 2")
        full = fault_of(lambda: small.execute("INSERT INTO t VALUES (zeroblob(100000))"))
    assert full.startswith("gradebook.db: the disk is full")
    path.write_bytes(os.urandom(4096))
    with closing(sqlite3.connect(path)) as damaged:
        assert fault_of(lambda: damaged.execute("SELECT * FROM t")).startswith(
            "gradebook.db is damaged: restore a copy"
        )


def test_a_mistake_in_sql_is_a_bug():
    with closing(sqlite3.connect(":memory:")) as database:
        assert fault_of(lambda: database.execute("SELECT nothing")) == ""


def test_the_databases_error_behind_another(tmp_path):
    path = tmp_path / "gradebook.db"
    path.write_bytes(os.urandom(4096))

    def work():
        with closing(sqlite3.connect(path)) as damaged:
            try:
                damaged.execute("SELECT * FROM t")
            except sqlite3.Error as error:
                raise ValueError(*error.args)  # noqa: B904  (as nbgrader does)

    assert fault_of(work).startswith("gradebook.db is damaged")
