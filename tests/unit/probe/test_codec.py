"""What crosses between grader and kernel: plain data bit for bit, and nothing else."""

import collections
import json
import math
import pickle
import random
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import torch
from support.attached import Student
from support.bits import bits

from autograder.course import Limits
from autograder.probe import codec
from autograder.probe.codec import DecodeError, EncodeError, decode, encode

EMPTY_BLOB = encode(None)[1]


def nan(payload):
    return struct.unpack(">d", bytes.fromhex(payload))[0]


def array(*values, dtype="float64", shape=(-1,)):
    return np.array(values, dtype=dtype).reshape(shape)


SPECIAL = (0.0, -0.0, math.inf, -math.inf, math.nan, 5e-324, 1.5)
FLOAT32_NAN = np.array([0x7FC0BEEF, 0xFFA00001], np.uint32).view(np.float32)
MIXED = pd.DataFrame(
    {
        "gene": ["BRCA1", "TP53", None],
        "length": [1863, 393, 10],
        "score": [0.1, -0.0, math.nan],
        "tumour": [True, False, True],
        "any": [1, "a", None],
    },
    index=["r1", "r2", "r3"],
)
TWINS = pd.DataFrame([[1, 2.5, "x"], [3, 4.5, "y"]], columns=["a", "a", "b"], index=[7, -1])

