"""Whatever crosses between grader and kernel: the same bits, or a refusal, and nothing else."""

import json
import struct
import sys
import tracemalloc

import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import assume, example, given
from hypothesis import strategies as st
from support.bits import bits
from support.mutations import changed_bytes, changed_json, value_or_error

from autograder.probe import codec
from autograder.probe.codec import DecodeError, decode, encode

SIZES = {"bool": 1, "complex64": 8, "complex128": 16}
NUMPY = (*sorted(codec.ARRAY_DTYPES), "complex64", "complex128", "M8[ns]", "m8[D]", "U3", "S2")
TORCH = (*sorted(codec.ARRAY_DTYPES), *codec.COMPLEX_TENSORS, *codec.TENSOR_BITS)
ZONES = ("UTC", "America/Chicago", "Asia/Kathmandu", "UTC+05:30")

doubles = st.binary(min_size=8, max_size=8).map(lambda data: struct.unpack(">d", data)[0])
integers = st.integers(-(2**70), 2**70) | st.integers(0, 8191).map(lambda n: 2**n)
any_text = st.text(max_size=6) | st.text(st.characters(categories=["Cs", "Cc", "Lo"]), max_size=3)
complexes = st.builds(complex, doubles, doubles)
plain = (
    st.none() | st.booleans() | integers | doubles | complexes | any_text | st.binary(max_size=9)
)


@st.composite
def arrays(draw, names=NUMPY, least=0, most=3):
    """Any bits in any layout: strides of any sign, any order of axes, either byte order."""
    dtype = np.dtype(draw(st.sampled_from(names)))
    shape = draw(st.lists(st.integers(0, 4), min_size=least, max_size=most))
    size = int(np.prod(shape)) * dtype.itemsize
    data = draw(st.binary(min_size=size, max_size=size))
    if dtype.kind == "b":
        data = bytes(byte & 1 for byte in data)
    if dtype.kind == "U":  # characters that exist
        points = np.frombuffer(data, np.uint32) % (sys.maxunicode + 1)
        data = points.astype(np.uint32).tobytes()
    array = np.frombuffer(data, dtype).reshape(shape)
    steps = st.sampled_from((slice(None), slice(None, None, -1), slice(None, None, 2), slice(1, 3)))
    array = array[(..., *(draw(steps) for _ in shape))]
    array = array.transpose(draw(st.permutations(range(array.ndim))))
    if draw(st.booleans()):
        array = array.astype(array.dtype.newbyteorder("S"))
    return array


def natively(array):
    """As the codec sends it: in this machine's byte order, and in rows."""
    return np.array(array, dtype=array.dtype.newbyteorder("="), order="C")


@st.composite
def tensors(draw):
    """(tensor of any bits, in any layout; what it holds, in a plain layout)"""
    name = draw(st.sampled_from(TORCH))
    dtype = getattr(torch, name)
    array = natively(draw(arrays([name if name in codec.ARRAY_DTYPES else "uint8"], most=2)))
    array = np.atleast_1d(array)
    if name not in codec.ARRAY_DTYPES:
        array = np.repeat(array, dtype.itemsize, axis=-1)
    assume(array.size)  # PyTorch cannot view an empty tensor as another dtype
    tensor = torch.from_numpy(array).view(dtype)
    tensor = tensor.flatten()[0] if tensor.numel() and draw(st.booleans()) else tensor
    layouts = (
        lambda t: t,
        lambda t: t[..., ::2] if t.ndim else t,
        lambda t: t.T if t.ndim == 2 else t,
    )
    tensor = draw(st.sampled_from(layouts))(tensor)
    if tensor.is_complex() and draw(st.booleans()):
        tensor = tensor.conj()
    return tensor, tensor.resolve_conj().clone(memory_format=torch.contiguous_format)


