"""A submission is put in its place; what lay there before is kept."""

import json
import os
from dataclasses import replace

import pytest
from support.collecting import DUE, NOTEBOOK, WEEK, files, grade, hand_in, hours, week1_course

from autograder.collect.model import CollectStatus
from autograder.collect.store import install, read_stamp, time_in_place
from autograder.settings import Weights


@pytest.fixture
def course(repository, tmp_path):
    return week1_course(repository, tmp_path / "course")


@pytest.fixture
def assignment(course):
    return course.assignment(WEEK)


def test_a_new_one_lies_there_with_its_time(assignment):
    row = install(assignment, hand_in("first", DUE - hours(1), commit="abc", address="there"))
    folder = assignment.submitted("ada")
    assert (row.status, row.commit) == (CollectStatus.NEW, "abc")
    assert {str(p): content.decode() for p, content in files(folder).items()} == {
        NOTEBOOK: "first",
        "timestamp.txt": "2026-11-30 22:59:59.000000 UTC",
    }
    assert os.listdir(folder.parent) == [WEEK]
    origin = json.loads((assignment.root / ".collect" / WEEK / "ada.json").read_text())
    assert (origin["from"], origin["commit"], origin["address"]) == ("git", "abc", "there")
    assert read_stamp(origin["collected"].encode()) is not None


def test_the_same_notebook_changes_nothing(assignment):
    install(assignment, hand_in("same", DUE, commit="first"))
    before = files(assignment.root)
    row = install(assignment, hand_in("same", DUE + hours(9), commit="second"))
    assert (row.status, row.time) == (CollectStatus.UNCHANGED, DUE)
    assert files(assignment.root) == before


def test_the_same_notebook_put_there_by_hand_gets_its_time(assignment):
    folder = assignment.submitted("ada")
    folder.mkdir(parents=True)
    (folder / NOTEBOOK).write_text("same")
    row = install(assignment, hand_in("same", DUE))
    assert (row.status, row.time) == (CollectStatus.UNCHANGED, DUE)
    assert "its time was unknown and is noted now" in row.reason
    assert time_in_place(folder) == DUE
    assert install(assignment, hand_in("same", DUE)).reason == ""


def test_a_newer_one_moves_the_earlier_one_away(assignment):
    for text in ("first", "second", "third"):
        row = install(assignment, hand_in(text))
    assert row.status is CollectStatus.UPDATED
    assert (assignment.submitted("ada") / NOTEBOOK).read_text() == "third"
    earlier = files(assignment.root / ".collect" / WEEK / "earlier" / "ada")
    assert sorted(c for p, c in earlier.items() if p.name == NOTEBOOK) == [b"first", b"second"]
    assert len(earlier) == 4  # with their times


def test_what_is_graded_stays_unless_it_is_to_be_replaced(assignment):
    install(assignment, hand_in("first", DUE - hours(9)))
    grade(assignment, "ada")
    before = files(assignment.root)
    assert install(assignment, hand_in("first")).status is CollectStatus.UNCHANGED
    row = install(assignment, hand_in("second", DUE))
    assert (row.status, row.time) == (CollectStatus.KEPT, DUE - hours(9))
    assert "graded already" in row.reason and "--replace collects it" in row.reason
    assert DUE.astimezone().strftime("%Y-%m-%d %H:%M") in row.reason
    assert files(assignment.root) == before
    assert (
        install(assignment, hand_in("second"), replace_graded=True).status is CollectStatus.UPDATED
    )
    after = files(assignment.root)
    assert after[assignment.submitted("ada").relative_to(assignment.root) / NOTEBOOK] == b"second"
    assert b"first" in after.values()


def test_the_work_of_another_person_does_not_replace_it(assignment):
    """Two students of one name, in two downloads."""
    wei, other = "canvas_id 101", "canvas_id 102"
    install(assignment, hand_in("first", person=wei))
    assert install(assignment, hand_in("second", person=wei)).status is CollectStatus.UPDATED
    before = files(assignment.root)
    row = install(assignment, hand_in("other", person=other))
    assert row.status is CollectStatus.KEPT
    assert wei in row.reason and other in row.reason and "--replace collects it" in row.reason
    assert files(assignment.root) == before
    assert install(assignment, hand_in("by git")).status is CollectStatus.UPDATED
    install(assignment, hand_in("first", person=wei))
    row = install(assignment, hand_in("other", person=other), replace_graded=True)
    assert row.status is CollectStatus.UPDATED


