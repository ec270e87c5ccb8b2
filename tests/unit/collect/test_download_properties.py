"""Any download of an LMS is unpacked or refused, with one line per file, into its own folder."""

import io
import struct
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.mutations import ODD_TEXTS, assert_one_line, changed_bytes, value_or_error

from autograder.collect.lms_forms import Upload, around_hyphens, names_of, read_name, squash
from autograder.collect.lms_names import sort_uploads
from autograder.collect.unpack import Unpacker, ZipBounds
from autograder.errors import AutograderError
from autograder.roster import STUDENT, Roster, RosterEntry

pytestmark = pytest.mark.filterwarnings("ignore:Duplicate name")  # of zipfile, which writes them
BOOK = b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
BOUNDS = ZipBounds(
    members=50, total_bytes=2**20, own_members=10, own_bytes=2**18, notebook_bytes=2**16
)
ROSTER = Roster(
    (
        RosterEntry("ada", name="Lovelace, Ada", canvas_id="17", group="Group A, Group B"),
        RosterEntry("ben", name="Ben", sis_login_id="ben@x.edu"),
    )
)


def packed(members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


INNER = packed([("week1.ipynb", BOOK), ("model_weights.pt", b"w"), ("../out.ipynb", BOOK)])
MEMBERS = [
    ("lovelaceada_LATE_17_345_week1-2.ipynb", BOOK),
    ("ben_18_346_week1.zip", INNER),
    ("Ada Lovelace_4711_assignsubmission_file_/week1.ipynb", BOOK),
    ("Group A-Ben_12_assignsubmission_file_week1.ipynb.txt", BOOK),
]
ZIP = packed(MEMBERS)


def unpacked(data):
    """What becomes of a zip; everything that was written is below the folder for it."""
    with tempfile.TemporaryDirectory() as place:
        source = Path(place) / "download.zip"
        source.write_bytes(data)
        target = Path(place) / "a" / "b" / "unpacked"
        unpacker = Unpacker(target, BOUNDS, takes_artifacts=True)
        found = value_or_error(lambda: unpacker.extract(source), AutograderError)
        written = [path for path in Path(place).rglob("*") if path.is_file() and path != source]
        below = (target, unpacker.artifacts)
        assert all(any(path.is_relative_to(folder) for folder in below) for path in written)
        assert not any(path.is_symlink() for path in written)
        assert sum(path.stat().st_size for path in written) <= BOUNDS.total_bytes
        for roster in (None, ROSTER):
            uploads = value_or_error(
                lambda roster=roster: sort_uploads(sorted(unpacker.paths), target, roster, "week1"),
                AutograderError,
            )
            if not isinstance(uploads, AutograderError):
                assert all(STUDENT.fullmatch(name) for name in uploads.selected)
        for line in unpacker.problems:
            assert_one_line(line)
        return found, unpacker.problems


parts = [b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06", b"\xff\xff\xff\xff",
         b"\x00\x08", b"/../", b"\\..\\", b".zip", b".ipynb"]  # fmt: skip


@given(changed_bytes(ZIP, parts, most=6))
@example(b"")
@example(ZIP[:-10])
def test_a_damaged_zip_is_unpacked_or_refused(data):
    unpacked(data)


names = st.one_of(
    st.sampled_from(ODD_TEXTS),
    st.sampled_from([name for name, _ in MEMBERS]).flatmap(
        lambda name: changed_bytes(name.encode(), [b"_", b"/", b"_LATE_", b"-9", b"\\", b".."])
    ).map(lambda data: data.decode("latin-1")),
)  # fmt: skip
contents = st.sampled_from(
    (BOOK, b"", b"{", INNER, packed([("a.zip", INNER)]), bytes(2**17), ZIP[:50])
)


@given(
    st.lists(st.tuples(names.filter(lambda name: name.isascii() or name.isprintable()), contents))
)
@example([("a_1_2_x.ipynb", BOOK), ("a_1_2_x.ipynb/b_1_2_y.ipynb", BOOK)])  # a file and a folder
@example(
    [("/etc/a_1_2_x.ipynb", BOOK), ("C:\\a_1_2_x.ipynb", BOOK), ("a" * 300 + "_1_2_x.ipynb", BOOK)]
)
@example([("a/" * 2000 + "b_1_2_x.ipynb", BOOK)])
@example([("é_1_2_x.ipynb", BOOK), ("e\u0301_1_2_x.ipynb", BOOK), ("E\u0301_1_2_X.IPYNB", BOOK)])
@example([("con_1_2_x.ipynb", BOOK), ("NUL_assignsubmission_file_x.ipynb", BOOK)])
@example([("\x1b[2J_1_2_x.ipynb", BOOK), ("a\nb_1_2_x.ipynb", b"")])
def test_a_zip_with_odd_names_is_unpacked_or_refused(members):
    try:
        data = packed(members)
    except (UnicodeEncodeError, IndexError):  # Python writes no such name
        return
    unpacked(data)


def test_a_bomb_is_refused_before_it_is_unpacked():
    """It declares its size, or it does not: never is more written than allowed."""
    bomb = packed([(f"ben_18_{i}_week1.ipynb", bytes(2**16)) for i in range(40)])
    found, _ = unpacked(bomb)
    assert isinstance(found, AutograderError) and "unpacks to more" in str(found)
    lying = bytearray(packed([("ben_18_1_week1.ipynb", bytes(2**24))]))
    place = lying.index(b"PK\x01\x02")
    lying[place + 24 : place + 28] = struct.pack("<I", 10)  # the size that it declares
    _, problems = unpacked(bytes(lying))
    assert all("damaged" in line or "week1" in line for line in problems)


@pytest.mark.parametrize("depth", [3, 30])
def test_zips_in_zips_end(depth):
    data = INNER
    for _ in range(depth):
        data = packed([("ben_18_346_x.zip", data)])
    _, problems = unpacked(data)
    assert problems


def test_one_students_damaged_zip_does_not_stop_the_others(tmp_path):
    """Its list of files would start before the file: zipfile raises OSError."""
    damaged = bytearray(INNER)
    place = damaged.index(b"PK\x05\x06")
    damaged[place + 12 : place + 16] = struct.pack("<I", 2**31 - 1)
    (tmp_path / "ben_18_346_week1.zip").write_bytes(damaged)
    (tmp_path / "ada_17_1_week1.ipynb").write_bytes(BOOK)
    unpacker = Unpacker(tmp_path / "out", BOUNDS)
    unpacker.extract(tmp_path)
    assert "ada_17_1_week1.ipynb" in unpacker.paths
    assert [line.split(":")[0] for line in unpacker.problems] == ["ben_18_346_week1.zip"]


def test_a_file_without_a_name_is_left_out():
    """Python cuts a name at its first null character, and asks for the last of the rest."""
    data = packed([("x_1_2_a.ipynb", BOOK), ("ben_1_2_b.ipynb", BOOK)]).replace(b"x_1", b"\0_1")
    found, problems = unpacked(data)
    assert found is None and problems == []


@given(names)
@example("_" * 3000 + "_assignsubmission_")
@example("1_" * 3000 + "assignsubmission_file")
@example("a_" + "1" * 5000 + "_" + "1" * 5000 + "_x-" + "9" * 5000 + ".ipynb")
@example("a_٣_٤_x-٥.ipynb")  # digits that are not ASCII
@example("-" * 1000)
def test_a_name_is_read_or_has_no_form(name):
    found = value_or_error(lambda: read_name(name))
    assert found is None or isinstance(found, Upload)
    around_hyphens(name[:300])
    names_of(RosterEntry(squash(name), name=name[:300]))
