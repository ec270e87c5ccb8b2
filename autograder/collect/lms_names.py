"""Whose file is it? What Canvas and Moodle call the files of a bulk download.

Canvas: `lovelaceada_LATE_12345_67890_notebook-2.ipynb`: name, mark, id of the person, id of the
file, and its own name, with a number where it was handed in again. Moodle: a file
`Ada Lovelace_4711_assignsubmission_file_notebook.ipynb` or a folder of such a name; its number says
nothing about the person.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from autograder.collect.store import NotTaken
from autograder.roster import STUDENT, Roster, RosterEntry

CANVAS = re.compile(r"(?P<name>.+?)(?P<late>_LATE)?_(?P<person>\d+)_(?P<file>\d+)_(?P<rest>.+)")
MOODLE = re.compile(r"(?P<name>.+?)_(?P<person>\d+)_assignsubmission_[a-z]+(_(?P<rest>.*))?")
AGAIN = re.compile(r"(.+)-(\d+)")


@dataclass(frozen=True)
class Upload:
    """One file of a bulk download: where it lies there, and what its name says."""

    path: str
    person: str
    canvas_id: str = ""
    late: bool = False
    attempt: int = 0
    file_id: int = 0
    title: str = ""  # the file's own name, without ending and attempt
    own_name: str = ""

    @property
    def is_notebook(self) -> bool:
        return self.path.lower().endswith(".ipynb")


@dataclass(frozen=True)
class Sorted:
    """The notebook of each student; why there is none, by student; and what is nobody's."""

    chosen: Mapping[str, Upload]
    refused: Mapping[str, str]
    problems: tuple[str, ...]


def read_name(path: str) -> Upload | None:
    """What a path in a bulk download says, in its file's name or a folder's; None for nothing."""
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


def sort_out(
    paths: Iterable[str], digests: Mapping[str, str], roster: Roster | None, released: str
) -> Sorted:
    """Which file is whose, and which of a student's files counts.

    `digests` tells equal notebooks by path; `released` is the released notebook's name without
    its ending.
    """
    uploads: dict[str, list[Upload]] = {}
    problems: dict[str, None] = {}
    for path in paths:
        upload = read_name(path)
        if upload is None:
            if path.lower().endswith(".ipynb"):
                problems[f"{path}: not named as Canvas or Moodle name files"] = None
            continue
        try:
            uploads.setdefault(find_student(upload, roster), []).append(upload)
        except NotTaken as why:
            problems[str(why)] = None
    chosen, refused = {}, {}
    for student, own in uploads.items():
        try:
            chosen[student] = choose(own, digests, released)
        except NotTaken as why:
            refused[student] = str(why)
    return Sorted(chosen, refused, tuple(problems))


def choose(uploads: Sequence[Upload], digests: Mapping[str, str], released: str) -> Upload:
    """The notebook that counts: of each file the last attempt, of several files the released one.

    Raises NotTaken where that leaves none, or several that differ.
    """
    latest: dict[str, Upload] = {}
    for upload in sorted(uploads, key=lambda upload: (upload.attempt, upload.file_id)):
        if upload.is_notebook:
            latest[upload.title] = upload
    if not latest:
        names = ", ".join(sorted(PurePosixPath(upload.path).name for upload in uploads)[:3])
        raise NotTaken(f"handed in {names} and no notebook (.ipynb)")
    named = [upload for upload in latest.values() if released in (upload.title, upload.own_name)]
    if len(named) == 1:
        return named[0]
    if len({digests[upload.path] for upload in latest.values()}) == 1:
        return next(iter(latest.values()))
    names = ", ".join(sorted(PurePosixPath(upload.path).name for upload in latest.values())[:3])
    raise NotTaken(f"handed in {len(latest)} different notebooks ({names}): leave one in the zip")


def find_student(upload: Upload, roster: Roster | None) -> str:
    """The id of the student whose file it is. Raises NotTaken for nobody's, and for anybody's."""
    name = squash(upload.person)
    if roster is None:
        if not STUDENT.fullmatch(name):
            raise NotTaken(
                f"'{upload.person}': no name for a folder: write a class list with this name"
            )
        return name
    fits = [p for p in roster.entries if upload.canvas_id and p.canvas_id == upload.canvas_id]
    fits = fits or [entry for entry in roster.entries if name and name in _names(entry)]
    if len(fits) == 1:
        return fits[0].student
    canvas = f" (canvas_id {upload.canvas_id})" if upload.canvas_id else ""
    if fits:
        ids = ", ".join(entry.student for entry in fits)
        raise NotTaken(f"'{upload.person}'{canvas}: fits {ids} in the class list")
    raise NotTaken(f"'{upload.person}'{canvas}: nobody in the class list")


def squash(name: str) -> str:
    """A name's letters and digits alone, small and without accents."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(character for character in plain if character.isalnum())


def _names(entry: RosterEntry) -> set[str]:
    """What a student may be called: by ids, and by the name with any of its words first."""
    words = [squash(word) for word in re.split(r"[\s,]+", entry.name)]
    turned = {"".join(words[turn:] + words[:turn]) for turn in range(len(words))}
    return (turned | {squash(entry.student), squash(entry.sis_login_id)}) - {""}
