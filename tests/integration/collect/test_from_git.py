"""Collecting from git: real repositories, good and bad ones, none of which may run anything."""

import http.server
import os
import shutil
import socketserver
import subprocess
import threading
from dataclasses import replace as changed
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autograder.collect.from_git import collect_git
from autograder.collect.model import Candidate, Collected, CollectStatus
from autograder.collect.store import install
from autograder.course import Course
from autograder.errors import AutograderError
from autograder.git.process import Bounds, Git
from autograder.gradebook.deadlines import Deadlines
from autograder.roster import RosterEntry
from autograder.settings import Weights

WEEK = "week1_mlp"
NOTEBOOK = "hands-on-introduction_to_deep_learning.ipynb"
DUE = datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC)
IN_TIME = datetime(2026, 11, 30, 12, tzinfo=UTC)
MB = 2**20


class Repository:
    """A repository that a student works in; others fetch from it by its path."""

    def __init__(self, folder, filters=True):
        self.folder = folder
        folder.mkdir()
        self.git("init", "-q", "-b", "main")
        self.git("config", "uploadpack.allowFilter", str(filters).lower())

    @property
    def address(self):
        return str(self.folder)

    def git(self, *arguments, when=IN_TIME, given=None):
        stamp = when.isoformat()
        mine = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_AUTHOR_DATE": stamp}
        done = subprocess.run(
            ["git", "-C", self.folder, "-c", "user.name=Ada", "-c", "user.email=a@b", *arguments],
            env={**os.environ, **mine, "GIT_COMMITTER_DATE": stamp},
            input=given,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def commit(self, text="{}", when=IN_TIME, name=NOTEBOOK):
        """Write one file and commit it; the commit."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        self.git("add", "-f", name)
        self.git("commit", "-q", "--allow-empty", "-m", "work", when=when)
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def assignment(repository, tmp_path):
    for part in ("source", "release"):
        shutil.copytree(repository.root / part / WEEK, tmp_path / "course" / part / WEEK)
    return Course(tmp_path / "course").assignment(WEEK)


@pytest.fixture
def ada(tmp_path):
    return Repository(tmp_path / "ada")


def gather(assignment, address, deadlines=None, replace=False, **bounds):
    """What one student's repository gives."""
    entries = [RosterEntry("ada", str(address))]
    deadlines = deadlines or Deadlines()
    (found,) = collect_git(assignment, entries, deadlines, replace, Bounds(**bounds))
    return found


def refused(assignment, address, what=CollectStatus.PROBLEM, **bounds):
    """Why one student's repository gives nothing."""
    found = gather(assignment, address, Deadlines(DUE), **bounds)
    assert isinstance(found, Collected), found
    assert found.status is what
    assert "\n" not in found.reason
    return found.reason


def cached(assignment, *arguments):
    """What git says about what was kept of ada's repository."""
    folder = assignment.root / ".collect" / WEEK / "git" / "ada"
    environment = {**os.environ, "GIT_ALLOW_PROTOCOL": ""}
    return subprocess.run(
        ["git", "--git-dir", folder, *arguments], env=environment, capture_output=True, text=True
    )


def hours(count):
    return timedelta(hours=count)


# Which commit


def test_the_last_commit_in_time_counts(assignment, ada):
    ada.commit("first", DUE - hours(9))
    counts = ada.commit("second", DUE - hours(1))
    ada.commit("third", DUE + hours(1))
    found = gather(assignment, ada.address, Deadlines(DUE))
    assert found.notebook == b"second"
    assert found.origin["commit"] == counts
    assert found.time == DUE - hours(1)


def test_without_a_deadline_the_last_commit_counts(assignment, ada):
    ada.commit("first", DUE)
    ada.commit("second", DUE + hours(1000))
    assert gather(assignment, ada.address).notebook == b"second"


def test_the_last_second_is_in_time(assignment, ada):
    ada.commit("at", DUE)
    ada.commit("after", DUE + timedelta(seconds=1))
    assert gather(assignment, ada.address, Deadlines(DUE)).notebook == b"at"


def test_an_extension_takes_the_deadlines_place(assignment, ada):
    ada.commit("first", DUE - hours(1))
    ada.commit("second", DUE + hours(30))
    longer, shorter = {"ada": DUE + hours(48)}, {"ada": DUE - hours(2)}
    assert gather(assignment, ada.address, Deadlines(DUE, longer)).notebook == b"second"
    reason = gather(assignment, ada.address, Deadlines(DUE, shorter)).reason
    assert "only after the deadline" in reason


def test_late_commits_are_taken_when_allowed(assignment, ada):
    ada.commit("on time", DUE - hours(1))
    ada.commit("late", DUE + hours(30))
    ada.commit("later", DUE + hours(60))
    for days, text in ((0, b"on time"), (1, b"on time"), (2, b"late"), (3, b"later")):
        deadlines = Deadlines(DUE, allowance=timedelta(days=days))
        assert gather(assignment, ada.address, deadlines).notebook == text


def test_a_later_version_that_is_not_taken_is_named(assignment, ada):
    def remark(days=0):
        deadlines = Deadlines(DUE, allowance=timedelta(days=days))
        return gather(assignment, ada.address, deadlines).remark

    ada.commit("on time", DUE - hours(1))
    assert remark() == ""
    ada.commit("late", DUE + hours(30))
    assert remark().startswith("a newer version was not collected (20")
    assert remark().endswith(", 1 d 6 h late): --late-days 2 collects it")
    assert remark(days=2) == ""
    ada.commit("on time", DUE + hours(40))  # as it was
    assert remark() == ""


def test_only_late_commits_give_nothing_and_say_what_would(assignment, ada):
    ada.commit("late", DUE + hours(30))
    ada.commit("later", DUE + hours(90))
    reason = refused(assignment, ada.address, CollectStatus.MISSING)
    assert "only after the deadline" in reason
    assert "1 d 6 h late" in reason
    assert "--late-days 2 collects it" in reason
    two_days = Deadlines(DUE, allowance=timedelta(days=2))
    assert gather(assignment, ada.address, two_days).notebook == b"late"


def test_a_late_commit_beside_the_notebook_makes_nobody_late(assignment, ada):
    on_time = ada.commit("done", DUE - hours(1))
    ada.commit("thanks", DUE + hours(5), name="README.md")
    found = gather(assignment, ada.address, Deadlines(DUE, allowance=timedelta(days=1)))
    assert (found.notebook, found.origin["commit"]) == (b"done", on_time)
    assert found.time == DUE - hours(1)


def test_among_branches_the_last_commit_in_time_counts(assignment, ada):
    ada.commit("base", DUE - hours(9))
    ada.git("checkout", "-q", "-b", "colab")
    counts = ada.commit("on colab", DUE - hours(1))
    ada.git("checkout", "-q", "main")
    ada.commit("on the laptop", DUE - hours(3), name="notes.md")
    ada.git("merge", "-q", "--no-edit", "colab", when=DUE + hours(2))
    found = gather(assignment, ada.address, Deadlines(DUE))
    assert found.origin["commit"] == counts


def test_a_commit_in_time_is_found_behind_many_late_ones(assignment, ada):
    ada.commit("base", DUE - hours(9))
    ada.git("checkout", "-q", "-b", "colab")
    counts = ada.commit("on colab", DUE - hours(1))
    for number in range(30):
        ada.git("commit", "-q", "--allow-empty", "-m", "late", when=DUE + hours(1 + number))
    ada.git("checkout", "-q", "main")
    ada.commit("on the laptop", DUE - hours(3), name="notes.md")
    ada.git("merge", "-q", "--no-edit", "colab", when=DUE + hours(40))
    assert gather(assignment, ada.address, Deadlines(DUE)).origin["commit"] == counts


def test_a_far_commit_is_found_by_going_deeper(assignment, ada):
    counts = ada.commit("in time", DUE - hours(1))
    for number in range(70):
        ada.git("commit", "-q", "--allow-empty", "-m", "later", when=DUE + hours(1 + number))
    found = gather(assignment, ada.address, Deadlines(DUE))
    assert found.origin["commit"] == counts


def test_a_branch_of_another_name(assignment, ada):
    ada.git("checkout", "-q", "-b", "trunk")
    ada.commit("work")
    assert gather(assignment, ada.address).notebook == b"work"
    ada.git("symbolic-ref", "HEAD", "refs/heads/nothing_here")
    assert gather(assignment, ada.address).notebook == b"work"
    ada.git("branch", "other", "trunk")
    assert "several branches" in refused(assignment, ada.address)


# What is fetched


def test_it_is_shallow_and_takes_the_notebook_alone(assignment, ada):
    for number in range(20):
        ada.commit(f"version {number}")
    ada.commit(os.urandom(5 * MB), name="weights.pt")
    assert gather(assignment, ada.address, disk_bytes=MB).notebook == b"version 19"
    (line,) = cached(assignment, "for-each-ref", "--format=%(refname)", "**/line").stdout.split()
    assert cached(assignment, "rev-list", "--count", line).stdout.strip() == "1"
    assert cached(assignment, "cat-file", "-e", f"{line}:{NOTEBOOK}").returncode == 0
    assert cached(assignment, "cat-file", "-e", f"{line}:weights.pt").returncode != 0


def test_an_unchanged_repository_costs_one_question(assignment, ada, monkeypatch):
    asked = []
    online = Git.online
    monkeypatch.setattr(Git, "online", lambda *a, **k: asked.append(a[1]) or online(*a, **k))
    ada.commit("first")
    first = gather(assignment, ada.address)
    assert asked[0] == "ls-remote" and "fetch" in asked
    asked.clear()
    assert gather(assignment, ada.address) == first
    assert asked == ["ls-remote"]
    ada.commit("second")
    assert gather(assignment, ada.address).notebook == b"second"


def test_a_server_that_cannot_filter(assignment, tmp_path):
    plain = Repository(tmp_path / "plain", filters=False)
    plain.commit("first", DUE - hours(1))
    plain.commit("second", DUE + hours(1))
    assert gather(assignment, plain.address, Deadlines(DUE)).notebook == b"first"
    plain.commit(os.urandom(5 * MB), name="weights.pt")
    assert "larger than 1 MB" in refused(assignment, plain.address, disk_bytes=MB)


def test_what_an_ended_run_left_behind_is_no_hindrance(assignment, ada):
    ada.commit("first", DUE - hours(2))
    assert gather(assignment, ada.address).notebook == b"first"
    folder = assignment.root / ".collect" / WEEK / "git" / "ada"
    for name in ("shallow.lock", "config.lock", "HEAD.lock", "objects/pack/tmp_pack_Abc123"):
        (folder / name).write_text("half")
    (folder / "HEAD").unlink()
    ada.commit("second", DUE - hours(1))
    assert gather(assignment, ada.address, Deadlines(DUE)).notebook == b"second"
    assert not list(folder.rglob("*.lock")) and not list(folder.rglob("tmp_pack*"))


def pool_threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if "ThreadPool" in thread.name}


