"""Returns feedback to students' repositories: a commit on the branch `feedback`.

The branch has one folder per week with the feedback page and a summary, README.md, which GitHub
shows. The push never changes other branches and never overwrites commits on `feedback`.
"""

import shutil
import tempfile
import threading
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Assignment
from autograder.errors import AutograderError
from autograder.git.address import check_address
from autograder.git.errors import GitError, RepositoryError
from autograder.git.process import REMOTE, Bounds, Git
from autograder.reports import freshness
from autograder.reports.feedback import README
from autograder.roster import RosterEntry
from autograder.text import first_line
from autograder.workers import run_side_by_side

BRANCH = "refs/heads/feedback"
AUTHOR = ("user.name=Autograder", "user.email=autograder@localhost")


@dataclass(frozen=True)
class Returned:
    """One student's feedback: the pushed commit, a problem, or neither if nothing had changed."""

    student: str
    commit: str = ""
    problem: str = ""


def push_feedback(
    assignment: Assignment, entries: Sequence[RosterEntry], bounds: Bounds | None = None
) -> Generator[Returned, None, None]:
    """Push each student's feedback, in no particular order; skips students without feedback."""
    if shutil.which("git") is None:
        raise AutograderError("git is not installed: install the package 'git'")
    graded = [entry for entry in entries if assignment.feedback_page(entry.student).is_file()]

    def push(entry: RosterEntry, stop: threading.Event) -> Returned:
        return _push_entry(assignment, entry, bounds or Bounds(), stop)

    yield from run_side_by_side(push, graded)


def _push_entry(
    assignment: Assignment, entry: RosterEntry, bounds: Bounds, stop: threading.Event
) -> Returned:
    try:
        check_address(entry.repository, bounds.protocols)
        with tempfile.TemporaryDirectory(prefix="return-feedback-") as folder:
            git = Git(Path(folder) / "repository", entry.repository, bounds, stop)
            return Returned(entry.student, commit=_push(git, assignment, entry.student))
    except RepositoryError as error:
        return Returned(entry.student, problem=str(error))
    except (GitError, OSError) as error:
        reason = first_line(error)
        return Returned(entry.student, problem=f"the feedback was not pushed: {reason[:200]}")


def _push(git: Git, assignment: Assignment, student: str) -> str:
    """Push a commit on top of the branch; returns the commit, or '' if nothing had changed."""
    page = assignment.feedback_page(student)
    readme = page.with_name(README)
    if not readme.is_file():  # `nbgrader generate_feedback` writes the page only
        raise RepositoryError(
            f"the feedback page has no {README} next to it: run 'autograder report' first"
        )
    parent = git.online("ls-remote", REMOTE, BRANCH).decode().split("\t")[0]
    returned = freshness.returned(assignment, student)
    files = [readme.read_bytes(), page.read_bytes()]
    if parent and returned.is_current(freshness.digest_of([*files, parent])):
        return ""
    if parent:
        git.online("fetch", "--quiet", "--no-tags", "--depth=1", REMOTE, f"+{BRANCH}:{BRANCH}")
        git.run("read-tree", parent)
    for path in (readme, page):
        sha = git.run("hash-object", "-w", "--no-filters", "--", str(path)).decode().strip()
        entry = f"100644,{sha},{assignment.name}/{path.name}"
        git.run("update-index", "--add", "--cacheinfo", entry)
    tree = git.run("write-tree").decode().strip()
    if parent and tree == git.run("rev-parse", f"{parent}^{{tree}}").decode().strip():
        returned.note_made(freshness.digest_of([*files, parent]))
        return ""
    graded = assignment.origin(student).get("commit", "")
    message = f"Feedback on {assignment.name}{', commit ' if graded else ''}{graded}"
    onto = ("-p", parent) if parent else ()
    commit = git.run("commit-tree", tree, *onto, "-m", message, settings=AUTHOR).decode().strip()
    git.online("push", "--quiet", REMOTE, f"{commit}:{BRANCH}")
    returned.note_made(freshness.digest_of([*files, commit]))
    return commit
