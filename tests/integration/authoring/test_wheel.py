"""Equal code gives an equal wheel, wherever and whenever it is built."""

import hashlib
import io
import os
import shutil
import subprocess
import sys
import zipfile

import pytest

from autograder.authoring import wheel

BUILD = (
    "import hashlib, os, sys; os.umask(int(sys.argv[1], 8)); sys.path.insert(0, '.')\n"
    "from autograder.authoring.wheel import PROJECT, build_wheel\n"
    "assert str(PROJECT) == os.getcwd(), PROJECT\n"
    "name, data = build_wheel(); open(sys.argv[2], 'wb').write(data)\n"
    "print(name)\n"
)


@pytest.fixture(scope="module")
def builds(tmp_path_factory):
    """[(name, bytes)] of the wheel, from two copies of the clone under different conditions."""
    place = tmp_path_factory.mktemp("wheels")
    conditions = [
        {"umask": "022", "folder": "a", "TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"umask": "077", "folder": "some other/Größe", "TZ": "Asia/Kathmandu",
         "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2", "SOURCE_DATE_EPOCH": "1"},
    ]  # fmt: skip
    found = []
    for number, given in enumerate(conditions):
        umask, clone = given.pop("umask"), place / given.pop("folder")
        ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
        shutil.copytree(wheel.PACKAGE, clone / "autograder", ignore=ignored)
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(wheel.PROJECT / name, clone)
        for path in clone.rglob("*"):
            if path.is_file():  # dates and modes of a clone of another day, under another umask
                path.chmod(0o666 & ~int(umask, 8))
                os.utime(path, (1e9 + 1e8 * number, 1e9 + 1e8 * number))
        target = place / f"{number}.whl"
        done = subprocess.run(
            [sys.executable, "-P", "-c", BUILD, umask, str(target)],
            cwd=clone, env={**os.environ, **given}, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        found.append((done.stdout.strip(), target.read_bytes()))
    return found


def test_two_builds_are_the_same_bytes(builds):
    (name, data), (other_name, other) = builds
    assert name == other_name
    assert _contents(data) == _contents(other)
    assert hashlib.sha256(data).hexdigest() == hashlib.sha256(other).hexdigest()


def test_its_files_have_one_date_and_one_mode(builds):
    with zipfile.ZipFile(io.BytesIO(builds[0][1])) as archive:
        infos = archive.infolist()
    assert len(infos) > 40
    assert {info.date_time for info in infos} == {(2000, 1, 1, 0, 0, 0)}
    modes = {info.filename: info.external_attr >> 16 & 0o777 for info in infos}
    assert {modes[name] for name in modes if not name.endswith("/RECORD")} == {wheel.FILE_MODE}


def _contents(data):
    """What differs shows here, file by file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [
            (i.filename, i.date_time, i.external_attr, hashlib.sha256(archive.read(i)).hexdigest())
            for i in archive.infolist()
        ]
