"""Converts pandas tables to plain parts and back, for `codec`.

A column is a list: its kind, then the data of that kind. Labels are (columns, names of the levels),
and of several levels each one has its codes. These parts preserve dtypes, index levels, and empty
tables. What is only another way to store the same values is not kept: a range of labels becomes the
numbers in it, and the frequency of dates is left out.
"""

import importlib
import sys
from enum import StrEnum
from typing import Any

import numpy as np

ARRAY_DTYPES = frozenset(
    f"{kind}{bits}"
    for kind, sizes in {
        "bool": ("",),
        "uint": (8, 16, 32, 64),
        "int": (8, 16, 32, 64),
        "float": (16, 32, 64),
    }.items()
    for bits in sizes
)
VIEWED_KINDS = "cmM"  # complex numbers, spans of time and dates, which cross as bytes
MASKED = {  # pandas's dtypes with a mask for missing values -> the class of their arrays
    **{f"{sign}{bits}": "IntegerArray" for sign in ("Int", "UInt") for bits in (8, 16, 32, 64)},
    **{f"Float{bits}": "FloatingArray" for bits in (32, 64)},
    "boolean": "BooleanArray",
}


class Kind(StrEnum):
    """How the values of a column are sent."""

    ARRAY = "array"
    MASKED = "masked"
    OBJECTS = "objects"
    TEXT = "text"
    CATEGORIES = "categories"
    ZONED = "zoned"  # dates in a time zone


def is_plain(table: Any) -> bool:
    """Whether all dtypes of a series or frame can be sent: not those of intervals, for example."""
    labels = [table.index, *([table.columns] if table.ndim == 2 else [])]
    columns = [table.iloc[:, i] for i in range(table.shape[1])] if table.ndim == 2 else [table]
    levels = [level for index in labels for level in _levels(index)]
    return all(_kind(column.dtype) is not None for column in (*columns, *levels))


def series_parts(series: Any) -> list[Any]:
    """A series as [column, labels, name]."""
    return [_column(series), _labels(series.index), series.name]


def frame_parts(frame: Any) -> list[Any]:
    """A frame as [columns, row labels, column labels]."""
    columns = [_column(frame.iloc[:, i]) for i in range(frame.shape[1])]
    return [columns, _labels(frame.index), _labels(frame.columns)]


def make_series(column: Any, labels: Any, name: Any) -> Any:
    """The series of the parts from `series_parts`."""
    pandas = importlib.import_module("pandas")
    values, dtype = _values(column)
    return pandas.Series(values, dtype=dtype, index=_index(labels), name=name)


def make_frame(columns: Any, labels: Any, names: Any) -> Any:
    """The frame of the parts from `frame_parts`."""
    pandas = importlib.import_module("pandas")
    data = {}
    for i, column in enumerate(columns):
        values, dtype = _values(column)
        data[i] = pandas.Series(values, dtype=dtype).array
    frame = pandas.DataFrame(data, index=_index(labels))
    frame.columns = _index(names)
    return frame


def _kind(dtype: Any) -> Kind | None:
    """How values of a dtype are sent; None if they are not."""
    pandas = sys.modules["pandas"]
    if isinstance(dtype, np.dtype):
        if dtype.kind == "O":
            return Kind.OBJECTS
        return Kind.ARRAY if dtype.name in ARRAY_DTYPES or dtype.kind in VIEWED_KINDS else None
    kinds = {
        pandas.StringDtype: Kind.TEXT,
        pandas.CategoricalDtype: Kind.CATEGORIES,
        pandas.DatetimeTZDtype: Kind.ZONED,
    }
    if type(dtype) is pandas.CategoricalDtype and _kind(dtype.categories.dtype) is None:
        return None
    return kinds.get(type(dtype)) or (Kind.MASKED if dtype.name in MASKED else None)


def _column(values: Any) -> list[Any]:
    """The parts of a series or of one level of an index."""
    dtype = values.dtype
    kind = _kind(dtype)
    if kind is Kind.ARRAY:
        return [kind.value, values.to_numpy()]
    if kind is Kind.MASKED:
        plain = np.dtype(dtype.numpy_dtype)
        data = values.array.to_numpy(dtype=plain, na_value=plain.type(0))
        return [kind.value, dtype.name, data, np.asarray(values.array.isna())]
    if kind is Kind.TEXT:
        texts = [text if isinstance(text, str) else None for text in values.tolist()]
        return [kind.value, dtype.storage, _has_nan(dtype), texts]
    if kind is Kind.CATEGORIES:
        codes = np.asarray(values.array.codes)
        return [kind.value, codes, _column(dtype.categories), bool(dtype.ordered)]
    if kind is Kind.ZONED:
        instants = sys.modules["pandas"].DatetimeIndex(values).asi8
        return [kind.value, instants, dtype.unit, str(dtype.tz)]
    return [Kind.OBJECTS.value, values.tolist()]


def _values(column: Any) -> tuple[Any, Any]:
    """(values, dtype or None) of the parts of a column. Raises any exception for other data."""
    pandas = importlib.import_module("pandas")
    kind, *parts = column
    match Kind(kind):
        case Kind.ARRAY:
            (array,) = parts
            return (_require(array, np.ndarray), None)
        case Kind.MASKED:
            name, data, mask = parts
            array = getattr(pandas.arrays, MASKED[name])(data, mask)
            if array.dtype.name != name:
                raise ValueError(f"values of {array.dtype.name} under the name {name}")
            return array, None
        case Kind.TEXT:
            storage, has_nan, texts = parts
            options = {"na_value": np.nan} if has_nan else {}
            return _require(texts, list), pandas.StringDtype(storage, **options)
        case Kind.CATEGORIES:
            codes, categories, is_ordered = parts
            values, dtype = _values(categories)
            dtype = pandas.CategoricalDtype(_one_level(values, dtype, None), is_ordered)
            return pandas.Categorical.from_codes(codes, dtype=dtype), None
        case Kind.ZONED:
            instants, unit, zone = parts
            dtype = pandas.DatetimeTZDtype(unit, zone)
            dates = pandas.DatetimeIndex(_require(instants, np.ndarray).view(f"M8[{unit}]"))
            return dates.tz_localize("UTC").tz_convert(dtype.tz), None
        case Kind.OBJECTS:
            (objects,) = parts
            array = np.empty(len(_require(objects, list)), object)
            array[:] = objects
            return array, object


def _labels(index: Any) -> list[Any]:
    """The parts of an index: its levels, its names, and the codes of each level if it has many."""
    codes = [np.asarray(part) for part in index.codes] if index.nlevels > 1 else None
    return [[_column(level) for level in _levels(index)], list(index.names), codes]


def _index(labels: Any) -> Any:
    columns, names, codes = labels
    if codes is None:
        (column,), (name,) = columns, names
        return _one_level(*_values(column), name)
    levels = [_one_level(*_values(column), None) for column in columns]
    pandas = importlib.import_module("pandas")
    return pandas.MultiIndex(levels=levels, codes=codes, names=names)


def _levels(index: Any) -> list[Any]:
    return list(index.levels) if index.nlevels > 1 else [index]


def _one_level(values: Any, dtype: Any, name: Any) -> Any:
    pandas = importlib.import_module("pandas")
    return pandas.Index(values, dtype=dtype, name=name, tupleize_cols=False)


def _has_nan(dtype: Any) -> bool:
    """Whether a missing text is nan, as in pandas 3, and not pandas.NA."""
    return getattr(dtype, "na_value", None) is not sys.modules["pandas"].NA


def _require(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise TypeError(f"not of type {kind.__name__}")
    return value
