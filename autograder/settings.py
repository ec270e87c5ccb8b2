"""The course's settings: the file course.toml in its root folder, which may be absent."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from autograder.clock import Clock, read_zone
from autograder.errors import AutograderError

FILE_NAME = "course.toml"
TABLE = re.compile(r"\s*\[+([^\]]+)\]")
KEY = re.compile(r"\s*([\w.\"'-]+)\s*=")
PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


class Settings(BaseModel):
    """What course.toml says; the defaults are those of a course without one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    time_zone: str | None = Field(default=None, examples=['"America/Chicago"'])

    @field_validator("time_zone")
    @classmethod
    def _is_a_zone(cls, name: str | None) -> str | None:
        return None if name is None else read_zone(name).key

    @property
    def clock(self) -> Clock:
        """The course's clock; this machine's if the course names no time zone."""
        return Clock(read_zone(self.time_zone) if self.time_zone else None)


def read_settings(root: Path) -> Settings:
    """The settings of the course at `root`.

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
        return Settings.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        place = PLACE.search(str(error))
        line = place[1] if place and place[1] else len(text.splitlines())
        why = PLACE.sub("", str(error))
        raise AutograderError(
            f'{path}, line {line}: not valid TOML ({why}): write NAME = "VALUE"'
        ) from None
    except ValidationError as error:
        first = error.errors()[0]
        keys = tuple(map(str, first["loc"]))
        where = f"{path}, line {_line_of(text, keys)}"
        raise AutograderError(f"{where}: {_wrong(first, keys)}") from None


def _wrong(error: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    name = ".".join(keys)
    if error["type"] == "extra_forbidden":
        return f"there is no setting '{name}': the settings are {', '.join(Settings.model_fields)}"
    if error["type"] == "value_error":  # says what to write
        return f"{name}: {error['ctx']['error']}"
    (example,) = Settings.model_fields[keys[0]].examples or ("...",)
    return f"{name}: {error['msg']}: write {keys[0]} = {example}"


def _line_of(text: str, keys: tuple[str, ...]) -> int:
    """The number of the line that sets a key, or that starts its table."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := TABLE.match(line):
            table = _split(header[1])
            if table == keys:
                return number
        elif (key := KEY.match(line)) and (*table, *_split(key[1])) == keys:
            return number
    return 1


def _split(name: str) -> tuple[str, ...]:
    return tuple(part.strip(" \t\"'") for part in name.split("."))
