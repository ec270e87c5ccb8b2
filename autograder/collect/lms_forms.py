"""The forms of names: of files in bulk downloads, of people and of groups.

Canvas (lib/content_zipper.rb in instructure/canvas-lms) names a file
`lovelaceada_LATE_12345_67890_notebook-2.ipynb`: the person's name, a mark if it is late (in lower
case in earlier versions), the person's id, the file's id, and the file's name, with a number if it
was submitted again. What a group submits has the group's name and the id of one member. Under
anonymous grading, `anon` and a random id come in place of name and id.

Moodle (mod/assign/classes/downloader.php in moodle/moodle) names a file
`Ada Lovelace_4711_assignsubmission_file_notebook.ipynb`, or a folder in this way. The number is one
person's in one assignment. What a group submits has the group's name and number, or, in earlier
versions, `Group A-Ada Lovelace`. Under blind marking, everyone's name is `Participant`.
"""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from autograder.artifacts import ARTIFACTS
from autograder.collect.notebooks import stem
from autograder.roster import RosterEntry

CANVAS = re.compile(
    r"(?P<name>.+?)(?P<late>_LATE|_late)?_(?P<person>\d+)_((?P<file>\d+)_(?P<rest>.+)|text|link)"
)
CANVAS_ANONYMOUS = re.compile(r"(LATE_)?anon_[A-Za-z0-9]+_(\d+_.+|text|link)")
MOODLE = re.compile(
    r"(?P<name>.+?)(_(?P<number>\d+))?_assignsubmission_[a-z]+(_(?P<rest>.*))?", re.DOTALL
)
MOODLE_ANONYMOUS = "participant"
AGAIN = re.compile(r"(.+)-(\d+)")
BROWSERS_COPY = re.compile(r" ?\(\d+\)$")  # of a file that was downloaded before


@dataclass(frozen=True)
class Upload:
    """One file of a bulk download: its path there, and what its name says.

    Files with the same `series` are attempts at one file if their other data agree.
    """

    path: str
    person: str
    canvas_id: str = ""
    moodle_number: str = ""
    is_anonymous: bool = False
    late: bool = False
    attempt: int = 0
    file_id: int = 0
    title: str = ""  # the file's own name, without extension and attempt
    own_name: str = ""
    series: str = ""

    @property
    def artifact(self) -> str:
        """The file of a trained model that it is, by its name; '' if it is none."""
        name = BROWSERS_COPY.sub("", self.title) + PurePosixPath(self.path).suffix
        return name if name in ARTIFACTS else ""

    @property
    def number(self) -> str:
        """What tells a person from others of the same name; '' if there is nothing."""
        if self.canvas_id:
            return f"canvas_id {self.canvas_id}"
        return f"number {self.moodle_number}" if self.moodle_number else ""

    @property
    def label(self) -> str:
        """The person, for readers."""
        return f"'{self.person}'" + (f" ({self.number})" if self.number else "")


def read_name(path: str) -> Upload | None:
    """The upload that a path stands for, by its file or folder name; None if it follows no form."""
    parts = PurePosixPath(path).parts
    for place, part in enumerate(parts):
        is_file = place == len(parts) - 1
        base = stem(part) if is_file else part
        inner = "/".join(parts[place + 1 :])
        if CANVAS_ANONYMOUS.fullmatch(base):
            return Upload(path, base, is_anonymous=True)
        if found := MOODLE.fullmatch(base):
            own = (found["rest"] if is_file else stem(parts[-1])) or ""
            name = found["name"]
            return Upload(
                path,
                name,
                moodle_number=found["number"] or "",
                is_anonymous=squash(name) == MOODLE_ANONYMOUS,
                title=own,
                own_name=own,
            )
        if found := CANVAS.fullmatch(base):
            rest = found["rest"] or ""
            if not rest and not part.lower().endswith(".html"):  # only Canvas's own pages lack it
                continue
            again = AGAIN.fullmatch(rest)
            own = rest if is_file else stem(parts[-1])
            return Upload(
                path,
                found["name"],
                canvas_id=found["person"],
                late=bool(found["late"]),
                attempt=int(again[2][:9]) if again else 0,
                file_id=int((found["file"] or "0")[:18]),
                title=again[1] if again and is_file else own,
                own_name=own,
                series=f"{again[1] if again else rest}/{inner}",
            )
    return None


def squash(name: str) -> str:
    """A name's letters and digits only, in lower case and without accents."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(character for character in plain if character.isalnum())


def names_of(entry: RosterEntry) -> set[str]:
    """The forms of a student's name and ids: the name may start with any of its words."""
    words = words_of(entry)
    turned = {"".join(words[turn:] + words[:turn]) for turn in range(len(words))}
    return (turned | {squash(entry.student), squash(entry.sis_login_id)}) - {""}


def words_of(entry: RosterEntry) -> list[str]:
    """The words of a student's name."""
    return [squash(word) for word in re.split(r"[\s,]+", entry.name)]


def groups_of(entry: RosterEntry) -> set[str]:
    """The forms of a student's group: a cell of Moodle's export may list several groups."""
    return {squash(cell) for cell in (entry.group, *re.split(r"[,;]", entry.group))} - {""}


def around_hyphens(name: str) -> tuple[set[str], set[str]]:
    """What stands before and what after each hyphen of a name."""
    words = name.split("-")
    places = range(1, len(words))
    before = {squash("-".join(words[:place])) for place in places}
    return before - {""}, {squash("-".join(words[place:])) for place in places} - {""}
