"""The package as one small file that students install: no hidden test and no solution in it."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from autograder.errors import AutograderError

PROJECT = Path(__file__).resolve().parents[2]
EPOCH = "946684800"  # one date for all files in it, so that the same code makes the same bytes


def build_wheel() -> tuple[str, bytes]:
    """(file name, content) of a wheel of this package.

    Raises AutograderError where the package was not installed from its repository.
    """
    if not (PROJECT / "pyproject.toml").is_file():
        raise AutograderError(
            "the package's own source is needed and not there: run this from a clone of the "
            "course's repository, installed with 'make build'"
        )
    with tempfile.TemporaryDirectory(prefix="wheel-") as folder:
        source, made = Path(folder) / "source", Path(folder) / "made"
        ignored = shutil.ignore_patterns("__pycache__", ".*")
        # A copy, because the build leaves its own files beside what it reads.
        shutil.copytree(PROJECT / "autograder", source / "autograder", ignore=ignored)
        for name in ("pyproject.toml", "README.md"):
            shutil.copy(PROJECT / name, source)
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
        command += ["--no-build-isolation", "--wheel-dir", str(made), str(source)]
        environment = {
            **os.environ,
            "SOURCE_DATE_EPOCH": EPOCH,
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }
        done = subprocess.run(command, capture_output=True, text=True, env=environment)
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise AutograderError(f"pip cannot build the students' wheel: {last}")
        wheel = next(made.glob("*.whl"))
        return wheel.name, wheel.read_bytes()
