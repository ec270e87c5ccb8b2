"""Collecting bulk downloads of Canvas and Moodle, with archives of every kind in them."""

import stat
import struct
import zipfile
from datetime import UTC, datetime

import pytest
from support.downloads import ADA, BEN, NOTEBOOK_JSON, RELEASED, texts, zipped

from autograder.clock import Clock, read_zone
from autograder.collect.lms_forms import read_name, squash
from autograder.collect.lms_names import find_student
from autograder.collect.model import CollectStatus
from autograder.errors import AutograderError, UsageError
from autograder.roster import Roster, RosterEntry

# Names


@pytest.mark.parametrize(
    ("path", "person", "canvas_id", "late", "attempt", "title"),
    [
        ("lovelaceada_12345_67890_notebook.ipynb", "lovelaceada", "12345", False, 0, "notebook"),
        ("lovelaceada_late_1_2_notebook.ipynb", "lovelaceada", "1", True, 0, "notebook"),
        ("lovelaceada_LATE_1_2_notebook-2.ipynb", "lovelaceada", "1", True, 2, "notebook"),
        ("van_der_berg_1_2_a_3_4_b.ipynb", "van_der_berg", "1", False, 0, "a_3_4_b"),
        ("all/lovelaceada_1_2_work-1.zip/x.ipynb", "lovelaceada", "1", False, 0, "x"),
        ("all/lovelaceada_1_2_work-1/sub/x.ipynb", "lovelaceada", "1", False, 1, "x"),
        ("Ada Lovelace_4711_assignsubmission_file_/x.ipynb", "Ada Lovelace", "", False, 0, "x"),
        ("Ada Lovelace_4711_assignsubmission_file/x.ipynb", "Ada Lovelace", "", False, 0, "x"),
        ("Ada Lovelace_4711_assignsubmission_file_x.ipynb", "Ada Lovelace", "", False, 0, "x"),
    ],
)
def test_names_of_canvas_and_moodle(path, person, canvas_id, late, attempt, title):
    read = read_name(path)
    assert (read.path, read.person, read.canvas_id) == (path, person, canvas_id)
    assert (read.late, read.title) == (late, title)
    assert read.attempt == attempt or ".zip/" in path


@pytest.mark.parametrize("path", ["notebook.ipynb", "ada/notebook.ipynb", "ada_1_notebook.ipynb"])
def test_names_of_nobody(path):
    assert read_name(path) is None


@pytest.mark.parametrize(
    "name", ["Ada Lovelace", "Lovelace, Ada", "lovelaceada", "ADA  LOVELACE", "adalovelace"]
)
def test_a_name_in_any_form(name):
    roster = Roster((RosterEntry("al", name="Lovelace, Ada"), RosterEntry("ben", name="Ben Ada")))
    assert find_student(read_name(f"{name}_1_2_x.ipynb"), roster) == "al"
    roster = Roster((RosterEntry("al", name="Ada Lovelace"),))
    assert find_student(read_name(f"{name}_1_2_x.ipynb"), roster) == "al"


def test_letters_of_other_alphabets():
    assert squash("Benoît  Müller-Łukasz") == "benoitmullerłukasz"
    roster = Roster((RosterEntry("li", name="李 雷"),))
    assert find_student(read_name("李雷_1_2_x.ipynb"), roster) == "li"


# Whose file, and which


def test_a_canvas_download(collect, download):
    source = download(
        {
            f"{ADA}_{RELEASED}.ipynb": "ada",
            "mandelbrotbenoit_LATE_222_333_work.ipynb": "ben",
        }
    )
    found, problems = collect(source)
    assert texts(found) == {"ada": "ada", "ben": "ben"}
    assert (found["ada"].marked_late, found["ben"].marked_late) == (False, True)
    assert found["ada"].time is None  # Canvas dates what it packs by the packing
    assert not problems


def test_a_moodle_download(collect, download):
    source = download(
        {
            "Ada King Lovelace_4711_assignsubmission_file_/work.ipynb": "ada",
            "Ada King Lovelace_4711_assignsubmission_onlinetext_/text.html": "<p>hello",
            "Benoît Mandelbrot_4712_assignsubmission_file_work.ipynb": "ben",
        }
    )
    found, problems = collect(source)
    assert texts(found) == {"ada": "ada", "ben": "ben"}
    assert found["ada"].time == datetime(2026, 11, 30, 12).astimezone()
    assert not problems


