"""Taking notebooks out of archives that strangers made.

Only notebooks and zips within zips are taken out, as streams, each within what it said its size
is. What an archive says of links, of rights and of places outside of it is not followed.
"""

import shutil
import stat
import zipfile
import zlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from nbgrader.plugins import ExtractorPlugin

from autograder.collect.lms_names import read_name
from autograder.collect.store import NotTaken
from autograder.errors import AutograderError
from autograder.files import TooDeep, plain_files
from autograder.notebook.reader import MAX_NOTEBOOK

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # what can be read piece by piece
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
EARLIEST = 1980  # the year that a zip gives to a file without a date
ENCRYPTED = 0x1


@dataclass(frozen=True)
class ZipBounds:
    """What may be in a download, and in one zip of a student's within it."""

    members: int = 20_000
    total_bytes: int = 8 * 2**30
    own_members: int = 1_000
    own_bytes: int = 64 * 2**20
    notebook_bytes: int = MAX_NOTEBOOK


class Unpacker(ExtractorPlugin):
    """zip_collect's first step: the notebooks of a download, each at its path in there.

    Afterwards `paths` names all that was found, `times` when a notebook came into its zip, and
    `problems` is a line for everything that was left where it is.
    """

    bounds = ZipBounds()

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Raises AutograderError where the download itself cannot be read."""
        self.paths: list[str] = []
        self.times: dict[str, datetime] = {}
        self.problems: list[str] = []
        self.room = self.bounds.total_bytes
        self.place = Path(extracted_path)
        (source,) = Path(archive_path).iterdir()
        try:
            if source.is_dir():
                for file in plain_files(source):
                    self._file(file.path, file.below, own=read_name(file.below) is not None)
            else:
                with zipfile.ZipFile(source) as archive:
                    self._members(archive, "")
        except (*BROKEN, OSError, TooDeep, NotTaken) as error:
            why = str(error) or type(error).__name__
            raise AutograderError(
                f"{source.resolve()} cannot be read ({why}): download it again"
            ) from None

    def _file(self, path: Path, below: str, own: bool, time: datetime | None = None) -> None:
        """Take a file that lies in a folder, or a zip that came out of another.

        An `own` one is a student's; `time` is when it came into the zip around it.
        """
        if below.lower().endswith(".zip"):
            try:
                with zipfile.ZipFile(path) as archive:
                    self._members(archive, below[:-4], own, time)
            except NotTaken as error:
                self.problems.append(f"{below}: {error}")
            except BROKEN as error:
                self.problems.append(f"{below}: no zip that can be read ({error})")
        elif below.lower().endswith(".ipynb"):
            if path.stat().st_size > self.bounds.notebook_bytes:
                self.problems.append(f"{below}: {self._too_large()}")
                return
            target = self.place / below
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        self.paths.append(below)

    def _members(
        self, archive: zipfile.ZipFile, below: str, own: bool = False, time: datetime | None = None
    ) -> None:
        """Take what an archive holds, unless it is more than may be in one."""
        infos = [info for info in archive.infolist() if not info.is_dir()]
        most = self.bounds.own_members if own else self.bounds.members
        if len(infos) > most:
            raise NotTaken(f"holds more than {most} files")
        size = sum(info.file_size for info in infos if _wanted(info.filename))
        room = min(self.bounds.own_bytes, self.room) if own else self.room
        if size > room:
            raise NotTaken(f"unpacks to more than {room / 2**20:,.0f} MB")
        self.room -= size
        for info in infos:
            parts = [part for part in info.filename.replace("\\", "/").split("/") if part != "."]
            if any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts):
                continue  # what systems and editors put beside a file
            path = "/".join([below, *parts] if below else parts)
            try:
                if parts[:1] in ([], [""]) or ".." in parts:
                    raise NotTaken("leads out of the zip")
                if _wanted(path):
                    self._member(archive, info, path, own, time or _date(info))
                else:
                    self.paths.append(path)
            except NotTaken as error:
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
        """Take one notebook or zip out of an archive."""
        nested = path.lower().endswith(".zip")
        if stat.S_ISLNK(info.external_attr >> 16):
            raise NotTaken("is a link, not a file")
        if nested and own:
            raise NotTaken("a zip in a student's zip: take the notebook out by hand")
        if info.flag_bits & ENCRYPTED:
            raise NotTaken("has a password: ask for it without one")
        if info.compress_type not in METHODS:
            raise NotTaken("compressed in an unusual way: take the notebook out by hand")
        if not nested and info.file_size > self.bounds.notebook_bytes:
            raise NotTaken(self._too_large())
        target = self.place / path
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            file = target.open("xb")
        except FileExistsError:
            raise NotTaken("is there twice: the first one counts") from None
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
        return f"larger than {self.bounds.notebook_bytes / 2**20:g} MB: its outputs must be cleared"


def _date(info: zipfile.ZipInfo) -> datetime | None:
    """When a file was last changed, as a zip says it: in the time zone of whoever reads it."""
    try:
        time = datetime(*info.date_time)
    except ValueError:
        return None
    return time.astimezone() if time.year > EARLIEST else None


def _wanted(path: str) -> bool:
    return PurePosixPath(path.replace("\\", "/")).suffix.lower() in (".ipynb", ".zip")
