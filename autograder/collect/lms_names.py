"""Reads the file names of Canvas's and Moodle's bulk downloads: whose file, and which one counts.

Canvas: `lovelaceada_LATE_12345_67890_notebook-2.ipynb`: the person's name, a mark if it is late,
the person's id, the file's id, and the file's name, with a number if it was submitted again.
Moodle: a file `Ada Lovelace_4711_assignsubmission_file_notebook.ipynb`, or a folder with such a
name; its number does not identify the person.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from autograder.collect.model import CollectError
from autograder.roster import STUDENT, Roster, RosterEntry

CANVAS = re.compile(r"(?P<name>.+?)(?P<late>_LATE)?_(?P<person>\d+)_(?P<file>\d+)_(?P<rest>.+)")
MOODLE = re.compile(r"(?P<name>.+?)_(?P<person>\d+)_assignsubmission_[a-z]+(_(?P<rest>.*))?")
AGAIN = re.compile(r"(.+)-(\d+)")


@dataclass(frozen=True)
class Upload:
    """One file of a bulk download: its path there, and what its name says."""

    path: str
    person: str
    canvas_id: str = ""
    late: bool = False
    attempt: int = 0
    file_id: int = 0
    title: str = ""  # the file's own name, without extension and attempt
    own_name: str = ""

    @property
    def is_notebook(self) -> bool:
        return self.path.lower().endswith(".ipynb")


@dataclass(frozen=True)
class SortedUploads:
    """Each student's notebook, or the reason for having none, and a line per other file."""

    selected: Mapping[str, Upload]
    refused: Mapping[str, str]
    problems: tuple[str, ...]


def read_name(path: str) -> Upload | None:
    """The upload that a path stands for, by its file or folder name; None if it follows no form."""
    parts = PurePosixPath(path).parts
    for place, part in enumerate(parts):
        is_file = place == len(parts) - 1
        stem = PurePosixPath(part).stem if is_file else part
        if found := MOODLE.fullmatch(stem):
            own = found["rest"] if is_file else PurePosixPath(parts[-1]).stem
            return Upload(path, found["name"], title=own or "", own_name=own or "")
        if found := CANVAS.fullmatch(stem):
            again = AGAIN.fullmatch(found["rest"])
            own = found["rest"] if is_file else PurePosixPath(parts[-1]).stem
            return Upload(
                path,
                found["name"],
                canvas_id=found["person"],
                late=bool(found["late"]),
                attempt=int(again[2][:9]) if again else 0,
                file_id=int(found["file"][:18]),
                title=again[1] if again and is_file else own,
                own_name=own,
            )
    return None


def sort_uploads(
    paths: Iterable[str], folder: Path, roster: Roster | None, released: str
) -> SortedUploads:
    """The notebook to collect for each student, from the paths of a download unpacked in `folder`.

    `released` is the released notebook's name without its extension.
    """
    uploads: dict[str, list[Upload]] = {}
    problems: dict[str, None] = {}
    for path in paths:
        upload = read_name(path)
        if upload is None:
            if path.lower().endswith(".ipynb"):
                problems[f"{path}: the name does not follow Canvas's or Moodle's form"] = None
            continue
        try:
            uploads.setdefault(find_student(upload, roster), []).append(upload)
        except CollectError as error:
            problems[str(error)] = None
    selected, refused = {}, {}
    for student, own in uploads.items():
        try:
            selected[student] = select_upload(own, folder, released)
        except CollectError as error:
            refused[student] = str(error)
    return SortedUploads(selected, refused, tuple(problems))


def select_upload(uploads: Sequence[Upload], folder: Path, released: str) -> Upload:
    """The last attempt at the released notebook, or else at the only other notebook.

    Raises CollectError if there is none, or if there are several with different contents.
    """
    latest: dict[str, Upload] = {}
    for upload in sorted(uploads, key=lambda upload: (upload.attempt, upload.file_id)):
        if upload.is_notebook:
            latest[upload.title] = upload
    if not latest:
        names = ", ".join(sorted(PurePosixPath(upload.path).name for upload in uploads)[:3])
        raise CollectError(f"submitted {names} and no notebook (.ipynb)")
    named = [upload for upload in latest.values() if released in (upload.title, upload.own_name)]
    if len(named) == 1:
        return named[0]
    if len({(folder / upload.path).read_bytes() for upload in latest.values()}) == 1:
        return next(iter(latest.values()))
    names = ", ".join(sorted(PurePosixPath(upload.path).name for upload in latest.values())[:3])
    raise CollectError(
        f"submitted {len(latest)} different notebooks ({names}): leave one in the zip"
    )


def find_student(upload: Upload, roster: Roster | None) -> str:
    """The id of the student whose file it is. Raises CollectError if none or several match."""
    name = squash(upload.person)
    if roster is None:
        if not STUDENT.fullmatch(name):
            raise CollectError(
                f"'{upload.person}': cannot be a folder name: write a class list with this name"
            )
        return name
    matches = [p for p in roster.entries if upload.canvas_id and p.canvas_id == upload.canvas_id]
    matches = matches or [entry for entry in roster.entries if name and name in _names(entry)]
    if len(matches) == 1:
        return matches[0].student
    canvas = f" (canvas_id {upload.canvas_id})" if upload.canvas_id else ""
    if matches:
        ids = ", ".join(entry.student for entry in matches)
        raise CollectError(f"'{upload.person}'{canvas}: matches {ids} in the class list")
    raise CollectError(f"'{upload.person}'{canvas}: matches no one in the class list")


def squash(name: str) -> str:
    """A name's letters and digits only, in lower case and without accents."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(character for character in plain if character.isalnum())


def _names(entry: RosterEntry) -> set[str]:
    """The forms of a student's name and ids: the name may start with any of its words."""
    words = [squash(word) for word in re.split(r"[\s,]+", entry.name)]
    turned = {"".join(words[turn:] + words[:turn]) for turn in range(len(words))}
    return (turned | {squash(entry.student), squash(entry.sis_login_id)}) - {""}
