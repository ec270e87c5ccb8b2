"""What to say of a setting that is wrong: one line, with what to write."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel

from autograder.toml_file import Keys

NEWER = "if the file was written for a newer autograder, update this one (git pull, make build)"
Model = type[BaseModel]


def describe(error: Mapping[str, Any], keys: Keys, root: Model) -> str:
    """A line for an error of pydantic at `keys` in the settings `root`."""
    name = ".".join(keys)
    model, key = _place_of(keys, root)
    if error["type"] == "extra_forbidden":
        return f"there is no setting '{name}': {_instead(keys, model, root)}"
    field = model.model_fields[key]
    (example,) = field.examples or ("...",)
    if error["type"] == "value_error":  # says what to write
        return f"{name}: {error['ctx']['error']}"
    if error["type"] == "string_pattern_mismatch" and field.description:
        return f"{name}: '{error['input']}' is not {field.description}: write {example}"
    message = error["msg"].split(" or instance of")[0]
    return f"{name}: {message}: write {example}"


def _instead(keys: Keys, model: Model, root: Model) -> str:
    """What the author of an unknown key may have meant."""
    unknown = keys[-1]
    tables = [table for table, fields in _tables(keys, root) if unknown in fields]
    if tables:
        return f"write it below the line [{tables[0]}]"
    if close := get_close_matches(unknown, model.model_fields, n=1):
        return f"did you mean {close[0]}? Or {NEWER}"
    return f"the settings are {', '.join(model.model_fields)}; {NEWER}"


def _tables(keys: Keys, root: Model) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each table of the file with its fields; those of the week that `keys` are in come first."""
    in_week = keys[0] == "weeks" and len(keys) > 2
    week = f"weeks.{keys[1] if in_week else 'NAME'}"
    of_week: list[tuple[str, Mapping[str, Any]]] = []
    if model := _below(root.model_fields["weeks"].annotation):
        of_week = [(week, model.model_fields)]
        of_week += [(f"{week}.{name}", fields) for name, fields in _inner(model)]
    of_course = [(name, fields) for name, fields in _inner(root) if name != "weeks"]
    yield from of_week + of_course if in_week else of_course + of_week


def _inner(model: Model) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, field in model.model_fields.items():
        if table := _below(field.annotation):
            yield name, table.model_fields


def _below(annotation: Any) -> Model | None:
    """The table that a field holds, if it holds one."""
    parts = [part for part in (annotation, *get_args(annotation)) if isinstance(part, type)]
    return next((part for part in parts if issubclass(part, BaseModel)), None)


def _place_of(keys: Keys, root: Model) -> tuple[Model, str]:
    """The table in which a setting is, and the longest part of its name that the table has."""
    model = root
    left, key = list(keys), keys[0]
    while left:
        here = left.pop(0)
        if here not in model.model_fields:
            break
        key, below = here, _below(model.model_fields[here].annotation)
        if here == "weeks" and left:
            left.pop(0)  # the week's name
        if below and left:
            model = below
    return model, key
