"""A bare, shallow cache of a student's git repository.

Nothing is checked out, so no hook, filter or submodule of the repository runs. Commits and file
names are fetched first, and a file's content only when it is needed, so that large repositories
stay cheap.
"""

import hashlib
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from autograder.files import remove
from autograder.git.errors import (
    DiskFull,
    GitError,
    HistoryRewritten,
    RepositoryError,
    TooLarge,
)
from autograder.git.process import REMOTE, Bounds, Git

FETCH = (
    "fetch",
    "--quiet",
    "--no-tags",
    "--no-write-fetch-head",
    "--no-auto-maintenance",
    "--filter=blob:none",
)
LATEST = 253_000_000_000  # seconds since 1970: the last year that Python's datetime can hold
USUAL_BRANCHES = ("HEAD", "refs/heads/main", "refs/heads/master")


class Commit(NamedTuple):
    """A commit and its committer date, in seconds since 1970."""

    sha: str
    seconds: int

    @property
    def time(self) -> datetime:
        return datetime.fromtimestamp(self.seconds, UTC)


class TreeEntry(NamedTuple):
    """One path of a tree; its mode says whether it is a file, link, folder or submodule."""

    mode: str
    sha: str
    path: str


class Cache:
    """The fetched part of one repository."""

    def __init__(self, folder: Path, address: str, bounds: Bounds, stop: threading.Event):
        self.git = Git(folder, address, bounds, stop)
        # Each address has its own refs, since a student may move to another repository.
        key = hashlib.sha256(self.git.remote.address.encode()).hexdigest()[:12]
        self.line, self.new = f"refs/collect/{key}/line", f"refs/collect/{key}/new"

    def update(self, rewritten_too: bool) -> None:
        """Fetch new commits. If there are none, this costs one request.

        Raises HistoryRewritten, and keeps the earlier history, unless `rewritten_too`.
        """
        name, head = self._remote_head()
        known = self._commit(self.line)
        if head == known:
            return
        # The first fetch takes one commit, and a later fetch takes the commits since.
        depth = () if known else ("--depth=1",)
        self._fetch(*depth, REMOTE, f"+{name}:{self.new}")
        if known and not rewritten_too and not self._follows(known, self.new):
            raise HistoryRewritten(known)
        self.git.run("update-ref", self.line, self._commit(self.new))

    def history(self) -> tuple[list[Commit], frozenset[str]]:
        """The fetched commits, newest first, and those of them whose parents were not fetched."""
        text = self.git.run("rev-list", "--topo-order", "--timestamp", self.line).decode()
        pairs = (line.split() for line in text.splitlines())
        commits = [Commit(sha, min(int(seconds), LATEST)) for seconds, sha in pairs]
        shallow = self.git.folder / "shallow"
        cut = shallow.read_text().split() if shallow.is_file() else ()
        return commits, frozenset(cut) & {commit.sha for commit in commits}

    def deepen(self, commits: int) -> None:
        """Fetch this many commits before the oldest ones that are fetched."""
        name, _ = self._remote_head()
        self._fetch(f"--deepen={commits}", REMOTE, f"+{name}:{self.new}")

    def tree(self, commit: str, recursive: bool = False) -> list[TreeEntry]:
        """The paths at the root of a commit, or all of its files if `recursive`."""
        options = ("-r",) if recursive else ()
        text = self.git.run("ls-tree", "-z", "--full-tree", *options, commit)
        entries = []
        for record in text.split(b"\0")[:-1]:
            about, _, path = record.partition(b"\t")
            mode, _, sha = about.decode().split()
            entries.append(TreeEntry(mode, sha, path.decode("utf-8", "replace")))
        return entries

    def content(self, entry: TreeEntry) -> bytes:
        """A file's content. Raises TooLarge if it is."""
        limit = self.git.bounds.notebook_bytes
        if not self._has(entry):
            self._fetch_content(entry)
        too_large = f"{entry.path} is larger than {limit / 2**20:g} MB: clear its outputs"
        return self._read(entry, limit, too_large)

    def content_once(self, entry: TreeEntry, limit: int, scratch: Path) -> bytes:
        """A file's content, which the cache does not keep: large files would fill it.

        `scratch` is a folder for the meantime, which must not exist. Raises TooLarge if the file is
        larger than `limit` bytes.
        """
        too_large = f"{entry.path} is larger than {limit / 2**20:g} MB"
        if self._has(entry):
            return self._read(entry, limit, too_large)
        try:
            other = Cache(scratch, self.git.address, self.git.bounds, self.git.stop)
            other._fetch_content(entry)
            return other._read(entry, limit, too_large)
        except DiskFull:
            raise TooLarge(too_large) from None
        finally:
            remove(scratch)

    def _has(self, entry: TreeEntry) -> bool:
        try:
            self.git.run("cat-file", "-e", entry.sha)
        except GitError:
            return False
        return True

    def _fetch_content(self, entry: TreeEntry) -> None:
        # A server omits the files of commits that the client reports. Report none.
        self._fetch(REMOTE, entry.sha, settings=("fetch.negotiationAlgorithm=noop",))

    def _read(self, entry: TreeEntry, limit: int, too_large: str) -> bytes:
        if int(self.git.run("cat-file", "-s", entry.sha)) > limit:
            raise TooLarge(too_large)
        return self.git.run("cat-file", "blob", entry.sha, most=limit)

    def _remote_head(self) -> tuple[str, str]:
        """The branch to collect from (HEAD, main, master, or the only one), and its commit."""
        text = self.git.online("ls-remote", REMOTE, "HEAD", "refs/heads/*")
        pairs = (line.split("\t", 1) for line in text.decode("utf-8", "replace").splitlines())
        heads = {name: sha for sha, name in pairs}
        if not heads:
            raise RepositoryError("its repository is empty: nothing was pushed to it", empty=True)
        branches = [name for name in USUAL_BRANCHES if name in heads] or [*heads]
        if branches[0] not in USUAL_BRANCHES and len(branches) > 1:
            raise RepositoryError("its repository has several branches, and none is the default")
        return branches[0], heads[branches[0]]

    def _fetch(self, *arguments: str, settings: Sequence[str] = ()) -> None:
        self.git.online(*FETCH, *arguments, settings=settings)

    def _commit(self, ref: str) -> str:
        """The commit that a ref points to; '' if there is no such ref."""
        try:
            return self.git.run("rev-parse", "--verify", "--quiet", ref).decode().strip()
        except GitError:
            return ""

    def _follows(self, earlier: str, later: str) -> bool:
        """Whether one commit is an ancestor of the other."""
        try:
            self.git.run("merge-base", "--is-ancestor", earlier, later)
        except GitError:
            return False
        return True
