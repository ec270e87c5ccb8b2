"""The table of known mistakes: made from labeled mutants, kept current, and measured."""

from types import SimpleNamespace

import pytest

from autograder.audit.answers import read_answers
from autograder.audit.causes import (
    Guess,
    HintQuality,
    held_out,
    known_mistakes,
    label_of,
    left_out,
    more_mutants,
    read_causes,
    stale_parts,
    unknown_mutants,
    write_table,
)
from autograder.course import Assignment
from autograder.errors import AutograderError
from autograder.grading.mistakes import read_mistakes

CAUSES = """
[double.thrice]
hint = "your result is three times x."
mutants = ["three", "adds_twice"]
"""
FAILED = {
    "double-three": {"test_two": ("failed", "at double(2) == 4", "got 6")},
    "double-adds_twice": {"test_two": ("failed", "at double(2) == 4", "got 6")},
    "double-square": {"test_negative": ("failed", "at double(-3) == -6", "got 9")},
    "double-hangs": {"test_two": ()},
}


def outcomes(failed):
    return {
        mutant: [SimpleNamespace(name=test, symptoms=found) for test, found in tests.items()]
        for mutant, tests in failed.items()
    }


@pytest.fixture
def week(tmp_path):
    """A week with one exercise, four mutants, one more and one written apart."""
    files = {"hidden/week0/test_double.py": "# the test", "submissions/week0/causes.toml": CAUSES}
    places = {"week0": FAILED, "more/week0": ["double-zero"], "held_out/week0": ["double-6"]}
    for place, names in places.items():
        for name in names:
            text = f"# exercise: double\n# mistake: says {name[7:]}\ndef double(x): ...\n"
            files[f"submissions/{place}/mutants/{name}.py"] = text
    for path, text in files.items():
        (tmp_path / "tests" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "tests" / path).write_text(text)
    return Assignment("week0", tmp_path)


@pytest.fixture
def mutants(week):
    own = read_answers(week.root / "tests" / "submissions" / "week0", ["double"])
    return own + more_mutants(week, "more", ["double"])


@pytest.fixture
def table(week, mutants):
    part = known_mistakes(week, "double", mutants, outcomes(FAILED))
    write_table(week, {"double": part}, ["double"])
    return part


def test_mutants_of_one_cause_share_a_sentence_and_others_have_their_own(table):
    assert {cause.name: cause.hint for cause in table.causes} == {
        "thrice": "your result is three times x.",
        "square": "an answer that fails like this one says square.",
    }
    thrice = next(cause for cause in table.causes if cause.name == "thrice")
    assert [pattern.mutants for pattern in thrice.patterns] == [
        ("double-adds_twice", "double-three")
    ]


def test_a_mutant_whose_failure_is_clear_is_not_in_the_table(table):
    assert "hangs" not in {cause.name for cause in table.causes}


def test_the_table_is_current_until_a_test_a_mutant_or_a_cause_changes(week, mutants, table):
    assert read_mistakes(week.hidden_tests) == {"double": table}
    assert list(stale_parts(week, mutants, ["double"])) == []
    (week.hidden_tests / "test_double.py").write_text("# another test")
    assert list(stale_parts(week, mutants, ["double"])) == ["double"]
    (week.hidden_tests / "test_double.py").write_text("# the test")
    assert list(stale_parts(week, mutants[:-1], ["double"])) == ["double"]
    causes = week.root / "tests" / "submissions" / "week0" / "causes.toml"
    causes.write_text(CAUSES.replace("three times", "3 times"))
    assert list(stale_parts(week, mutants, ["double", "new"])) == ["double", "new"]


def test_a_week_without_a_table_is_not_out_of_date(week, mutants):
    assert list(stale_parts(week, mutants, ["double"])) == []


def test_only_the_exercises_that_were_tried_change(week, table):
    other = known_mistakes(week, "double", [], {})
    write_table(week, {"triple": other}, ["double", "triple"])
    assert list(read_mistakes(week.hidden_tests)) == ["double", "triple"]
    assert read_mistakes(week.hidden_tests)["double"] == table
    write_table(week, {}, ["triple"])  # the notebook has no such exercise any more
    assert list(read_mistakes(week.hidden_tests)) == ["triple"]


def test_mutants_written_apart_measure_the_table(week, table):
    apart = more_mutants(week, "held_out", ["double"])
    causes = week.root / "tests" / "submissions" / "week0" / "causes.toml"
    causes.write_text(CAUSES.replace('"three"', '"three", "6"'))

    def result(failed):
        return held_out(week, apart, outcomes({"double-6": failed})).counts

    assert result(FAILED["double-three"]) == {"right": 1, "none": 0, "wrong": 0}
    assert result(FAILED["double-square"]) == {"right": 0, "none": 0, "wrong": 1}
    assert result(FAILED["double-hangs"]) == {"right": 0, "none": 1, "wrong": 0}
    assert result({}) == {"right": 0, "none": 0, "wrong": 0}  # it passed: no mistake to name


def test_each_mutant_left_out_measures_the_table(week, table):
    shared, alone = left_out(week, ["double"])
    assert shared.counts == {"right": 2, "none": 0, "wrong": 0}
    assert alone.counts == {"right": 0, "none": 1, "wrong": 0}


def test_the_measure_in_words():
    guesses = [Guess(f"m{i}", "e", "a", named) for i, named in enumerate(["a", "a", "", "b"])]
    quality = HintQuality("mutants written apart", tuple(guesses))
    expected = "mutants written apart: right 2 (50%), none 1 (25%), wrong 1 (25%), of 4"
    assert quality.line == expected
    assert [guess["mutant"] for guess in quality.to_json()["not_right"]] == ["m2", "m3"]
    assert HintQuality("none", ()).line == "none: right 0, none 0, wrong 0, of 0"


def test_a_cause_of_a_mutant_that_does_not_exist_is_found(week, mutants):
    causes = week.root / "tests" / "submissions" / "week0" / "causes.toml"
    causes.write_text(CAUSES.replace('"three"', '"three", "gone"'))
    assert list(unknown_mutants(week, mutants)) == ["double-gone"]


@pytest.mark.parametrize(
    "text",
    ["[double", "double = 1", "[double.a]\nhint = 'x'", CAUSES + CAUSES.replace("thrice", "b"),
     CAUSES + "mutant = []"],
)  # fmt: skip
def test_a_broken_file_of_causes_is_one_error(tmp_path, text):
    (tmp_path / "causes.toml").write_text(text)
    with pytest.raises(AutograderError, match=r"causes\.toml cannot be read"):
        read_causes(tmp_path)


def test_without_a_file_of_causes_every_mutant_has_its_own(tmp_path, mutants):
    assert read_causes(tmp_path) == {}
    assert label_of(mutants[0], {}).cause == mutants[0].name.removeprefix("double-")


def test_the_course_has_a_cause_for_existing_mutants_only(repository):
    """And their sentences follow "Most often: "."""
    for assignment in repository.assignments():
        folder = assignment.root / "tests" / "submissions"
        names = {
            path.stem
            for kind in (".", "more", "held_out")
            for path in (folder / kind / assignment.name / "mutants").glob("*.py")
        }
        for exercise, labels in read_causes(folder / assignment.name).items():
            for mutant, label in labels.items():
                assert f"{exercise}-{mutant}" in names
                assert label.hint.endswith((".", "?"))
                assert not label.hint.startswith(("The ", "Your ", "You ", "There "))
