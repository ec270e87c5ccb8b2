"""The wheel that students install: `autograder check` and what it needs, nothing else."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from autograder.errors import AutograderError

PROJECT = Path(__file__).resolve().parents[2]
PACKAGE = PROJECT / "autograder"
STUDENT_PACKAGES = ("check", "notebook", "results")
STUDENT_COMMANDS = ("__init__.py", "app.py", "check.py", "console.py")  # of cli/
# Of probe/: the kernel's program.
STUDENT_KERNEL = (
    "__init__.py",
    "app.py",
    "displays.py",
    "figures.py",
    "guard.py",
    "protocol.py",
    "streams.py",
    "terminal.py",
)
LEFT_OUT = ("testing.py", "README.md")  # beside the core's modules, which all go in
# One date and one mode for all files, so that equal code gives an equal wheel. A
# wheel that is built again, on another day and machine, can be compared byte for byte.
EPOCH = "946684800"
FILE_MODE, FOLDER_MODE, UMASK = 0o644, 0o755, 0o022


def build_wheel() -> tuple[str, bytes]:
    """(file name, content) of the students' wheel.

    Raises AutograderError if the package was not installed from a clone of its repository.
    """
    if not (PROJECT / "pyproject.toml").is_file():
        raise AutograderError(
            "the package's source code is needed and was not found: run this from a clone of the "
            "course's repository, installed with 'make build'"
        )
    with tempfile.TemporaryDirectory(prefix="wheel-") as folder:
        source, output = Path(folder) / "source", Path(folder) / "output"
        _copy_students_part(source / "autograder")
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(PROJECT / name, source)
        _set_modes(source)
        command = [sys.executable, "-P", "-m", "pip", "wheel", "--quiet", "--no-deps"]
        command += ["--no-build-isolation", "--wheel-dir", str(output), str(source)]
        environment = {
            **os.environ,
            "SOURCE_DATE_EPOCH": EPOCH,
            "PYTHONHASHSEED": "0",
            "TZ": "UTC",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }
        done = subprocess.run(command, capture_output=True, text=True, env=environment, umask=UMASK)
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["pip printed no reason"])[-1]
            raise AutograderError(f"pip cannot build the students' wheel: {last}")
        wheel = next(output.glob("*.whl"))
        return wheel.name, wheel.read_bytes()


def _set_modes(folder: Path) -> None:
    """Give all files and folders the same modes, which a clone takes from its umask."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(FOLDER_MODE if path.is_dir() else FILE_MODE)


def _copy_students_part(target: Path) -> None:
    """Copy the part of the package that students get. The build writes files beside the copy."""
    for folder in ("cli", "probe"):
        (target / folder).mkdir(parents=True)
    for path in PACKAGE.iterdir():
        if path.is_file() and path.name not in LEFT_OUT and not path.name.startswith("."):
            shutil.copy(path, target)
    for name in STUDENT_COMMANDS:
        shutil.copy(PACKAGE / "cli" / name, target / "cli")
    for name in STUDENT_KERNEL:
        shutil.copy(PACKAGE / "probe" / name, target / "probe")
    for name in STUDENT_PACKAGES:
        ignored = shutil.ignore_patterns("__pycache__", ".*")
        shutil.copytree(PACKAGE / name, target / name, ignore=ignored)
