"""What a submission can see, do, use up and say: every wall around it has somebody run into it."""

import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import psutil
import pytest
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell
from safetensors.numpy import save

from autograder.course import Assignment, Limits
from autograder.files import remove
from autograder.grading.remote import KernelDied, Student, StudentError
from autograder.grading.session import Options
from autograder.grading.submission import grade
from autograder.probe import codec
from autograder.results.model import Outcome, Status, SubmissionResult
from autograder.sandbox.kernel import Kernel, start_kernel

pytestmark = pytest.mark.usefixtures("needs_sandbox")

REPOSITORY = Path(__file__).resolve().parents[3]
MIB = 2**20
LIMITS = Limits(
    cell_seconds=4, notebook_seconds=40, call_seconds=6, exercise_seconds=12,
    memory_bytes=600 * MIB, processes=24, disk_bytes=48 * MIB, output_bytes=MIB,
    submission_bytes=8 * MIB, kernel_starts=2,
)  # fmt: skip
MARK = "zz-secret-of-the-host"


def look(student: Student, body: str) -> Any:
    """What the body of a function returns when it runs inside."""
    source = "def look():\n" + textwrap.indent(textwrap.dedent(body).strip(), "    ")
    return student.define(source, "look")()


# ---------------------------------------------------------------------------------- what it sees


@pytest.fixture(autouse=True)
def _nothing_deep_is_left(tmp_path: Path) -> Iterator[None]:
    """pytest removes its folders by recursion, which the deepest of these would end."""
    yield
    remove(tmp_path)


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the host, with somebody else's secret in it."""
    folder = tmp_path_factory.mktemp("host")
    (folder / MARK).write_text(MARK)
    return folder


@pytest.fixture(scope="module")
def inside(outside: Path, needs_no_more: None) -> Iterator[Student]:
    """A student in a sandbox that only looks around; nothing here may end its kernel."""
    work = outside / "work"
    work.mkdir()
    (work / "data.csv").write_text("1,2\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRET_TOKEN", MARK)
        kernel = start_kernel(work, LIMITS, REPOSITORY)
    with kernel:
        yield Student(kernel, Limits(call_seconds=60))


@pytest.fixture(scope="module")
def needs_no_more(no_sandbox: str) -> None:
    if no_sandbox:
        pytest.skip(no_sandbox)


def test_it_sees_its_own_files(inside: Student) -> None:
    assert look(inside, "return open('data.csv').read()") == "1,2\n"


def test_it_sees_no_file_of_the_host_or_the_course(inside: Student, outside: Path) -> None:
    assert (outside / MARK).exists()
    body = f"""
        import os
        found = []
        for folder, folders, files in os.walk("/"):
            folders[:] = [f for f in folders if os.path.join(folder, f) not in ("/proc", "/sys")]
            found += [folder for name in files + folders if name == {MARK!r}]
        return found
    """
    assert look(inside, body) == []
    paths = ["/etc/passwd", "/etc/shadow", "/home", "/var", "/run", str(outside)]
    paths += [str(REPOSITORY / name) for name in ("tests", "solutions", "source", "submitted")]
    body = f"import os\nreturn [p for p in {paths!r} if os.path.lexists(p)]"
    assert look(inside, body) == []
    assert (REPOSITORY / "tests" / "hidden").is_dir()


def test_it_sees_no_secret_in_an_environment(inside: Student) -> None:
    body = """
        import glob, os
        texts = [repr(dict(os.environ))]
        for path in glob.glob("/proc/*/environ") + glob.glob("/proc/*/cmdline"):
            try:
                texts.append(open(path).read())
            except OSError:
                pass
        return "\\n".join(texts)
    """
    seen = look(inside, body)
    assert "PATH=" in seen
    assert MARK not in seen


def test_it_sees_and_signals_no_process_of_the_host(inside: Student) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()", MARK], stdin=subprocess.PIPE) as other:
        body = """
            import glob
            return "".join(open(p).read() for p in glob.glob("/proc/[0-9]*/cmdline"))
        """
        assert MARK not in look(inside, body)
        body = f"""
            import os
            reached = []
            for pid in ({other.pid}, {os.getpid()}):
                try:
                    os.kill(pid, 0)
                    reached.append(pid)
                except OSError:
                    pass
            return reached
        """
        assert look(inside, body) == []
        other.kill()


