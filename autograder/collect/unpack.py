"""Takes notebooks out of untrusted zip files.

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

from autograder.collect.lms_names import read_name
from autograder.collect.model import CollectError
from autograder.errors import AutograderError
from autograder.files import TooDeep, plain_files
from autograder.notebook.file import MAX_NOTEBOOK

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # those that can be read in pieces
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
EARLIEST = 1980  # the year in a zip of a file without a date
ENCRYPTED = 0x1


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

    `paths` are the paths of all files in it, `times` the dates of notebooks in a zip, and
    `problems` has a line for each file that was not unpacked.
    """

    def __init__(self, folder: Path, bounds: ZipBounds):
        self.folder, self.bounds = folder, bounds
        self.paths: list[str] = []
        self.times: dict[str, datetime] = {}
        self.problems: list[str] = []
        self.room = bounds.total_bytes

    def extract(self, source: Path) -> None:
        """Unpack a zip, or a folder. Raises AutograderError if it cannot be read at all."""
        try:
            if source.is_dir():
                for file in plain_files(source):
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
        if below.lower().endswith(".zip"):
            try:
                with zipfile.ZipFile(path) as archive:
                    self._members(archive, below[:-4], own, time)
            except CollectError as error:
                self.problems.append(f"{below}: {error}")
            except BROKEN as error:
                self.problems.append(f"{below}: not a zip file that can be read ({error})")
        elif below.lower().endswith(".ipynb"):
            if path.stat().st_size > self.bounds.notebook_bytes:
                self.problems.append(f"{below}: {self._too_large()}")
                return
            target = self.folder / below
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        self.paths.append(below)

    def _members(
        self, archive: zipfile.ZipFile, below: str, own: bool = False, time: datetime | None = None
    ) -> None:
        """Unpack an archive. Raises CollectError if it exceeds a limit."""
        infos = [info for info in archive.infolist() if not info.is_dir()]
        most = self.bounds.own_members if own else self.bounds.members
        if len(infos) > most:
            raise CollectError(f"holds more than {most} files")
        size = sum(info.file_size for info in infos if _wanted(info.filename))
        room = min(self.bounds.own_bytes, self.room) if own else self.room
        if size > room:
            raise CollectError(f"unpacks to more than {room / 2**20:,.0f} MB")
        self.room -= size
        for info in infos:
            parts = [part for part in info.filename.replace("\\", "/").split("/") if part != "."]
            if any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts):
                continue  # files that operating systems and editors add
            path = "/".join([below, *parts] if below else parts)
            try:
                if parts[:1] in ([], [""]) or ".." in parts:
                    raise CollectError("its path leads out of the zip")
                if _wanted(path):
                    self._member(archive, info, path, own, time or _date(info))
                else:
                    self.paths.append(path)
            except CollectError as error:
                self.problems.append(f"{path}: {error}")
            except (*BROKEN, OSError) as error:
                self.problems.append(f"{path}: damaged ({error})")

    def _member(
        self,
        archive: zipfile.ZipFile,
        info: zipfile.ZipInfo,
        path: str,
        own: bool,
        time: datetime | None,
    ) -> None:
        """Unpack one notebook or zip from an archive."""
        nested = path.lower().endswith(".zip")
        if stat.S_ISLNK(info.external_attr >> 16):
            raise CollectError("is a link, not a file")
        if nested and own:
            raise CollectError("a zip in a student's zip: take the notebook out by hand")
        if info.flag_bits & ENCRYPTED:
            raise CollectError("has a password: ask the student for a zip without one")
        if info.compress_type not in METHODS:
            raise CollectError("compressed in an unusual way: take the notebook out by hand")
        if not nested and info.file_size > self.bounds.notebook_bytes:
            raise CollectError(self._too_large())
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            file = target.open("xb")
        except FileExistsError:
            raise CollectError("is in the zip twice: the first one counts") from None
        try:
            with file, archive.open(info) as packed:
                shutil.copyfileobj(packed, file, 2**20)
        except BaseException:
            target.unlink()
            raise
        if nested:
            self._file(target, path, True, time)
            target.unlink()
            return
        self.paths.append(path)
        if time is not None:
            self.times[path] = time

    def _too_large(self) -> str:
        return f"larger than {self.bounds.notebook_bytes / 2**20:g} MB: clear its outputs"


def _date(info: zipfile.ZipInfo) -> datetime | None:
    """A file's date in a zip, which has no time zone: this machine's is assumed."""
    try:
        time = datetime(*info.date_time)
    except ValueError:
        return None
    return time.astimezone() if time.year > EARLIEST else None


def _wanted(path: str) -> bool:
    return PurePosixPath(path.replace("\\", "/")).suffix.lower() in (".ipynb", ".zip")