VALUES = {
    "none": None,
    "true": True,
    "false": False,
    "int": -3,
    "int beyond 64 bits": 2**200 + 1,
    "longest int": -(2**8192 - 1),
    **{f"float {value!r}": value for value in SPECIAL},
    "float nan with payload": nan("7ff80000deadbeef"),
    "float negative nan": nan("fff8000000000001"),
    "complex": complex(-0.0, math.inf),
    "complex nan with payload": complex(nan("7ff8000000000abc"), -0.0),
    "str": "π ≈ 3 \N{DNA DOUBLE HELIX}",
    "str with NUL and control characters": "a\0b\x1f\r\n\u2028",
    "str with lone surrogates": "\ud800 \udc80 \udfff",
    "empty str": "",
    "bytes": bytes(range(256)),
    "empty bytes": b"",
    "empty containers": [[], (), {}, set()],
    "nested": [1, (2.0, [None, {"a": (True, b"\0")}]), {"b": {"c": [1j]}}],
    "keys that are no strings": {0: "a", None: 2, (1, "x"): [3], 2.5: {}, True: 0, b"k": 1},
    "keys that JSON would make equal": {"1": "str", 1: "int", "None": 0, None: 1},
    "dict that looks like a message": {"ndarray": "0", "handle": {"id": 1}},
    "one-item dict that looks like a message": {"float": "7ff8000000000001"},
    "order of a dict": {"z": 1, "a": 2, "m": 3},
    "set": {1, "a", (2, 3), None, 2.5},
    **{
        f"array {dtype}": np.array([[0, 1, 2], [3, 100, 127]]).astype(dtype)
        for dtype in sorted(codec.ARRAY_DTYPES)
    },
    "array special floats": np.array(SPECIAL),
    "array float32 nans with payload": FLOAT32_NAN,
    "array float16 special": np.array(SPECIAL, np.float16),
    "array int64 extremes": array(-(2**63), 2**63 - 1, dtype="int64"),
    "array uint64 extremes": array(0, 2**64 - 1, dtype="uint64"),
    "array 0-d": np.array(-0.0, np.float32),
    "array empty": np.zeros((0, 3), np.int16),
    "array empty inside": np.zeros((2, 0, 3), bool),
    "scalar float64": np.float64(math.nan),
    "scalar float32": np.float32(-0.0),
    "scalar float16": np.float16(65504),
    "scalar int64": np.int64(-1),
    "scalar uint8": np.uint8(255),
    "scalar bool": np.bool_(True),
    "scalar complex64": np.complex64(complex(-0.0, math.nan)),
    "scalar date": np.datetime64("2020-01-01", "D"),
    "scalar span of time": np.timedelta64("NaT"),
    "numpy str": np.str_("a\0"),
    "numpy empty str": np.str_(""),
    "numpy bytes": np.bytes_(b"\xff\0"),
    "str array": np.array([["a", "πβ"], ["", "\ud800"]]),
    "bytes array": np.array([b"a", b"\xff\xfe"]),
    "date array": np.array(["2020-01-01", "NaT"], "datetime64[D]"),
    "spans of time": np.array([1, -2], "timedelta64[25s]"),
    "complex array": np.array([[complex(-0.0, math.inf)], [nan("7ff80000deadbeef")]]),
    "complex64 array 0-d": np.array(1j, np.complex64),
    "complex array empty": np.zeros((2, 0), np.complex128),
    "tensor float32": torch.tensor([[1.5, -0.0], [math.inf, math.nan]]),
    "tensor float32 nans with payload": torch.from_numpy(FLOAT32_NAN.copy()),
    "tensor float64": torch.tensor(SPECIAL, dtype=torch.float64),
    "tensor float16": torch.tensor([1e-7, -2.0], dtype=torch.float16),
    "tensor bfloat16": torch.tensor([[1e30, -0.0], [math.nan, 3.14]], dtype=torch.bfloat16),
    "tensor bfloat16 0-d": torch.tensor(1.1, dtype=torch.bfloat16),
    **{
        f"tensor {dtype}": torch.arange(256, dtype=torch.uint8).reshape(2, 128).view(dtype)
        for dtype in (getattr(torch, name) for name in codec.TENSOR_BITS)
    },
    "tensor float8 0-d": torch.tensor(-0.0).to(torch.float8_e5m2),
    "tensor complex64": torch.tensor([1 - 2j, complex(-0.0, math.nan)]),
    "tensor complex128 0-d": torch.tensor(1j, dtype=torch.complex128),
    "tensor int64": torch.tensor([-(2**63), 2**63 - 1]),
    "tensor uint8": torch.tensor([0, 255], dtype=torch.uint8),
    "tensor uint16": torch.tensor([0, 65535], dtype=torch.uint16),
    "tensor bool": torch.tensor([[True], [False]]),
    "tensor 0-d": torch.tensor(7),
    "tensor empty": torch.zeros(0, 4),
    "tensor bfloat16 empty": torch.zeros(2, 0, dtype=torch.bfloat16),
    "torch dtype": torch.bfloat16,
    "torch device": torch.device("cpu"),
    "torch device with index": torch.device("cuda", 1),
    "state dict": dict(torch.nn.Linear(2, 3).requires_grad_(False).state_dict()),
    "frame mixed": MIXED,
    "frame of twin columns": TWINS,
    "frame without rows": pd.DataFrame({"a": np.zeros(0), "b": np.zeros(0, np.int8)}),
    "frame without columns": pd.DataFrame(index=[3, 4]),
    "frame with two-level index": TWINS.set_index(
        pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["gene", None])
    ),
    "frame with two-level columns": pd.DataFrame(
        np.eye(2), columns=pd.MultiIndex.from_tuples([("a", 1), ("a", 2)])
    ),
    "series": pd.Series([1.5, -0.0, math.nan], name="score", index=[3, 1, 2]),
    "series of str": pd.Series(["a", "b"], name=("two", 1), index=[0.5, 1.5]),
    "series float32": pd.Series(FLOAT32_NAN),
    "series of objects": pd.Series([1, "a", None, (2, 3)]),
    "series of ints kept as objects": pd.Series([1, 2], dtype=object),
    "series of categories": pd.Series(["b", "a", None, "b"], dtype="category", name="letter"),
    "series of ordered categories": pd.Series(
        pd.Categorical([2, 1, 2], categories=[2, 3, 1], ordered=True)
    ),
    "series Int64": pd.Series([1, None, 2**63 - 1], dtype="Int64"),
    "series UInt8": pd.Series([0, 255], dtype="UInt8"),
    "series Float32": pd.Series([-0.0, None], dtype="Float32"),
    "series boolean": pd.Series([True, None, False], dtype="boolean", index=[3, 4, 5]),
    "series string": pd.Series(["a", None, ""], dtype="string"),
    "series of dates": pd.Series(pd.to_datetime(["2020-01-01", None])),
    "series of dates in seconds": pd.Series(np.array([0, 1], "M8[s]")),
    "series of dates in a zone": pd.Series(
        pd.to_datetime(["2025-11-02 05:59", "2025-11-02 06:01", None], utc=True)
    ).dt.tz_convert("America/Chicago"),
    "series of dates with an offset": pd.Series(pd.to_datetime(["2020-01-01T00:00+05:30"])),
    "series of spans of time": pd.Series(pd.to_timedelta([1, None], unit="s")),
    "series complex": pd.Series([1j, -2j]),
    "series of objects that are missing": pd.Series([pd.NA, pd.NaT, None], dtype=object),
    "series of lists": pd.Series([[1, 2], [3, 4]]),
    "missing values": [pd.NA, pd.NaT],
    "labels that are categories": pd.Series([1, 2], index=pd.CategoricalIndex(["b", "a"])),
    "labels that are dates": pd.Series([1, 2], index=pd.date_range("2020", periods=2, tz="UTC")),
    "frame of groups by category": pd.DataFrame({"a": pd.Categorical(["x", "y"]), "b": [1, 2]})
    .groupby(["a", "b"], observed=False)
    .mean(),
    "frame with unused and missing levels": pd.DataFrame(
        {"v": [1, 2]},
        index=pd.MultiIndex(
            [pd.CategoricalIndex(["q", "p"]), pd.Index([1.5, 2], name=None)],
            [[1, -1], [0, 1]],
            names=["n", ("t", 1)],
        ),
    ),
    "everything in one": [np.arange(3), {"t": torch.ones(2), 1: [TWINS, np.float32(2)]}, 2**70],
}