@pytest.mark.parametrize("host", ["127.0.0.1", "own address"])
def test_it_reaches_no_internet_socket(inside: Student, host: str) -> None:
    if host == "own address":
        addresses = [a for group in psutil.net_if_addrs().values() for a in group]
        found = [a.address for a in addresses if a.family == socket.AF_INET]
        others = [address for address in found if not address.startswith("127.")]
        if not others:
            pytest.skip("this machine has no address but the loopback's")
        host = others[0]
    with socket.create_server((host, 0)) as server:
        port = server.getsockname()[1]
        socket.create_connection((host, port), 5).close()
        with pytest.raises(StudentError) as refused:
            look(inside, f"import socket; socket.create_connection(({host!r}, {port}), 2)")
    assert "OSError" in refused.value.types  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["{folder}/unix.socket", "\0" + MARK])
def test_it_reaches_no_unix_socket_of_the_host(inside: Student, tmp_path: Path, name: str) -> None:
    address = name.format(folder=tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(address)
        server.listen()
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(address)
        body = f"import socket; socket.socket(socket.AF_UNIX).connect({address!r})"
        with pytest.raises(StudentError) as refused:
            look(inside, body)
    assert "OSError" in refused.value.types  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "path",
    [
        "/new", "/usr/new", "/etc/new", "/dev/new", "/sys/new", f"{sys.prefix}/new",
        "/probe/autograder/probe.py", "/proc/sys/kernel/printk_ratelimit",
        "/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger",
    ],
)  # fmt: skip
def test_it_opens_nothing_outside_its_folders_for_writing(inside: Student, path: str) -> None:
    body = f"""
        import os
        try:
            os.close(os.open({path!r}, os.O_WRONLY | os.O_CREAT))
        except OSError:
            return "refused"
        return "opened"
    """
    assert look(inside, body) == "refused"


def test_it_writes_in_its_own_folders(inside: Student) -> None:
    body = """
        for path in ("own", "/tmp/own", "/dev/shm/own"):
            open(path, "w").write("x")
        return True
    """
    assert look(inside, body) is True


def test_it_makes_no_device(inside: Student) -> None:
    body = "import os; os.mknod('disk', 0o60600, os.makedev(254, 0))"
    with pytest.raises(StudentError):
        look(inside, body)


def test_it_has_no_capability_and_can_gain_none(inside: Student) -> None:
    status = look(inside, "return open('/proc/self/status').read()")
    capabilities = dict(re.findall(r"^Cap(\w+):\s*(\w+)$", status, re.MULTILINE))
    assert set(capabilities) >= {"Inh", "Prm", "Eff", "Bnd", "Amb"}
    assert set(capabilities.values()) == {"0" * 16}
    assert re.search(r"^NoNewPrivs:\s*1$", status, re.MULTILINE)


def test_it_makes_no_user_namespace(inside: Student) -> None:
    """In one of its own it would have every capability, and tmpfs without a size."""
    body = """
        import subprocess
        return subprocess.run(["unshare", "-Ur", "true"], capture_output=True).returncode
    """
    assert look(inside, body) != 0


def test_its_temporary_folders_have_a_size(inside: Student) -> None:
    body = """
        import os
        return [os.statvfs(p).f_blocks * os.statvfs(p).f_frsize for p in ("/tmp", "/dev/shm")]
    """
    assert all(0 < size <= LIMITS.disk_bytes for size in look(inside, body))


def test_other_users_reach_nothing_that_it_writes(inside: Student) -> None:
    """A program that it marks set-user-id belongs to the grader's user, on the host too."""
    body = """
        import glob, os
        run = glob.glob("/tmp/grader-*")[0]
        while os.path.isdir(run) and not glob.glob(run + "/connection.json"):
            run = [entry.path for entry in os.scandir(run) if entry.is_dir()][0]
        os.chmod(run, 0o777)
        open(run + "/program", "w").close()
        os.chmod(run + "/program", 0o4755)
        return run
    """
    program = Path(look(inside, body)) / "program"
    assert program.exists()
    open_to_all = [folder.stat().st_mode & 0o001 for folder in program.parents]
    assert not all(open_to_all)


# -------------------------------------------------------------------------------- what it uses up


@pytest.fixture
def short_lived(tmp_path: Path) -> Iterator[tuple[Kernel, Student]]:
    (tmp_path / "work").mkdir()
    with start_kernel(tmp_path / "work", LIMITS, REPOSITORY) as kernel:
        yield kernel, Student(kernel, LIMITS)


HOG = """
import os, time
hogs = []
try:
    while True:
        {take}
        time.sleep(0.01)
except (OSError, MemoryError):
    time.sleep({patience})
"""