def test_moodles_dates_are_in_the_courses_zone(collect, download):
    name = "Benoît Mandelbrot_4712_assignsubmission_file_work.ipynb"
    found, _ = collect(download({name: "ben"}), clock=Clock(read_zone("America/Chicago")))
    assert found["ben"].time == datetime(2026, 11, 30, 18, tzinfo=UTC)


def test_a_folder_of_what_was_unpacked(collect, tmp_path):
    folder = tmp_path / "downloaded"
    (folder / "deeper").mkdir(parents=True)
    (folder / f"{ADA}_work.ipynb").write_text("ada")
    (folder / "deeper" / f"{BEN}_all.zip").write_bytes(zipped({"my work/x.ipynb": "ben"}))
    (folder / "linked_9_9_x.ipynb").symlink_to(folder / f"{ADA}_work.ipynb")
    found, problems = collect(folder)
    assert texts(found) == {"ada": "ada", "ben": "ben"}
    assert not problems
    assert sorted(path.name for path in folder.iterdir()) == [
        "deeper",
        "linked_9_9_x.ipynb",
        f"{ADA}_work.ipynb",
    ]


def test_the_last_attempt_counts(collect, download):
    source = download(
        {
            f"{ADA}_work-10.ipynb": "tenth",
            f"{ADA}_work-9.ipynb": "ninth",
            f"{ADA}_work.ipynb": "first",
            f"{BEN}_all.zip": zipped({"x.ipynb": "first"}),
            f"{BEN}_all-1.zip": zipped({"x.ipynb": "second"}),
        }
    )
    found, problems = collect(source)
    assert texts(found) == {"ada": "tenth", "ben": "second"}
    assert not problems


def test_of_several_notebooks_the_released_one_counts(collect, download):
    source = download(
        {f"{ADA}_{RELEASED}-1.ipynb": "this", f"{ADA}_scratch.ipynb": "not this"},
    )
    assert texts(collect(source)[0]) == {"ada": "this"}


def test_two_different_notebooks_are_named_and_two_equal_ones_are_one(collect, download):
    source = download(
        {
            f"{ADA}_one.ipynb": "one",
            f"{ADA}_two.ipynb": "two",
            f"{BEN}_one.ipynb": "same",
            f"{BEN}_copy.ipynb": "same",
        }
    )
    found, _ = collect(source)
    assert texts(found) == {"ben": "same"}
    assert found["ada"].status is CollectStatus.PROBLEM
    assert "2 different notebooks" in found["ada"].reason
    assert f"{ADA}_one.ipynb, {ADA}_two.ipynb" in found["ada"].reason


def test_no_notebook_among_the_files(collect, download):
    found, _ = collect(download({f"{ADA}_work.pdf": "%PDF", f"{BEN}_x.ipynb": "ben"}))
    assert texts(found) == {"ben": "ben"}
    assert f"submitted {ADA}_work.pdf and no notebook" in found["ada"].reason


def test_names_that_fit_nobody_or_several(collect, download):
    source = download(
        {
            "turingalan_7_8_x.ipynb": "alan",
            "ptolemycleo_9_9_x.ipynb": "which one",
            "homework.ipynb": "whose",
            "grades.csv": "not a notebook",
            f"{ADA}_x.ipynb": "ada",
        }
    )
    found, problems = collect(source)
    assert texts(found) == {"ada": "ada"}
    assert sorted(problems) == [
        "'ptolemycleo' (canvas_id 9): matches cleo, cleo2 in the class list",
        "'turingalan' (canvas_id 7): matches no one in the class list",
        "homework.ipynb: the name does not follow Canvas's or Moodle's form",
    ]


def test_without_a_class_list_names_become_ids(collect, download):
    source = download(
        {
            f"{ADA}_x.ipynb": "ada",
            "Ben Élan_4711_assignsubmission_file_/x.ipynb": "ben",
            "李雷_7_8_x.ipynb": "li",
        }
    )
    found, problems = collect(source, roster=None)
    assert texts(found) == {"lovelaceadaking": "ada", "benelan": "ben"}
    assert problems == ["'李雷': cannot be a folder name: write a class list with this name"]


CLUTTER = {
    f"{ADA}_all/x.ipynb": "ada",
    f"{ADA}_all/._x.ipynb": "resource fork",
    f"{ADA}_all/.DS_Store": "",
    f"{ADA}_all/.ipynb_checkpoints/x-checkpoint.ipynb": "older",
    f"{ADA}_all/__MACOSX/x.ipynb": "resource fork",
    f"__MACOSX/{BEN}_x.ipynb": "resource fork",
    f".ipynb_checkpoints/{BEN}_x.ipynb": "older",
    f"._{BEN}_x.ipynb": "resource fork",
}


