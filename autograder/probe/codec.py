"""Encodes values as bytes and decodes them, with nothing executable in between.

A value becomes a JSON tree and one safetensors blob, which holds all of its arrays and tensors.
Plain data is sent by value: None, bool, int, float, complex, str, bytes, list, tuple, dict, set,
numpy arrays and scalars, torch tensors, dtypes and devices, pandas frames and series. For any other
object, `encode` sends the result of `to_handle`, and `decode` passes that to `from_handle`.

Types are compared with `type(x) is T`, never `isinstance`, so an object with a false `__class__`
is not taken for another type. `encode` looks up torch and pandas in `sys.modules`, so it does not
import them. `decode` imports them if a message needs them.
"""

import base64
import importlib
import json
import math
import struct
import sys
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import numpy as np
from safetensors.numpy import load, save

from autograder.probe import pandas_codec
from autograder.probe.pandas_codec import ARRAY_DTYPES

MAX_BYTES = 16 * 1024 * 1024
MAX_MEMBERS = 10_000  # of a set or dict: keys chosen to collide take quadratic time
MAX_DEPTH = 64
MAX_INT_BITS = 8192  # below Python's limit on converting digits to an int

ARRAY_SCALARS = frozenset(np.dtype(name).type for name in ARRAY_DTYPES)
CONTAINERS: dict[type, str] = {
    list: "list",
    tuple: "tuple",
    dict: "dict",
    OrderedDict: "dict",
    set: "set",
    frozenset: "set",
}


class EncodeError(TypeError):
    """A value that is not plain data, or is too large or too deeply nested to send."""


class DecodeError(ValueError):
    """A message that `encode` did not write."""


def encode(
    value: Any, to_handle: Callable[[Any], Any] | None = None, max_bytes: int = MAX_BYTES
) -> tuple[str, bytes]:
    """(JSON text, safetensors blob) of a value.

    `to_handle` turns an object that is not plain data into the JSON value that represents it.
    Raises EncodeError for such an object if `to_handle` is None, and for a value larger than
    `max_bytes` or nested deeper than `MAX_DEPTH`.
    """
    encoder = _Encoder(to_handle, max_bytes)
    text = json.dumps(encoder.node(value, 0), allow_nan=False)
    blob = save(encoder.arrays)
    if len(text) + len(blob) > max_bytes:
        raise EncodeError(f"a value of more than {max_bytes:,} bytes")
    return text, blob


def decode(text: str, blob: bytes, from_handle: Callable[[Any], Any] | None = None) -> Any:
    """The value of a message. Raises DecodeError if `encode` did not write the message."""
    try:
        return _Decoder(load(blob), from_handle).node(json.loads(text))
    except Exception as error:  # a forged message can raise any exception here
        raise DecodeError(f"not a value: {type(error).__name__}") from error


