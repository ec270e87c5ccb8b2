"""Takes notebooks out of a download, which is an untrusted zip file or a folder.

Only notebooks, and zips within a zip, are unpacked, and never more bytes than the size that the
archive declares. Links, permissions and paths out of the archive are ignored.
"""

import shutil
import stat
import zipfile
import zlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from autograder.artifacts import (
    ARTIFACTS,
    MAX_ARTIFACT,
    TOO_LARGE,
    NotTaken,
    require_content,
)
from autograder.clock import MACHINE_CLOCK, Clock
from autograder.collect.lms_forms import read_name
from autograder.collect.model import CollectError
from autograder.collect.notebooks import has_notebook_name, may_be_notebook
from autograder.errors import AutograderError
from autograder.files import TooDeep, is_clutter, plain_files
from autograder.notebook.file import MAX_NOTEBOOK
from autograder.notebook.sniff import is_notebook
from autograder.text import one_line

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # those that can be read in pieces
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
EARLIEST = 1980  # the year in a zip of a file without a date
ENCRYPTED = 0x1
MOST_OF_NAME, MOST_OF_PATH = 255, 2000  # bytes


@dataclass(frozen=True)
class ZipBounds:
    """Limits for a download, and (`own_`) for one student's zip within it."""

    members: int = 20_000
    total_bytes: int = 8 * 2**30
    own_members: int = 1_000
    own_bytes: int = 64 * 2**20
    notebook_bytes: int = MAX_NOTEBOOK


