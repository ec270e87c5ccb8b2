"""Safe file access."""

import hashlib
import os

import pytest

from autograder.files import (
    TooDeep,
    disk_bytes,
    importable_names,
    plain_files,
    read_or_none,
    read_plain,
    remove,
    sha256_of,
    write_atomically,
)


def test_plain_files_are_sorted_and_links_are_skipped(tmp_path):
    (tmp_path / "b").mkdir()
    for name in ("z.txt", "a.txt", "b/c.txt"):
        (tmp_path / name).write_text(name)
    (tmp_path / "link").symlink_to("a.txt")
    os.mkfifo(tmp_path / "pipe")
    assert [(file.below, file.size) for file in plain_files(tmp_path)] == [
        ("a.txt", 5), ("z.txt", 5), ("b/c.txt", 7),
    ]  # fmt: skip


def test_folders_nested_too_deeply_are_an_error(tmp_path):
    (tmp_path / "a" / "b" / "c").mkdir(parents=True)
    with pytest.raises(TooDeep, match="deeper than 2"):
        list(plain_files(tmp_path, max_depth=2))


def test_a_file_is_read_without_following_links(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file").write_bytes(b"content")
    (tmp_path / "link").symlink_to("folder")
    assert read_plain(tmp_path, "folder/file", 100) == b"content"
    assert read_plain(tmp_path, "link/file", 100) is None
    assert read_plain(tmp_path, "folder", 100) is None
    assert read_plain(tmp_path, "nothing", 100) is None
    with pytest.raises(ValueError, match="larger than"):
        read_plain(tmp_path, "folder/file", 6)


def test_read_or_none_and_digest(tmp_path):
    path = tmp_path / "file"
    assert read_or_none(path) is None
    path.write_bytes(b"content")
    assert read_or_none(path) == b"content"
    assert sha256_of(path) == hashlib.sha256(b"content").hexdigest()


def test_an_interrupted_write_leaves_the_old_file(tmp_path, monkeypatch):
    path = write_atomically(tmp_path / "new" / "page.html", "old")
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("old", 0o644)

    def fail(source, target):
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_atomically(path, "new")
    assert path.read_text() == "old"
    assert list(path.parent.iterdir()) == [path]


def test_disk_use_stops_counting_beyond_its_limit(tmp_path):
    for number in range(20):
        (tmp_path / str(number)).write_bytes(bytes(4096))
    assert disk_bytes(tmp_path, 10**9) >= 20 * 4096
    assert 5 * 4096 < disk_bytes(tmp_path, 5 * 4096) <= disk_bytes(tmp_path, 10**9)


def test_a_folder_of_any_depth_is_removed(tmp_path):
    place = tmp_path / "deep"
    place.mkdir()
    (place / "file").touch()
    remove(place)
    assert not place.exists()
    remove(place)  # nothing there: no error


def test_names_that_an_import_would_find(tmp_path):
    for name in ("torch.py", "data.csv", "helper.cpython-311-x86_64-linux-gnu.so", "notes.ipynb"):
        (tmp_path / name).touch()
    (tmp_path / "folder").mkdir()
    assert importable_names(tmp_path) == {"torch", "helper", "folder"}