# An expression, and what its value is at the other end.
LAYOUTS = {
    "big-endian array": ("np.arange(4, dtype='>f4')", array(0, 1, 2, 3, dtype="<f4")),
    "big-endian scalar array": ("np.array(7, '>i2')", np.array(7, "<i2")),
    "Fortran order": (
        "np.asfortranarray(np.arange(6).reshape(2, 3))",
        array(0, 1, 2, 3, 4, 5, dtype="int64", shape=(2, 3)),
    ),
    "every second": ("np.arange(8.0)[::2]", array(0, 2, 4, 6)),
    "backwards": ("np.arange(3.0)[::-1]", array(2, 1, 0)),
    "broadcast": ("np.broadcast_to(np.float32(2), (2, 2))", np.full((2, 2), 2, np.float32)),
    "read-only": ("np.frombuffer(b'ab', np.uint8)", array(97, 98, dtype="uint8")),
    "transposed tensor": ("torch.arange(4).reshape(2, 2).T", torch.tensor([[0, 2], [1, 3]])),
    "strided bfloat16": (
        "torch.arange(4, dtype=torch.bfloat16)[::2]",
        torch.tensor([0, 2], dtype=torch.bfloat16),
    ),
    "expanded tensor": ("torch.tensor([5.0]).expand(3)", torch.tensor([5.0, 5.0, 5.0])),
    "tensor with its negative bit set": (
        "torch.tensor([1 + 2j]).conj().imag",
        torch.tensor([-2.0]),
    ),
    "tensor with its conjugate bit set": (
        "torch.tensor([1 + 2j]).conj()",
        torch.tensor([1 - 2j]),
    ),
    "strided complex array": ("np.array([1j, 2, 3j])[::-2]", np.array([3j, 1j])),
    "big-endian complex array": ("np.array([1j], '>c8')", np.array([1j], "<c8")),
    "big-endian str array": ("np.array(['ab'], '>U3')", np.array(["ab"], "<U3")),
    "requires grad": ("torch.ones(2, requires_grad=True)", torch.ones(2)),
    "part of a graph": ("torch.ones(2, requires_grad=True) * 3", torch.tensor([3.0, 3.0])),
    "Parameter": ("torch.nn.Parameter(torch.tensor([-0.0]))", torch.tensor([-0.0])),
    "torch.Size": ("torch.zeros(2, 3).shape", (2, 3)),
    "OrderedDict": ("collections.OrderedDict([('b', 1), ('a', 2)])", {"b": 1, "a": 2}),
    "frozenset": ("frozenset({1, 2})", {1, 2}),
    "column of a frame": ("pd.DataFrame({'a': [1, 2], 'b': [3.5, 4]})['b']",
                          pd.Series([3.5, 4.0], name="b")),
    "means of groups": (
        "pd.DataFrame({'gene': ['b', 'a', 'b'], 'x': [1.0, 2.0, 3.0]}).groupby('gene')['x'].mean()",
        pd.Series([2.0, 2.0], name="x", index=pd.Index(["a", "b"], name="gene")),
    ),
    "rows of a frame": ("pd.DataFrame({'a': [1, 2, 3]})[1:]",
                        pd.DataFrame({"a": [2, 3]}, index=[1, 2])),
}  # fmt: skip