@pytest.mark.parametrize(
    ("take", "reason"),
    [
        pytest.param(
            "if os.fork() == 0:\n            hog = b'x' * (60 << 20); time.sleep(60)",
            "of memory",
            id="children",
        ),
        pytest.param(
            "hogs.append(os.memfd_create('x')); os.write(hogs[-1], b'x' * (40 << 20))",
            "of memory",
            id="memory_files",
        ),
        pytest.param("os.fork() or time.sleep(60)", "processes|memory", id="fork_bomb"),
        pytest.param(
            "hogs.append(open(str(len(hogs)), 'wb')); hogs[-1].write(b'x' * (9 << 20))",
            "to disk",
            id="files",
        ),
        pytest.param(
            "hogs.append(open('x', 'wb')); os.unlink('x'); hogs[-1].write(b'x' * (9 << 20))",
            "to disk",
            id="deleted_files",
        ),
    ],
)
def test_its_share_is_limited(short_lived: tuple[Kernel, Student], take: str, reason: str) -> None:
    """Until it is ended, or no more is given to it; there is more than enough to take."""
    _, student = short_lived
    take = take if "\n" in take else f"{take}\n        if len(hogs) > 40: break"
    source = HOG.format(take=take, patience=0)
    with pytest.raises(KernelDied, match=reason):
        look(student, source.replace("while True", "for _ in range(60)") + "\ntime.sleep(60)")


def test_shared_memory_without_a_file_is_limited(short_lived: tuple[Kernel, Student]) -> None:
    """System V segments belong to no process once they are let go."""
    _, student = short_lived
    body = """
        import ctypes
        c = ctypes.CDLL(None)
        c.shmat.restype = ctypes.c_void_p
        c.shmdt.argtypes = [ctypes.c_void_p]
        taken = 0
        for _ in range(9):
            segment = c.shmget(0, 100 << 20, 0o1600)
            if segment < 0:
                break
            place = c.shmat(segment, None, 0)
            ctypes.memset(place, 1, 100 << 20)
            c.shmdt(place)
            taken += 100 << 20
        return taken
    """
    with contextlib.suppress(KernelDied):
        assert look(student, body) <= LIMITS.memory_bytes


def test_threads_are_limited(short_lived: tuple[Kernel, Student]) -> None:
    """Each takes a process number of the host, which has about 32,000."""
    _, student = short_lived
    body = """
        import threading
        threading.stack_size(32768)
        stay, started = threading.Event(), 0
        try:
            for _ in range(3000):
                threading.Thread(target=stay.wait, daemon=True).start()
                started += 1
        except RuntimeError:
            pass
        stay.set()
        return started
    """
    with contextlib.suppress(KernelDied):
        assert look(student, body) < 3000


def test_deep_folders_do_not_end_the_watch(short_lived: tuple[Kernel, Student]) -> None:
    kernel, student = short_lived
    body = """
        import os, time
        for _ in range(1500):
            os.mkdir("d")
            os.chdir("d")
        os.chdir("/submission")
        time.sleep(1.5)
    """
    with contextlib.suppress(KernelDied):
        look(student, body)
    assert kernel._monitor._thread.is_alive() or not kernel.alive


