"""Collects from git: each student's last commit before the deadline."""

import shutil
import threading
from collections.abc import Generator, Sequence
from datetime import datetime

from autograder.collect.model import (
    Candidate,
    Collected,
    CollectError,
    CollectStatus,
    newer_is_late,
    too_late,
)
from autograder.collect.notebooks import select_notebook
from autograder.course import Assignment
from autograder.errors import AutograderError
from autograder.git.address import check_address, without_secrets
from autograder.git.cache import Cache, Commit, TreeEntry
from autograder.git.errors import GitError, HistoryRewritten, RepositoryError, TooLarge
from autograder.git.process import Bounds
from autograder.gradebook.deadlines import Deadlines
from autograder.notebook.sniff import is_notebook
from autograder.roster import RosterEntry
from autograder.text import printable
from autograder.workers import run_side_by_side

FIRST_STEP = 16  # commits; each further step is twice as large
KINDS = {"120000": "a link", "160000": "a submodule", "040000": "a folder"}  # git's modes
LARGE_FILE = b"version https://git-lfs.github.com/spec/"


def collect_git(
    assignment: Assignment,
    entries: Sequence[RosterEntry],
    deadlines: Deadlines,
    rewritten_too: bool = False,
    bounds: Bounds | None = None,
) -> Generator[Candidate | Collected, None, None]:
    """Each student's notebook, or why there is none, in the order in which they finish."""
    if shutil.which("git") is None:
        raise AutograderError("git is not installed: install the package 'git'")

    def one(entry: RosterEntry, stop: threading.Event) -> Candidate | Collected:
        return _one(assignment, entry, deadlines, rewritten_too, bounds or Bounds(), stop)

    yield from run_side_by_side(one, entries)


def last_before(history: Sequence[Commit], until: datetime | None) -> Commit | None:
    """The last commit that is not after `until`, in a history that starts with the newest."""
    if until is None:
        return history[0]
    in_time = [commit for commit in history if commit.seconds <= until.timestamp()]
    if history[0] in in_time:
        return history[0]
    return max(in_time, key=lambda commit: commit.seconds, default=None)


def _one(
    assignment: Assignment,
    entry: RosterEntry,
    deadlines: Deadlines,
    rewritten_too: bool,
    bounds: Bounds,
    stop: threading.Event,
) -> Candidate | Collected:
    student, address = entry.student, entry.repository
    try:
        check_address(address, bounds.protocols)
        cache = Cache(assignment.collected / "git" / student, address, bounds, stop)
        cache.update(rewritten_too or not assignment.submitted(student).exists())
        commit, file, remark = _select_commit(
            cache, deadlines, student, assignment.release_notebook.name
        )
        notebook = cache.content(file)
        if notebook.startswith(LARGE_FILE):
            raise CollectError(f"{file.path} is kept in Git LFS: commit the notebook itself")
    except HistoryRewritten:
        reason = "its history was rewritten since it was collected: --replace collects the new one"
        return Collected(student, CollectStatus.KEPT, reason)
    except CollectError as error:
        return Collected(student, error.status, str(error))
    except RepositoryError as error:
        status = CollectStatus.MISSING if error.empty else CollectStatus.PROBLEM
        return Collected(student, status, printable(str(error)))
    except (GitError, OSError) as error:
        message = printable((str(error).splitlines() or ["no reason given"])[0])
        reason = f"git failed in its cache: {message}"
        return Collected(student, CollectStatus.PROBLEM, reason)
    origin = {
        "from": "git",
        "address": without_secrets(address),
        "commit": commit.sha,
        "path": file.path,
    }
    return Candidate(student, notebook, origin, commit.time, remark=remark)


def _select_commit(
    cache: Cache, deadlines: Deadlines, student: str, released: str
) -> tuple[Commit, TreeEntry, str]:
    """The commit to collect, its notebook, and a remark if a newer commit is too late.

    A late commit that did not change the notebook does not make the submission late.
    """
    due, clock = deadlines.of(student), deadlines.clock
    history, in_time = _history(cache, due)
    chosen = last_before(history, deadlines.last(student))
    if chosen is None:
        raise too_late(min(commit.time for commit in history), due, clock)
    entry = _notebook(cache, chosen, released)
    newest = _any_notebook(cache, history[0], released)
    is_newest = newest is not None and newest.sha == entry.sha
    remark = "" if is_newest else newer_is_late(history[0].time, due, clock)
    earlier = _any_notebook(cache, in_time, released) if in_time else None
    if in_time and earlier and earlier.sha == entry.sha:
        return in_time, earlier, remark
    return chosen, entry, remark


def _history(cache: Cache, due: datetime | None) -> tuple[list[Commit], Commit | None]:
    """The history back to the last commit before the deadline, and that commit."""
    step = FIRST_STEP
    while True:
        history, cut = cache.history()
        found = last_before(history, due)
        if found == history[0] or not cut:
            return history, found
        # A commit that was not fetched is older than its child.
        ends = [commit.seconds for commit in history if commit.sha in cut]
        if found and max(ends) <= found.seconds:
            return history, found
        cache.deepen(step)
        step *= 2


def _any_notebook(cache: Cache, commit: Commit, released: str) -> TreeEntry | None:
    try:
        return _notebook(cache, commit, released)
    except (CollectError, RepositoryError):
        return None


def _notebook(cache: Cache, commit: Commit, released: str) -> TreeEntry:
    entries = {entry.path: entry for entry in cache.tree(commit.sha)}
    if released not in entries:
        entries = {entry.path: entry for entry in cache.tree(commit.sha, recursive=True)}
    kinds = {path: KINDS.get(entry.mode, "") for path, entry in entries.items()}

    def holds_notebook(path: str) -> bool:
        try:
            return is_notebook(cache.content(entries[path]))
        except TooLarge:
            return False

    return entries[select_notebook(kinds, released, holds_notebook)]