def of(table):
    return pytest.mark.parametrize("name", table)


@pytest.fixture(scope="module")
def live(open_notebook):
    """A student whose notebook gives back what it gets, or what an expression makes there."""
    kernel = open_notebook(
        "import collections, torch, numpy as np, pandas as pd\ndef same(value): return value\n"
        "def made(expression): return eval(expression)"
    )
    return Student(kernel, Limits(call_seconds=20))


@of(VALUES)
def test_a_value_is_the_same_bit_for_bit_after_encode_and_decode(name):
    assert bits(decode(*encode(VALUES[name]))) == bits(VALUES[name])


@of(VALUES)
def test_a_value_is_the_same_bit_for_bit_after_a_call_into_a_live_kernel(live, name):
    assert bits(live.same(VALUES[name])) == bits(VALUES[name])


@pytest.mark.parametrize("name", ["nested", "tensor bfloat16", "frame mixed"])
def test_a_value_put_into_a_live_kernel_is_the_same_when_asked_for(live, name):
    held = live.put(VALUES[name])
    assert bits(live.value(held)) == bits(VALUES[name])


@of(LAYOUTS)
def test_a_layout_or_subtype_becomes_its_plain_form(name):
    expression, plain = LAYOUTS[name]
    made = eval(expression, {"np": np, "torch": torch, "pd": pd, "collections": collections})
    assert bits(decode(*encode(made))) == bits(plain)


@of(LAYOUTS)
def test_a_layout_or_subtype_made_in_a_live_kernel_becomes_its_plain_form(live, name):
    expression, plain = LAYOUTS[name]
    assert bits(live.made(expression)) == bits(plain)


def test_bits_tells_apart_what_equality_does_not():
    pairs = [(0.0, -0.0), (1, True), (1, 1.0), ([1], (1,)), (np.float32(1), np.float64(1))]
    pairs += [(np.zeros(1), np.zeros((1, 1))), (torch.zeros(1), -torch.zeros(1))]
    assert all(bits(a) != bits(b) for a, b in pairs)


# ---- memory


@pytest.mark.parametrize("sent", [np.arange(3.0), np.array(1.0), np.zeros((0, 2))], ids=str)
def test_a_decoded_array_owns_writable_memory(sent):
    found = decode(*encode(sent))
    assert found.flags.writeable and found.flags.owndata
    found[...] = 7


def test_changing_what_was_decoded_changes_nothing_else():
    shared = np.zeros(2)
    message = encode([shared, shared, torch.from_numpy(shared)])
    one, two, tensor = decode(*message)
    one += 1
    tensor += 2
    assert not shared.any() and not two.any()
    assert not any(part.any() for part in decode(*message))


# ---- bounds

BEYOND_MEMORY = {
    "array": lambda: np.broadcast_to(np.float64(0), (10**15,)),
    "tensor": lambda: torch.zeros(1).expand(10**15),
    "bfloat16 tensor": lambda: torch.zeros(1, dtype=torch.bfloat16).expand(10**15),
    "complex array": lambda: np.broadcast_to(np.complex64(0), (10**15,)),
    "complex tensor": lambda: torch.zeros(1, dtype=torch.complex64).expand(10**15),
    "labels of a frame": lambda: pd.DataFrame(index=range(10**15)),
    "in a list": lambda: [1, np.broadcast_to(np.uint8(0), (10**15,))],
}


@of(BEYOND_MEMORY)
def test_the_size_bound_refuses_before_copying(name):
    """These claim more bytes than any machine has: a copy would be a MemoryError."""
    with pytest.raises(EncodeError):
        encode(BEYOND_MEMORY[name]())


TOO_LARGE = {
    "array": np.zeros(1001, np.uint8),
    "tensor": torch.zeros(251),
    "bytes": bytes(1001),
    "str": "a" * 1001,
    "str that grows when escaped": "\0" * 300,
    "arrays together": [np.zeros(400, np.uint8)] * 3,
    "long list": [0] * 1001,
    "series": pd.Series(np.zeros(126)),
}


@of(TOO_LARGE)
def test_a_value_over_the_size_bound_is_refused(name):
    with pytest.raises(EncodeError):
        encode(TOO_LARGE[name], max_bytes=1000)
    encode(TOO_LARGE[name], max_bytes=20_000)


