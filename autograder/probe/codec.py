"""Encodes values as bytes and decodes them, with nothing executable in between.

A value becomes a JSON tree and one safetensors blob, which holds all of its arrays and tensors.
Plain data is sent by value: None, bool, int, float, complex, str, bytes, list, tuple, dict, set,
numpy arrays and scalars, torch tensors, dtypes and devices, pandas frames, series and missing
values. For any other object, `encode` sends the result of `to_handle`, and `decode` passes that to
`from_handle`. What safetensors cannot hold crosses as the bytes or whole numbers of the same bits.

Types are compared with `type(x) is T`, never `isinstance`, so an object with a false `__class__`
is not taken for another type. `encode` looks up torch and pandas in `sys.modules`, so it does not
import them. `decode` imports them if a message needs them.
"""

import base64
import importlib
import json
import math
import re
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
# Arrays that cross as bytes: complex numbers, spans of time, dates and texts. Not `longdouble`,
# whose values have bytes without a meaning.
VIEWED = re.compile(r"[<>=|]?(c8|c16|[mM]8(\[\w+\])?|[SU][1-9]\d*)")
VIEWED_SCALARS = frozenset((np.complex64, np.complex128, np.datetime64, np.timedelta64))
# Tensors that numpy has no dtype for, and the dtype of the whole numbers as which they cross.
TENSOR_BITS = {
    "bfloat16": "int16",
    **{f"float8_{name}": "uint8" for name in ("e4m3fn", "e4m3fnuz", "e5m2", "e5m2fnuz", "e8m0fnu")},
}
COMPLEX_TENSORS = frozenset(("complex64", "complex128"))
MISSING = ("NA", "NaT")  # pandas's own missing values
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
        if kind is np.str_:  # str(value) would leave out null characters at its end
            return {"numpy_str": self.node("".join(value), depth + 1)}
        if kind is np.bytes_:
            return {"numpy_bytes": self.node(b"".join([value]), depth + 1)}
        node = self.array(value, kind) or self.tensor(value, kind) or self.frame(value, kind, depth)
        if node is None and self.to_handle is None:
            raise EncodeError(f"an object of type {kind.__name__}")
        return node or {"handle": self.to_handle(value)}  # type: ignore[misc]

    def array(self, value: Any, kind: type) -> Any:
        if kind is np.ndarray and value.dtype.name in ARRAY_DTYPES:
            return {"ndarray": self.store(value)}
        if kind is np.ndarray and VIEWED.fullmatch(value.dtype.str):
            return {"viewed": self.viewed(value)}
        if kind in ARRAY_SCALARS:
            return {"scalar": self.store(np.asarray(value))}
        if kind in VIEWED_SCALARS:
            return {"viewed_scalar": self.viewed(np.asarray(value))}
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
        if dtype not in ARRAY_DTYPES | COMPLEX_TENSORS | TENSOR_BITS.keys():
            return None
        self.check(value.numel() * value.element_size())  # before the copy, not after
        plain = value.detach().cpu().resolve_neg().resolve_conj()
        if dtype in TENSOR_BITS:
            whole = plain.contiguous().view(getattr(torch, TENSOR_BITS[dtype]))
            return {"tensor_bits": [dtype, self.store(whole.numpy())]}
        if dtype in COMPLEX_TENSORS:
            return {"viewed_tensor": self.viewed(plain.numpy())}
        return {"tensor": self.store(plain.numpy())}

    def frame(self, value: Any, kind: type, depth: int) -> Any:
        pandas = sys.modules.get("pandas")
        if pandas is None:
            return None
        for name in MISSING:
            if value is getattr(pandas, name):
                return {"missing": name}
        if kind is not pandas.Series and kind is not pandas.DataFrame:
            return None
        self.check(8 * len(value.index))  # a range of labels takes no memory before it is sent
        if not pandas_codec.is_plain(value):
            return None
        if kind is pandas.Series:
            return {"series": self.node(pandas_codec.series_parts(value), depth + 1)}
        return {"frame": self.node(pandas_codec.frame_parts(value), depth + 1)}

    def viewed(self, array: np.ndarray) -> list[Any]:
        """[dtype, shape, key of the bytes] of an array that safetensors cannot hold."""
        self.check(array.nbytes)
        native = array.dtype.newbyteorder("=")
        flat = np.array(array, dtype=native, order="C", copy=True).reshape(-1)
        return [native.str, list(array.shape), self.store(flat.view(np.uint8))]

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

    def viewed(self, body: list[Any]) -> np.ndarray:
        name, shape, key = body
        if not VIEWED.fullmatch(name):
            raise DecodeError(f"unknown dtype {name!r}")
        stored = self.array(key)
        if stored.dtype != np.uint8 or stored.ndim != 1:
            raise DecodeError("an array that is not of bytes")
        array: np.ndarray = stored.view(name).reshape(shape)
        points = stored.view(np.uint32) if array.dtype.kind == "U" else np.zeros(0, np.uint32)
        if points.max(initial=0) > sys.maxunicode:
            raise DecodeError("a text with characters that do not exist")
        return array.copy()  # it owns its memory

    def tensor_bits(self, body: list[str]) -> Any:
        dtype, key = body
        whole = self.array(key)
        if whole.dtype.name != TENSOR_BITS[dtype]:
            raise DecodeError(f"{dtype} in an array of {whole.dtype.name}")
        torch = importlib.import_module("torch")
        return torch.from_numpy(whole).view(getattr(torch, dtype))

    def viewed_tensor(self, body: list[Any]) -> Any:
        array = self.viewed(body)
        if array.dtype.name not in COMPLEX_TENSORS:
            raise DecodeError(f"a tensor of {array.dtype.name}")
        return importlib.import_module("torch").from_numpy(array)

    def dtype(self, body: str) -> Any:
        torch = importlib.import_module("torch")
        found = vars(torch).get(body)  # getattr would import the module of this name
        if type(found) is not torch.dtype:
            raise DecodeError(f"unknown dtype {body!r}")
        return found

    def device(self, body: str) -> Any:
        return importlib.import_module("torch").device(body)

    def series(self, body: Any) -> Any:
        return pandas_codec.make_series(*self.node(body))

    def frame(self, body: Any) -> Any:
        return pandas_codec.make_frame(*self.node(body))

    def missing(self, body: str) -> Any:
        if body not in MISSING:
            raise DecodeError(f"unknown missing value {body!r}")
        return getattr(importlib.import_module("pandas"), body)

    def text(self, body: Any, kind: type, numpys: type) -> Any:
        value = self.node(body)
        if type(value) is not kind:
            raise DecodeError(f"{numpys.__name__} without its text")
        return numpys(value)

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
        "tensor_bits": tensor_bits,
        "viewed": viewed,
        "viewed_scalar": lambda self, body: self.viewed(body)[()],
        "viewed_tensor": viewed_tensor,
        "numpy_str": lambda self, body: self.text(body, str, np.str_),
        "numpy_bytes": lambda self, body: self.text(body, bytes, np.bytes_),
        "dtype": dtype,
        "device": device,
        "series": series,
        "frame": frame,
        "missing": missing,
        "handle": handle,
    }


def _is_torch(kind: type, *path: str) -> bool:
    found: Any = sys.modules.get("torch")
    for name in path:
        found = getattr(found, name, None)
    return found is kind
