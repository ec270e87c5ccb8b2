"""The course's settings: the file course.toml in its root folder, which may be absent."""

import re
import tomllib
from collections.abc import Collection, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from autograder.clock import Clock, read_zone
from autograder.errors import AutograderError
from autograder.published import WEEK, Published, read_published

FILE_NAME = "course.toml"
TABLE = re.compile(r"\s*\[+([^\]]+)\]")
KEY = re.compile(r"\s*([\w.\"'-]+)\s*=")
SLUG = r"^[a-z0-9][a-z0-9-]{1,38}$"  # Classroom 50's short names
PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


class Weights(StrEnum):
    """Which trained weights of a student count."""

    RETRAIN = "retrain"  # those that the notebook writes when grading runs it
    SUBMITTED = "submitted"  # those that were handed in, where there are any


class Canvas(BaseModel):
    """Where the course is in Canvas."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = Field(examples=['url = "https://canvas.example.edu"'])
    course: int = Field(gt=0, examples=["course = 12345"])

    @field_validator("url")
    @classmethod
    def _is_safe(cls, url: str) -> str:
        """The token goes there, so the connection must be encrypted."""
        parts = urlsplit(url)
        is_local = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1")
        if not parts.hostname or not (parts.scheme == "https" or is_local):
            raise ValueError(
                f"'{url}' is not an address: write url = \"https://canvas.example.edu\""
            )
        return url.rstrip("/")


class Classroom50(BaseModel):
    """Where Classroom 50 keeps a classroom's repositories (foundation50/classroom50)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    organization: str = Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*$", examples=['organization = "OWNER"']
    )
    classroom: str = Field(pattern=SLUG, examples=['classroom = "gene46100"'])
    server: str = Field(default="https://github.com", examples=['server = "https://github.com"'])


class Week(BaseModel):
    """The settings of one assignment."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    weights: Weights = Field(default=Weights.RETRAIN, examples=['weights = "submitted"'])
    repository: str | None = Field(
        default=None, examples=['repository = "https://github.com/OWNER/NAME"']
    )
    canvas_assignment: int | None = Field(
        default=None, gt=0, examples=["canvas_assignment = 67890"]
    )
    assignment: str | None = Field(
        default=None, pattern=SLUG, examples=['assignment = "week1-mlp"']
    )

    @field_validator("repository")
    @classmethod
    def _is_a_folder(cls, address: str | None) -> str | None:
        return _checked_address(address)


class Settings(BaseModel):
    """What course.toml says; the defaults are those of a course without one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    time_zone: str | None = Field(default=None, examples=['time_zone = "America/Chicago"'])
    repository: str | None = Field(
        default=None, examples=['repository = "https://github.com/OWNER/{week}"']
    )
    canvas: Canvas | None = Field(default=None, examples=["a table [canvas] with url and course"])
    classroom50: Classroom50 | None = Field(
        default=None, examples=["a table [classroom50] with organization and classroom"]
    )
    weeks: Mapping[str, Week] = Field(
        default_factory=dict, examples=["a table [weeks.NAME] for each week"]
    )

    @field_validator("time_zone")
    @classmethod
    def _is_a_zone(cls, name: str | None) -> str | None:
        return None if name is None else read_zone(name).key

    @field_validator("repository")
    @classmethod
    def _is_a_folder_per_week(cls, address: str | None) -> str | None:
        if address is not None and WEEK not in address:
            raise ValueError(
                f"'{address}' would be the same for all weeks: write {WEEK} where a week's name "
                f"belongs, such as https://github.com/OWNER/{WEEK}"
            )
        return _checked_address(address)

    def published(self, week: str) -> Published | None:
        """Where students find a week's notebook; None if the course does not say."""
        address = self.week(week).repository or self.repository
        return None if address is None else read_published(address, week)

    def week(self, name: str) -> Week:
        """A week's settings."""
        return self.weeks.get(name, Week())

    def slug(self, week: str) -> str:
        """The name of a week's assignment in Classroom 50."""
        return self.week(week).assignment or week.lower().replace("_", "-")

    def classroom50_repository(self, week: str, username: str) -> str:
        """The address of a student's repository; '' if the course does not use Classroom 50."""
        if (place := self.classroom50) is None:
            return ""
        name = f"{place.classroom}-{self.slug(week)}-{username}".lower()
        return f"{place.server.rstrip('/')}/{place.organization}/{name}"

    @property
    def clock(self) -> Clock:
        """The course's clock; this machine's if the course names no time zone."""
        return Clock(read_zone(self.time_zone) if self.time_zone else None)


def read_settings(root: Path, weeks: Collection[str] | None = None) -> Settings:
    """The settings of the course at `root`; `weeks` are the names of its assignments, if known.

    Raises AutograderError with the line of the file if it is not valid.
    """
    path = root / FILE_NAME
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise AutograderError(f"{path} cannot be read ({error}): save it in UTF-8") from None
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        place = PLACE.search(str(error))
        line = place[1] if place and place[1] else len(text.splitlines())
        why = PLACE.sub("", str(error))
        raise AutograderError(
            f'{path}, line {line}: not valid TOML ({why}): write NAME = "VALUE"'
        ) from None
    try:
        settings = Settings.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        keys = tuple(map(str, first["loc"]))
        where = f"{path}, line {_line_of(text, keys)}"
        raise AutograderError(f"{where}: {_wrong(first, keys)}") from None
    for name in settings.weeks:
        if weeks is not None and name not in weeks:
            known = ", ".join(sorted(weeks)) or "none yet"
            raise AutograderError(
                f"{path}, line {_line_of(text, ('weeks', name))}: there is no assignment '{name}': "
                f"the assignments are {known}"
            )
    return settings


def _checked_address(address: str | None) -> str | None:
    if address is not None:
        read_published(address, "week")
    return address


def _wrong(error: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    name = ".".join(keys)
    model: type[BaseModel] = Week if len(keys) > 2 else Settings
    if len(keys) > 1 and keys[0] in NESTED:
        model = NESTED[keys[0]]
    key = keys[0] if model is Settings else keys[-1]
    if error["type"] == "extra_forbidden":
        known = ", ".join(model.model_fields)
        return f"there is no setting '{name}': the settings are {known}"
    if error["type"] == "value_error":  # says what to write
        return f"{name}: {error['ctx']['error']}"
    (example,) = model.model_fields[key].examples or ("...",)
    message = error["msg"].split(" or instance of")[0]
    return f"{name}: {message}: write {example}"


def _line_of(text: str, keys: tuple[str, ...]) -> int:
    """The number of the first line that sets a key or a part of it, or that starts its table.

    Where there is none, it is in the value of the line that sets the longest part of its name.
    """
    table: tuple[str, ...] = ()
    best, longest = 1, 0
    for number, line in enumerate(text.splitlines(), 1):
        if header := TABLE.match(line):
            table = here = _split(header[1])
        elif key := KEY.match(line):
            here = (*table, *_split(key[1]))
        else:
            continue
        if here[: len(keys)] == keys:
            return number
        if len(here) > longest and keys[: len(here)] == here:
            best, longest = number, len(here)
    return best


def _split(name: str) -> tuple[str, ...]:
    return tuple(part.strip(" \t\"'") for part in name.split("."))
