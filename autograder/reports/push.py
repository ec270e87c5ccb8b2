"""Feedback into students' repositories: a commit on the branch `feedback`, made without a checkout.

The branch holds a folder a week: the page, and the same in short as a README that GitHub shows. The
student's own branches are never touched, and what stands on `feedback` is never forced away.
"""

import shutil
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Assignment
from autograder.errors import AutograderError
from autograder.git.address import check_address
from autograder.git.errors import GitError, RepositoryError
from autograder.git.process import REMOTE, Bounds, Git
from autograder.reports.feedback import README, feedback_page
from autograder.roster import RosterEntry
from autograder.workers import run_side_by_side

BRANCH = "refs/heads/feedback"
AUTHOR = ("user.name=Autograder", "user.email=autograder@localhost")


@dataclass(frozen=True)
class Given:
    """What became of one student's feedback: pushed now, the same as before, or why neither."""

    student: str
    commit: str = ""
    problem: str = ""


def give_back(
    assignment: Assignment, entries: Sequence[RosterEntry], bounds: Bounds | None = None
) -> Iterator[Given]:
    """Push each student's feedback, in no particular order. Who has none is passed over."""
    if shutil.which("git") is None:
        raise AutograderError("git is not installed: install the package 'git'")
    graded = [entry for entry in entries if feedback_page(assignment, entry.student).is_file()]

    def one(entry: RosterEntry, stop: threading.Event) -> Given:
        return _one(assignment, entry, bounds or Bounds(), stop)

    yield from run_side_by_side(one, graded)


def _one(
    assignment: Assignment, entry: RosterEntry, bounds: Bounds, stop: threading.Event
) -> Given:
    try:
        check_address(entry.repository, bounds.protocols)
        with tempfile.TemporaryDirectory(prefix="give-back-") as folder:
            git = Git(Path(folder) / "repository", entry.repository, bounds, stop)
            return Given(entry.student, commit=_push(git, assignment, entry.student))
    except RepositoryError as error:
        return Given(entry.student, problem=str(error))
    except (GitError, OSError) as error:
        said = str(error).splitlines() or [type(error).__name__]
        return Given(entry.student, problem=f"its feedback was not given back: {said[0][:200]}")


def _push(git: Git, assignment: Assignment, student: str) -> str:
    """Commit on top of what the branch holds; the commit, or '' where it holds just this."""
    page = feedback_page(assignment, student)
    readme = page.with_name(README)
    if not readme.is_file():  # `nbgrader generate_feedback` makes the page alone
        raise RepositoryError(f"its page has no {README} beside it: run 'autograder report' first")
    parent = git.online("ls-remote", REMOTE, BRANCH).decode().split("\t")[0]
    if parent:
        git.online("fetch", "--quiet", "--no-tags", "--depth=1", REMOTE, f"+{BRANCH}:{BRANCH}")
        git.run("read-tree", parent)
    for path in (readme, page):
        sha = git.run("hash-object", "-w", "--no-filters", "--", str(path)).decode().strip()
        entry = f"100644,{sha},{assignment.name}/{path.name}"
        git.run("update-index", "--add", "--cacheinfo", entry)
    tree = git.run("write-tree").decode().strip()
    if parent and tree == git.run("rev-parse", f"{parent}^{{tree}}").decode().strip():
        return ""
    graded = assignment.origin(student).get("commit", "")
    message = f"Feedback on {assignment.name}{', commit ' if graded else ''}{graded}"
    onto = ("-p", parent) if parent else ()
    commit = git.run("commit-tree", tree, *onto, "-m", message, settings=AUTHOR).decode().strip()
    git.online("push", "--quiet", REMOTE, f"{commit}:{BRANCH}")
    return commit