def nested(depth, wrap):
    value = 0
    for _ in range(depth):
        value = wrap(value)
    return value


WRAPS = {"list": lambda v: [v], "tuple": lambda v: (v,), "dict": lambda v: {"k": v}}


@of(["list", "tuple"])
def test_nesting_is_bounded(name):
    deepest = nested(codec.MAX_DEPTH, WRAPS[name])
    assert decode(*encode(deepest)) == deepest
    with pytest.raises(EncodeError):
        encode(nested(codec.MAX_DEPTH + 1, WRAPS[name]))


@of(WRAPS)
def test_nesting_far_beyond_the_bound_is_refused(name):
    with pytest.raises(EncodeError):
        encode(nested(100_000, WRAPS[name]))


def test_a_container_that_holds_itself_is_refused():
    itself: list = []
    itself.append(itself)
    loop: dict = {}
    loop["again"] = [loop]
    for value in (itself, loop):
        with pytest.raises(EncodeError):
            encode(value)


def test_a_container_that_doubles_at_each_level_is_refused():
    value: list = []
    for _ in range(codec.MAX_DEPTH):
        value = [value, value]
    with pytest.raises(EncodeError):
        encode(value, max_bytes=100_000)


@pytest.mark.parametrize("sign", [1, -1])
def test_a_whole_number_beyond_the_bound_is_refused(sign):
    with pytest.raises(EncodeError):
        encode(sign * 2**codec.MAX_INT_BITS)


# ---- what is no plain data


class Meddler:
    """Says that it is a float; whatever it is asked is written down."""

    asked: list[str] = []
    __class__ = float  # type: ignore[assignment]

    def __getattribute__(self, name):
        Meddler.asked.append(name)
        return super().__getattribute__(name)

    def __float__(self):
        Meddler.asked.append("float")
        return 1.0

    def __array__(self, *_, **__):
        Meddler.asked.append("array")
        return np.zeros(1)

    def __eq__(self, other):
        Meddler.asked.append("eq")
        return True

    __hash__ = object.__hash__


class Length(float):
    pass


class Text(str):
    pass


class Rows(list):
    pass


class OwnTensor(torch.Tensor):
    pass


class OwnArray(np.ndarray):
    pass


NOT_DATA = {
    "object": object(),
    "function": len,
    "class": float,
    "module": torch.nn.Linear(1, 1),
    "generator": (i for i in range(3)),
    "range": range(3),
    "bytearray": bytearray(2),
    "memoryview": memoryview(b"ab"),
    "namedtuple": collections.namedtuple("Point", "x y")(1, 2),
    "defaultdict": collections.defaultdict(list),
    "float subclass": Length(1.0),
    "str subclass": Text("a"),
    "list subclass": Rows([1]),
    "array subclass": np.zeros(2).view(OwnArray),
    "masked array": np.ma.masked_array([1, 2], [True, False]),
    "object array": np.array([object()]),
    "object array of numbers": np.array([1, 2], dtype=object),
    "structured array": np.zeros(2, [("a", "f4")]),
    "longdouble": np.longdouble(1),
    "tensor subclass": torch.zeros(2).as_subclass(OwnTensor),
    "sparse tensor": torch.eye(2).to_sparse(),
    "meta tensor": torch.zeros(2, device="meta"),
    "index": pd.Index([1, 2]),
    "frame that holds an object": pd.DataFrame({"a": [object()]}),
    "frame of intervals": pd.DataFrame({"a": pd.interval_range(0, 2)}),
    "series with intervals as labels": pd.Series([1, 2], index=pd.interval_range(0, 2)),
    "categories that are intervals": pd.Series(pd.cut([1, 2], 2)),
    "series of periods": pd.Series(pd.period_range("2020", periods=2, freq="D")),
    "series of sparse numbers": pd.Series(pd.arrays.SparseArray([0, 1])),
    "a date": pd.Timestamp("2020-01-01"),
}


@of(NOT_DATA)
def test_what_is_no_plain_data_cannot_cross(name):
    with pytest.raises(EncodeError):
        encode(NOT_DATA[name])


@of(NOT_DATA)
def test_what_is_no_plain_data_cannot_cross_inside_plain_data(name):
    with pytest.raises(EncodeError):
        encode({"a": [1, (NOT_DATA[name],)]})


