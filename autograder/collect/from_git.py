"""Collects from git: each student's last commit before the deadline."""

import shutil
import threading
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from autograder.artifacts import (
    LARGE_FILE,
    MAX_ARTIFACT,
    TOO_LARGE,
    NotTaken,
    require_content,
)
from autograder.collect.model import (
    Candidate,
    Collected,
    CollectError,
    CollectStatus,
    newer_is_late,
    not_collected,
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


@dataclass(frozen=True)
class Files:
    """What a commit holds of a submission: the notebook, and what counts beside it, by name."""

    notebook: TreeEntry
    beside: Mapping[str, TreeEntry]

    def has_content_of(self, other: "Files | None") -> bool:
        """Whether both hold the same, whatever the notebook's name is."""
        if other is None or self.notebook.sha != other.notebook.sha:
            return False
        own, others = ({n: e.sha for n, e in f.beside.items()} for f in (self, other))
        return own == others


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
        commit, files, remark = _select_commit(cache, deadlines, student, assignment)
        file = files.notebook
        notebook = cache.content(file)
        if notebook.startswith(LARGE_FILE):
            raise CollectError(f"{file.path} is kept in Git LFS: commit the notebook itself")
        beside, remarks = _read_beside(cache, files, assignment.collected / "staging" / student)
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
    remark = "; ".join(filter(None, (remark, *remarks)))
    return Candidate(student, notebook, origin, commit.time, remark=remark, beside=beside)


def _read_beside(cache: Cache, files: Files, scratch: Path) -> tuple[dict[str, bytes], list[str]]:
    """The content of the files beside a notebook, and a line for each that cannot be taken."""
    beside, remarks = {}, []
    for name, entry in files.beside.items():
        try:
            if kind := KINDS.get(entry.mode):
                raise NotTaken(f"is {kind}, not a file")
            beside[name] = require_content(cache.content_once(entry, MAX_ARTIFACT, scratch))
        except TooLarge:
            remarks.append(not_collected(name, TOO_LARGE))
        except NotTaken as error:
            remarks.append(not_collected(name, str(error)))
    return beside, remarks


def _select_commit(
    cache: Cache, deadlines: Deadlines, student: str, assignment: Assignment
) -> tuple[Commit, Files, str]:
    """The commit to collect, its files, and a remark if a newer commit is too late.

    A late commit that did not change the files does not make the submission late.
    """
    due, clock = deadlines.of(student), deadlines.clock
    history, in_time = _history(cache, due)
    chosen = last_before(history, deadlines.last(student))
    if chosen is None:
        raise too_late(min(commit.time for commit in history), due, clock)
    files = _files(cache, chosen, assignment)
    is_newest = files.has_content_of(_any_files(cache, history[0], assignment))
    remark = "" if is_newest else newer_is_late(history[0].time, due, clock)
    earlier = _any_files(cache, in_time, assignment) if in_time else None
    if in_time and earlier and files.has_content_of(earlier):
        return in_time, earlier, remark
    return chosen, files, remark


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


def _any_files(cache: Cache, commit: Commit, assignment: Assignment) -> Files | None:
    try:
        return _files(cache, commit, assignment)
    except (CollectError, RepositoryError):
        return None


def _files(cache: Cache, commit: Commit, assignment: Assignment) -> Files:
    released = assignment.release_notebook.name
    entries = {entry.path: entry for entry in cache.tree(commit.sha)}
    if released not in entries:
        entries = {entry.path: entry for entry in cache.tree(commit.sha, recursive=True)}
    kinds = {path: KINDS.get(entry.mode, "") for path, entry in entries.items()}

    def holds_notebook(path: str) -> bool:
        try:
            return is_notebook(cache.content(entries[path]))
        except TooLarge:
            return False

    path = PurePosixPath(select_notebook(kinds, released, holds_notebook))
    beside = {name: str(path.with_name(name)) for name in assignment.artifacts}
    return Files(
        entries[str(path)],
        {name: entries[place] for name, place in beside.items() if place in entries},
    )
