"""A token or password is on no command line, in no file or message, and in no sandbox."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.collecting import DUE, WEEK, week1_course
from support.private_forge import private_forge
from support.results import TOTAL, result_of
from typer.testing import CliRunner

from autograder.cli.app import app
from autograder.collect.from_git import collect_git
from autograder.collect.model import Collected, CollectStatus
from autograder.collect.store import install
from autograder.git.address import read_remote, without_secrets
from autograder.git.process import Bounds
from autograder.gradebook.deadlines import Deadlines
from autograder.reports.feedback import feedback_text
from autograder.reports.push import push_feedback
from autograder.roster import RosterEntry

CANARY = "canary-4f1d0c5e"
USER = "x-access-token"
HTTP = Bounds(protocols=("http",))


@pytest.fixture
def course(repository, tmp_path):
    return week1_course(repository, tmp_path / "course")


@pytest.fixture
def assignment(course):
    return course.assignment(WEEK)


@pytest.fixture
def ada(assignment, tmp_path):
    """Her repository on the server, with the released notebook in it."""
    work, bare = tmp_path / "work", tmp_path / "forge" / "ada.git"
    identity = {"NAME": "Sample", "EMAIL": "sample@localhost"}
    env = {f"GIT_{who}_{k}": v for who in ("AUTHOR", "COMMITTER") for k, v in identity.items()}

    def git(*arguments):
        command = ["git", *map(str, arguments)]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, **env})

    git("init", "--quiet", "--initial-branch=main", work)
    (work / assignment.release_notebook.name).write_bytes(assignment.release_notebook.read_bytes())
    git("-C", work, "add", ".")
    git("-C", work, "commit", "--quiet", "-m", "work")
    git("clone", "--quiet", "--bare", work, bare)
    return bare


def assert_hidden(*folders, said=""):
    assert CANARY not in said
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert files
    assert [path for path in files if CANARY.encode() in path.read_bytes()] == []


def test_the_token_of_an_address_reaches_the_server_and_nothing_else(
    assignment, ada, tmp_path, capfd, caplog
):
    caplog.set_level(logging.DEBUG)
    feedback = assignment.feedback("ada")
    feedback.mkdir(parents=True)
    assignment.feedback_page("ada").write_text("<p>page</p>")
    text = feedback_text(result_of("ada"), TOTAL, "page.html")
    (feedback / "README.md").write_text(text)
    with private_forge(ada.parent, USER, CANARY) as forge:
        entry = RosterEntry("ada", f"http://{USER}:{CANARY}@{forge.host}/ada.git")
        for status in (CollectStatus.NEW, CollectStatus.UNCHANGED):
            (found,) = collect_git(assignment, [entry], Deadlines(DUE), bounds=HTTP)
            assert not isinstance(found, Collected), found
            assert install(assignment, found).status is status
        (returned,) = push_feedback(assignment, [entry], HTTP)
        assert returned.commit, returned
    assert forge.answered >= 5
    git_lines = [line for line in forge.command_lines if b"git" in line]
    assert any(b"remote-http" in line for line in git_lines)  # git's helper for the network
    assert [line for line in git_lines if CANARY.encode() in line] == []
    read = capfd.readouterr()
    assert_hidden(assignment.root, ada.parent, said=caplog.text + read.out + read.err + repr(found))


def test_a_wrong_token_is_in_no_message(assignment, ada, capfd):
    """Also not where the address is the reason."""
    with private_forge(ada.parent, USER, "another") as forge:
        entry = RosterEntry("ada", f"http://{USER}:{CANARY}@{forge.host}/ada.git")
        (found,) = collect_git(assignment, [entry], Deadlines(DUE), bounds=HTTP)
        assert found.status is CollectStatus.PROBLEM and "private" in found.reason
    assert [line for line in forge.command_lines if CANARY.encode() in line] == []
    assert_hidden(assignment.root, said=found.reason + "".join(capfd.readouterr()))


@pytest.mark.parametrize(
    "address",
    [
        f"https://{USER}:{CANARY}@127.0.0.1:1/ada.git",
        f"https://{CANARY}@127.0.0.1:1/ada.git",
        f"http://{USER}:{CANARY}@127.0.0.1/ada.git",
        f"https://{USER}:{CANARY}/with@slash@host/ada.git",
        f"https://{USER}:pa@{CANARY}@host/ada.git",
        f"https://{USER}:{CANARY}%0Ahost=x@host/ada.git",
        f"https//{USER}:{CANARY}@host/ada.git",
        f"{USER}:{CANARY}@host/ada.git",
        f"ftp://{CANARY}@host/ada.git",
    ],
)
def test_the_commands_print_and_save_no_part_of_an_address_with_a_token(
    course, assignment, address, monkeypatch
):
    monkeypatch.chdir(course.root)
    roster = course.root.parent / "roster.csv"
    roster.write_text(f"student,repository\nada,{address}\n")
    page = assignment.feedback_page("ada")
    page.parent.mkdir(parents=True)
    page.write_text("<p>page</p>")
    (page.parent / "README.md").write_text("text")
    for arguments in (
        ["collect", WEEK, "--from", "git", str(roster), "--json"],
        ["collect", WEEK, "--from", "git", str(roster)],
        ["return", WEEK, "--roster", str(roster)],
    ):
        done = CliRunner().invoke(app, arguments, env={"COLUMNS": "300"})
        assert "ada" in done.output
        assert CANARY not in done.output
        assert done.exception is None or CANARY not in repr(done.exception)
    assert_hidden(course.root)


def test_an_address_is_shown_without_its_user_and_password():
    assert without_secrets(f"https://{USER}:{CANARY}@host/a@b.git") == "https://host/a@b.git"
    assert without_secrets("https://host/a@b.git") == "https://host/a@b.git"
    assert without_secrets("git@host:ada/week1") == "git@host:ada/week1"
    remote = read_remote(f"https://{USER}:{CANARY}%40@host/a.git")
    assert (remote.user, remote.password) == (USER, f"{CANARY}@")
    assert CANARY not in repr(remote)


SECRETS = ("STUDENTS_TOKEN", "GITHUB_TOKEN", "ACTIONS_RUNTIME_TOKEN", "WANDB_API_KEY", "HF_TOKEN",
           "AWS_SECRET_ACCESS_KEY", "PIP_EXTRA_INDEX_URL", "SSH_AUTH_SOCK")  # fmt: skip
LOOK = """
import glob, os, sys
said = repr(dict(os.environ))
for name in ("environ", "cmdline"):
    for path in glob.glob(f"/proc/[0-9]*/{name}") + [f"/proc/self/{name}"]:
        try:
            said += repr(open(path, "rb").read())
        except OSError:
            pass