@st.composite
def columns(draw, rows):
    """A series of any dtype that pandas has for data."""

    def many(items):
        return draw(st.lists(items, min_size=rows, max_size=rows))

    kind = draw(st.sampled_from(("numpy", "masked", "text", "category", "zone", "objects")))
    if kind == "numpy":
        name = draw(st.sampled_from(("m8[s]", *NUMPY[:-3])))  # pandas has no spans of days
        return pd.Series(
            natively(draw(arrays([name], 1, 1).filter(lambda a: a.size >= rows)))[:rows]
        )
    if kind == "masked":
        name = draw(st.sampled_from(("Int8", "UInt64", "Float32", "Float64", "boolean")))
        return pd.Series(many(st.none() | st.sampled_from((0, 1))), dtype=name)
    if kind == "text":
        return pd.Series(
            many(st.none() | st.text(max_size=3)), dtype=draw(st.sampled_from(("str", "string")))
        )
    if kind == "category":
        items = (
            st.none() | st.sampled_from("abc") if draw(st.booleans()) else st.sampled_from((1, 2))
        )
        values = pd.Categorical(many(items), ordered=draw(st.booleans()))
        return pd.Series(values.add_categories(["more"]) if draw(st.booleans()) else values)
    if kind == "zone":
        instants = np.array(many(st.integers(-(10**9), 3 * 10**9)), "M8[s]")
        times = pd.Series(instants).dt.tz_localize("UTC")
        return times.dt.tz_convert(draw(st.sampled_from(ZONES)))
    return pd.Series(many(plain | st.just(pd.NA) | st.just(pd.NaT)), dtype=object)


@st.composite
def labels(draw, rows):
    """An index of one or two levels. pandas has no float16 in an index."""
    fit = columns(rows).filter(lambda column: column.dtype != "float16")
    names = (
        st.none() | st.text(max_size=2) | st.integers() | st.tuples(st.text(max_size=1), st.none())
    )
    levels = [pd.Index(draw(fit), name=draw(names)) for _ in range(draw(st.integers(1, 2)))]
    return levels[0] if len(levels) == 1 else pd.MultiIndex.from_arrays(levels)


@st.composite
def tables(draw):
    rows = draw(st.integers(0, 3))
    index = draw(labels(rows))
    if draw(st.booleans()):
        series = draw(columns(rows))
        return pd.Series(series.array, index=index, name=draw(st.none() | st.text(max_size=2)))
    width = draw(st.integers(0, 3))
    frame = pd.DataFrame({i: draw(columns(rows)).array for i in range(width)}, index=index)
    frame.columns = draw(labels(width))
    return frame


leaves = plain | arrays().map(natively) | st.sampled_from((torch.bfloat16, torch.device("cuda", 1)))
keys = plain | st.tuples(plain, plain)
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(keys, inner, max_size=3)
        | st.sets(keys, max_size=3)
    ),
    max_leaves=8,
)


@given(values)
@example([2**8192 - 1, -0.0, "\ud800\0", {(1, "1"): {b"": [()]}}, {None, "None"}])
def test_plain_data_is_the_same_bit_for_bit(value):
    assert bits(decode(*encode(value))) == bits(value)


@given(arrays())
@example(np.array(1j, ">c16"))
@example(np.array(["a\0b"], ">U3")[::-1])
def test_an_array_of_any_bits_and_layout_becomes_its_plain_form(array):
    assert bits(decode(*encode(array))) == bits(natively(array))


@given(arrays(names=NUMPY[:-2]))
def test_a_numpy_scalar_is_the_same_bit_for_bit(array):
    assume(array.size)
    scalar = natively(array).ravel()[0]
    assert bits(decode(*encode(scalar))) == bits(scalar)


@given(tensors())
def test_a_tensor_of_any_bits_and_layout_becomes_its_plain_form(pair):
    tensor, contiguous = pair
    assert bits(decode(*encode(tensor))) == bits(contiguous)


@given(tables())
@example(pd.DataFrame({"a": pd.Categorical([None, "x"])}, index=pd.Index([1, 2], dtype="Int64")))
def test_a_table_keeps_dtypes_missing_values_and_labels(table):
    assert bits(decode(*encode(table))) == bits(table)


# ---- forged messages