def test_a_stopped_run_leaves_no_git_running(assignment, ada, hanging_server):
    ada.commit("work")
    entries = [RosterEntry("ada", ada.address), RosterEntry("ben", f"{hanging_server}/ben.git")]
    bounds = Bounds(protocols=("http", "file"))
    before = pool_threads()  # an earlier test's event loop may keep a pool of its own
    running = collect_git(assignment, entries, Deadlines(), bounds=bounds)
    assert next(running).notebook == b"work"
    assert pool_threads() - before, "ben's server never answers, so a thread still waits for it"
    running.close()  # waits for its threads, and these end their git
    assert not pool_threads() - before
    (again,) = collect_git(assignment, entries[:1], Deadlines(), bounds=bounds)
    assert again.notebook == b"work"


# Nothing of a repository runs


@pytest.fixture
def traps(tmp_path, monkeypatch):
    """A git configuration in which hooks and filters, where they run, leave a mark."""
    hooks, mark = tmp_path / "hooks", tmp_path / "marks"
    hooks.mkdir()
    mark.mkdir()
    for name in ("post-checkout", "reference-transaction", "post-merge", "pre-auto-gc"):
        hook = hooks / name
        hook.write_text(f"#!/bin/sh\ntouch {mark}/{name}\n")
        hook.chmod(0o755)
    config = tmp_path / "gitconfig"
    config.write_text(
        f"[core]\n\thooksPath = {hooks}\n"
        f'[filter "trap"]\n\tsmudge = "touch {mark}/smudge; cat"\n\trequired = true\n'
        "[submodule]\n\trecurse = true\n[fetch]\n\trecurseSubmodules = true\n"
        '[protocol "file"]\n\tallow = always\n'
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    return mark


def test_no_hook_no_filter_and_no_submodule_runs(assignment, ada, traps, tmp_path):
    commit = ada.commit(
        f'[submodule "trap"]\n\tpath = trap\n\turl = {ada.address}\n', name=".gitmodules"
    )
    ada.commit("*.ipynb filter=trap\n", name=".gitattributes")
    ada.git("update-index", "--add", "--cacheinfo", f"160000,{commit},trap")
    ada.commit("work")
    assert gather(assignment, ada.address, Deadlines(DUE)).notebook == b"work"
    ada.commit("late", DUE + hours(1))
    assert gather(assignment, ada.address, Deadlines(DUE)).notebook == b"work"
    assert not list(traps.iterdir())
    assert not list((assignment.root / ".collect").rglob("modules"))

    # The traps are sharp: a clone falls into them.
    subprocess.run(
        ["git", "clone", "-q", "--recurse-submodules", ada.folder, tmp_path / "clone"],
        capture_output=True,
    )
    assert {"smudge", "post-checkout"} <= {path.name for path in traps.iterdir()}
    assert (tmp_path / "clone" / "trap" / ".gitmodules").exists()


@pytest.mark.parametrize(
    "address",
    [
        "ext::touch {mark}",
        "--upload-pack=touch {mark}",
        "-oProxyCommand=touch {mark}",
        "ssh://-oProxyCommand=touch {mark}/x",
        "ssh://ada@-oProxyCommand=touch/x",
        "git@-oProxyCommand=touch:x",
        "git@host:--upload-pack=touch",
        "http://github.com/ada/week1",
        "git://github.com/ada/week1",
        "ftp://github.com/ada/week1",
        "fd::3",
        "file://host/share",
        "ada/week1",
        "../ada",
        "~/week1",
        "https:///week1",
        "https://github.com/ada/week1\n--upload-pack=touch",
        "https://github.com/ada/week 1",
    ],
)
def test_an_address_of_another_kind_is_not_tried(assignment, tmp_path, address, monkeypatch):
    monkeypatch.setattr(Git, "online", lambda *a, **k: pytest.fail("git was asked"))
    mark = tmp_path / "mark"
    reason = refused(assignment, address.format(mark=mark))
    assert "not an address of a repository" in reason.replace("\n", " ")
    assert not mark.exists()


def test_git_itself_refuses_other_kinds_too(assignment, tmp_path, monkeypatch):
    monkeypatch.setattr(
        "autograder.collect.from_git.check_address", lambda address, protocols: None
    )
    mark = tmp_path / "mark"
    assert "not allowed" in refused(assignment, f"ext::touch {mark}")
    assert not mark.exists()


def test_over_http(assignment, ada, forge):
    ada.commit(os.urandom(5 * MB), DUE - hours(9), name="weights.pt")
    ada.commit("first", DUE - hours(5))
    for number in range(40):
        ada.git("commit", "-q", "--allow-empty", "-m", "late", when=DUE + hours(1 + number))
    address, web = f"{forge}/ada/.git", {"protocols": ("http",), "disk_bytes": MB}
    assert gather(assignment, address, Deadlines(DUE), **web).notebook == b"first"
    ada.commit("second", DUE + hours(50))
    assert gather(assignment, address, **web).notebook == b"second"
    assert "there is no repository" in refused(assignment, f"{forge}/nobody/.git", **web)


# What cannot be read, in one line


def test_no_repository_at_the_address(assignment, tmp_path):
    assert "there is no repository" in refused(assignment, tmp_path / "nobody")


def test_no_address(assignment):
    assert "no repository in the class list" in refused(assignment, "")


def test_no_network(assignment):
    assert "no network" in refused(assignment, "https://host.invalid/ada/week1")


def test_an_empty_repository(assignment, ada):
    assert "empty" in refused(assignment, ada.address, CollectStatus.MISSING)


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True


@pytest.fixture
def private_server():
    """Says to everyone that they must log in."""

    class Private(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="private"')
            self.end_headers()

        def log_message(self, *_):
            pass

    yield from _serve(Private)


@pytest.fixture
def hanging_server():
    """Takes every request and never answers."""
    over = threading.Event()

    class Hanging(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            over.wait()

        def log_message(self, *_):
            pass

    yield from _serve(Hanging)
    over.set()


@pytest.fixture
def forge(tmp_path):
    """Serves the repositories below it over HTTP, with git's own program for that."""

    class Forge(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            path, _, query = self.path.partition("?")
            environment = {
                **os.environ,
                "GIT_PROJECT_ROOT": str(tmp_path),
                "GIT_HTTP_EXPORT_ALL": "1",
                "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
                "PATH_INFO": path,
                "QUERY_STRING": query,
                "REQUEST_METHOD": self.command,
                "CONTENT_TYPE": self.headers.get("Content-Type", ""),
                "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            }
            given = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            done = subprocess.run(
                ["git", "http-backend"], env=environment, input=given, capture_output=True
            )
            head, _, body = done.stdout.partition(b"\r\n\r\n")
            fields = dict(line.split(": ", 1) for line in head.decode().splitlines())
            self.send_response(int(fields.pop("Status", "200").split()[0]))
            for name, value in fields.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self):
            self.do_GET()

        def log_message(self, *_):
            pass

    yield from _serve(Forge)


def _serve(handler):
    server = Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_private_repository_asks_for_nothing(assignment, private_server, tmp_path, monkeypatch):
    asked = tmp_path / "asked"
    window = tmp_path / "window"
    window.write_text(f"#!/bin/sh\ntouch {asked}\necho secret\n")
    window.chmod(0o755)
    for name in ("GIT_ASKPASS", "SSH_ASKPASS"):
        monkeypatch.setenv(name, str(window))
    for person in ("", "ada:my-token@"):
        address = f"{private_server.replace('//', f'//{person}')}/ada.git"
        reason = refused(assignment, address, protocols=("http",))
        assert "private, or not there" in reason
        assert "my-token" not in reason
        assert not asked.exists()
    kept = (assignment.root / ".collect").rglob("*")
    assert not [path for path in kept if path.is_file() and b"my-token" in path.read_bytes()]


def test_a_host_that_does_not_answer(assignment, hanging_server):
    address = f"{hanging_server}/ada.git"
    assert "took longer than" in refused(assignment, address, protocols=("http",), seconds=1)


def test_a_notebook_that_is_too_large(assignment, ada):
    ada.commit(os.urandom(3 * MB))
    assert "larger than 2 MB" in refused(assignment, ada.address, notebook_bytes=2 * MB)
    assert isinstance(gather(assignment, ada.address, notebook_bytes=3 * MB), Candidate)


@pytest.mark.parametrize("seconds", ["99999999999999999", "9" * 40, "-5", "never", ""])
def test_a_time_that_is_none(assignment, ada, seconds):
    ada.commit("work")
    tree, person = ada.git("rev-parse", "HEAD^{tree}"), f"Ada <a@b> {seconds} +0000"
    text = f"tree {tree}\nauthor {person}\ncommitter {person}\n\nwork\n"
    commit = ada.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", given=text)
    ada.git("update-ref", "refs/heads/main", commit)
    for deadlines in (Deadlines(), Deadlines(DUE)):
        found = gather(assignment, ada.address, deadlines)
        row = install(assignment, found) if isinstance(found, Candidate) else found
        assert row.status in (CollectStatus.NEW, CollectStatus.UNCHANGED, CollectStatus.MISSING)


def test_a_cache_that_cannot_be_written(assignment, ada):
    ada.commit("work")
    folder = assignment.root / ".collect" / WEEK / "git"
    folder.mkdir(parents=True)
    (folder / "ada").write_text("in the way")
    assert "in its cache" in refused(assignment, ada.address)


def test_a_tree_that_unfolds_without_end(assignment, ada):
    blob = ada.git("hash-object", "-w", "--stdin", given="x")
    tree = ada.git("mktree", given="".join(f"100644 blob {blob}\tfile{n}\n" for n in range(20)))
    for _ in range(12):
        tree = ada.git("mktree", given="".join(f"040000 tree {tree}\tsub{n}\n" for n in range(20)))
    commit = ada.git("commit-tree", tree, "-m", "bomb")
    ada.git("update-ref", "refs/heads/main", commit)
    assert "too many files" in refused(assignment, ada.address)


# Which file


def test_any_name_and_place_will_do_for_the_only_notebook(assignment, ada):
    ada.commit("mine", name="work/My Übung.ipynb")
    ada.commit("pristine", name=".autograder/released.ipynb")
    ada.commit("saved", name="work/.ipynb_checkpoints/My Übung-checkpoint.ipynb")
    found = gather(assignment, ada.address)
    assert (found.notebook, found.origin["path"]) == (b"mine", "work/My Übung.ipynb")
    install(assignment, found)
    names = {path.name for path in assignment.submitted("ada").iterdir()}
    assert names == {NOTEBOOK, "timestamp.txt"}


def test_the_released_name_at_the_top_comes_first(assignment, ada):
    ada.commit("other", name="scratch.ipynb")
    ada.commit("copy", name=f"old/{NOTEBOOK}")
    reason = refused(assignment, ada.address)
    assert "holds 2 notebooks" in reason
    assert "scratch.ipynb" in reason and NOTEBOOK in reason
    ada.commit("mine")
    assert gather(assignment, ada.address).notebook == b"mine"


def test_no_notebook(assignment, ada):
    ada.commit("the notebook is on my other laptop", name="notes.txt")
    assert "holds no notebook" in refused(assignment, ada.address)


@pytest.mark.parametrize(
    "name", [f"{NOTEBOOK}.json", "work.ipynb.txt", "sub/work.json", "work.txt"]
)
def test_a_notebook_with_another_extension(assignment, ada, name):
    ada.commit("torch\n", name="requirements.txt")
    ada.commit('{"data": 1}', name="data.json")
    ada.commit('{"nbformat": 4}', name=name)
    found = gather(assignment, ada.address)
    assert (found.notebook, found.origin["path"]) == (b'{"nbformat": 4}', name)


def test_a_text_file_that_is_too_large_is_no_notebook(assignment, ada):
    ada.commit("{" + "x" * 3 * MB, name="a.json")
    ada.commit('{"nbformat": 4}', name="b.json")
    found = gather(assignment, ada.address, notebook_bytes=2 * MB)
    assert found.origin["path"] == "b.json"


def test_what_a_mac_adds_is_passed_over(assignment, ada):
    for name in ("__MACOSX/work.ipynb", "._work.ipynb", ".ipynb_checkpoints/work.ipynb"):
        ada.commit("resource fork", name=name)
    ada.commit("work", name="work.ipynb")
    assert gather(assignment, ada.address).notebook == b"work"


def test_a_link_is_not_followed(assignment, ada):
    (ada.folder / NOTEBOOK).symlink_to("/etc/passwd")
    ada.git("add", NOTEBOOK)
    ada.git("commit", "-q", "-m", "link")
    assert "is a link, not a file" in refused(assignment, ada.address)


def test_a_submodule_is_no_notebook(assignment, ada):
    commit = ada.commit("text", name="notes.txt")
    ada.git("update-index", "--add", "--cacheinfo", f"160000,{commit},{NOTEBOOK}")
    ada.git("commit", "-q", "-m", "submodule")
    assert "is a submodule, not a file" in refused(assignment, ada.address)


def test_a_submodule_beside_the_notebook_does_not_matter(assignment, ada):
    commit = ada.commit("work", name="mine.ipynb")
    ada.git("update-index", "--add", "--cacheinfo", f"160000,{commit},library")
    ada.git("commit", "-q", "-m", "submodule")
    assert gather(assignment, ada.address).notebook == b"work"


def test_a_notebook_in_large_file_storage(assignment, ada):
    ada.commit("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n")
    assert "Git LFS" in refused(assignment, ada.address)


# History that was rewritten


def test_a_forced_push_keeps_what_was_collected(assignment, ada):
    base = ada.commit("base", DUE - hours(9))
    ada.commit("collected", DUE - hours(5))
    install(assignment, gather(assignment, ada.address, Deadlines(DUE)))
    ada.git("reset", "-q", "--hard", base)
    forged = ada.commit("forged", DUE - hours(5))
    for _ in range(2):  # it is not forgotten
        kept = gather(assignment, ada.address, Deadlines(DUE))
        assert kept.status is CollectStatus.KEPT
        assert "history was rewritten since it was collected" in kept.reason
    taken = gather(assignment, ada.address, Deadlines(DUE), replace=True)
    assert taken.origin["commit"] == forged
    assert gather(assignment, ada.address, Deadlines(DUE)) == taken


def test_a_forced_push_before_anything_was_collected_is_nobodys_business(assignment, ada):
    ada.commit("first", DUE + hours(1))
    refused(assignment, ada.address, CollectStatus.MISSING)
    ada.git("commit", "-q", "--amend", "-m", "amended", when=DUE - hours(1))
    assert gather(assignment, ada.address, Deadlines(DUE)).notebook == b"first"


def test_another_address_is_another_history(assignment, ada, tmp_path):
    ada.commit("first")
    install(assignment, gather(assignment, ada.address))
    moved = Repository(tmp_path / "moved")
    moved.commit("second")
    assert gather(assignment, moved.address).notebook == b"second"


def test_without_git_it_says_what_to_install(assignment, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(AutograderError, match="install the package 'git'"):
        gather(assignment, Path("/nowhere"))


# A trained model's files beside the notebook


@pytest.fixture
def counting(assignment):
    """The assignment, where handed-in weights count."""
    return changed(assignment, weights=Weights.SUBMITTED)


def test_weights_come_from_the_notebooks_folder_of_the_commit_where_they_count(
    assignment, counting, ada
):
    ada.commit("mine", DUE - hours(3), f"work/{NOTEBOOK}")
    ada.commit(b"\0weights", DUE - hours(2), "work/model_weights.pt")
    ada.commit("other", DUE - hours(2), "predict.py")
    ada.commit("script", DUE - hours(1), "work/predict.py")
    ada.commit("too late", DUE + hours(1), "work/predict.py")
    found = gather(counting, ada.address, Deadlines(DUE))
    assert found.beside == {"model_weights.pt": b"\0weights", "predict.py": b"script"}
    assert "a newer version was not collected" in found.remark
    found = gather(assignment, ada.address, Deadlines(DUE))
    assert (found.beside, found.remark) == ({}, "")


def test_only_changed_weights_make_a_late_submission(counting, ada):
    late = Deadlines(DUE, allowance=timedelta(days=2))
    ada.commit("mine", DUE - hours(3))
    ada.commit("weights", DUE - hours(2), "model_weights.pt")
    ada.commit("notes", DUE + hours(1), "notes.txt")
    assert gather(counting, ada.address, late).time == DUE - hours(2)
    ada.commit("others", DUE + hours(2), "model_weights.pt")
    found = gather(counting, ada.address, late)
    assert (found.time, found.beside) == (DUE + hours(2), {"model_weights.pt": b"others"})


def test_weights_alone_are_an_update_and_the_same_ones_are_not(counting, ada):
    ada.commit("mine")
    statuses = []
    for text in ("first", "first", "second"):
        ada.commit(text, name="model_weights.pt")
        statuses.append(install(counting, gather(counting, ada.address)).status)
    assert statuses == [CollectStatus.NEW, CollectStatus.UNCHANGED, CollectStatus.UPDATED]


@pytest.mark.parametrize("filters", [True, False])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (os.urandom(65 * MB), "model_weights.pt is larger than 64 MB; it was not collected"),
        (
            b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n",
            "model_weights.pt is kept in Git LFS: submit the file itself; it was not collected",
        ),
    ],
    ids=["large", "pointer"],
)
def test_weights_that_cannot_be_taken_are_named_and_the_rest_is_collected(
    counting, tmp_path, content, said, filters
):
    ada = Repository(tmp_path / "ada", filters)
    ada.commit("mine")
    ada.commit("script", name="predict.py")
    ada.commit(content, name="model_weights.pt")
    found = gather(counting, ada.address)
    assert (found.notebook, found.beside) == (b"mine", {"predict.py": b"script"})
    assert found.remark == said


def test_a_link_in_place_of_weights(counting, ada):
    ada.commit("mine")
    (ada.folder / "predict.py").symlink_to("/etc/hostname")
    (ada.folder / "model_weights.pt").mkdir()
    ada.commit("x", name="model_weights.pt/x")
    ada.git("add", "predict.py")
    ada.git("commit", "-q", "-m", "link")
    found = gather(counting, ada.address)
    assert found.beside == {}
    assert "predict.py is a link, not a file" in found.remark
    assert "model_weights.pt is a folder, not a file" in found.remark


def test_many_versions_of_weights_do_not_fill_the_cache(counting, ada):
    """Nor do weights that alone take more than a repository may."""
    ada.commit("mine")
    for _ in range(4):
        ada.commit(os.urandom(MB), name="model_weights.pt")
        found = gather(counting, ada.address, disk_bytes=2 * MB)
        assert len(found.beside["model_weights.pt"]) == MB
    ada.commit(os.urandom(3 * MB), name="model_weights.pt")
    found = gather(counting, ada.address, disk_bytes=2 * MB)
    assert (found.notebook, found.beside) == (b"mine", {})
    assert "larger than" in found.remark
    assert not [*(counting.collected / "staging").glob("*")]