def test_what_systems_put_beside_files_is_passed_over(collect, download, unpacked):
    inner = {
        "work/x.ipynb": "ada",
        "__MACOSX/week1/._x.ipynb": "resource fork",
        "work/.ipynb_checkpoints/x-checkpoint.ipynb": "older",
    }
    of_zip_in_zip = collect(download({f"{ADA}_all.zip": zipped(inner)}))
    for found, problems in (of_zip_in_zip, collect(download(CLUTTER)), collect(unpacked(CLUTTER))):
        assert texts(found) == {"ada": "ada"}
        assert not problems


def test_a_zip_beside_what_was_unpacked_from_it_is_named(collect, tmp_path):
    folder = tmp_path / "downloaded"
    (folder / f"{ADA}_all").mkdir(parents=True)
    (folder / f"{ADA}_all" / "x.ipynb").write_text("edited since")
    (folder / f"{ADA}_all.zip").write_bytes(zipped({"x.ipynb": "as submitted"}))
    found, problems = collect(folder)
    assert set(texts(found)) == {"ada"}
    assert len(problems) == 1 and "twice: the first one counts" in problems[0]


# Notebooks with another extension


@pytest.mark.parametrize("in_zip", [True, False])
@pytest.mark.parametrize(
    "name",
    [
        "work.ipynb.json",
        "work.ipynb.txt",
        "work.ipynb-1.txt",
        "work.ipynb (1).txt",
        "WORK.IPYNB.TXT",
        "work.json",
        "work.txt",
    ],
)
def test_a_notebook_with_another_extension(collect, download, unpacked, name, in_zip):
    make = download if in_zip else unpacked
    members = {
        f"{ADA}_{name}": f"\n{NOTEBOOK_JSON}",
        f"{ADA}_data.json": '{"cells": 3}',
        f"{ADA}_more.json": "{broken",
        f"{ADA}_readme.txt": "hello",
    }
    found, problems = collect(make(members))
    assert texts(found) == {"ada": f"\n{NOTEBOOK_JSON}"}
    assert found["ada"].origin["path"] == f"{ADA}_{name}"
    assert not problems


def test_the_released_name_counts_with_another_extension(collect, download):
    other = NOTEBOOK_JSON.replace("5", "4")
    for name in (f"{RELEASED}.ipynb.json", f"{RELEASED}.txt", f"{RELEASED}.ipynb-2.txt"):
        members = {f"{ADA}_{name}": NOTEBOOK_JSON, f"{ADA}_scratch.ipynb": other}
        assert texts(collect(download(members))[0]) == {"ada": NOTEBOOK_JSON}


def test_a_notebook_and_another_one_in_a_text_file_are_two(collect, download):
    found, _ = collect(download({f"{ADA}_a.ipynb": "a", f"{ADA}_b.json": NOTEBOOK_JSON}))
    assert f"2 different notebooks ({ADA}_a.ipynb, {ADA}_b.json)" in found["ada"].reason


def test_large_data_beside_a_notebook_are_passed_over(collect, download):
    inner = {"x.ipynb": "ada", "a.json": "{" + " " * 900_000, "b.txt": "{" + " " * 3_000_000}
    source = download({f"{ADA}_all.zip": zipped(inner), f"{BEN}_b.ipynb.txt": "0" * 3_000_000})
    found, problems = collect(source, notebook_bytes=2**20, own_bytes=2**19)
    assert texts(found) == {"ada": "ada"}
    assert problems == [f"{BEN}_b.ipynb.txt: larger than 1 MB: clear its outputs"]


# Archives that must not be trusted


LINK = {"external_attr": (stat.S_IFLNK | 0o777) << 16, "create_system": 3}


