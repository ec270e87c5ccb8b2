"""Collecting from git: of each student the last commit that was made in time."""

import shutil
import threading
from collections.abc import Iterator, Sequence
from datetime import datetime

from autograder.collect.choice import only_notebook
from autograder.collect.store import Collected, HandIn, NotTaken, What, printable, store
from autograder.course import Assignment
from autograder.errors import AutograderError
from autograder.git.address import check_address, shown
from autograder.git.cache import Cache, Commit, Entry, Rewritten
from autograder.git.process import Bounds, GitFailed
from autograder.gradebook.deadlines import Deadlines, left_aside, too_late
from autograder.roster import RosterEntry
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
) -> Iterator[HandIn | Collected]:
    """What each student's repository holds, or why that is nothing, in no particular order."""
    if shutil.which("git") is None:
        raise AutograderError("git is not installed: install the package 'git'")

    def one(entry: RosterEntry, stop: threading.Event) -> HandIn | Collected:
        return _one(assignment, entry, deadlines, rewritten_too, bounds or Bounds(), stop)

    yield from run_side_by_side(one, entries)


def last_in_time(history: Sequence[Commit], until: datetime | None) -> Commit | None:
    """Of a history, newest first, the last commit that is not after `until`."""
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
) -> HandIn | Collected:
    student, address = entry.student, entry.repository
    due, last = deadlines.of(student), deadlines.last(student)
    try:
        check_address(address, bounds.protocols)
        cache = Cache(store(assignment) / "git" / student, address, bounds, stop)
        cache.update(rewritten_too or not assignment.submitted(student).exists())
        commit, file, remark = _choose(cache, due, last, assignment.release_notebook.name)
        notebook = cache.content(file)
        if notebook.startswith(LARGE_FILE):
            raise NotTaken(f"{file.path} is kept in Git LFS: commit the notebook itself")
    except Rewritten:
        why = "the repository's history was rewritten since it was collected: --replace takes it"
        return Collected(student, What.KEPT, why)
    except NotTaken as why:
        return Collected(student, why.what, str(why))
    except (GitFailed, OSError) as error:
        said = printable((str(error).splitlines() or ["no reason given"])[0])
        return Collected(student, What.PROBLEM, f"git could not work in its cache: {said}")
    origin = {"from": "git", "address": shown(address), "commit": commit.sha, "path": file.path}
    return HandIn(student, notebook, origin, commit.time, remark=remark)


def _choose(
    cache: Cache, due: datetime | None, last: datetime | None, released: str
) -> tuple[Commit, Entry, str]:
    """The commit that counts, its notebook, and what to say of a later one that does not.

    A late commit that left the notebook as it was at the deadline makes nobody late.
    """
    history, in_time = _history(cache, due)
    chosen = last_in_time(history, last)
    if chosen is None:
        raise too_late(min(commit.time for commit in history), due)
    entry = _notebook(cache, chosen, released)
    newest = _any_notebook(cache, history[0], released)
    remark = "" if newest and newest.sha == entry.sha else left_aside(history[0].time, due)
    earlier = _any_notebook(cache, in_time, released) if in_time else None
    if in_time and earlier and earlier.sha == entry.sha:
        return in_time, earlier, remark
    return chosen, entry, remark


def _history(cache: Cache, due: datetime | None) -> tuple[list[Commit], Commit | None]:
    """The history, as far back as it takes to tell the last commit in time, and that commit."""
    step = FIRST_STEP
    while True:
        history, cut = cache.history()
        found = last_in_time(history, due)
        if found == history[0] or not cut:
            return history, found
        # A commit that is not here is older than the one that leads to it.
        ends = [commit.seconds for commit in history if commit.sha in cut]
        if found and max(ends) <= found.seconds:
            return history, found
        cache.deepen(step)
        step *= 2


def _any_notebook(cache: Cache, commit: Commit, released: str) -> Entry | None:
    try:
        return _notebook(cache, commit, released)
    except NotTaken:
        return None


def _notebook(cache: Cache, commit: Commit, released: str) -> Entry:
    entries = {entry.path: entry for entry in cache.tree(commit.sha)}
    if released not in entries:
        entries = {entry.path: entry for entry in cache.tree(commit.sha, recursive=True)}
    kinds = {path: KINDS.get(entry.mode, "") for path, entry in entries.items()}
    return entries[only_notebook(kinds, released)]
