"""Which of the files that one person or group submitted to an LMS counts."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from autograder.collect.lms_forms import Upload
from autograder.collect.model import CollectError
from autograder.collect.notebooks import some_of, stem


class Attempt(NamedTuple):
    """A file's place among the attempts at one file: their common name, and its numbers."""

    series: str
    number: int
    file_id: int


def select_artifact(
    uploads: Sequence[Upload], folder: Path, name: str, notebook: Upload
) -> Upload | None:
    """The last attempt at a trained model's file, in the notebook's folder or else in another.

    `folder` holds such files among the uploads. Raises CollectError if there are several with
    different contents that are not attempts at one file.
    """
    named = [u for u in uploads if u.artifact == name and (folder / u.path).is_file()]
    place = PurePosixPath(notebook.path).parent
    near = [upload for upload in named if PurePosixPath(upload.path).parent == place]
    return select_upload(near or named, folder, stem(name), f"{name} files") if named else None


def select_upload(
    uploads: Sequence[Upload], folder: Path, released: str, kind: str = "notebooks"
) -> Upload:
    """The last attempt at the released notebook, or else at the only other notebook.

    `folder` holds the notebooks, or files of another `kind`, among the uploads. Raises CollectError
    if there is none, or if there are several with different contents that are not attempts at one
    file.
    """
    notebooks = [upload for upload in uploads if (folder / upload.path).is_file()]
    if not notebooks:
        names = some_of(sorted(upload.path for upload in uploads))
        raise CollectError(f"submitted {names} and no notebook (.ipynb)")
    named = [upload for upload in notebooks if released in (upload.title, upload.own_name)]
    attempts = {_attempt(upload, released): upload for upload in named or notebooks}
    candidates = named or notebooks
    contents = {(folder / upload.path).read_bytes() for upload in candidates}
    if len(contents) == 1 or (
        len(attempts) == len(candidates) and _are_of_one_file([*attempts], released)
    ):
        return attempts[max(attempts, key=lambda attempt: attempt[1:])]
    names = some_of(sorted(upload.path for upload in candidates))
    raise CollectError(
        f"submitted {len(candidates)} different {kind} ({names}): leave one in the download"
    )


def _attempt(upload: Upload, released: str) -> Attempt:
    """The attempt that a name says. A number at the end of the released name is no attempt."""
    if upload.title != upload.own_name == released:
        return Attempt(f"{released}/", 0, upload.file_id)
    return Attempt(upload.series, upload.attempt, upload.file_id)


def _are_of_one_file(attempts: list[Attempt], released: str) -> bool:
    """Whether they are attempts at one file, by all that Canvas says.

    Canvas adds -1, -2 to the name of a later attempt, and numbers files in the order of upload.
    A student may well call two notebooks `part-1` and `part-2`, so one of the attempts has the name
    without a number, or it is the released name. Moodle has the last attempt only.
    """
    ordered = sorted(attempts, key=lambda attempt: attempt.number)
    return (
        len({attempt.series for attempt in attempts}) == 1
        and all(attempt.file_id for attempt in attempts)
        and all(a.number < b.number and a.file_id <= b.file_id for a, b in pairwise(ordered))
        and (ordered[0].number == 0 or ordered[0].series == f"{released}/")
    )