class _Encoder:
    def __init__(self, to_handle: Callable[[Any], Any] | None, max_bytes: int):
        self.to_handle = to_handle
        self.budget = max_bytes
        self.arrays: dict[str, np.ndarray] = {}

    def node(self, value: Any, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise EncodeError(
                f"a value nested deeper than {MAX_DEPTH} levels (does it hold itself?)"
            )
        kind = type(value)
        if value is None or kind is bool:
            return value
        if kind is int:
            self.spend(value.bit_length() // 8)
            if value.bit_length() > MAX_INT_BITS:
                raise EncodeError("a whole number of thousands of digits")
            return value
        if kind is str:
            self.spend(len(value))
            return value
        if kind is float:
            return value if math.isfinite(value) else {"float": struct.pack(">d", value).hex()}
        if kind is complex:
            return {"complex": struct.pack(">dd", value.real, value.imag).hex()}
        if kind is bytes:
            self.spend(len(value))
            return {"bytes": base64.b64encode(value).decode("ascii")}
        container = "tuple" if _is_torch(kind, "Size") else CONTAINERS.get(kind)
        if container:
            self.spend(8 * len(value))
            if container in ("dict", "set") and len(value) > MAX_MEMBERS:
                raise EncodeError(f"a {container} of more than {MAX_MEMBERS:,} members")
            items = value.items() if container == "dict" else value
            return {container: [self.node(item, depth + 1) for item in items]}
        node = self.array(value, kind) or self.tensor(value, kind) or self.frame(value, kind, depth)
        if node is None and self.to_handle is None:
            raise EncodeError(f"an object of type {kind.__name__}")
        return node or {"handle": self.to_handle(value)}  # type: ignore[misc]

    def array(self, value: Any, kind: type) -> Any:
        if kind is np.ndarray and value.dtype.name in ARRAY_DTYPES:
            return {"ndarray": self.store(value)}
        if kind in ARRAY_SCALARS:
            return {"scalar": self.store(np.asarray(value))}
        return None

    def tensor(self, value: Any, kind: type) -> Any:
        if _is_torch(kind, "dtype") or _is_torch(kind, "device"):
            return {kind.__name__: str(value).removeprefix("torch.")}
        if not (_is_torch(kind, "Tensor") or _is_torch(kind, "nn", "Parameter")):
            return None
        torch = sys.modules["torch"]
        dtype = str(value.dtype).removeprefix("torch.")
        if value.is_meta or value.layout is not torch.strided:
            return None
        self.check(value.numel() * value.element_size())  # before the copy, not after
        plain = value.detach().cpu().resolve_neg()
        if dtype == "bfloat16":  # numpy has no bfloat16: send the bits as int16
            return {"bfloat16": self.store(plain.contiguous().view(torch.int16).numpy())}
        return {"tensor": self.store(plain.numpy())} if dtype in ARRAY_DTYPES else None

    def frame(self, value: Any, kind: type, depth: int) -> Any:
        pandas = sys.modules.get("pandas")
        if pandas is not None and kind is pandas.Series:
            return {"series": self.node(pandas_codec.series_parts(value), depth + 1)}
        if pandas is not None and kind is pandas.DataFrame:
            return {"frame": self.node(pandas_codec.frame_parts(value), depth + 1)}
        return None

    def store(self, array: np.ndarray) -> str:
        self.check(array.nbytes)
        self.budget -= array.nbytes
        key = str(len(self.arrays))
        native = array.dtype.newbyteorder("=")
        self.arrays[key] = np.array(array, dtype=native, order="C", copy=True)
        return key

    def spend(self, size: int) -> None:
        self.check(size)
        self.budget -= size

    def check(self, size: int) -> None:
        if size > self.budget:
            raise EncodeError("a value too large to send")


class _Decoder:
    def __init__(self, arrays: dict[str, np.ndarray], from_handle: Callable[[Any], Any] | None):
        self.arrays = arrays
        self.from_handle = from_handle

    def node(self, tree: Any) -> Any:
        if not isinstance(tree, dict):
            if isinstance(tree, list):
                raise DecodeError("a list without its kind")
            return tree
        ((kind, body),) = tree.items()
        return self.DECODERS[kind](self, body)

    def items(self, body: list[Any]) -> list[Any]:
        if type(body) is not list:
            raise DecodeError("a container without a list of items")
        return [self.node(item) for item in body]

    def hashed(self, body: list[Any]) -> list[Any]:
        if len(body) > MAX_MEMBERS:
            raise DecodeError(f"a set or dict of more than {MAX_MEMBERS:,} members")
        return self.items(body)

    def array(self, body: str) -> np.ndarray:
        return self.arrays.pop(body).copy()  # a writable copy; each array is used once

    def tensor(self, body: str) -> Any:
        return importlib.import_module("torch").from_numpy(self.array(body))

    def bfloat16(self, body: str) -> Any:
        return self.tensor(body).view(importlib.import_module("torch").bfloat16)

    def dtype(self, body: str) -> Any:
        torch = importlib.import_module("torch")
        if type(getattr(torch, body)) is not torch.dtype:
            raise DecodeError(f"unknown dtype {body!r}")
        return getattr(torch, body)

    def device(self, body: str) -> Any:
        return importlib.import_module("torch").device(body)

    def series(self, body: Any) -> Any:
        return pandas_codec.make_series(*self.node(body))

    def frame(self, body: Any) -> Any:
        return pandas_codec.make_frame(*self.node(body))

    def handle(self, body: Any) -> Any:
        if self.from_handle is None:
            raise DecodeError("a handle where only data is taken")
        return self.from_handle(body)

    DECODERS: dict[str, Callable[["_Decoder", Any], Any]] = {
        "float": lambda self, body: struct.unpack(">d", bytes.fromhex(body))[0],
        "complex": lambda self, body: complex(*struct.unpack(">dd", bytes.fromhex(body))),
        "bytes": lambda self, body: base64.b64decode(body, validate=True),
        "list": lambda self, body: self.items(body),
        "tuple": lambda self, body: tuple(self.items(body)),
        "dict": lambda self, body: dict(self.hashed(body)),
        "set": lambda self, body: set(self.hashed(body)),
        "ndarray": array,
        "scalar": lambda self, body: self.array(body)[()],
        "tensor": tensor,
        "bfloat16": bfloat16,
        "dtype": dtype,
        "device": device,
        "series": series,
        "frame": frame,
        "handle": handle,
    }


def _is_torch(kind: type, *path: str) -> bool:
    found: Any = sys.modules.get("torch")
    for name in path:
        found = getattr(found, name, None)
    return found is kind
