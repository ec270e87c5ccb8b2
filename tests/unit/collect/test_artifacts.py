"""A trained model's files in downloads of Canvas and Moodle, beside the notebook."""

import stat
import zipfile

import pytest
from support.downloads import ADA, BEN, RELEASED, texts, zipped

from autograder.artifacts import LARGE_FILE, MAX_ARTIFACT
from autograder.collect.model import CollectStatus
from autograder.settings import Weights

MOODLE = "Ada King Lovelace_4711_assignsubmission_file_"
CUT = "larger than 64 MB"


@pytest.fixture
def beside(collect, download):
    """beside({path: content}) is what counts beside ada's notebook, her remark, and problems."""

    def run(members, weights=Weights.SUBMITTED):
        found, problems = collect(download(members), weights=weights)
        assert texts(found).keys() == {"ada"}
        return dict(found["ada"].beside), found["ada"].remark, problems

    return run


@pytest.mark.parametrize(
    "members",
    [
        {
            f"{ADA}_{RELEASED}.ipynb": "ada",
            "lovelaceadaking_12345_67891_model_weights.pt": "weights",
            "lovelaceadaking_12345_67892_predict.py": "script",
        },
        {
            f"{ADA}_{RELEASED}-1.ipynb": "ada",
            "lovelaceadaking_LATE_12345_67891_model_weights-1.pt": "weights",
            "lovelaceadaking_LATE_12345_67892_predict-1.py": "script",
        },
        {
            f"{ADA}_{RELEASED}.ipynb": "ada",
            "lovelaceadaking_12345_67891_model_weights (1).pt": "weights",
            "lovelaceadaking_12345_67892_predict(2).py": "script",
        },
        {
            f"{MOODLE}/work.ipynb": "ada",
            f"{MOODLE}/model_weights.pt": "weights",
            f"{MOODLE}/predict.py": "script",
        },
        {
            f"{ADA}_all.zip": zipped(
                {
                    "week/work.ipynb": "ada",
                    "week/model_weights.pt": "weights",
                    "week/predict.py": "script",
                    "old/predict.py": "older",
                    "__MACOSX/week/._predict.py": "clutter",
                    "week/.ipynb_checkpoints/predict.py": "clutter",
                    "week/utils.py": "other",
                }
            )
        },
    ],
    ids=["canvas", "canvas again", "downloaded twice", "moodle", "zipped"],
)
def test_they_come_with_the_notebook_where_they_count(beside, members):
    files = {"model_weights.pt": b"weights", "predict.py": b"script"}
    assert beside(members) == (files, "", [])
    assert beside(members, Weights.RETRAIN) == ({}, "", [])


def test_the_last_attempt_counts(beside):
    found, _, _ = beside(
        {
            f"{ADA}_{RELEASED}.ipynb": "ada",
            "lovelaceadaking_12345_67891_predict.py": "first",
            "lovelaceadaking_12345_67895_predict-2.py": "third",
            "lovelaceadaking_12345_67893_predict-1.py": "second",
        }
    )
    assert found == {"predict.py": b"third"}


def test_different_files_of_one_name_are_named_and_the_notebook_is_collected(beside):
    found, remark, problems = beside(
        {
            f"{ADA}_all.zip": zipped(
                {"work.ipynb": "ada", "a/predict.py": "one", "b/predict.py": "other"}
            )
        }
    )
    assert (found, problems) == ({}, [])
    assert "submitted 2 different predict.py files" in remark


def test_one_that_is_too_large_is_named_and_the_rest_is_collected(beside):
    large = zipped({"x.ipynb": "ada", "predict.py": "p", "model_weights.pt": b"0" * 68_000_000})
    found, _, problems = beside({f"{ADA}_all.zip": large})
    assert found == {"predict.py": b"p"}
    assert problems == [f"{ADA}_all/model_weights.pt: is {CUT}"]
    members = {f"{ADA}_x.ipynb": "ada", f"{ADA}_model_weights.pt": bytes(MAX_ARTIFACT + 1)}
    found, _, problems = beside(members)
    assert (found, problems) == ({}, [f"{ADA}_model_weights.pt: is {CUT}"])


def test_weights_do_not_count_toward_the_size_of_notebooks(beside):
    """A student's zip may hold 64 MB of notebooks, and the weights beside them."""
    weights = b"0" * 60_000_000
    content = zipped({"x.ipynb": b"1" * 10_000_000, "model_weights.pt": weights})
    found, _, problems = beside({f"{ADA}_all.zip": content})
    assert (found, problems) == ({"model_weights.pt": weights}, [])


def test_a_zip_of_many_is_bounded(beside):
    many = {f"{n}/model_weights.pt": b"0" * MAX_ARTIFACT for n in range(3)}
    _, _, problems = beside({f"{ADA}_all.zip": zipped({"x.ipynb": "ada", **many})})
    assert problems == [
        f"{ADA}_all/2/model_weights.pt: there is no room for it: take it out by hand"
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("predict.py", ("/etc/passwd", {"external_attr": (stat.S_IFLNK | 0o777) << 16}), "a link"),
        ("../predict.py", "p", "leads out of the zip"),
        ("predict.py", ("p", {"compress_type": zipfile.ZIP_BZIP2}), "an unusual way"),
        ("model_weights.pt", LARGE_FILE + b"v1\noid sha256:0", "is kept in Git LFS"),
    ],
)
def test_what_is_no_file_is_named_and_the_notebook_is_collected(beside, name, content, said):
    found, _, problems = beside({f"{ADA}_all.zip": zipped({"x.ipynb": "ada", name: content})})
    assert found == {}
    (line,) = problems
    assert said in line and name.split("/")[-1] in line


def test_links_in_an_unpacked_download_are_skipped(collect, tmp_path):
    folder = tmp_path / "downloaded"
    folder.mkdir()
    (folder / f"{ADA}_work.ipynb").write_text("ada")
    (folder / "lovelaceadaking_12345_67891_predict.py").symlink_to("/etc/hostname")
    (folder / "lovelaceadaking_12345_67892_model_weights.pt").write_text("weights")
    found, _ = collect(folder, weights=Weights.SUBMITTED)
    assert found["ada"].beside == {"model_weights.pt": b"weights"}


def test_weights_without_a_notebook_are_no_submission(collect, download):
    source = download({f"{BEN}_model_weights.pt": "weights", f"{BEN}_predict.py": "script"})
    found, _ = collect(source, weights=Weights.SUBMITTED)
    assert found["ben"].status is CollectStatus.PROBLEM
    assert "no notebook" in found["ben"].reason
