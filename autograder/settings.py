"""The course's settings: the file course.toml in its root folder, which may be absent.

What a table of a week leaves out, the course's own table of that name says, and then the default.
"""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from autograder.clock import Clock, read_zone
from autograder.errors import AutograderError
from autograder.late import LatePolicy
from autograder.limits import Limits, read_bytes
from autograder.published import WEEK, Published, read_published
from autograder.setting_errors import describe
from autograder.toml_file import Keys, line_of, syntax_error

FILE_NAME = "course.toml"
VERSION = 1  # of the settings that this program knows
COURSE_ID = "gene46100"
SLUG = r"^[a-z0-9][a-z0-9-]{1,38}$"  # Classroom 50's short names
DISTRIBUTION = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")  # a package on PyPI
SLUG_WORDS = "a short name (lower-case letters, digits and -)"
ID = r"[A-Za-z0-9_-]{1,64}"
DAY = 86400  # seconds

Seconds = Annotated[float, Field(strict=True, ge=1, le=DAY, allow_inf_nan=False)]
Percent = Annotated[float, Field(strict=True, ge=0, le=100, allow_inf_nan=False)]
Bytes = Annotated[int, BeforeValidator(read_bytes), Field(ge=2**10, le=2**40)]
Memory = Annotated[int, BeforeValidator(read_bytes), Field(ge=2**28, le=2**42)]


class Weights(StrEnum):
    """Which trained weights of a student count."""

    RETRAIN = "retrain"  # those that the notebook writes when grading runs it
    SUBMITTED = "submitted"  # those that were handed in, where there are any


class Table(BaseModel):
    """A table of the file. An unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class LimitSettings(Table):
    """The limits of a submission; None is the default of `Limits`."""

    cell_seconds: Seconds | None = Field(default=None, examples=["cell_seconds = 60"])
    notebook_seconds: Seconds | None = Field(default=None, examples=["notebook_seconds = 240"])
    call_seconds: Seconds | None = Field(default=None, examples=["call_seconds = 30"])
    exercise_seconds: Seconds | None = Field(default=None, examples=["exercise_seconds = 90"])
    memory: Memory | None = Field(default=None, examples=['memory = "4 GiB"'])
    processes: int | None = Field(
        default=None, strict=True, ge=8, le=4096, examples=["processes = 64"]
    )
    disk: Bytes | None = Field(default=None, examples=['disk = "512 MiB"'])
    output: Bytes | None = Field(default=None, examples=['output = "4 MiB"'])
    submission: Bytes | None = Field(default=None, examples=['submission = "256 MiB"'])
    kernel_starts: int | None = Field(
        default=None, strict=True, ge=1, le=100, examples=["kernel_starts = 8"]
    )

    def values(self) -> dict[str, Any]:
        """The limits that are set, by their names in `Limits`."""
        return {limit_name(key): value for key, value in self if value is not None}


def limit_name(key: str) -> str:
    """The name in `Limits` of a key of the table limits."""
    return key if hasattr(Limits, key) else f"{key}_bytes"


class LateSettings(Table):
    """What late work costs; None is the default of `LatePolicy`."""

    days: int | None = Field(default=None, strict=True, ge=0, le=366, examples=["days = 2"])
    percent_per_day: Percent | None = Field(default=None, examples=["percent_per_day = 10"])
    cap: Percent | None = Field(default=None, examples=["cap = 50"])

    def values(self) -> dict[str, Any]:
        """The parts of the policy that are set."""
        return self.model_dump(exclude_none=True)


class EnvironmentSettings(Table):
    """What students can rely on in grading; None is the extra `notebooks` of pyproject.toml."""

    packages: tuple[str, ...] | None = Field(
        default=None, examples=['packages = ["numpy", "torch"]']
    )

    @field_validator("packages")
    @classmethod
    def _are_names(cls, names: tuple[str, ...] | None) -> tuple[str, ...] | None:
        for name in names or ():
            if not DISTRIBUTION.fullmatch(name):
                raise ValueError(
                    f"'{name}' is not the name of a package: write it as pip does, without a "
                    "version, such as scikit-learn"
                )
        same = [re.sub(r"[._-]+", "-", name).lower() for name in names or ()]
        if repeated := sorted({name for name in same if same.count(name) > 1}):
            raise ValueError(f"{', '.join(repeated)} is there twice: keep one")
        if names == ():
            raise ValueError("the list is empty: name the packages, or leave it out")
        return names


class Canvas(Table):
    """Where the course is in Canvas."""

    url: str = Field(examples=['url = "https://canvas.example.edu"'])
    course: int = Field(gt=0, examples=["course = 12345"])

    @field_validator("url")
    @classmethod
    def _is_safe(cls, url: str) -> str:
        """The token goes there, so the connection must be encrypted, and the token is not here."""
        parts = urlsplit(url)
        if "@" in parts.netloc or parts.query or parts.fragment:  # not repeated: it may be a secret
            raise ValueError(
                "write the address alone, without a name, password or token: "
                'url = "https://canvas.example.edu"'
            )
        is_local = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1")
        if not parts.hostname or not (parts.scheme == "https" or is_local):
            raise ValueError(
                f"'{url}' is not an address: write url = \"https://canvas.example.edu\""
            )
        return url.rstrip("/")


class Classroom50(Table):
    """Where Classroom 50 keeps a classroom's repositories (foundation50/classroom50)."""

    organization: str = Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*$",
        description="an organization on GitHub (letters, digits and -)",
        examples=['organization = "OWNER"'],
    )
    classroom: str = Field(
        pattern=SLUG, description=SLUG_WORDS, examples=['classroom = "gene46100"']
    )
    server: str = Field(default="https://github.com", examples=['server = "https://github.com"'])


