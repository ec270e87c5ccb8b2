"""The command that prints the settings that are in force, and where each of them comes from."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table as Grid
from rich.text import Text

from autograder.cli.console import out
from autograder.cli.options import CourseOption, known_weeks
from autograder.course import Course, find_course
from autograder.errors import UsageError
from autograder.gradebook.deadlines import Origin, read_deadlines
from autograder.late import LatePolicy
from autograder.limits import Limits, show_bytes
from autograder.notebook.packages import PACKAGES, grading_packages, require_listed
from autograder.settings import (
    FILE_NAME,
    Settings,
    Table,
    Week,
    limit_name,
    read_settings,
    read_text,
)
from autograder.toml_file import Keys, line_of

OWN = ("version", "weeks")  # keys of the file that are no settings of a course or a week
DEFAULT, OPTION, GRADEBOOK = "default", "command line", "gradebook"


@dataclass(frozen=True)
class InForce:
    """A setting, its value, and where it comes from: an option, a line of the file, ..."""

    name: str
    value: Any
    origin: str


def config(
    week: Annotated[
        str | None,
        typer.Argument(
            help="The assignment; by default the settings of the course.",
            autocompletion=known_weeks,
        ),
    ] = None,
    device: Annotated[str, typer.Option(help="As in `grade`.")] = "",
    deadline: Annotated[str, typer.Option(help="As in `collect`.")] = "",
    late_days: Annotated[int | None, typer.Option(min=0, help="As in `collect`.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the settings as JSON.")] = False,
    course: CourseOption = Path(),
) -> None:
    """Print the settings in force, and where each of them comes from.

    They come from course.toml, an option, the gradebook (a deadline), or are the default.
    Given options of `grade` and `collect` are shown as these commands would use them.

    Example: autograder config week1_mlp
    """
    found = find_course(course)
    if week is not None:
        found.assignment(week)  # or an error that names those that there are
    elif deadline:
        raise UsageError("a deadline belongs to an assignment: name it")
    settings = read_settings(found.root, {one.name for one in found.assignments()})
    require_listed(found.root, settings)
    options: dict[str, Any] = {"device": device or None, "late.days": late_days}
    if deadline:
        try:
            given = settings.clock.read(deadline)
        except ValueError as error:
            raise UsageError(f"--deadline: {error}") from None
        options["deadline"] = given and given.isoformat()
    values = list(in_force(settings, read_text(found.root), week, options))
    if week is not None and not deadline:
        values = [_with_gradebook(one, found, settings, week) for one in values]
    if as_json:
        data = {one.name: {"value": one.value, "from": one.origin} for one in values}
        print(json.dumps(data, indent=1, ensure_ascii=False))
        return
    grid = Grid(title=f"{week or 'the course'}, {found.root / FILE_NAME}", title_justify="left")
    for heading in ("setting", "value", "from"):
        grid.add_column(heading, overflow="fold")
    for one in values:
        style = "dim" if one.origin == DEFAULT else ""
        grid.add_row(one.name, Text(shown(one.value)), Text(one.origin), style=style)
    out.print(grid)


def in_force(
    settings: Settings, text: str, week: str | None = None, options: Mapping[str, Any] | None = None
) -> Iterator[InForce]:
    """The settings of the course, or of a week. `text` is the file's, for its lines."""
    tables: list[tuple[Keys, Table]] = [((), settings)]
    names = [name for name in Settings.model_fields if name not in OWN]
    if week is not None:
        tables.insert(0, (("weeks", week), settings.week(week)))
        names += [name for name in Week.model_fields if name not in names]
    for name in names:
        inner = next((t for _, t in tables if isinstance(getattr(t, name, None), Table)), None)
        if inner is None:
            yield _value((name,), tables, text, options or {})
        else:
            for key in type(getattr(inner, name)).model_fields:
                yield _value((name, key), tables, text, options or {})


def shown(value: Any) -> str:
    """A value for readers."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return ", ".join(value)
    return "not set" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _value(
    keys: Keys, tables: list[tuple[Keys, Table]], text: str, options: Mapping[str, Any]
) -> InForce:
    name = ".".join(keys)
    if options.get(name) is not None:
        return InForce(name, options[name], OPTION)
    default: Any = None
    for place, table in tables:
        here: Any = table
        for key in keys[:-1]:
            here = getattr(here, key, None)
        if here is None or keys[-1] not in type(here).model_fields:
            continue
        default = type(here).model_fields[keys[-1]].default
        value = getattr(here, keys[-1])
        if keys[-1] in here.model_fields_set and value is not None:
            line = line_of(text, (*place, *keys))
            return InForce(name, _readable(keys, value), f"{FILE_NAME} line {line}")
    return InForce(name, _readable(keys, _default(keys, default)), DEFAULT)


def _default(keys: Keys, default: Any) -> Any:
    if keys[0] == "limits":
        return getattr(Limits(), limit_name(keys[1]))
    if keys == PACKAGES:
        return tuple(package.name for package in grading_packages().promised)
    return getattr(LatePolicy(), keys[1]) if keys[0] == "late" else default


def _readable(keys: Keys, value: Any) -> Any:
    in_bytes = keys[0] == "limits" and limit_name(keys[1]).endswith("_bytes")
    return show_bytes(value) if in_bytes else value


def _with_gradebook(one: InForce, course: Course, settings: Settings, week: str) -> InForce:
    """The deadline that `collect` would use, which a person may have entered in the gradebook."""
    if one.name != "deadline" or not (course.root / "gradebook.db").is_file():
        return one
    found = read_deadlines(
        course, course.assignment(week), None, configured=settings.deadline_of(week)
    )
    if found.origin is not Origin.GRADEBOOK or found.general is None:
        return one
    return InForce(one.name, found.general.isoformat(), GRADEBOOK)
