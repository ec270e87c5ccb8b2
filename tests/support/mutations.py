"""Strategies that change parts of valid data, so that tests reach the code behind first checks."""

import copy
import json
import time
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

CPU_SECONDS = 5.0  # that one small input may take, on any machine
ODD_TEXTS = (
    "", "\0", "\n", "a\nb", "\u2028", "\ud800", "\ufeff", "\x1b[2J", "..", "../../etc/passwd", "/",
    "~", "con", "NUL.ipynb", "aux.", "-rf", "--upload-pack=x", "é", "e\u0301", "ß", "SS", "İ", "٣",
    "<script>", "{{ 7 }}", "%00", "$(id)", "=cmd()", "a" * 300, "a" * 5000, "1e999", "9" * 5000,
    "nan", "0x10", "__class__", "__proto__",
)  # fmt: skip
ODD_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 4, 10**30, 2**63, -0.0, 1e308, float("nan"), float("inf"),
    [], {}, [[]], [{}], {"": {}}, [None] * 100, [0, "a", []],
)  # fmt: skip


def nested(depth: int, wrap: Callable[[Any], Any]) -> Any:
    """A value in `depth` wrappers."""
    value: Any = 0
    for _ in range(depth):
        value = wrap(value)
    return value


def odd_values() -> SearchStrategy[Any]:
    """Values of other types, unusual texts, extreme numbers, and deep nesting."""
    deep = st.sampled_from((70, 400)).map(lambda depth: nested(depth, lambda value: [value]))
    return st.one_of(
        st.sampled_from(ODD_VALUES), st.sampled_from(ODD_TEXTS), st.text(max_size=5), deep
    )


@st.composite
def changed_json(
    draw: st.DrawFn, tree: Any, most: int = 3, names: Sequence[str] = (), odd: Any = None
) -> bytes:
    """JSON of a tree with a few of its parts replaced, removed, doubled or moved.

    `names` are keys that a part may get, and `odd` are values that may replace a part.
    """
    tree = copy.deepcopy(tree)
    odd = odd_values() if odd is None else odd_values() | odd
    for _ in range(draw(st.integers(1, most))):
        tree = _changed(draw, tree, odd, names)
    return json.dumps(tree).encode()


def _changed(draw: st.DrawFn, node: Any, odd: SearchStrategy[Any], names: Sequence[str]) -> Any:
    if not isinstance(node, dict | list) or not node:
        return draw(odd)
    places = list(node) if isinstance(node, dict) else list(range(len(node)))
    place = draw(st.sampled_from(places))
    how = draw(st.sampled_from(("below", "below", "below", "below", "replace", "remove", "move")))
    changed: Any = dict(node) if isinstance(node, dict) else list(node)
    if how == "below":
        changed[place] = _changed(draw, node[place], odd, names)
    elif how == "replace":
        changed[place] = draw(odd)
    elif how == "remove":
        del changed[place]
    elif isinstance(node, list):
        changed.insert(draw(st.integers(0, len(node))), copy.deepcopy(node[place]))
    else:
        name = draw(st.sampled_from([*names, *map(str, places), *ODD_TEXTS]))
        changed[name] = changed.pop(place)
    return changed


@st.composite
def changed_bytes(
    draw: st.DrawFn, data: bytes, fragments: Sequence[bytes] = (), most: int = 4
) -> bytes:
    """Bytes with a few parts cut, doubled or overwritten, also by `fragments` of the format."""
    pieces = [
        *fragments,
        b"\0",
        b"\xff",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b'"',
        b"\n",
        b"\r",
        b"9" * 50,
    ]
    for _ in range(draw(st.integers(1, most))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 40)))
        piece = draw(st.sampled_from([b"", data[start:end] * 2, *pieces]) | st.binary(max_size=4))
        data = data[:start] + piece + data[end:]
    return data


def encodings(data: bytes) -> SearchStrategy[bytes]:
    """UTF-8 text as it is, and in other encodings, whole and cut in the middle of a character."""
    text = data.decode("utf-8", "replace")
    forms = [data, text.encode("utf-16"), text.encode("utf-16")[:-1], text.encode("utf-16-be")]
    forms += [text.encode("utf-8-sig"), text.encode("latin-1", "replace"), text.encode("utf-32")]
    forms += [b"\xff\xfe" + b"\x00\xd8" + text.encode("utf-16-le")]
    return st.sampled_from(forms)


def value_or_error(read: Callable[[], Any], *errors: type[Exception]) -> Any:
    """What `read` returns, or its error, which must be one of `errors`, with a message of one line.

    Any other exception passes, and so fails the test. So does a call that takes long.
    """
    started = time.process_time()
    try:
        found = read()
    except errors as error:
        found = error
        assert_one_line(str(error))
    assert time.process_time() - started < CPU_SECONDS
    return found


def assert_one_line(text: str) -> None:
    """The text is one line that every terminal and every file can show."""
    assert text.strip(), "a message without words"
    assert text.isprintable(), f"a message with characters that break its line: {text!r}"
    assert len(text) < 3000, f"a message of {len(text)} characters"