class Unpacker:
    """Unpacks the notebooks of a download into a folder, each at its path in the download.

    If it takes a trained model's files, these go into the folder `artifacts`, in the same way.
    `paths` are the paths of all files in it, `times` the dates of notebooks in a zip, and
    `problems` has a line for each file that was not unpacked. A zip's dates are of the `clock`.
    """

    def __init__(
        self,
        folder: Path,
        bounds: ZipBounds,
        clock: Clock = MACHINE_CLOCK,
        takes_artifacts: bool = False,
    ):
        self.folder, self.bounds, self.clock = folder, bounds, clock
        self.artifacts = folder.with_name("artifacts")
        self.takes_artifacts = takes_artifacts
        self.paths: list[str] = []
        self.times: dict[str, datetime] = {}
        self.problems: list[str] = []
        self.room = bounds.total_bytes

    def extract(self, source: Path) -> None:
        """Unpack a zip, or a folder. Raises AutograderError if it cannot be read at all."""
        try:
            if source.is_dir():
                for file in plain_files(source):
                    if not is_clutter(file.below):
                        self._file(file.path, file.below, own=read_name(file.below) is not None)
            else:
                with zipfile.ZipFile(source) as archive:
                    self._members(archive, "")
        except (*BROKEN, OSError, TooDeep, CollectError) as error:
            why = str(error) or type(error).__name__
            raise AutograderError(
                f"{source.resolve()} cannot be read ({why}): download it again"
            ) from None

    def _file(self, path: Path, below: str, own: bool, time: datetime | None = None) -> None:
        """Copy a notebook, or unpack a zip, that is a file on disk.

        `own` says that it is one student's; `time` is its date in the zip that it came from.
        """
        if _is_zip(below):
            try:
                with zipfile.ZipFile(path) as archive:
                    self._members(archive, below[:-4], own, time)
            except CollectError as error:
                self._problem(below, str(error))
            except (*BROKEN, OSError) as error:
                self._problem(below, f"not a zip file that can be read ({error})")
        elif may_be_notebook(below) or self._is_artifact(below):
            try:
                if self._is_wanted(below, path.stat().st_size):
                    target = self._new(below)
                    shutil.copyfile(path, target)
                    self._keep(target, below)
            except CollectError as error:
                self._problem(below, str(error))
                return
        self.paths.append(below)

    def _members(
        self, archive: zipfile.ZipFile, below: str, own: bool = False, time: datetime | None = None
    ) -> None:
        """Unpack an archive. Raises CollectError if it exceeds a limit."""
        # Without a name: Python cuts it at a null character.
        infos = [info for info in archive.infolist() if info.filename and not info.is_dir()]
        most = self.bounds.own_members if own else self.bounds.members
        if len(infos) > most:
            raise CollectError(f"holds more than {most} files")
        names = [(info, info.filename.replace("\\", "/")) for info in infos]
        size = sum(info.file_size for info, name in names if _is_certain(name))
        room = min(self.bounds.own_bytes, self.room) if own else self.room
        if size > room:
            raise CollectError(f"unpacks to more than {room / 2**20:,.0f} MB")
        self.room -= size
        room -= size
        room_beside = len(ARTIFACTS) * MAX_ARTIFACT if own else self.room
        for info, name in names:
            parts = [part for part in name.split("/") if part != "."]
            if is_clutter("/".join(part for part in parts if part != "..")):
                continue
            path = "/".join([below, *parts] if below else parts)
            try:
                if parts[:1] in ([], [""]) or ".." in parts:
                    raise CollectError("its path leads out of the zip")
                if _is_too_long(path):
                    raise CollectError("its name is too long for a file")
                if _is_certain(path):
                    self._member(archive, info, path, own, time or self._date(info))
                elif self._is_artifact(path):
                    room_beside = self._take_room(path, info.file_size, room_beside)
                    self._member(archive, info, path, own, time or self._date(info))
                elif may_be_notebook(path) and info.file_size <= room:
                    room -= info.file_size
                    self.room -= info.file_size
                    self._member(archive, info, path, own, time or self._date(info))
                else:
                    self.paths.append(path)
            except CollectError as error:
                self._problem(path, str(error))
            except (*BROKEN, OSError) as error:
                self._problem(path, f"damaged ({error})")

    def _problem(self, path: str, why: str) -> None:
        """Note why a file was not unpacked, in one line."""
        self.problems.append(one_line(f"{path}: {why}"))

    def _member(
        self,
        archive: zipfile.ZipFile,
        info: zipfile.ZipInfo,
        path: str,
        own: bool,
        time: datetime | None,
    ) -> None:
        """Unpack one notebook or zip from an archive."""
        nested = _is_zip(path)
        if stat.S_ISLNK(info.external_attr >> 16):
            raise CollectError("is a link, not a file")
        if nested and own:
            raise CollectError("a zip in a student's zip: take the notebook out by hand")
        if info.flag_bits & ENCRYPTED:
            raise CollectError("has a password: ask the student for a zip without one")
        if info.compress_type not in METHODS:
            raise CollectError("compressed in an unusual way: take the notebook out by hand")
        if not nested and not self._is_wanted(path, info.file_size):
            self.paths.append(path)
            return
        target = self._new(path)
        try:
            with target.open("wb") as file, archive.open(info) as packed:
                shutil.copyfileobj(packed, file, 2**20)
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        if nested:
            self._file(target, path, True, time)
            target.unlink()
            return
        self.paths.append(path)
        if self._keep(target, path) and time is not None:
            self.times[path] = time

    def _is_wanted(self, path: str, size: int) -> bool:
        """Whether a file has the size of a notebook, or of a trained model's file.

        Raises CollectError for a larger one with the name of one.
        """
        if self._is_artifact(path):
            if size > MAX_ARTIFACT:
                raise CollectError(TOO_LARGE)
            return True
        if size <= self.bounds.notebook_bytes:
            return True
        if has_notebook_name(path):
            limit = self.bounds.notebook_bytes / 2**20
            raise CollectError(f"larger than {limit:g} MB: clear its outputs")
        return False

    def _new(self, path: str) -> Path:
        """Where to unpack a file to. Raises CollectError if something is there already."""
        target = (self.artifacts if self._is_artifact(path) else self.folder) / path
        if target.exists():
            raise CollectError("is in the zip twice: the first one counts")
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def _take_room(self, path: str, size: int, room: int) -> int:
        """The room that is left after a trained model's file. Raises CollectError if it is none."""
        self._is_wanted(path, size)
        if size > min(room, self.room):
            raise CollectError("there is no room for it: take it out by hand")
        self.room -= size
        return room - size

    def _is_artifact(self, path: str) -> bool:
        """Whether a file is one of a trained model's, and those are taken."""
        upload = read_name(path) if self.takes_artifacts else None
        return upload is not None and bool(upload.artifact)

    def _keep(self, target: Path, path: str) -> bool:
        """Whether an unpacked file is a notebook or a trained model's. Removes it if it is not.

        Raises CollectError if it only stands for a file that is elsewhere.
        """
        if self._is_artifact(path):
            try:
                require_content(target.read_bytes())
            except NotTaken as error:
                target.unlink()
                raise CollectError(str(error)) from None
            return True
        if has_notebook_name(path) or is_notebook(target.read_bytes()):
            return True
        target.unlink()
        return False

    def _date(self, info: zipfile.ZipInfo) -> datetime | None:
        """A file's date in a zip, which has no time zone; None if it has no date."""
        try:
            time = datetime(*info.date_time)
        except ValueError:
            return None
        return self.clock.localize(time) if time.year > EARLIEST else None


def _is_too_long(path: str) -> bool:
    """Whether a file system may refuse the path, or the name of a file or folder in it."""
    data = path.encode("utf-8", "replace")
    return len(data) > MOST_OF_PATH or any(len(part) > MOST_OF_NAME for part in data.split(b"/"))


def _is_zip(path: str) -> bool:
    return PurePosixPath(path).suffix.lower() == ".zip"


def _is_certain(path: str) -> bool:
    """Whether to unpack a file whatever it contains."""
    return _is_zip(path) or has_notebook_name(path)
