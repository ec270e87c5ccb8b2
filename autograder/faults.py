"""Faults of the machine that commands meet anywhere, as one line that says what to do.

A full disk or a locked database is no fault of a submission, and no bug. So it ends the command
with a line, costs no submission a point, and the same command continues from there.
"""

import errno
import sqlite3

AGAIN = "what is finished is kept, and the same command continues from there"
FULL = (errno.ENOSPC, errno.EDQUOT)
DENIED = (errno.EROFS, errno.EACCES, errno.EPERM)
EXHAUSTED = {
    errno.EMFILE: "this process may not open more files: use fewer --workers, or raise 'ulimit -n'",
    errno.ENFILE: "this machine has too many open files: end other programs",
    errno.ENOMEM: "this machine has no memory left: end other programs, or use fewer --workers",
    errno.EIO: "the disk reports an error: check it, and save a copy of the course",
}


def machine_fault(error: BaseException, with_permissions: bool = True) -> str:
    """The line for a fault of the machine, or '' if the error is something else.

    Knows errors of the operating system, and those of SQLite, for which nbgrader and SQLAlchemy
    raise their own. A missing permission can be the fault of a submission's files:
    `with_permissions` says whether it counts.
    """
    if database_error := _database_error(error):
        return _database_fault(database_error)
    if not isinstance(error, OSError):
        return ""
    where = f" ({error.filename})" if error.filename else ""
    if error.errno in FULL:
        return f"the disk is full{where}: free some space; {AGAIN}"
    if error.errno in DENIED and with_permissions and error.filename:
        return f"{error.filename} cannot be read or written: change its permissions; {AGAIN}"
    if error.errno == errno.EROFS:
        return f"the disk is read-only{where}: mount it for writing; {AGAIN}"
    if error.errno in EXHAUSTED:
        return f"{EXHAUSTED[error.errno]}; {AGAIN}"
    return ""


def _database_error(error: BaseException | None) -> sqlite3.Error | None:
    """The database's error behind an error."""
    while error is not None and not isinstance(error, sqlite3.Error):
        error = error.__cause__ or error.__context__
    return error


def _database_fault(error: sqlite3.Error) -> str:
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:  # the upper bits refine the code
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            what = "another program writes to it: wait until it is done, or close formgrader"
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            what = "it cannot be written: change the permissions of the file and its folder"
        case sqlite3.SQLITE_FULL:
            what = "the disk is full: free some space"
        case sqlite3.SQLITE_IOERR:
            what = "the disk reports an error, or is full: check it"
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return (
                "gradebook.db is damaged: restore a copy of it. Without a copy, move the file "
                "away, grade again, and enter again what people graded"
            )
        case _:
            return ""
    return f"gradebook.db: {what}; {AGAIN}"