def _moment_text(value: object) -> object:
    """TOML's own dates and times as text, which the course's clock reads."""
    return value.isoformat() if isinstance(value, date | datetime | time) else value


class Week(Table):
    """The settings of one assignment."""

    deadline: Annotated[str, BeforeValidator(_moment_text)] | None = Field(
        default=None, examples=['deadline = "2026-11-30T18:00"']
    )
    weights: Weights = Field(default=Weights.RETRAIN, examples=['weights = "submitted"'])
    repository: str | None = Field(
        default=None, examples=['repository = "https://github.com/OWNER/NAME"']
    )
    canvas_assignment: int | None = Field(
        default=None, gt=0, examples=["canvas_assignment = 67890"]
    )
    assignment: str | None = Field(
        default=None,
        pattern=SLUG,
        description=SLUG_WORDS,
        examples=['assignment = "week1-mlp"'],
    )
    leaderboard: bool | None = Field(default=None, strict=True, examples=["leaderboard = false"])
    limits: LimitSettings = Field(default=LimitSettings(), examples=["a table [weeks.NAME.limits]"])
    late: LateSettings = Field(default=LateSettings(), examples=["a table [weeks.NAME.late]"])

    @field_validator("repository")
    @classmethod
    def _is_a_folder(cls, address: str | None) -> str | None:
        return _checked_address(address)