@pytest.mark.parametrize(
    ("member", "content", "said"),
    [
        (f"/{BEN}_x.ipynb", "ben", "leads out of the zip"),
        (f"../{BEN}_x.ipynb", "ben", "leads out of the zip"),
        (f"a/..\\..\\{BEN}_x.ipynb", "ben", "leads out of the zip"),
        (f"{BEN}_x.ipynb", ("/etc/passwd", LINK), "is a link, not a file"),
        (f"{BEN}_x.ipynb", b"0" * 3_000_000, "larger than 1 MB"),
        (f"{BEN}_x.ipynb", ("ben", {"compress_type": zipfile.ZIP_LZMA}), "unusual way"),
        (f"{BEN}_all.zip", "not a zip", "not a zip file that can be read"),
        (f"{BEN}_all.zip", zipped({"x.ipynb": "ben"})[:-9], "not a zip file that can be read"),
        (f"{BEN}_all.zip", zipped({f"{n}.txt": "" for n in range(11)}), "more than 10 files"),
        (f"{BEN}_all.zip", zipped({f"{n}.ipynb": b"0" * 999_999 for n in range(3)}), "unpacks to"),
        (f"{BEN}_all.zip", zipped({"in.zip": zipped({"x.ipynb": "x"})}), "a zip in a student's"),
        ("x.zip", zipped({f"{BEN}_all.zip": zipped({"x.ipynb": "x"})}), "a zip in a student's"),
        (f"{BEN}_{'x' * 300}.ipynb", "ben", "too long"),
    ],
)
def test_one_bad_file_is_named_and_the_rest_is_collected(
    collect, download, tmp_path, member, content, said
):
    source = download({f"{ADA}_x.ipynb": "ada", member: content})
    found, problems = collect(source, notebook_bytes=2**20, own_members=10, own_bytes=2 * 2**20)
    assert texts(found) == {"ada": "ada"}
    (line,) = problems
    assert said in line and BEN in line
    assert not list(tmp_path.glob(f"*{BEN}*"))


def test_a_password(collect, download):
    source = download({f"{ADA}_x.ipynb": "ada", f"{BEN}_x.ipynb": "ben"})
    data = bytearray(source.read_bytes())
    for signature, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        start = data.index(BEN.encode(), data.index(signature)) if offset == 6 else None
        place = data.rindex(signature, 0, start) if start else data.rindex(signature)
        struct.pack_into("<H", data, place + offset, 1)
    source.write_bytes(data)
    found, problems = collect(source)
    assert texts(found) == {"ada": "ada"}
    assert problems == [f"{BEN}_x.ipynb: has a password: ask the student for a zip without one"]


def test_a_size_that_is_a_lie(collect, download):
    """A member of 4 MB says that it has 5 bytes: no more than these are read, and it is damaged."""
    source = download({f"{ADA}_x.ipynb": "ada", f"{BEN}_x.ipynb": b"0" * 4_000_000})
    data = bytearray(source.read_bytes())
    struct.pack_into("<L", data, data.rindex(b"PK\1\2") + 24, 5)
    source.write_bytes(data)
    found, problems = collect(source)
    assert texts(found) == {"ada": "ada"}
    (line,) = problems
    assert line.startswith(f"{BEN}_x.ipynb: damaged")


@pytest.mark.parametrize("date", [(1980, 1, 1, 0, 0, 0), (2026, 15, 31, 31, 63, 62)])
def test_a_date_that_is_none(collect, download, date):
    name = "Benoît Mandelbrot_4712_assignsubmission_file_x.ipynb"
    found, problems = collect(download({name: ("ben", {"date_time": date})}))
    assert (texts(found), found["ben"].time, problems) == ({"ben": "ben"}, None, [])


def test_the_same_name_twice(collect, tmp_path):
    source = tmp_path / "twice.zip"
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr(f"{ADA}_x.ipynb", "first")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr(f"{ADA}_x.ipynb", "second")
    found, problems = collect(source)
    assert texts(found) == {"ada": "first"}
    assert problems == [f"{ADA}_x.ipynb: is in the zip twice: the first one counts"]


@pytest.mark.parametrize(
    ("content", "bounds", "said"),
    [
        (b"no zip at all", {}, "File is not a zip file"),
        (zipped({f"{ADA}_x.ipynb": "ada"})[:-9], {}, "not a zip file"),
        (zipped({f"{n}.txt": "" for n in range(11)}), {"members": 10}, "more than 10 files"),
        (
            zipped({f"{ADA}_{n}.ipynb": b"0" * 999_999 for n in range(3)}),
            {"total_bytes": 2 * 2**20},
            "unpacks to more than 2 MB",
        ),
    ],
)
def test_a_download_that_cannot_be_read_at_all(collect, tmp_path, content, bounds, said):
    source = tmp_path / "submissions.zip"
    source.write_bytes(content)
    with pytest.raises(AutograderError, match=said):
        collect(source, **bounds)


def test_no_download(collect, tmp_path):
    with pytest.raises(UsageError, match="does not exist"):
        collect(tmp_path / "nothing.zip")
