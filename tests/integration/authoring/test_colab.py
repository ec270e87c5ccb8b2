"""The setup cell of each released notebook, in what stands in for Colab, and outside of it.

The stand-in has a module `google.colab`, a `%pip` that is only recorded, and neither logomaker nor
wandb before that. A server on this machine has the files that GitHub would serve.
"""

import http.server
import json
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass, replace

import nbformat
import pytest
from support.tiny import REPOSITORY

from autograder.authoring.build import build
from autograder.notebook.cells import grade_id
from autograder.published import RAW, Published

WEEKS = sorted(path.name for path in (REPOSITORY / "solutions").glob("*/"))
MISSING_IN_COLAB = {"logomaker", "wandb"}
TODO = "put this week's folder 'data' next to the notebook, and run this cell again"
# Runs one cell after another in a new IPython, and prints what each of them did.
PROGRAM = """
import contextlib, importlib.util, io, json, sys, types
from IPython.core.interactiveshell import InteractiveShell

class Absent:
    names = set(MISSING)
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in self.names:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
shell = InteractiveShell.instance()
commands = []
def pip(line):
    commands.append(line)
    Absent.names -= set(line.split())
shell.register_magic_function(pip, "line", "pip")

def is_there(name):
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False

steps = []
for in_colab, source in json.load(sys.stdin):
    sys.modules.pop("google.colab", None)
    if in_colab:
        sys.modules["google.colab"] = types.ModuleType("google.colab")
    commands.clear()
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        error = shell.run_cell(source).error_in_exec
    steps.append({
        "pip": list(commands), "error": f"{type(error).__name__}: {error}" if error else "",
        "printed": printed.getvalue(), "has": [name for name in MISSING if is_there(name)],
    })
print(json.dumps(steps))
""".replace("MISSING", repr(sorted(MISSING_IN_COLAB)))


@dataclass
class Server:
    """A web server on this machine, and the paths that were asked for."""

    address: str
    files: dict[str, bytes]
    asked: list[str]


@pytest.fixture
def server():
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            running.asked.append(self.path)
            content = running.files.get(self.path)
            self.send_response(404 if content is None else 200)
            self.send_header("Content-Length", str(len(content or b"")))
            self.end_headers()
            self.wfile.write(content or b"")

        def log_message(self, *arguments):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        running = Server(f"http://127.0.0.1:{listening.server_port}", {}, [])
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        yield running
        listening.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def released(repository):
    """Week -> (the released notebook, its data by path) of a course with an address."""
    made = {}
    for week in WEEKS:
        place = Published("my-course/weeks", "main", week)
        assignment = replace(repository.assignment(week), published=place)
        built = build(assignment)
        files = {
            path.relative_to(assignment.release).as_posix(): content
            for path, content in built.files.items()
            if path.is_relative_to(assignment.release)
        }
        made[week] = built.release, {n: c for n, c in files.items() if n.startswith("data/")}
    return made


def setup_of(notebook):
    return next(cell.source for cell in notebook.cells if grade_id(cell) == "setup")


def run(folder, *steps):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=folder, input=json.dumps(steps), text=True,
        capture_output=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def on_disk(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("week", WEEKS)
def test_one_click_in_colab_and_nothing_twice(week, released, server, tmp_path):
    notebook, data = released[week]
    needed = {name: content for name, content in data.items() if not name.endswith(".md")}
    server.files |= {f"/my-course/weeks/main/{week}/{n}": c for n, c in data.items()}
    source = setup_of(notebook)
    assert (RAW in source) == bool(needed)
    source = source.replace(RAW, server.address)
    first, again, elsewhere = run(tmp_path, (True, source), (True, source), (False, source))
    for step in (first, again, elsewhere):
        assert step["error"] == ""
        assert "PyTorch" in step["printed"]
    assert first["pip"] == ["install -q logomaker wandb"]
    assert set(first["has"]) == MISSING_IN_COLAB
    assert "Runtime > Change runtime type" in first["printed"]
    assert on_disk(tmp_path) == needed
    assert sorted(server.asked) == sorted(f"/my-course/weeks/main/{week}/{n}" for n in needed)
    assert elsewhere["pip"] == []
    assert "Runtime" not in elsewhere["printed"]


def test_without_a_server_one_line_says_what_to_do(released, server, tmp_path):
    source = setup_of(released["week3a_tf_binding"][0])
    with socket.socket() as closed:  # bound, but not listening
        closed.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{closed.getsockname()[1]}"
        refused, absent = run(
            tmp_path,
            (False, source.replace(RAW, nowhere)),
            (False, source.replace(RAW, server.address)),
        )
    for step, why in ((refused, "Connection refused"), (absent, "HTTP Error 404")):
        assert step["error"].startswith("FileNotFoundError: data/chr1_scores.txt.gz is missing")
        assert why in step["error"]
        assert TODO in step["error"]
        assert "\n" not in step["error"]
        assert step["pip"] == []
    assert on_disk(tmp_path) == {}


def test_a_file_that_breaks_off_is_not_kept(released, tmp_path):
    source = setup_of(released["week3a_tf_binding"][0])
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer():
            connection, _ = listening.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")

        thread = threading.Thread(target=answer)
        thread.start()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        (step,) = run(tmp_path, (False, source.replace(RAW, address)))
        thread.join()
    assert step["error"].startswith("FileNotFoundError: data/chr1_scores.txt.gz is missing")
    assert on_disk(tmp_path) == {}


def test_a_course_without_an_address_has_no_button_and_says_what_is_missing(repository, tmp_path):
    built = build(replace(repository.assignment("week3b_wandb"), published=None))
    assert "colab-badge" not in nbformat.writes(built.release)
    (step,) = run(tmp_path, (True, setup_of(built.release)))
    assert f"data/chr1_scores.txt.gz is missing: {TODO}" in step["error"]
    assert "\n" not in step["error"]


def test_the_button_is_below_the_title_and_opens_the_released_notebook(released):
    for week, (notebook, _) in released.items():
        title, empty, button, *_ = notebook.cells[0].source.split("\n")
        assert title.startswith("# Week ")
        assert empty == ""
        assert button.startswith("[![Open in Colab](https://colab.research.google.com/assets/")
        place = f"https://colab.research.google.com/github/my-course/weeks/blob/main/{week}/"
        assert f"]({place}" in button and button.endswith(".ipynb)")


def test_the_setup_cell_is_the_same_in_all_notebooks_but_for_the_data(released):
    bare = set()
    for notebook, _ in released.values():
        source = setup_of(notebook)
        before, call = source.split("\nfetch_data(")
        bare.add((before, call.partition("])\n")[2]))
    assert len(bare) == 1
