"""What student code can see and do: the bubblewrap command line, and whether it works here.

The sandbox has its own user, PID, IPC, UTS, cgroup and network namespaces, no capabilities, a
read-only system and Python environment, an empty /tmp, and a cleared environment. It shares two
folders with the host: the copy of the submission, and a run folder for the kernel's sockets.
"""

import shutil
import site
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.errors import AutograderError

WORK = Path("/submission")
PROBE = Path("/probe")
PACKAGE = Path(__file__).resolve().parents[1]
SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/libx32", "/bin", "/sbin")
# Not /etc as a whole: hosts keep secrets there, and a root grader could read them.
SETTINGS = ("/etc/ld.so.cache", "/etc/alternatives", "/etc/fonts", "/etc/localtime")
# If the grader is root, student code could otherwise write to these.
KERNEL_SETTINGS = ("/proc/sys", "/proc/sysrq-trigger", "/proc/irq", "/proc/bus", "/proc/fs")
CPU_TOPOLOGY = "/sys/devices/system/cpu"  # torch reads the number of processors

MISSING = (
    "bubblewrap is not installed, and student code is not run without a sandbox: install it with "
    "'apt-get install bubblewrap' (Debian, Ubuntu) or 'dnf install bubblewrap' (Fedora)"
)
REFUSED = (
    "bubblewrap cannot make a sandbox on this machine ({reason}): allow unprivileged user "
    "namespaces for it (on Ubuntu 24.04 with an AppArmor profile for bwrap)"
)
INSISTENCE = "; --unsafe-no-sandbox runs student code unprotected"


@dataclass(frozen=True)
class Sandbox:
    """The mounts and namespaces of one process.

    `work` is the host's copy of the submission. `hidden`, the course's folder, stays invisible even
    if the Python environment is inside it. `run` is the host's folder for a kernel's sockets; a
    script has none. `gpu` adds NVIDIA's devices. `package` is where the probe is mounted from.
    """

    work: Path
    hidden: Path
    tmp_bytes: int
    run: Path | None = None
    gpu: bool = False
    package: Path = PACKAGE

    def arguments(self, environment: Mapping[str, str]) -> list[str]:
        """bwrap's options. Pass them by file descriptor: /proc/1/cmdline shows arguments."""
        options = [
            *("--unshare-all", "--unshare-user", "--new-session", "--die-with-parent"),
            *no_nested_namespaces(),
            *("--uid", "1000", "--gid", "1000", "--cap-drop", "ALL", "--hostname", "grader"),
            *_binds([*SYSTEM, *SETTINGS, CPU_TOPOLOGY]),
            *("--proc", "/proc", *_binds(KERNEL_SETTINGS), "--dev", "/dev"),
            *(gpu_binds() if self.gpu else ()),
            *("--size", str(self.tmp_bytes), "--tmpfs", "/dev/shm", "--remount-ro", "/dev"),
            *("--size", str(self.tmp_bytes), "--tmpfs", "/tmp"),
            *_environment_binds(self.hidden),
            *_probe_binds(self.package),
        ]
        options += ["--bind", str(self.work), str(WORK)]
        if self.run is not None:
            options += ["--bind", str(self.run), str(self.run)]
        options += ["--remount-ro", "/", "--chdir", str(WORK)]
        return options + _only(environment)


def template_arguments(shared: Path, environment: Mapping[str, str]) -> list[str]:
    """bwrap's options for the process whose forks are the sessions; see `probe.template`.

    It runs no student code. It sees the folder `shared`, in which the sessions' folders are, and
    the host's processes: Linux lets it make a sandbox with a /proc of its own only if it sees a
    whole /proc itself.
    """
    return [
        *("--unshare-user", "--unshare-ipc", "--unshare-net", "--unshare-uts", "--new-session"),
        *("--die-with-parent", "--uid", "1000", "--gid", "1000", "--cap-drop", "ALL"),
        *_binds([*SYSTEM, *SETTINGS, CPU_TOPOLOGY]),
        *("--bind", "/proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"),
        *_environment_binds(None),
        *_probe_binds(PACKAGE),
        *("--bind", str(shared), str(shared), "--remount-ro", "/", "--chdir", "/"),
        *_only(environment),
    ]


def _probe_binds(package: Path) -> list[str]:
    options: list[str] = []
    for name in ("__init__.py", "probe"):
        options += ["--ro-bind", str(package / name), str(PROBE / "autograder" / name)]
    return options


def _only(environment: Mapping[str, str]) -> list[str]:
    options = ["--clearenv"]
    for name, value in environment.items():
        options += ["--setenv", name, value]
    return options


def gpu_binds() -> list[str]:
    """NVIDIA's device files, and the parts of /proc and /sys that its libraries read."""
    options: list[str] = []
    for device in sorted(Path("/dev").glob("nvidia*")):
        options += ["--dev-bind", str(device), str(device)]
    return options + _binds(("/proc/driver/nvidia", "/sys/bus/pci", "/sys/devices", "/sys/module"))


@cache
def no_nested_namespaces() -> tuple[str, ...]:
    """The option that forbids namespaces inside, if this bubblewrap has it (0.8 and newer)."""
    usage = subprocess.run(["bwrap", "--help"], capture_output=True, text=True, timeout=30)
    option = "--disable-userns"
    return (option,) if option in usage.stdout + usage.stderr else ()


def require_sandbox() -> None:
    """Raises AutograderError, with a remedy, if this machine cannot make a sandbox."""
    if shutil.which("bwrap") is None:
        raise AutograderError(MISSING + INSISTENCE)
    trial = ["bwrap", "--unshare-all", "--unshare-user", "--cap-drop", "ALL", *_binds(SYSTEM)]
    trial += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "/bin/true"]
    done = subprocess.run(trial, capture_output=True, text=True, timeout=30)
    if done.returncode != 0:
        reason = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
        raise AutograderError(REFUSED.format(reason=reason[0]) + INSISTENCE)


def _binds(paths: Iterable[str]) -> list[str]:
    options: list[str] = []
    for path in map(Path, paths):
        if path.is_symlink() and path.parent == Path("/"):  # /lib -> usr/lib on a merged system
            options += ["--symlink", str(path.readlink()), str(path)]
        elif path.exists():
            options += ["--ro-bind", str(path), str(path)]
    return options


def _environment_binds(hidden: Path | None) -> list[str]:
    """The Python environment read-only, with the course's folder masked, if one is given.

    Outermost first: an environment inside the course is mounted over the mask, and a course inside
    the environment is masked after it.
    """
    folders = {Path(p) for p in (sys.prefix, sys.base_prefix, *site.getsitepackages())}
    folders |= {folder.resolve() for folder in folders}
    folders |= {Path(sys.executable).resolve().parent.parent}
    mounts = [(folder, ["--ro-bind", str(folder), str(folder)]) for folder in folders]
    mounts = [mount for mount in mounts if mount[0].exists() and not _under_system(mount[0])]
    if hidden is not None:
        mounts.append((hidden, ["--tmpfs", str(hidden)]))
    return [option for _, mount in sorted(mounts) for option in mount]


def _under_system(folder: Path) -> bool:
    return any(folder.is_relative_to(system) for system in SYSTEM)
