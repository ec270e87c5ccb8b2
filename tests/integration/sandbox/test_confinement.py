"""What a submission sees and reaches: its own files, and nothing else of the machine."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from support.attached import Student
from support.tiny import LIMITS, MARK, REPOSITORY, look

from autograder.course import Limits
from autograder.grading.failures import StudentError
from autograder.sandbox.kernel import start_kernel
from autograder.sandbox.launcher import Launcher
from autograder.temporary import temporary_folder


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the host, with somebody else's secret in it."""
    folder = tmp_path_factory.mktemp("host")
    (folder / MARK).write_text(MARK)
    return folder


@pytest.fixture(scope="module")
def inside(outside: Path, warm: bool) -> Iterator[Student]:
    """A student in a sandbox that only looks around; nothing here may end its kernel.

    Another student's session runs beside it.
    """
    launcher = Launcher(LIMITS, REPOSITORY, warm=warm)
    work, other = temporary_folder("work"), temporary_folder("work")
    (work / "numbers-of-eve.csv").write_text("1,2\n")
    (other / MARK).write_text(MARK)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRET_TOKEN", MARK)
        kernel = start_kernel(launcher, work)
    with kernel, start_kernel(launcher, other):
        yield Student(kernel, Limits(call_seconds=60))


def test_it_sees_its_own_files(inside: Student) -> None:
    assert look(inside, "return open('numbers-of-eve.csv').read()") == "1,2\n"


def test_it_sees_no_file_of_the_host_or_the_course(inside: Student, outside: Path) -> None:
    assert (outside / MARK).exists()
    body = f"""
        import subprocess
        rest = ["(", "-path", "/proc", "-o", "-path", "/sys", ")", "-prune", "-o"]
        command = ["find", "/", *rest, "(", "-name", {MARK!r}, "-o"]
        command += ["-name", "numbers-of-eve.csv", ")", "-print"]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode in (0, 1)  # 1: a folder that it may not read
        return done.stdout.splitlines()
    """
    assert look(inside, body) == ["/submission/numbers-of-eve.csv"]  # it finds what is there
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
