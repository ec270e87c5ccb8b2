"""Files of the notebook, as hidden tests read them."""

import pytest
from support.attached import Student

from autograder.course import Limits
from autograder.files import read_plain
from autograder.grading.failures import MissingName, Unserializable

LIMITS = Limits(call_seconds=10, memory_bytes=2**30, disk_bytes=16 * 2**20, processes=8)


class _Kernel:
    alive = True

    def __init__(self, work):
        self.work = work


@pytest.fixture
def pupil(tmp_path):
    """A student whose notebook wrote into tmp_path, and whose scripts print and end as told."""
    return Student(_Kernel(tmp_path), LIMITS)


def test_a_file_of_the_notebook_is_read(pupil, tmp_path):
    (tmp_path / "predict.py").write_text("print()")
    assert pupil.file("predict.py") == b"print()"


def test_a_missing_file_is_missing(pupil):
    with pytest.raises(MissingName) as caught:
        pupil.file("predict.py")
    assert caught.value.remark == "there is no file predict.py: the notebook did not write it"


def test_a_link_is_not_followed(pupil, tmp_path):
    (tmp_path / "predict.py").symlink_to("/etc/passwd")
    with pytest.raises(MissingName):
        pupil.file("predict.py")
    (tmp_path / ".rerun").symlink_to("/etc")
    assert read_plain(tmp_path, ".rerun/passwd", 2**20) is None


def test_a_huge_file_is_refused(pupil, tmp_path):
    with (tmp_path / "weights").open("wb") as file:
        file.truncate(200 * 2**20)
    with pytest.raises(Unserializable):
        pupil.file("weights")