def test_what_it_started_ends_with_it(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    with start_kernel(work, LIMITS, REPOSITORY) as kernel:
        body = f"""
            import os, subprocess, sys
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    os.execv(sys.executable, [sys.executable, "-c", "import time\\n"
                        "while True: time.sleep(1)", {MARK + str(os.getpid())!r}])
                os._exit(0)
            os.wait()
        """
        look(Student(kernel, LIMITS), body)
        assert wait_until(lambda: len(marked()) == 1)
    assert wait_until(lambda: not marked())


def marked() -> list[int]:
    """Processes with this test run's mark among their arguments."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if MARK + str(os.getpid()) in process.cmdline():
                found.append(process.pid)
    return found


def wait_until(condition: Callable[[], bool]) -> bool:
    pause = threading.Event()
    return any(condition() or pause.wait(0.05) for _ in range(200))


# --------------------------------------------------------------------------- what a forgery gains


def test_an_answer_cannot_multiply_in_the_grader() -> None:
    """One array that an answer names again and again would be copied each time."""
    blob = save({"0": np.zeros(1000)})
    assert len(codec.decode(json.dumps({"list": [{"ndarray": "0"}]}), blob)) == 1
    with pytest.raises(codec.BadMessage):
        codec.decode(json.dumps({"list": [{"ndarray": "0"}] * 20_000}), blob)


@pytest.mark.parametrize("kind", ["set", "dict"])
def test_an_answer_cannot_collide_in_the_grader(kind: str) -> None:
    """Whole numbers of one and the same hash: inserting n of them takes n² steps."""
    numbers = [i * (2**61 - 1) for i in range(15_000)]
    assert len({hash(number) for number in numbers}) == 1
    body = numbers if kind == "set" else [{"tuple": [number, 0]} for number in numbers]
    with pytest.raises(codec.BadMessage):
        codec.decode(json.dumps({kind: body}), save({}))


HIDDEN = {
    "test_double.py": '''
from autograder.grading import expect
from autograder.grading.hidden_tests import points

@points(1)
def test_large(student):
    """Twice as much."""
    assert expect.number(student.double(48611)) == 97222

@points(1)
def test_negative(student):
    """Also below zero."""
    assert expect.number(student.double(-907)) == -1814
''',
    "test_triple.py": '''
from autograder.grading import expect
from autograder.grading.hidden_tests import points

BUILDS_ON = ("double",)

@points(1)
def test_large(student):
    """Three times as much."""
    assert expect.number(student.triple(31337)) == 94011
''',
}
DOUBLE = "def double(x):\n    return 2 * x"
TRIPLE = "def triple(x):\n    return double(x) + x"


def note(name: str, **flags: Any) -> dict[str, Any]:
    flags = {"grade": False, "solution": False, "locked": False, "task": False, **flags}
    return {"nbgrader": {"schema_version": 3, "grade_id": name, **flags}}


def notebook(
    double: str = DOUBLE, triple: str = TRIPLE, first: str = "y = 1", more: Any = ()
) -> NotebookNode:
    """Two exercises and their checks, a cell of one's own before and others behind them."""
    locked = {"locked": True, "grade": True}
    answer = {"solution": True, "grade": True, "points": 3.0}
    book = new_notebook(
        cells=[
            new_code_cell("x = 1", id="setup", metadata=note("setup", locked=True)),
            new_code_cell(first, id="first"),
            new_code_cell(double, id="double", metadata=note("double", solution=True)),
            new_code_cell(
                "double(2)", id="double-check", metadata=note("double-check", points=2.0, **locked)
            ),
            new_code_cell(triple, id="triple", metadata=note("triple", solution=True)),
            new_code_cell(
                "triple(2)", id="triple-check", metadata=note("triple-check", points=1.0, **locked)
            ),
            new_markdown_cell("", id="essay", metadata=note("essay", **answer)),
            *more,
        ]
    )
    spec = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    book.metadata.kernelspec = NotebookNode(spec)
    return book


@pytest.fixture
def course(tmp_path: Path) -> Assignment:
    """A course with one small assignment, `tiny`."""
    root = tmp_path / "course"
    stub = "def {}(x):\n    raise NotImplementedError"
    books = {
        "source": notebook(),
        "release": notebook(stub.format("double"), stub.format("triple")),
    }
    for kind, book in books.items():
        (root / kind / "tiny").mkdir(parents=True)
        nbformat.write(book, root / kind / "tiny" / "tiny.ipynb")
    assignment = Assignment("tiny", root, LIMITS)
    assignment.hidden_tests.mkdir(parents=True)
    for name, text in HIDDEN.items():
        (assignment.hidden_tests / name).write_text(text)
    return assignment


@pytest.fixture
def graded(course: Assignment) -> Callable[..., SubmissionResult]:
    """graded(notebook or bytes, name=bytes…) hands it in as eve's and grades it."""

    def run(book: NotebookNode | bytes, **files: str) -> SubmissionResult:
        folder = course.submitted("eve")
        folder.mkdir(parents=True, exist_ok=True)
        content = book if isinstance(book, bytes) else nbformat.writes(book).encode()
        (folder / "tiny.ipynb").write_bytes(content)
        for name, text in files.items():
            (folder / f"{name}.py").write_text(text)
        return grade(course, "eve", Options(force=True))

    return run


@pytest.fixture
def shown(course: Assignment) -> Callable[[], str]:
    """shown() is all that the student is shown: the autograded notebook, and hints and remarks."""

    def read() -> str:
        folder = course.autograded("eve")
        told = json.loads((folder / "result.json").read_text())
        for exercise in told["exercises"]:
            for test in exercise["tests"]:
                del test["detail"], test["seconds"]
        return (folder / "tiny.ipynb").read_text() + json.dumps(told["exercises"])

    return read


# What every forged message starts with: the kernel's session, and what the cell's request was.
FORGE = """
kernel = get_ipython().kernel
session, request = kernel.session, kernel.get_parent()
def send(kind, content):
    session.send(kernel.iopub_socket, kind, content, parent=request)
def send_raw(content):
    parts = session.serialize(session.msg("display_data", {}, parent=request))
    parts[-1] = content
    start = parts.index(b"<IDS|MSG>")
    parts[start + 1] = session.sign(parts[start + 2:])
    kernel.iopub_socket.send_multipart(parts)
def replace_reply(kind, content):
    original = session.send
    def forged(stream, what, given=None, *args, **more):
        return original(stream, what, content if what == kind else given, *args, **more)
    session.send = forged
"""
MESSAGES = {
    "no_content": 'send("stream", {})',
    "no_text": 'send("stream", {"name": "stdout", "text": {"a": 1}})',
    "no_state": 'send("status", {})',
    "no_data": 'send("display_data", {"data": "abc", "metadata": 5})',
    "odd_transient": 'send("display_data", {"data": {}, "metadata": {}, "transient": "abc"})',
    "no_widget": 'send("comm_open", {"comm_id": "a", "target_name": "x", "data": {"state": 5}})',
    "bad_signature": 'kernel.iopub_socket.send_multipart([b"", b"<IDS|MSG>", b"0"] + [b"{}"] * 4)',
    "no_message": 'kernel.iopub_socket.send_multipart([b"x", b"y"])',
    "deep": "send_raw(b'{\"data\": ' + b'[' * 3000 + b']' * 3000 + b'}')",
    "html_as_list": 'send("display_data", {"data": {"text/html": ["<b>", "x"]}, "metadata": {}})',
    "no_reason": 'replace_reply("execute_reply", {"status": "error", "evalue": None})',
}


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES)
def test_a_forged_message_stops_no_grading(
    graded: Callable[..., SubmissionResult], message: str
) -> None:
    """What is defined in other cells still gets its points."""
    assert graded(notebook(first=FORGE + message)).score == 3.0