class Settings(Table):
    """What course.toml says; the defaults are those of a course without one."""

    version: int = Field(default=VERSION, strict=True, ge=1, examples=[f"version = {VERSION}"])
    name: str = Field(
        default="GENE 46100, Deep Learning in Genomics",
        min_length=1,
        max_length=100,
        pattern=r"^[^\n\r]*$",
        examples=['name = "GENE 46100, Deep Learning in Genomics"'],
    )
    course_id: str = Field(
        default=COURSE_ID,
        pattern=rf"^{ID}$",
        description="an id (letters, digits, _ and -, at most 64)",
        examples=[f'course_id = "{COURSE_ID}"'],
    )
    time_zone: str | None = Field(default=None, examples=['time_zone = "America/Chicago"'])
    repository: str | None = Field(
        default=None, examples=['repository = "https://github.com/OWNER/{week}"']
    )
    device: Literal["cpu", "cuda", "auto"] = Field(default="cpu", examples=['device = "auto"'])
    leaderboard: bool = Field(default=True, strict=True, examples=["leaderboard = false"])
    limits: LimitSettings = Field(default=LimitSettings(), examples=["a table [limits]"])
    late: LateSettings = Field(default=LateSettings(), examples=["a table [late]"])
    environment: EnvironmentSettings = Field(
        default=EnvironmentSettings(), examples=["a table [environment]"]
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

    def week(self, name: str) -> Week:
        """The table of a week, which may be absent."""
        return self.weeks.get(name, Week())

    def published(self, week: str) -> Published | None:
        """Where students find a week's notebook; None if the course does not say."""
        address = self.week(week).repository or self.repository
        return None if address is None else read_published(address, week)

    def slug(self, week: str) -> str:
        """The name of a week's assignment in Classroom 50."""
        return self.week(week).assignment or week.lower().replace("_", "-")

    def classroom50_repository(self, week: str, username: str) -> str:
        """The address of a student's repository; '' if the course does not use Classroom 50."""
        if (place := self.classroom50) is None:
            return ""
        name = f"{place.classroom}-{self.slug(week)}-{username}".lower()
        return f"{place.server.rstrip('/')}/{place.organization}/{name}"

    def limits_of(self, week: str) -> Limits:
        """The limits of a week's submissions."""
        return Limits(**self.limits.values() | self.week(week).limits.values())

    def late_policy_of(self, week: str) -> LatePolicy:
        """What a week's late work costs."""
        return LatePolicy(**self.late.values() | self.week(week).late.values())

    def deadline_of(self, week: str) -> datetime | None:
        """A week's deadline; None if the file has none."""
        return self.clock.read(self.week(week).deadline or "")

    def has_leaderboard(self, week: str) -> bool:
        """Whether a week that measures something gets a leaderboard."""
        own = self.week(week).leaderboard
        return self.leaderboard if own is None else own

    @property
    def clock(self) -> Clock:
        """The course's clock; this machine's if the course names no time zone."""
        return Clock(read_zone(self.time_zone) if self.time_zone else None)


def read_settings(root: Path, weeks: Collection[str] | None = None) -> Settings:
    """The settings of the course at `root`; `weeks` are the names of its assignments, if known.

    Raises AutograderError with the line of the file if it is not valid.
    """
    path = root / FILE_NAME
    text = read_text(root)
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        line, why, advice = syntax_error(text, error)
        raise AutograderError(f"{path}, line {line}: not valid TOML ({why}): {advice}") from None
    try:
        _refuse_newer(data)
        settings = Settings.model_validate(data)
        for keys, problem in _contradictions(settings, weeks):
            raise _WrongSetting(keys, problem)
    except ValidationError as error:
        first = error.errors()[0]
        keys = tuple(map(str, first["loc"]))
        where = f"{path}, line {line_of(text, keys)}"
        raise AutograderError(f"{where}: {describe(first, keys, Settings)}") from None
    except _WrongSetting as error:
        where = f"{path}, line {line_of(text, error.keys)}"
        raise AutograderError(f"{where}: {error.problem}") from None
    return settings


def read_text(root: Path) -> str:
    """The text of the file, '' if there is none. Raises AutograderError if it is not UTF-8."""
    path = root / FILE_NAME
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise AutograderError(f"{path} cannot be read ({error}): save it in UTF-8") from None


class _WrongSetting(Exception):
    """A setting that is valid by itself, but not in this course."""

    def __init__(self, keys: Keys, problem: str):
        self.keys = keys
        self.problem = problem


def _refuse_newer(data: Mapping[str, Any]) -> None:
    version = data.get("version", VERSION)
    if isinstance(version, int) and version > VERSION:
        raise _WrongSetting(
            ("version",),
            f"the file is for a newer autograder (version = {version:.3g}, this one reads "
            f"{VERSION}): update it (git pull, make build)",
        )


def _contradictions(
    settings: Settings, weeks: Collection[str] | None
) -> Iterator[tuple[Keys, str]]:
    """The keys and the description of each setting that does not fit the others."""
    yield from _order_of_limits(settings, "", ("limits",))
    for name, week in settings.weeks.items():
        if weeks is not None and name not in weeks:
            known = ", ".join(sorted(weeks)) or "none yet"
            problem = f"there is no assignment '{name}': the assignments are {known}"
            yield ("weeks", name), problem
        yield from _order_of_limits(settings, name, ("weeks", name, "limits"))
        try:
            settings.deadline_of(name)
        except ValueError as error:
            yield ("weeks", name, "deadline"), f"weeks.{name}.deadline: {error}"
        if week.deadline is not None and not week.deadline.strip():
            yield ("weeks", name, "deadline"), f"weeks.{name}.deadline is empty: leave it out"


def _order_of_limits(settings: Settings, week: str, table: Keys) -> Iterator[tuple[Keys, str]]:
    limits = settings.limits_of(week)
    for less, more in (
        ("cell_seconds", "notebook_seconds"),
        ("call_seconds", "exercise_seconds"),
        ("exercise_seconds", "notebook_seconds"),
    ):
        small, large = getattr(limits, less), getattr(limits, more)
        if small > large:
            own = (settings.week(week) if week else settings).limits.values()
            key = more if more in own else less
            yield (
                (*table, key),
                f"{less} is {small:g} and {more} is {large:g}: raise {more} or lower {less}",
            )


def _checked_address(address: str | None) -> str | None:
    if address is not None:
        read_published(address, "week")
    return address
