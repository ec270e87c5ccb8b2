"""What an import changes, and what it must not change unseen."""

from pathlib import Path

import pytest

from autograder.gradebook.rows import Entered, SheetRow
from autograder.written.answers import Answer
from autograder.written.plan import plan_import
from autograder.written.sheet import Row, Sheet

NOTHING = Entered()
NOW = "the answer's own digest"


def planned(row, entered=NOTHING, needs=False, before=None):
    answer = Answer("ada", "essay", "words", {}, entered, needs, before)
    digest = answer.digest if row.digest == NOW else row.digest
    sheet = Sheet(Path("essay.csv"), "essay", (Row(**(vars(row) | {"digest": digest})),))
    return plan_import([sheet], {("ada", "essay"): answer}, {"anon-x": "ada"})


@pytest.mark.parametrize(
    ("row", "entered"),
    [
        (Row("ada", "old", 1.0, "good"), Entered(1.0, "good")),
        (Row("ada", "old", 0.333333333333), Entered(1 / 3)),
        (Row("ada", "old", None, "good"), Entered(None, "good")),
        (Row("ada", "old", 3.0, points=(2.0, 1.0)), Entered(3.0)),
    ],
)
def test_what_is_there_already_is_no_change_and_no_conflict(row, entered):
    plan = planned(row, entered)
    assert (plan.entries, plan.conflicts, plan.unchanged) == ((), (), 1)


def test_an_empty_row_changes_nothing():
    plan = planned(Row("ada", "old"), Entered(1.0, "good"))
    assert (plan.entries, plan.conflicts, plan.empty) == ((), (), 1)


def test_what_a_row_leaves_empty_stays():
    (entry,) = planned(Row("ada", NOW, None, "new"), Entered(1.0, "old")).entries
    assert (entry.row.entered, entry.confirms) == (Entered(1.0, "new"), False)
    (entry,) = planned(Row("anon-x", NOW, 2.0), Entered(1.0, "old")).entries
    assert (entry.student, entry.row.entered) == ("ada", Entered(2.0, "old"))
    assert entry.confirms


def test_an_old_row_is_a_conflict_unless_the_same_grader_changes_their_own():
    entered = Entered(1.0)
    row = Row("ada", "sheet", 2.0, grader="dan")
    own = SheetRow("sheet", entered, (), "dan")
    assert not planned(row, entered, before=own).conflicts
    for before in (None, own._replace(grader="eve"), own._replace(digest="other")):
        (line,) = planned(row, entered, before=before).conflicts
        assert line == (
            "essay.csv, row 0: ada: changed since the export: the gradebook has the score 1, and "
            "this row says the score 2"
        )
    # The answer changed after the grader scored it.
    assert planned(row, entered, needs=True, before=own).conflicts
    nameless = Row("ada", "sheet", 2.0)
    assert planned(nameless, entered, before=own._replace(grader="")).conflicts


def test_a_student_and_their_pseudonym_are_one_person():
    answer = Answer("ada", "essay", "words", {}, NOTHING, True)
    rows = (Row("ada", "v", 1.0, number=2), Row("anon-x", "v", 2.0, number=3))
    sheet = Sheet(Path("essay.csv"), "essay", rows)
    plan = plan_import([sheet], {("ada", "essay"): answer}, {"anon-x": "ada"})
    assert plan.problems == ("essay.csv, row 3: 'anon-x' is a student of another row",)