@pytest.mark.parametrize(
    "answer",
    [
        '({"status": "ok", "text": "true"}, b"")',
        '({"status": "passed", "score": 9}, b"")',
        '({"status": "raised", "types": [], "message": "", "lines": []}, b"")',
        '({"status": "raised", "types": ["A"], "message": "m", "lines": [["a", 3], 7]}, b"")',
    ],
)
def test_a_forged_answer_gains_nothing(
    graded: Callable[..., SubmissionResult], answer: str
) -> None:
    """It fails that test, and is said to be no answer."""
    forgery = f"get_ipython().kernel.answer = lambda *request: {answer}"
    result = graded(notebook("def double(x): pass", "def triple(x): pass", forgery))
    outcomes = {test.outcome for exercise in result.exercises for test in exercise.tests}
    assert result.score == 0
    assert outcomes == {Outcome.UNSERIALIZABLE}


def test_a_forged_answer_fills_no_disk(
    graded: Callable[..., SubmissionResult], course: Assignment
) -> None:
    answer = '({"status": "raised", "types": ["A"], "message": "m" * 10**7, "lines": []}, b"")'
    graded(notebook(first=f"get_ipython().kernel.answer = lambda *request: {answer}"))
    assert (course.autograded("eve") / "result.json").stat().st_size < MIB


def test_patched_comparisons_gain_nothing(graded: Callable[..., SubmissionResult]) -> None:
    cheat = """
class Yes(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
    @property
    def __class__(self): return float
import numpy as np
np.testing.assert_allclose = np.allclose = lambda *a, **k: True
"""
    yes = "def {}(x):\n    return Yes(1)"
    assert graded(notebook(yes.format("double"), yes.format("triple"), cheat)).score == 0


def test_correct_pieces_that_come_by_gain_nothing(
    graded: Callable[..., SubmissionResult],
) -> None:
    """A cell that is tried on a correct `double` cannot give it to its notebook."""
    keep = "import __main__\nif globals() is not vars(__main__):\n    __main__.double = double\n"
    result = graded(notebook("def double(x):\n    return 0", keep + TRIPLE))
    assert [exercise.score for exercise in result.exercises] == [0, 1]


def test_metadata_of_ones_own_gains_nothing(
    graded: Callable[..., SubmissionResult], course: Assignment
) -> None:
    book = notebook("def double(x):\n    return 0", "def triple(x):\n    return 0")
    for cell in book.cells:
        cell.metadata["papermill"] = {"status": "completed"}
        cell.metadata["autograder"] = {"state": "stopped", "reason": "by itself"}
        cell.metadata["tags"] = ["raises-exception"]
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader.update(points=1000, locked=False, grade=True, solution=True)
    book.cells.append(new_code_cell("9", metadata=note("bonus", grade=True, points=50.0)))
    result = graded(book)
    assert (result.score, result.max_score) == (0, 3)
    assert result.failed_cells == ()
    written = nbformat.read(course.autograded("eve") / "tiny.ipynb", as_version=4)
    notes = [cell.metadata.nbgrader for cell in written.cells if "nbgrader" in cell.metadata]
    points = {n.grade_id: n.points for n in notes if n.grade}
    assert points == {"double-check": 2.0, "triple-check": 1.0, "essay": 3.0}


