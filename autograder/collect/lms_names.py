"""Finds out whose the files of a bulk download are, and sorts them by student."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from autograder.collect.lms_attempts import select_upload
from autograder.collect.lms_forms import (
    Upload,
    around_hyphens,
    groups_of,
    names_of,
    read_name,
    squash,
    words_of,
)
from autograder.collect.model import CollectError
from autograder.errors import AutograderError
from autograder.roster import FILE_NAME, STUDENT, Roster, RosterEntry

LIKE_A_GROUP = re.compile(r"group|\bteam\b|team\d", re.IGNORECASE)
ANONYMOUS = (
    "the download is anonymous, so nobody can tell whose the files are: turn off anonymous grading "
    "(Canvas) or reveal the identities (Moodle), and download it again"
)


@dataclass(frozen=True)
class Owner:
    """Whose a file is: one student's, or that of the members of a `group`.

    `key` tells two owners with the same students apart, and `label` names one to readers.
    """

    students: tuple[str, ...]
    key: str
    label: str = field(compare=False)
    group: str = ""


class Selected(NamedTuple):
    """The notebook that counts for a student, whose it is, and all that this owner submitted."""

    upload: Upload
    owner: Owner
    uploads: Sequence[Upload]


@dataclass(frozen=True)
class SortedUploads:
    """Each student's notebook, or the reason for having none, and a line per other file.

    `contested` are the students for whom there are files of several owners.
    """

    selected: Mapping[str, Selected]
    refused: Mapping[str, str]
    contested: tuple[str, ...]
    problems: tuple[str, ...]


def sort_uploads(
    paths: Iterable[str], folder: Path, roster: Roster | None, released: str
) -> SortedUploads:
    """The notebook to collect for each student, from the paths of a download.

    `folder` holds the notebooks among them, and no other file. `released` is the released
    notebook's name without its extension. Raises AutograderError for an anonymous download.
    """
    uploads: dict[str, dict[Owner, list[Upload]]] = {}
    problems: dict[str, None] = {}
    for path in paths:
        upload = read_name(path)
        if upload is None:
            if (folder / path).is_file():
                problems[f"{path}: the name does not follow Canvas's or Moodle's form"] = None
            continue
        if upload.is_anonymous:
            raise AutograderError(f"{path}: {ANONYMOUS}")
        try:
            owner = find_owner(upload, roster)
        except CollectError as error:
            problems[str(error)] = None
            continue
        for student in owner.students:
            uploads.setdefault(student, {}).setdefault(owner, []).append(upload)
    selected, refused = {}, {}
    contested: dict[tuple[Owner, ...], list[str]] = {}
    for student, owners in uploads.items():
        if len(owners) > 1:
            contested.setdefault(tuple(owners), []).append(student)
            continue
        ((owner, own),) = owners.items()
        try:
            selected[student] = Selected(select_upload(own, folder, released), owner, own)
        except CollectError as error:
            refused[student] = str(error)
    for several, students in contested.items():
        problems |= dict.fromkeys(_contested_lines(several, students))
    unclear = tuple(student for students in contested.values() for student in students)
    return SortedUploads(selected, refused, unclear, tuple(problems))


def find_owner(upload: Upload, roster: Roster | None) -> Owner:
    """Whose file it is. Raises CollectError if the class list does not decide it."""
    if roster is not None and (group := _find_group(upload, roster)):
        return group
    student = find_student(upload, roster)
    return Owner((student,), upload.number or student, upload.label)


def find_student(upload: Upload, roster: Roster | None) -> str:
    """The id of the student whose file it is. Raises CollectError if none or several match."""
    name = squash(upload.person)
    if roster is None:
        if _is_like_a_group(upload):
            raise CollectError(_of_a_group(upload))
        if not STUDENT.fullmatch(name):
            raise CollectError(
                f"'{upload.person}': cannot be a folder name: write a class list with this name"
            )
        return name
    matches = [p for p in roster.entries if upload.canvas_id and p.canvas_id == upload.canvas_id]
    if len(matches) == 1 and not _may_be_called(matches[0], upload):
        raise CollectError(_of_a_group(upload, matches[0]))
    # Whoever has another id is another person, even with the same name.
    others = [p for p in roster.entries if not (upload.canvas_id and p.canvas_id)]
    matches = matches or [entry for entry in others if name and name in names_of(entry)]
    if len(matches) == 1:
        return matches[0].student
    if matches:
        ids = ", ".join(entry.student for entry in matches)
        raise CollectError(f"{upload.label}: matches {ids} in the class list")
    ends = around_hyphens(upload.person)[1]  # of `Lab 1-Ada Lovelace`
    if _is_like_a_group(upload) or any(ends & names_of(entry) for entry in roster.entries):
        raise CollectError(_of_a_group(upload))
    raise CollectError(f"{upload.label}: matches no one in the class list")


def _find_group(upload: Upload, roster: Roster) -> Owner | None:
    """The group with the name of the upload; None if there is none.

    Raises CollectError if someone handed it in who is not a member.
    """
    whole = squash(upload.person)
    starts, ends = around_hyphens(upload.person)  # of `Group A-Ada Lovelace`
    if upload.canvas_id or any(whole in groups_of(e) | names_of(e) for e in roster.entries):
        starts, ends = {whole}, set()
    by_length = sorted(starts, key=len, reverse=True)  # `Group A-1` before `Group A`
    found = ([e for e in roster.entries if form in groups_of(e)] for form in by_length)
    members = next(filter(None, found), [])
    if not members:
        return None
    for entry in roster.entries:
        by_id = upload.canvas_id and entry.canvas_id == upload.canvas_id
        if entry not in members and (by_id or ends & names_of(entry)):
            raise CollectError(
                f"{upload.label}: handed in by {entry.student}, who is not in this group: correct "
                f"the column 'group' of {FILE_NAME}"
            )
    group, students = members[0].group, tuple(entry.student for entry in members)
    if ends:  # each member has a copy
        return Owner(students, group, f"'{group}'", group)
    return Owner(students, upload.number, upload.label, group)


def _may_be_called(entry: RosterEntry, upload: Upload) -> bool:
    """Whether the student with the id of an upload can have its name.

    The class list may have more or fewer first names, but its name has a word in common.
    """
    name = squash(upload.person)
    if name in names_of(entry):
        return True
    if _is_like_a_group(upload):
        return False
    words = tuple(word for word in words_of(entry) if len(word) > 1)
    return not words or name.startswith(words) or name.endswith(words)


def _is_like_a_group(upload: Upload) -> bool:
    # Moodle's `Default group` has no number.
    return not upload.number or LIKE_A_GROUP.search(upload.person) is not None


def _of_a_group(upload: Upload, entry: RosterEntry | None = None) -> str:
    """Why a file is not collected whose name is that of a group, as far as one can tell."""
    unless = f", or correct the name of {entry.student} if it is theirs" if entry else ""
    return (
        f"{upload.label}: this is the name of a group: write it in a column 'group' of {FILE_NAME} "
        f"for each member{unless}"
    )


def _contested_lines(owners: Sequence[Owner], students: Sequence[str]) -> list[str]:
    """A line per owner of the files that would all be these students'."""
    if any(owner.group for owner in owners):
        to_do = "unpack the download, remove what does not count, and collect the folder"
    elif all("canvas_id" in owner.label for owner in owners):
        to_do = f"list each of them in {FILE_NAME} with their canvas_id"
    else:
        to_do = "unpack the download, write their ids in place of the names, and collect the folder"
    names = ", ".join(students)
    what = f"one of {len(owners)} submissions that match {names}, so none was collected"
    return [f"{owner.label}: {what}: {to_do}" for owner in owners]
