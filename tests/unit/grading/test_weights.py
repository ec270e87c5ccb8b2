"""The week's setting for trained weights is a part of the fingerprint, and travels."""

from dataclasses import replace

import pytest
from support.tiny import hand_in, make_course, notebook

from autograder.grading.fingerprint import shared_digest, submission_fingerprint
from autograder.grading.options import Options
from autograder.grading.parcel import pack, unpacked
from autograder.settings import Weights


@pytest.fixture
def assignment(tmp_path):
    assignment = make_course(tmp_path)
    hand_in(assignment, "ada", notebook())
    return assignment


def test_the_setting_changes_the_fingerprint(assignment):
    other = replace(assignment, weights=Weights.SUBMITTED)
    assert shared_digest(assignment, Options()) != shared_digest(other, Options())
    again = replace(other, weights=Weights.RETRAIN)
    assert shared_digest(assignment, Options()) == shared_digest(again, Options())


def test_other_weights_change_a_submissions_fingerprint(assignment):
    folder = assignment.submitted("ada")
    prints = {submission_fingerprint(assignment, folder, "")}
    for content in (b"first", b"second"):
        (folder / "model_weights.pt").write_bytes(content)
        prints.add(submission_fingerprint(assignment, folder, ""))
    assert len(prints) == 3


@pytest.mark.parametrize("weights", Weights)
def test_the_setting_and_the_files_travel(assignment, weights):
    (assignment.submitted("ada") / "model_weights.pt").write_bytes(b"w")
    with unpacked(pack(replace(assignment, weights=weights), "ada")) as elsewhere:
        assert elsewhere.weights is weights
        assert (elsewhere.submitted("ada") / "model_weights.pt").read_bytes() == b"w"