EVERYTHING = [
    [1, (2.5, {"a": b"b", 3: {4}})],
    {"c": 1j, "n": np.str_("x")},
    np.arange(6.0).reshape(2, 3), np.int8(4), np.array([1j, 2]), np.array(["ab", "c"]),
    torch.ones(2), torch.ones(2, dtype=torch.bfloat16), torch.ones(1, dtype=torch.complex64),
    torch.float8_e5m2, torch.device("cpu"), float("nan"), pd.NA,
    pd.DataFrame(
        {"c": pd.Categorical(["u", "v"]), "i": pd.Series([1, None], dtype="Int64"),
         "o": [[1], None], "s": pd.Series(["p", None], dtype="string"),
         "z": pd.to_datetime(["2020", None], utc=True)},
        index=pd.MultiIndex.from_tuples([("a", 1), ("b", 2)]),
    ),
    pd.Series([True, False], index=pd.CategoricalIndex(["l", "m"])),
]  # fmt: skip
TEXT, BLOB = encode(EVERYTHING)
TREE = json.loads(TEXT)
KINDS = tuple(codec._Decoder.DECODERS)
parts = st.sampled_from([str(number) for number in range(30)]) | st.sampled_from(
    (["<U1000000000", [0, 10**15], "0"], ["<U0", [1], "0"], ["<c16", [-1], "0"], ["O", [1], "0"],
     ["|O8", [1], "0"], ["<U1", [10**9, 10**9], "0"], ["<M8[ns]", [True], "0"], ["load", "0"],
     "onnx", "_inductor", "cuda:99999999999", {"ndarray": "0"}, {"handle": {"id": 1}})
)  # fmt: skip


def decodes_or_is_refused(text, blob):
    return value_or_error(lambda: decode(text, blob, lambda body: body), DecodeError)


@given(changed_json(TREE, most=4, names=KINDS, odd=parts))
@example(b'{"list": [{"dtype": "_inductor"}]}')  # getattr(torch, name) would import this module
@example(b'{"list": [{"dtype": "onnx"}]}')
def test_a_changed_tree_is_a_value_or_a_bad_message(tree):
    imported = set(sys.modules)
    decodes_or_is_refused(tree.decode(), BLOB)
    assert not {name for name in set(sys.modules) - imported if name.startswith("torch.")}


@given(
    changed_bytes(TEXT.encode(), [kind.encode() for kind in KINDS]).map(
        lambda b: b.decode("latin-1")
    )
)
def test_a_changed_text_is_a_value_or_a_bad_message(text):
    decodes_or_is_refused(text, BLOB)


HEADER = json.loads(BLOB[8 : 8 + struct.unpack("<Q", BLOB[:8])[0]])
DATA = BLOB[8 + struct.unpack("<Q", BLOB[:8])[0] :]
claims = st.sampled_from(
    (
        "F64",
        "BF16",
        "F8_E4M3",
        "C64",
        "O",
        "U8",
        [10**12],
        [2**62, 2**62],
        [-1],
        [0, 10**15],
        [0, 8],
    )
)


@given(changed_json(HEADER, most=3, odd=claims), st.integers(-2, 8))
@example(b'{"2": {"dtype": "F64", "shape": [1000000000000], "data_offsets": [0, 8]}}', 0)
def test_a_changed_header_of_the_arrays_is_a_value_or_a_bad_message(header, more):
    blob = struct.pack("<Q", len(header) + more) + header + DATA
    decodes_or_is_refused(TEXT, blob)


@given(changed_bytes(BLOB))
def test_a_changed_blob_is_a_value_or_a_bad_message(blob):
    decodes_or_is_refused(TEXT, blob)


@pytest.mark.parametrize(
    "text",
    [
        '{"viewed": ["<U1", [1000000000000], "0"]}',
        '{"viewed": ["<U1000000000000", [0], "0"]}',
        '{"frame": {"list": [{"list": [1]}, {"list": []}, {"list": []}]}}',
        '{"dict": [' + '{"tuple": [1, 2]},' * 9999 + '{"tuple": [1, 2]}]}',
        "[" * 5000 + "]" * 5000,
        '{"list": [' * 5000 + "]}" * 5000,
    ],
    ids=lambda text: text[:30],
)
def test_a_message_takes_memory_in_proportion_to_its_size(text):
    blob = encode(np.zeros(4, np.uint8))[1]
    tracemalloc.start()
    decodes_or_is_refused(text, blob)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**20 + 100 * (len(text) + len(blob))