def test_an_object_whose_class_lies_is_not_asked_anything():
    Meddler.asked.clear()
    with pytest.raises(EncodeError):
        encode(Meddler())
    assert Meddler.asked == []


def test_an_object_that_is_no_plain_data_crosses_as_its_handle():
    thing, other = object(), Meddler()
    known = {1: thing, 2: other}
    message = encode([thing, {"b": (other, 3)}], lambda v: 1 if v is thing else 2)
    found = decode(*message, known.__getitem__)
    assert found[0] is thing and found[1]["b"][0] is other and found[1]["b"][1] == 3


def test_a_handle_is_refused_where_only_data_is_taken():
    message = encode([object()], lambda value: 1)
    with pytest.raises(DecodeError):
        decode(*message)


def test_encoding_imports_neither_torch_nor_pandas():
    code = (
        "import sys, numpy; from autograder.probe import codec\n"
        "value = [1, {'a': numpy.zeros(2)}, {3}, b'4', 5j]\n"
        "codec.decode(*codec.encode(value)); codec.encode(object(), lambda v: 1)\n"
        "sys.exit(bool({'torch', 'pandas'} & set(sys.modules)))"
    )
    root = Path(codec.__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root).returncode == 0


# ---- forged messages

FORGED = [
    "", "not json", "[", "nul", "[1]", "{}", '"\\ud800', "[" * 100_000, '{"list":' * 100_000,
    "9" * 5000, '{"nothing": 1}', '{"list": [], "tuple": []}', '{"list": 1}', '{"list": null}',
    '{"list": [[1]]}', '{"dict": [1]}', '{"dict": [{"list": [1, 2, 3]}]}',
    '{"dict": [{"tuple": [{"list": []}, 1]}]}', '{"set": [{"list": []}]}', '{"tuple": {"a": 1}}',
    '{"float": "zz"}', '{"float": "00"}', '{"float": 1}', '{"complex": "00"}',
    '{"list": "ab"}', '{"bytes": "\\u20ac"}',
    '{"bytes": "abc"}', '{"bytes": 1}', '{"ndarray": "7"}', '{"ndarray": 0}', '{"ndarray": ["0"]}',
    '{"tensor": null}', '{"scalar": "x"}', '{"tensor_bits": ["bfloat16", "x"]}',
    '{"viewed": ["<U1", [], "0"]}', '{"missing": "read_pickle"}', '{"numpy_str": 1}',
    '{"dtype": "load"}',
    '{"dtype": "no_such"}', '{"dtype": 1}', '{"dtype": "__class__"}', '{"device": "nowhere"}',
    '{"device": "cpu:x"}', '{"device": [1]}', '{"series": 1}', '{"series": {"list": [1]}}',
    '{"series": {"list": [{"list": [1]}, {"list": [1, 2]}, null]}}', '{"frame": {"list": []}}',
    '{"frame": {"list": [{"list": [1]}, {"list": [1]}, {"list": []}]}}', '{"handle": {"id": 1}}',
    '{"pickle": "gASVAAAA"}', '{"__class__": 1}', '{"items": []}', '{"node": 1}',
]  # fmt: skip


@pytest.mark.parametrize("text", FORGED, ids=lambda text: text[:40])
def test_a_forged_text_is_a_bad_message(text):
    with pytest.raises(DecodeError):
        decode(text, EMPTY_BLOB)


@pytest.mark.parametrize("text", [None, 1, [], {}, b"\xff\xfe\xfa"], ids=repr)
def test_a_text_of_another_type_is_a_bad_message(text):
    with pytest.raises(DecodeError):
        decode(text, EMPTY_BLOB)


def safetensors(header, data=b""):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


FORGED_BLOBS = {
    "nothing": b"",
    "too short": b"\1\2\3",
    "header of 2**63 bytes": struct.pack("<Q", 2**63) + b"{}",
    "header longer than the blob": struct.pack("<Q", 100) + b"{}",
    "header that is no JSON": safetensors(b"{{{{"),
    "header that is no object": safetensors([1]),
    "unknown dtype": safetensors({"0": dict(dtype="O", shape=[1], data_offsets=[0, 8])}, bytes(8)),
    "dtype numpy lacks": safetensors(
        {"0": dict(dtype="F8_E4M3", shape=[8], data_offsets=[0, 8])}, bytes(8)
    ),
    "shape beyond its data": safetensors(
        {"0": dict(dtype="F64", shape=[10**9], data_offsets=[0, 8])}, bytes(8)
    ),
    "shape that overflows": safetensors(
        {"0": dict(dtype="F64", shape=[2**62, 2**62], data_offsets=[0, 8])}, bytes(8)
    ),
    "negative shape": safetensors(
        {"0": dict(dtype="F64", shape=[-1], data_offsets=[0, 8])}, bytes(8)
    ),
    "offsets backwards": safetensors(
        {"0": dict(dtype="F64", shape=[1], data_offsets=[8, 0])}, bytes(8)
    ),
    "offsets outside": safetensors(
        {"0": dict(dtype="F64", shape=[1], data_offsets=[80, 88])}, bytes(8)
    ),
}