def test_a_cell_that_asks_to_be_skipped_is_run_or_said_to_be_skipped(
    graded: Callable[..., SubmissionResult],
) -> None:
    book = notebook(more=[new_code_cell("1 / 0", metadata={"tags": ["skip-execution"]})])
    assert [cell.index for cell in graded(book).failed_cells] == [7]


def test_a_link_is_not_followed(
    graded: Callable[..., SubmissionResult], course: Assignment, tmp_path: Path
) -> None:
    """Neither one that was handed in, nor one made while running."""
    secret = tmp_path / MARK
    secret.write_text(MARK)
    folder = course.submitted("eve")
    folder.mkdir(parents=True)
    (folder / "link").symlink_to(secret)
    (folder / "folder").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe")
    first = f"""
import os
assert not os.path.lexists("link") and not os.path.lexists("pipe")
os.symlink({str(tmp_path)!r}, "out")
os.symlink({str(secret)!r}, "tiny.html")
"""
    result = graded(notebook(first=first))
    assert (result.score, result.failed_cells) == (3.0, ())
    assert secret.read_text() == MARK
    assert sorted(p.name for p in course.autograded("eve").iterdir()) == [
        "result.json",
        "tiny.ipynb",
    ]


DYING_MODULE = """
import glob, os
for log in glob.glob("/tmp/grader-*/**/kernel.log", recursive=True):
    os.unlink(log)
    os.symlink({secret!r}, log)
os._exit(1)
"""


def test_the_kernels_log_is_not_followed(
    graded: Callable[..., SubmissionResult], course: Assignment, tmp_path: Path
) -> None:
    """The grader quotes the log's last line; a link there must not lead to a file of the host."""
    secret = tmp_path / MARK
    secret.write_text("the first line\nthe line that must not be told\n")
    module = DYING_MODULE.format(secret=str(secret))
    first = f"import os\nopen('debugpy.py', 'w').write({module!r})\nos._exit(0)"
    try:
        told = repr(graded(notebook(first=first)))
    except Exception as error:
        told = repr(error)
    assert "must not be told" not in told


def test_a_file_named_like_a_module_of_the_kernel_stops_nothing(
    graded: Callable[..., SubmissionResult],
) -> None:
    files = {name: "1 / 0" for name in ("debugpy", "comm", "queue", "psutil", "zmq")}
    assert graded(notebook(), **files).score == 3.0


@pytest.mark.parametrize(
    "flood",
    [
        'send("display_data", {"data": {}, "metadata": {}, "transient": {"display_id": "a"}})\n'
        'send("update_display_data", {"data": {"text/plain": "y" * 6_000_000}, "metadata": {},'
        ' "transient": {"display_id": "a"}})',
        'send("comm_open", {"comm_id": "a", "target_name": "x",'
        ' "data": {"state": {"_model_name": "x", "a": "y" * 6_000_000}}})',
        'send("display_data", {"data": {"text/plain": "y" * 6_000_000}, "metadata": {}})',
        'print("y" * 6_000_000)',
    ],
    ids=["updates", "widgets", "displays", "text"],
)
def test_output_of_every_kind_is_limited(
    graded: Callable[..., SubmissionResult], course: Assignment, flood: str
) -> None:
    assert graded(notebook(first=FORGE + flood)).score == 3.0
    assert (course.autograded("eve") / "tiny.ipynb").stat().st_size < 3 * LIMITS.output_bytes


# ----------------------------------------------------------------- what a damaged file brings down


def altered(edit: Callable[[dict[str, Any]], Any]) -> bytes:
    data = json.loads(nbformat.writes(notebook()))
    edit(data)
    return json.dumps(data).encode()


def nested(depth: int) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for _ in range(depth):
        tree = {"a": tree}
    return tree