"""
START = """
import json, sys
from pathlib import Path
from autograder.course import Limits
from autograder.sandbox.kernel import start_kernel
from autograder.sandbox.launcher import Launcher
from autograder.temporary import temporary_folder
look, hidden, warm, sandboxed = json.loads(sys.argv[1])
launcher = Launcher(Limits(), Path(hidden), sandboxed=sandboxed, warm=warm)
with start_kernel(launcher, temporary_folder("work")) as kernel:
    client = kernel.client
    sent = client.execute(look, user_expressions={"said": "said"}, store_history=False)
    while (reply := client.get_shell_msg(timeout=60))["parent_header"].get("msg_id") != sent:
        pass
    print(reply["content"]["user_expressions"]["said"]["data"]["text/plain"])
"""


@pytest.mark.parametrize("warm", [True, False], ids=["warm", "cold"])
def test_no_token_of_the_grader_is_in_a_students_sandbox(warm, tmp_path, no_sandbox):
    """Student code reads its own environment, and that of all processes that it can see."""
    if no_sandbox:
        pytest.skip(no_sandbox)
    assert _look(tmp_path, warm, sandboxed=True).count("'USER': 'student'") == 1


def test_no_token_of_the_grader_is_in_a_kernel_without_a_sandbox(tmp_path):
    """It could read that of other processes of its user, as --unsafe-no-sandbox says."""
    _look(tmp_path, warm=False, sandboxed=False, look="import os; said = repr(dict(os.environ))")


def _look(hidden: Path, warm: bool, sandboxed: bool, look: str = LOOK) -> str:
    environment = {**os.environ, **dict.fromkeys(SECRETS, CANARY)}
    done = subprocess.run(
        [sys.executable, "-c", START,
         json.dumps([look, str(hidden), warm, sandboxed])],
        env=environment, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert "PATH" in done.stdout
    assert CANARY not in done.stdout + done.stderr
    return done.stdout
