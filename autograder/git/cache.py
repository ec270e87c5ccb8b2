"""A student's git repository, looked at through a bare, shallow cache that runs nothing of it.

Nothing is checked out, so no hook, no filter and no submodule of the repository has a part in it:
what a server sends is read with git's plumbing alone. History and the names of files come first,
and a file's content when it is asked for, so that a repository may be large.
"""

import hashlib
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from autograder.collect.store import NotTaken, What
from autograder.git.process import REMOTE, Bounds, Git, GitFailed

FETCH = (
    "fetch",
    "--quiet",
    "--no-tags",
    "--no-write-fetch-head",
    "--no-auto-maintenance",
    "--filter=blob:none",
)
LATEST = 253_000_000_000  # seconds since 1970, near the last year of Python's calendar
USUAL = ("HEAD", "refs/heads/main", "refs/heads/master")


class Commit(NamedTuple):
    """A commit and its committer's time, in seconds since 1970."""

    sha: str
    seconds: int

    @property
    def time(self) -> datetime:
        return datetime.fromtimestamp(self.seconds, UTC)


class Entry(NamedTuple):
    """One path of a tree; its mode tells files, links, folders and submodules apart."""

    mode: str
    sha: str
    path: str


class Rewritten(Exception):
    """The repository's history no longer holds what was fetched from it earlier."""


class Cache:
    """One repository, as far as it was needed."""

    def __init__(self, folder: Path, address: str, bounds: Bounds, stop: threading.Event):
        self.git = Git(folder, address, bounds, stop)
        # Another address is another history.
        key = hashlib.sha256(address.encode()).hexdigest()[:12]
        self.line, self.new = f"refs/collect/{key}/line", f"refs/collect/{key}/new"

    def update(self, rewritten_too: bool) -> None:
        """Fetch what is new. Of a repository without anything new it costs one question.

        Raises Rewritten, and keeps to the earlier history, unless `rewritten_too`.
        """
        name, head = self._remote_head()
        known = self._commit(self.line)
        if head == known:
            return
        # A first fetch takes one commit, and a later one all that came after it.
        depth = () if known else ("--depth=1",)
        self._fetch(*depth, REMOTE, f"+{name}:{self.new}")
        if known and not rewritten_too and not self._follows(known, self.new):
            raise Rewritten(known)
        self.git.run("update-ref", self.line, self._commit(self.new))

    def history(self) -> tuple[list[Commit], frozenset[str]]:
        """The commits that are here, newest first, and those of them whose parents are not."""
        text = self.git.run("rev-list", "--topo-order", "--timestamp", self.line).decode()
        pairs = (line.split() for line in text.splitlines())
        commits = [Commit(sha, min(int(seconds), LATEST)) for seconds, sha in pairs]
        shallow = self.git.folder / "shallow"
        cut = shallow.read_text().split() if shallow.is_file() else ()
        return commits, frozenset(cut) & {commit.sha for commit in commits}

    def deepen(self, commits: int) -> None:
        """Fetch so many commits more, below those that are here."""
        name, _ = self._remote_head()
        self._fetch(f"--deepen={commits}", REMOTE, f"+{name}:{self.new}")

    def tree(self, commit: str, recursive: bool = False) -> list[Entry]:
        """What lies at the root of a commit, or all of it."""
        options = ("-r",) if recursive else ()
        text = self.git.run("ls-tree", "-z", "--full-tree", *options, commit)
        entries = []
        for record in text.split(b"\0")[:-1]:
            about, _, path = record.partition(b"\t")
            mode, _, sha = about.decode().split()
            entries.append(Entry(mode, sha, path.decode("utf-8", "replace")))
        return entries

    def content(self, entry: Entry) -> bytes:
        """A file's content. Raises NotTaken for one that is too large."""
        try:
            self.git.run("cat-file", "-e", entry.sha)
        except GitFailed:
            # A server takes it that whoever has a commit has its files: so it is told of none.
            self._fetch(REMOTE, entry.sha, settings=("fetch.negotiationAlgorithm=noop",))
        limit = self.git.bounds.notebook_bytes
        if int(self.git.run("cat-file", "-s", entry.sha)) > limit:
            raise NotTaken(f"{entry.path} is larger than {limit / 2**20:g} MB: clear its outputs")
        return self.git.run("cat-file", "blob", entry.sha, most=limit)

    def _remote_head(self) -> tuple[str, str]:
        """The branch that counts, and its commit."""
        text = self.git.online("ls-remote", REMOTE, "HEAD", "refs/heads/*")
        pairs = (line.split("\t", 1) for line in text.decode("utf-8", "replace").splitlines())
        heads = {name: sha for sha, name in pairs}
        if not heads:
            raise NotTaken("its repository is empty: nothing was pushed to it", What.MISSING)
        found = [name for name in USUAL if name in heads] or [*heads]
        if found[0] not in USUAL and len(found) > 1:
            raise NotTaken("its repository has several branches, and none is the default one")
        return found[0], heads[found[0]]

    def _fetch(self, *arguments: str, settings: Sequence[str] = ()) -> None:
        self.git.online(*FETCH, *arguments, settings=settings)

    def _commit(self, ref: str) -> str:
        """The commit that a name of ours stands for; '' for none."""
        try:
            return self.git.run("rev-parse", "--verify", "--quiet", ref).decode().strip()
        except GitFailed:
            return ""

    def _follows(self, earlier: str, later: str) -> bool:
        try:
            self.git.run("merge-base", "--is-ancestor", earlier, later)
        except GitFailed:
            return False
        return True
