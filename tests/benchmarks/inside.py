"""Runs in the sandbox of `confined`: listens on sockets, then runs `nbgrader autograde WEEK`.

It lies beside the folder `course`, with a copy of the audit's module `listeners`, and writes what
came of the run to said.json. It imports nothing else of this repository, which the sandbox hides.
"""

import json
import subprocess
import sys
from pathlib import Path

from listeners import Listeners  # type: ignore[import-not-found]

PLACE = Path(__file__).resolve().parent


def main(week: str) -> None:
    with Listeners(PLACE / "outside", "grader-benchmark") as listeners:
        fill_in(listeners.places)
        with (PLACE / "log").open("wb") as log:
            done = subprocess.run(
                [sys.executable, "-m", "nbgrader", "autograde", week],
                cwd=PLACE / "course", stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        said = {"status": done.returncode, "heard": [text for _, text in listeners.heard]}
    (PLACE / "said.json").write_text(json.dumps(said))


def fill_in(places: dict[str, str]) -> None:
    """Write the sockets' addresses into the submissions, which name them as `@TCP@`."""
    for path in (PLACE / "course" / "submitted").rglob("*"):
        if path.is_file() and not path.is_symlink():
            data = path.read_bytes()
            for name, value in places.items():
                data = data.replace(f"@{name}@".encode(), value.encode())
            path.write_bytes(data)


if __name__ == "__main__":
    main(sys.argv[1])