@of(FORGED_BLOBS)
def test_a_forged_blob_is_a_bad_message(name):
    with pytest.raises(DecodeError):
        decode('{"ndarray": "0"}', FORGED_BLOBS[name])


def test_one_array_cannot_be_asked_for_many_times_over():
    """Else a message of some megabytes would fill any memory."""
    text, blob = encode(np.zeros(1000))
    with pytest.raises(DecodeError):
        decode(f'{{"list": [{text}, {text}]}}', blob)


FUZZED = ("everything in one", "nested", "frame mixed", "state dict")
JUNK = [None, 0, -1, 1e308, "", "0", "list", [], [None], {}, {"list": []}, {"ndarray": "0"}]


def flip(data, dice):
    place = dice.randrange(len(data))
    return data[:place] + bytes([data[place] ^ 1 << dice.randrange(8)]) + data[place + 1 :]


def truncate(data, dice):
    return data[: dice.randrange(len(data))]


def scramble(data, dice):
    return bytes(dice.randrange(256) for _ in range(dice.randrange(len(data))))


def spoil(tree, dice):
    """A JSON tree with one of its nodes, or its kind, replaced."""
    if not tree or not isinstance(tree, dict | list) or dice.random() < 0.1:
        return dice.choice(JUNK)
    if isinstance(tree, list):
        place = dice.randrange(len(tree))
        return [*tree[:place], spoil(tree[place], dice), *tree[place + 1 :]]
    ((kind, body),) = list(tree.items())[:1]
    if dice.random() < 0.2:
        return {dice.choice([*codec._Decoder.DECODERS, "other"]): body}
    return {kind: spoil(body, dice)}


def decodes_or_is_refused(text, blob):
    """A changed message may still be one; anything but a value or a DecodeError ends the test."""
    try:
        decode(text, blob)
    except DecodeError:
        return False
    return True


@of(FUZZED)
@pytest.mark.parametrize("change", [flip, truncate, scramble])
def test_changed_bytes_raise_nothing_but_bad_message(name, change):
    dice = random.Random(name)
    text, blob = encode(VALUES[name])
    refused = 0
    for _ in range(150):
        refused += not decodes_or_is_refused(text, change(blob, dice))
        changed = change(text.encode(), dice).decode("latin-1")
        refused += not decodes_or_is_refused(changed, blob)
    assert refused > 100


@of(FUZZED)
def test_spoiled_trees_raise_nothing_but_bad_message(name):
    dice = random.Random(name)
    text, blob = encode(VALUES[name])
    changed = [json.dumps(spoil(json.loads(text), dice)) for _ in range(300)]
    assert sum(not decodes_or_is_refused(tree, blob) for tree in changed) > 100


# ---- no pickle


class Bomb:
    """Unpickling it makes a file."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


@pytest.mark.parametrize("protocol", [0, 2, 5])
def test_a_pickle_is_never_loaded(tmp_path, protocol):
    made = tmp_path / "made"
    pickled = pickle.dumps(Bomb(made), protocol)
    np.save(tmp_path / "bomb.npy", np.array([Bomb(made)]), allow_pickle=True)
    torch.save(Bomb(made), tmp_path / "bomb.pt")
    files = [tmp_path / "bomb.npy", tmp_path / "bomb.pt"]
    for blob in (pickled, *(path.read_bytes() for path in files)):
        with pytest.raises(DecodeError):
            decode('{"tensor": "0"}', blob)
        assert decode(*encode(blob)) == blob
    with pytest.raises(EncodeError):
        encode(np.array([Bomb(made)]))
    assert not made.exists()
    pickle.loads(pickled)
    assert made.exists()  # it would have shown
