"""The files that were handed in with a notebook and count in place of those that it writes."""

from collections.abc import Iterable
from pathlib import Path

from autograder.artifacts import NotTaken, read_artifact
from autograder.results import wording


class HandedIn:
    """The contents of such files by name, and a note for each one that could not be taken."""

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