DAMAGED = {
    "half_a_character_in_code": lambda: altered(lambda d: d["cells"][1].update(source="'\ud800'")),
    "half_a_character_in_text": lambda: altered(lambda d: d["cells"][6].update(source="\ud800")),
    "half_a_character_in_metadata": lambda: altered(lambda d: d["metadata"].update(a="\ud800")),
    "deep_metadata": lambda: altered(lambda d: d["metadata"].update(a=nested(800))),
    "infinite_version": lambda: altered(lambda d: d.update(nbformat_minor=float("inf"))),
    "no_cells": lambda: altered(lambda d: d.update(cells=None)),
    "no_source": lambda: altered(lambda d: d["cells"][0].update(source=5)),
    "odd_tags": lambda: altered(lambda d: d["cells"][0]["metadata"].update(tags=5)),
    "odd_note": lambda: altered(lambda d: d["cells"][2]["metadata"].update(nbgrader=["double"])),
    "odd_grade_id": lambda: altered(
        lambda d: d["cells"][2]["metadata"]["nbgrader"].update(grade_id={"a": 1})
    ),
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_notebook_ends_in_a_result(
    graded: Callable[..., SubmissionResult], course: Assignment, content: Callable[[], bytes]
) -> None:
    """Graded, or failed with a reason; an exception would stop the class."""
    result = graded(content())
    assert result.status is Status.GRADED or result.reason
    assert (course.autograded("eve") / "tiny.ipynb").is_file()


def test_a_strange_file_name_ends_in_a_result(
    graded: Callable[..., SubmissionResult], course: Assignment
) -> None:
    folder = course.submitted("eve")
    folder.mkdir(parents=True)
    Path(os.fsdecode(os.fsencode(folder) + b"/na\xefve.csv")).write_text("1")
    assert graded(notebook()).score == 3.0


def test_deep_folders_end_in_a_result(
    graded: Callable[..., SubmissionResult], course: Assignment
) -> None:
    folder = course.submitted("eve")
    folder.mkdir(parents=True)
    script = "import os\nfor _ in range(1200):\n    os.mkdir('d')\n    os.chdir('d')"
    subprocess.run([sys.executable, "-c", script], cwd=folder, check=True)
    result = graded(notebook())
    assert result.status is Status.GRADED or result.reason


def test_deep_folders_made_while_running_end_in_a_result(
    graded: Callable[..., SubmissionResult],
) -> None:
    first = "import os\nfor _ in range(1200):\n    os.mkdir('d')\n    os.chdir('d')\n"
    assert graded(notebook(first=first + "os.chdir('/submission')")).score == 3.0


# ------------------------------------------------------------------------- what comes out with it

SAYS_IT_ALL = """
import linecache, sys, warnings
def double(x):
    if x == 2:
        return 4
    print("LEAK", x); print("LEAK", x, file=sys.__stderr__)
    warnings.warn(f"LEAK {x}")
    get_ipython().display_pub.publish({"text/plain": f"LEAK {x}"})
    open(f"LEAK{x}", "w").write(str(x))
    open("tiny.ipynb", "w").write(str(x))
    code = sys._getframe().f_code
    linecache.cache[code.co_filename] = (1, None, [f"LEAK {x}\\n"] * 99, code.co_filename)
    raise type(f"LEAK{x}", (ValueError,), {})(f"LEAK {x}")
"""
CHOOSES_A_LINE = "def pick(x):\n{lines}\ndef double(x):\n    return 4 if x == 2 else pick(x % 1000)"


def test_no_hidden_input_is_said(
    graded: Callable[..., SubmissionResult], shown: Callable[[], str]
) -> None:
    result = graded(notebook(SAYS_IT_ALL))
    assert "48611" in result.exercises[0].tests[0].detail
    assert "48611" not in shown()
    assert "-907" not in shown()


def test_no_hidden_input_is_told_by_a_line_number(
    graded: Callable[..., SubmissionResult], shown: Callable[[], str]
) -> None:
    """With a thousand lines to choose from, the line that raises says ten bits of the input."""
    lines = "\n".join(f"    if x == {i}: raise ValueError  # {i}" for i in range(1000))
    double = CHOOSES_A_LINE.format(lines=lines)
    result = graded(notebook(double))
    remark = result.exercises[0].tests[0].remark
    assert result.exercises[0].tests[0].outcome is Outcome.RAISED
    assert str(48611 % 1000) not in remark  # the comment of the line
    assert str(48611 % 1000 + 2) not in remark  # its number


ON_SCREEN = """
from IPython.display import display
def show(data, **metadata):
    display(data, raw=True, metadata=metadata)
png = "iVBORw0KGgo"
size = {"width": "1 onerror=alert(1)", "height": "1 onload=alert(2)"}
show({"image/png": png}, **{"image/png": size})
show({"image/png": 'x" onerror="alert(3)'})
show({"image/jpeg": 'x"><script>alert(4)</script>'}, alt='"><script>alert(5)</script>')
show({"text/latex": "<script>alert(6)</script>"})
show({"text/html": "<script>alert(7)</script><img src=x onerror=alert(8)>"})
show({"text/html": "<a href=javascript:alert(9)>x</a>"})
show({"text/html": "<noscript><p title='</noscript><img src=x onerror=alert(10)>'></noscript>"})
show({"image/svg+xml": "<svg onload=alert(11)><script>alert(12)</script></svg>"})
show({"application/javascript": "alert(13)"})
show({"text/markdown": "<img src=x onerror=alert(14)>"})
show({"text/markdown": "[x](javascript:alert(15)) [y](java&#115;cript:alert(16))"})
print("<script>alert(17)</script>")
raise ValueError("<script>alert(18)</script>")
"""
WRITTEN = """<script>alert(21)</script> <img src=x onerror=alert(22)> [a](javascript:alert(23))
[b](java&#115;cript:alert(24)) [c](vbscript:alert(25)) <javascript:alert(26)>
![d](javascript:alert(27)) `<script>alert(28)</script>` &lt;script&gt;alert(29)&lt;/script&gt;

<details open ontoggle=alert(30)>

[e][f] $<img src=x onerror=alert(31)>$

[f]: javascript&colon;alert(32)
"""


class _Active(HTMLParser):
    """Collects what a browser would run: handlers, addresses that are programs, scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.script = tag == "script"
        for name, value in attrs:
            if name.startswith("on") or re.match(r"\s*(java|vb)script:", value or "", re.I):
                self.found.append(f"<{tag} {name}={value}>")

    def handle_endtag(self, tag: str) -> None:
        self.script = False

    def handle_data(self, data: str) -> None:
        if self.script and ("alert(" in data or "a-package-of-theirs" in data):
            self.found.append(f"<script>{data.strip()[:80]}")


def active(course: Assignment) -> list[str]:
    """What a browser would run of the student's in the autograded notebook, made into a page."""
    book = nbformat.read(course.autograded("eve") / "tiny.ipynb", as_version=4)
    page, _ = HTMLExporter(template_name="basic").from_notebook_node(book)
    assert "triple" in page
    parser = _Active()
    parser.feed(page)
    return parser.found


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_no_output_runs_in_the_tas_browser(
    graded: Callable[..., SubmissionResult], course: Assignment
) -> None:
    assert graded(notebook(first=ON_SCREEN)).score == 3.0
    assert active(course) == []


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_nothing_written_runs_in_the_tas_browser(
    graded: Callable[..., SubmissionResult], course: Assignment
) -> None:
    tag = {"tags": ["'\"><script>alert(41)</script>"]}
    raw = {"raw_mimetype": "text/html", "format": "text/html"}
    book = notebook(
        more=[
            new_markdown_cell(WRITTEN, metadata=tag),
            new_raw_cell("<script>alert(42)</script>", metadata=raw),
            new_code_cell("1", metadata=tag),
        ]
    )
    book.cells[6].source = WRITTEN
    book.metadata.title = "</title><script>alert(43)</script>"
    graded(book)
    assert active(course) == []


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_no_widget_brings_a_program_along(
    graded: Callable[..., SubmissionResult], course: Assignment
) -> None:
    """A page with widgets loads the package that the notebook names, from the network."""
    book = notebook()
    state = {"model_module": "a-package-of-theirs", "model_name": "M", "state": {}}
    state |= {"model_module_version": "1"}
    whole = {"version_major": 2, "version_minor": 0, "state": {"a": state}}
    book.metadata.widgets = {"application/vnd.jupyter.widget-state+json": whole}
    graded(book)
    assert active(course) == []


def test_a_picture_in_an_answer_does_not_stop_its_page(
    graded: Callable[..., SubmissionResult], course: Assignment
) -> None:
    """JupyterLab attaches a picture that is pasted into Markdown."""
    book = notebook()
    book.cells[6].source = "My plot: ![plot.png](attachment:plot.png)"
    book.cells[6].attachments = {"plot.png": {"image/png": "iVBORw0KGgo="}}
    graded(book)
    assert active(course) == []


def test_outputs_that_were_handed_in_are_not_kept(
    graded: Callable[..., SubmissionResult], shown: Callable[[], str]
) -> None:
    book = notebook()
    for cell in book.cells:
        if cell.cell_type == "code":
            cell.outputs = [new_output("stream", text="full marks, said the grader")]
    graded(book)
    assert "said the grader" not in shown()