def test_a_web_page_is_named(assignment):
    install(assignment, hand_in("first"))
    row = install(assignment, hand_in("<!DOCTYPE html><title>nb", path="nb.ipynb"))
    assert row.status is CollectStatus.UPDATED
    assert row.reason.startswith("nb.ipynb is a web page, not a notebook: open the notebook in")
    assert b"first" in files(assignment.root).values()
    again = install(assignment, hand_in("<!DOCTYPE html><title>nb", path="nb.ipynb"))
    assert (again.status, again.reason) == (CollectStatus.UNCHANGED, row.reason)


def test_a_mac_file_beside_the_notebook_is_not_another_one(assignment):
    install(assignment, hand_in("first"))
    (assignment.submitted("ada") / f"._{NOTEBOOK}").write_text("resource fork")
    assert install(assignment, hand_in("first")).status is CollectStatus.UNCHANGED


def test_what_a_person_put_there_follows_the_same_rules(assignment):
    folder = assignment.submitted("ada")
    folder.mkdir(parents=True)
    (folder / "my own name.ipynb").write_text("by hand")
    (folder / "data.csv").write_text("1,2")
    assert install(assignment, hand_in("by hand")).status is CollectStatus.UNCHANGED
    assert install(assignment, hand_in("other")).status is CollectStatus.UPDATED
    assert set(files(folder).values()) == {b"other", b"2026-11-30 23:59:59.000000 UTC"}
    (kept,) = (assignment.root / ".collect" / WEEK / "earlier" / "ada").iterdir()
    times = {b"2026-11-30 23:59:59.000000 UTC"}  # noted beside what was there
    assert set(files(kept).values()) == {b"by hand", b"1,2"} | times


@pytest.mark.parametrize("target", ["elsewhere", "nowhere"])
def test_a_link_in_the_place_is_moved_and_not_followed(assignment, tmp_path, target):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "x.ipynb").write_text("not ours")
    assignment.submitted("ada").parent.mkdir(parents=True)
    assignment.submitted("ada").symlink_to(tmp_path / target)
    assert install(assignment, hand_in("ours")).status is CollectStatus.UPDATED
    assert {str(p): content for p, content in files(elsewhere).items()} == {"x.ipynb": b"not ours"}
    assert not assignment.submitted("ada").is_symlink()


def test_where_writing_fails_all_is_as_it_was(assignment, monkeypatch):
    install(assignment, hand_in("first"))
    before = files(assignment.root)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("autograder.collect.store.shutil.move", full)
    with pytest.raises(OSError, match="No space left"):
        install(assignment, hand_in("second"))
    assert files(assignment.root) == before


def test_other_files_beside_the_same_notebook_make_another_version(assignment):
    """Where such files count; each version that is replaced is kept."""
    counts = replace(assignment, weights=Weights.SUBMITTED)
    statuses = []
    for beside in ({"predict.py": b"1"}, {"predict.py": b"1"}, {"predict.py": b"2"}, {}, {}):
        statuses.append(install(counts, replace(hand_in("same"), beside=beside)).status)
    assert statuses == [
        CollectStatus.NEW, CollectStatus.UNCHANGED, CollectStatus.UPDATED, CollectStatus.UPDATED,
        CollectStatus.UNCHANGED,
    ]  # fmt: skip
    earlier = files(assignment.root / ".collect" / WEEK / "earlier" / "ada")
    assert sorted(c for p, c in earlier.items() if p.name == "predict.py") == [b"1", b"2"]


def test_files_that_do_not_count_make_no_other_version(assignment):
    install(assignment, hand_in("same"))
    (assignment.submitted("ada") / "predict.py").write_text("mine")
    assert install(assignment, hand_in("same")).status is CollectStatus.UNCHANGED


def test_what_lies_in_a_files_place_and_is_none_is_replaced(assignment):
    counts = replace(assignment, weights=Weights.SUBMITTED)
    install(counts, hand_in("same"))
    (assignment.submitted("ada") / "predict.py").symlink_to("/etc/hostname")
    assert install(counts, hand_in("same")).status is CollectStatus.UPDATED


def test_other_weights_of_a_graded_submission_wait_for_replace(assignment):
    counts = replace(assignment, weights=Weights.SUBMITTED)
    install(counts, hand_in("same"))
    grade(counts, "ada")
    other = replace(hand_in("same"), beside={"model_weights.pt": b"new"})
    row = install(counts, other)
    assert row.status is CollectStatus.KEPT and "--replace" in row.reason
    assert install(counts, other, replace_graded=True).status is CollectStatus.UPDATED
