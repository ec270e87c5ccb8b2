"""The files that were handed in with a notebook, and those that it wrote."""

from collections.abc import Iterable
from pathlib import Path

from autograder.artifacts import NotTaken, read_artifact
from autograder.files import read_plain
from autograder.grading.failures import MissingName, Unserializable
from autograder.probe.protocol import RERUN_FOLDER
from autograder.results import wording

MAX_FILE = 128 * 2**20  # bytes of a file that the notebook wrote


class HandedIn:
    """Files that count in place of those that the notebook writes.

    Their contents by name, and a note for each one that could not be taken.
    """

    def __init__(self, submitted: Path, names: Iterable[str]):
        """Read them from the folder `submitted`."""
        self.files: dict[str, bytes] = {}
        self.notes: list[str] = []
        for name in names:
            try:
                content = read_artifact(submitted, name)
            except NotTaken as error:
                self.notes.append(wording.not_taken(name, str(error)))
                continue
            if content is None:
                self.notes.append(wording.not_taken(name, "was not handed in"))
            else:
                self.files[name] = content


def read_written(work: Path, name: str, again: bool) -> bytes:
    """The content of a file that the notebook wrote into its folder `work`.

    With `again`, of the one that its cell wrote when it ran again with correct pieces. Raises
    MissingName if there is no such file, and Unserializable if it is too large.
    """
    try:
        content = read_plain(work, f"{RERUN_FOLDER}/{name}" if again else name, MAX_FILE)
    except ValueError as error:
        raise Unserializable(wording.unreadable_file(name, str(error))) from None
    if content is None:
        raise MissingName(wording.no_file(name), name)
    return content
