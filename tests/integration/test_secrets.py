"""A token or password is on no command line, in no file or message, and in no sandbox."""

import json
import logging
import os
import subprocess
import sys
import traceback
from pathlib import Path

import pytest
from support import canvas_server
from support.collecting import DUE, WEEK, week1_course
from support.private_forge import private_forge
from support.results import TOTAL, result_of
from support.written import WEEK as TINY
from support.written import make_class
from typer.testing import CliRunner

from autograder.canvas import session
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


@pytest.fixture
def canvas_class(tmp_path, monkeypatch):
    """A graded class of one, her feedback page, and a Canvas that knows her and the token."""
    course = make_class(tmp_path / "class", {"ada": {}})
    page = course.assignment(TINY).feedback_page("ada")
    page.parent.mkdir(parents=True)
    page.write_text("<p>page</p>")
    (course.root / "roster.csv").write_text("student,canvas_id\nada,11\nben,12\n")
    monkeypatch.chdir(course.root)
    monkeypatch.setenv("CANVAS_TOKEN", CANARY)
    monkeypatch.setattr(canvas_server, "TOKEN", CANARY)
    monkeypatch.setattr(session, "_pause", lambda *arguments: 0.0)
    with canvas_server.running() as canvas:
        canvas.student(11, "Sample Ada", "ada")
        canvas.hand_in(11, "2026-11-30T10:00:00Z", a__ipynb=page.read_bytes())
        write_settings(course, canvas.address)
        yield course, canvas


def write_settings(course, address):
    (course.root / "course.toml").write_text(
        f'time_zone = "UTC"\n[canvas]\nurl = "{address}"\ncourse = {canvas_server.COURSE}\n'
        f"[weeks.{TINY}]\ncanvas_assignment = {canvas_server.ASSIGNMENT}\n"
    )


COLLECT = ["collect", TINY, "--from", "canvas"]
RETURN = ["return", TINY, "--to", "canvas"]
SEND = [*RETURN, "--send"]
COMMANDS = (COLLECT, [*COLLECT, "--json"], RETURN, SEND, ["config", TINY])


def run_commands(*commands):
    """What the commands print, and the exceptions that end them, with their tracebacks."""
    said = ""
    for arguments in commands:
        done = CliRunner().invoke(app, arguments, env={"COLUMNS": "300"})
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        said += done.output + "".join(traceback.format_exception(*done.exc_info))
    return said


def test_canvass_token_reaches_canvas_and_nothing_else(canvas_class, capfd, caplog):
    course, canvas = canvas_class
    caplog.set_level(logging.DEBUG)
    commands = []

    def look(_):
        commands.extend(path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline"))

    canvas.faults.append(look)
    said = run_commands(*COMMANDS)
    assert "1 sent" in said and [r for r in canvas.requests if r.has_token and r.method == "PUT"]
    assert commands and not [line for line in commands if CANARY.encode() in line]
    assert CANARY not in repr(canvas.submissions) + repr(canvas.files)  # what students see
    read = capfd.readouterr()
    assert_hidden(course.root, said=said + caplog.text + read.out + read.err)


ECHO = {"errors": [{"message": f"not for you: Bearer {CANARY}"}]}
ANSWERS = [
    (400, ECHO), (401, ECHO, {"WWW-Authenticate": f"Bearer {CANARY}"}), (418, ECHO),
    (200, [CANARY]), "cut",
]  # fmt: skip


@pytest.mark.parametrize(
    ("method", "commands"), [("GET", [COLLECT, RETURN]), ("PUT", [SEND]), ("POST", [SEND])]
)
def test_canvass_token_is_in_no_message_whatever_canvas_answers(
    canvas_class, capfd, caplog, method, commands
):
    """Also where the answer repeats it, as a proxy might."""
    course, canvas = canvas_class
    caplog.set_level(logging.DEBUG)
    said = ""
    for action in ANSWERS:
        canvas.faults.clear()
        canvas.fault("", action, times=999, method=method)
        said += run_commands(*commands)
    assert said.count("Canvas") >= len(ANSWERS)
    read = capfd.readouterr()
    assert_hidden(course.root, said=said + caplog.text + read.out + read.err)


@pytest.mark.parametrize("token", [f"{CANARY}\nX: y", f"{CANARY} {CANARY}", f"{CANARY}é", "\x7f"])
def test_a_token_that_is_none_is_not_repeated_and_nothing_is_sent(canvas_class, token, monkeypatch):
    _, canvas = canvas_class
    monkeypatch.setenv("CANVAS_TOKEN", token)
    said = run_commands(COLLECT, SEND)
    assert CANARY not in said and canvas.requests == []
    assert said.count("the value of the environment variable CANVAS_TOKEN is not a token") == 2


@pytest.mark.parametrize("secret", [f"{CANARY}@", f"user:{CANARY}@", ""])
def test_a_token_in_the_address_of_canvas_is_refused_and_not_repeated(canvas_class, secret):
    course, canvas = canvas_class
    address = canvas.address.replace("://", f"://{secret}")
    write_settings(course, address if secret else f"{address}?access_token={CANARY}")
    said = run_commands(COLLECT, SEND, ["config", TINY])
    assert CANARY not in said and canvas.requests == []
    assert said.count("line 3: canvas.url: write the address alone") == 3


SECRETS = ("STUDENTS_TOKEN", "CANVAS_TOKEN", "GITHUB_TOKEN", "ACTIONS_RUNTIME_TOKEN",
           "WANDB_API_KEY", "HF_TOKEN", "AWS_SECRET_ACCESS_KEY", "PIP_EXTRA_INDEX_URL",
           "SSH_AUTH_SOCK")  # fmt: skip
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
