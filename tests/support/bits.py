"""Compares values bit for bit."""

import struct
from typing import Any

import numpy as np
import pandas as pd
import torch


def bits(value: Any) -> Any:
    """A value's exact types and bytes, in a form in which == compares bit for bit."""
    kind = type(value)
    if kind is float:
        return kind, struct.pack(">d", value).hex()
    if kind is complex:
        return kind, struct.pack(">dd", value.real, value.imag).hex()
    if kind in (list, tuple):
        return kind, [bits(item) for item in value]
    if kind is dict:
        return kind, [(bits(key), bits(item)) for key, item in value.items()]
    if kind is set:
        return kind, sorted(map(bits, value), key=repr)
    if kind is np.ndarray and value.dtype == object:
        return kind, value.dtype, value.shape, [bits(item) for item in value.ravel()]
    if kind is np.str_:
        return kind, "".join(value)
    if kind is np.bytes_:
        return kind, list(value)
    if kind is np.ndarray or issubclass(kind, np.generic):
        return kind, value.dtype.str, value.shape, value.tobytes()
    if issubclass(kind, torch.Tensor):
        flat = value.detach().clone().contiguous().reshape(-1)
        data = flat.view(torch.uint8).numpy().tobytes() if len(flat) else b""
        return kind, value.dtype, tuple(value.shape), value.requires_grad, data
    if kind is pd.Series:
        labels = bits(value.index), bits(value.name)
        return kind, bits(value.dtype), bits(value.to_numpy()), labels
    if kind is pd.DataFrame:
        columns = [bits(value.iloc[:, i]) for i in range(value.shape[1])]
        return kind, columns, value.shape, bits(value.index), bits(value.columns)
    if kind is pd.MultiIndex:
        levels = [bits(level) for level in value.levels]
        return levels, [list(codes) for codes in value.codes], bits(list(value.names))
    if issubclass(kind, pd.Index):  # a range, or whole numbers one by one, are the same labels
        return value.nlevels, bits(value.dtype), bits(value.to_numpy()), bits(list(value.names))
    if kind is pd.CategoricalDtype:
        return kind, bits(value.categories), value.ordered
    if kind is pd.StringDtype:
        return kind, value.storage, value.na_value is pd.NA
    if value is pd.NA or value is pd.NaT or kind is pd.Timestamp:
        return kind, str(value)
    return kind, value
