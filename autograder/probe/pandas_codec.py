"""Converts pandas tables to plain parts and back, for `codec`.

A column is (values, whether its dtype is object). Labels are (column, names of the levels). These
parts preserve dtypes, several index levels, and empty tables.
"""

import importlib
from typing import Any

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


def series_parts(series: Any) -> list[Any]:
    """A series as [column, labels, name]."""
    return [_column(series), _labels(series.index), series.name]


def frame_parts(frame: Any) -> list[Any]:
    """A frame as [columns, row labels, column labels]."""
    columns = [_column(frame.iloc[:, i]) for i in range(frame.shape[1])]
    return [columns, _labels(frame.index), _labels(frame.columns)]


def make_series(column: Any, labels: Any, name: Any) -> Any:
    """The series of the parts from `series_parts`."""
    return _series(column, index=_index(labels), name=name)


def make_frame(columns: Any, labels: Any, names: Any) -> Any:
    """The frame of the parts from `frame_parts`."""
    data = {i: _series(column).array for i, column in enumerate(columns)}
    frame = importlib.import_module("pandas").DataFrame(data, index=_index(labels))
    frame.columns = _index(names)
    return frame


def _column(values: Any) -> Any:
    """(values, whether their dtype is object).

    The values are an array if its dtype is in ARRAY_DTYPES, else a list.
    """
    array = values.to_numpy()
    found = array if array.dtype.name in ARRAY_DTYPES else values.tolist()
    return found, bool(values.dtype == object)


def _series(column: Any, **labels: Any) -> Any:
    values, are_objects = column
    dtype = object if are_objects else None
    return importlib.import_module("pandas").Series(values, dtype=dtype, **labels)


def _labels(index: Any) -> Any:
    return _column(index), list(index.names)


def _index(labels: Any) -> Any:
    (values, are_objects), names = labels
    pandas = importlib.import_module("pandas")
    if len(names) > 1:
        return pandas.MultiIndex.from_tuples(values, names=names)
    dtype = object if are_objects else None
    return pandas.Index(values, dtype=dtype, name=names[0], tupleize_cols=False)
