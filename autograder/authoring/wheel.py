"""The wheel that students install: this package, without hidden tests and solutions."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from autograder.errors import AutograderError

PROJECT = Path(__file__).resolve().parents[2]
EPOCH = "946684800"  # one date for all files, so that equal code gives an equal wheel


def build_wheel() -> tuple[str, bytes]:
    """(file name, content) of a wheel of this package.

    Raises AutograderError if the package was not installed from a clone of its repository.
    """
    if not (PROJECT / "pyproject.toml").is_file():
        raise AutograderError(
            "the package's source code is needed and was not found: run this from a clone of the "
            "course's repository, installed with 'make build'"
        )
    with tempfile.TemporaryDirectory(prefix="wheel-") as folder:
        source, output = Path(folder) / "source", Path(folder) / "output"
        ignored = shutil.ignore_patterns("__pycache__", ".*")
        # A copy, because the build writes files beside the code.
        shutil.copytree(PROJECT / "autograder", source / "autograder", ignore=ignored)
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(PROJECT / name, source)
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
        command += ["--no-build-isolation", "--wheel-dir", str(output), str(source)]
        environment = {
            **os.environ,
            "SOURCE_DATE_EPOCH": EPOCH,
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }
        done = subprocess.run(command, capture_output=True, text=True, env=environment)
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["pip printed no reason"])[-1]
            raise AutograderError(f"pip cannot build the students' wheel: {last}")
        wheel = next(output.glob("*.whl"))
        return wheel.name, wheel.read_bytes()
