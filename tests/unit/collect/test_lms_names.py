"""Whose a file of a download is: people of one name, anonymous downloads, groups, and attempts."""

import pytest
from support.downloads import ADA, BEN, RELEASED, texts

from autograder.collect.lms_attempts import select_upload
from autograder.collect.lms_forms import read_name
from autograder.collect.model import CollectStatus
from autograder.errors import AutograderError
from autograder.roster import Roster, RosterEntry

WEI = Roster((RosterEntry("wei", name="Wang, Wei"), RosterEntry("ada", name="Ada Lovelace")))
CANVAS_TWO = ("weiwang_101_5001_nb.ipynb", "wangwei_LATE_102_5002_nb.ipynb")
MOODLE_TWO = (
    "Wei Wang_4711_assignsubmission_file_/nb.ipynb",
    "Wei Wang_4712_assignsubmission_file_/nb.ipynb",
)
MOODLE_FILES = tuple(path.replace("_/", "_") for path in MOODLE_TWO)


# Two people of one name


@pytest.mark.parametrize("paths", [CANVAS_TWO, MOODLE_TWO, MOODLE_FILES])
@pytest.mark.parametrize("make", ["download", "unpacked"])
def test_two_people_of_one_name_are_both_named_and_neither_is_taken(collect, request, make, paths):
    members = {paths[0]: "one", paths[1]: "two", "lovelaceada_9_9_x.ipynb": "ada"}
    found, problems = collect(request.getfixturevalue(make)(members), WEI)
    assert texts(found) == {"ada": "ada"}
    assert found["wei"].status is CollectStatus.PROBLEM
    assert len({line.split(":")[0] for line in problems}) == len(problems) == 2
    assert all(
        "one of 2 submissions that match wei, so none was collected" in line for line in problems
    )


@pytest.mark.parametrize(
    ("paths", "numbers"),
    [
        (("weiwang_101_5001_nb.ipynb", "weiwang_102_5002_nb.ipynb"), ("101", "102")),
        (("weiwang_101_5001_nb.ipynb", "weiwang_102_5002_nb.pdf"), ("101", "102")),
        (MOODLE_TWO, ("4711", "4712")),
        (MOODLE_FILES, ("4711", "4712")),
        (("Élan B_1_assignsubmission_file_x.ipynb", "elanb_2_3_x.ipynb"), ("id 2", "number 1")),
    ],
)
def test_so_are_they_without_a_class_list(collect, download, paths, numbers):
    found, problems = collect(download(dict(zip(paths, "ab", strict=True))), roster=None)
    assert texts(found) == {}
    assert len(problems) == 2
    for line, number in zip(problems, numbers, strict=True):
        assert number in line


def test_even_if_they_handed_in_the_same(collect, download):
    found, problems = collect(download(dict.fromkeys(MOODLE_TWO, "same")), WEI)
    assert (texts(found), len(problems)) == ({}, 2)


def test_ids_in_the_class_list_tell_them_apart(collect, download):
    source = download({"weiwang_101_5001_nb.ipynb": "one", "weiwang_102_5002_nb.ipynb": "two"})
    both = Roster(
        (
            RosterEntry("wei", name="Wei Wang", canvas_id="101"),
            RosterEntry("wei2", name="Wei Wang", canvas_id="102"),
        )
    )
    assert texts(collect(source, both)[0]) == {"wei": "one", "wei2": "two"}
    found, problems = collect(source, Roster(both.entries[:1]))
    assert texts(found) == {"wei": "one"}
    assert problems == ["'weiwang' (canvas_id 102): matches no one in the class list"]


def test_a_person_whose_name_changed_is_one_person(collect, unpacked):
    """Two downloads in one folder, from before and after."""
    roster = Roster((RosterEntry("wei", name="Wei Wang", canvas_id="101"),))
    source = unpacked({"weiwang_101_11_x.ipynb": "first", "wangweili_101_12_x-1.ipynb": "second"})
    assert texts(collect(source, roster)[0]) == {"wei": "second"}


def test_an_id_in_place_of_a_name_tells_moodles_apart(collect, unpacked):
    one, two = (path.replace("Wei Wang_4712", "wei2_4712") for path in MOODLE_TWO)
    roster = Roster((*WEI.entries, RosterEntry("wei2", name="Wei Wang 2")))
    assert texts(collect(unpacked({one: "1", two: "2"}), roster)[0]) == {"wei": "1", "wei2": "2"}


# Anonymous downloads


@pytest.mark.parametrize(
    "paths",
    [
        ("anon_aB3dE_67890_nb.ipynb", "LATE_anon_xY9zZ_67891_nb.ipynb"),
        ("anon_12345_67890_nb.ipynb", "anon_54321_67891_nb.ipynb", "LATE_anon_5_6_nb.ipynb"),
        ("anon_12345_67890_2_nb.ipynb",),
        ("anon_aB3dE_text.html",),
        (
            "Participant_4711_assignsubmission_file_/nb.ipynb",
            "Participant_4712_assignsubmission_file_/nb.ipynb",
        ),
        ("Participant_4711_assignsubmission_file_nb.ipynb",),
    ],
)
def test_an_anonymous_download_is_one_line(collect, download, paths):
    source = download(dict.fromkeys(paths, "work"))
    for roster in (None, WEI):
        with pytest.raises(AutograderError, match=r"anonymous.*download it again") as caught:
            collect(source, roster)
        assert "\n" not in str(caught.value)


# Groups


GROUPS = Roster(
    (
        RosterEntry("ada", name="Ada Lovelace", canvas_id="101", group="Project Group 1"),
        RosterEntry("ben", name="Ben Bo", canvas_id="102", group="project group 1"),
        RosterEntry("cleo", name="Cleo Ce", canvas_id="103", group="Project Group 11; Lab"),
        RosterEntry("dev", name="Dev De", canvas_id="104"),
    )
)
WITHOUT = Roster(
    tuple(RosterEntry(e.student, name=e.name, canvas_id=e.canvas_id) for e in GROUPS.entries)
)


@pytest.mark.parametrize(
    ("path", "members"),
    [
        ("projectgroup1_101_5001_nb.ipynb", {"ada", "ben"}),
        ("projectgroup1_LATE_102_5001_nb.ipynb", {"ada", "ben"}),
        ("projectgroup11_103_5001_nb.ipynb", {"cleo"}),
        ("Project Group 1_12_assignsubmission_file_/nb.ipynb", {"ada", "ben"}),
        ("Project Group 1-Ada Lovelace_4711_assignsubmission_file/nb.ipynb", {"ada", "ben"}),
        ("Project Group 1-1-Cleo Ce_4711_assignsubmission_file/nb.ipynb", {"cleo"}),
        ("Lab-Cleo Ce_4711_assignsubmission_file_nb.ipynb", {"cleo"}),
    ],
)
def test_every_member_gets_the_groups_submission(collect, download, path, members):
    found, problems = collect(download({path: "ours", "dedev_104_6_x.ipynb": "mine"}), GROUPS)
    assert texts(found) == {**dict.fromkeys(members, "ours"), "dev": "mine"}
    assert not problems
    assert all(found[member].marked_late == ("LATE" in path) for member in members)


@pytest.mark.parametrize("roster", [WITHOUT, None])
@pytest.mark.parametrize(
    "path",
    [
        "projectgroup1_101_5001_nb.ipynb",
        "team7_101_5001_nb.ipynb",
        "Group A-Ada Lovelace_4711_assignsubmission_file/nb.ipynb",
        "Group A_12_assignsubmission_file_/nb.ipynb",
        "Default group_assignsubmission_file_/nb.ipynb",
    ],
)
def test_without_the_column_a_line_says_that_it_is_a_groups(collect, download, roster, path):
    found, problems = collect(download({path: "ours"}), roster)
    assert found == {}
    (line,) = problems
    assert "the name of a group" in line and "column 'group' of roster.csv" in line


@pytest.mark.parametrize(
    "path",
    ["thehelixes_101_5001_nb.ipynb", "Lab 2-Ada Lovelace_4711_assignsubmission_file/nb.ipynb"],
)
def test_a_groups_own_name_is_recognized_by_its_member(collect, download, path):
    found, problems = collect(download({path: "ours"}), WITHOUT)
    assert found == {}
    assert len(problems) == 1 and "the name of a group" in problems[0]


@pytest.mark.parametrize(
    ("name", "called"),
    [("lovelaceada", "Ada Lovelace"), ("lovelaceadam", "Ada Lovelace"), ("lovelaceada", "")],
)
def test_more_or_fewer_first_names_are_no_group(collect, download, name, called):
    roster = Roster((RosterEntry("ada", name=called, canvas_id="101"),))
    found, problems = collect(download({f"{name}_101_5001_nb.ipynb": "mine"}), roster)
    assert (texts(found), problems) == ({"ada": "mine"}, [])


@pytest.mark.parametrize(
    "path",
    [
        "projectgroup1_104_5001_nb.ipynb",
        "Project Group 1-Dev De_4711_assignsubmission_file/nb.ipynb",
    ],
)
def test_a_group_of_someone_else_is_named(collect, download, path):
    found, problems = collect(download({path: "whose"}), GROUPS)
    assert found == {}
    assert len(problems) == 1 and "handed in by dev, who is not in this group" in problems[0]


def test_the_copies_of_a_group_are_one_submission_and_two_groups_are_two(collect, download):
    copies = [f"Lab-{name}_471{n}_assignsubmission_file/x.ipynb" for n, name in enumerate("AB")]
    found, problems = collect(download(dict.fromkeys(copies, "ours")), GROUPS)
    assert (texts(found), problems) == ({"cleo": "ours"}, [])
    found, _ = collect(download(dict(zip(copies, "ab", strict=True))), GROUPS)
    assert "2 different notebooks" in found["cleo"].reason
    two = ("projectgroup1_101_5001_x.ipynb", "projectgroup1_102_5002_x.ipynb")
    found, problems = collect(download(dict.fromkeys(two, "ours")), GROUPS)
    assert texts(found) == {}
    assert len(problems) == 2


def test_a_members_own_submission_and_the_groups_are_both_named(collect, download):
    source = download({"projectgroup1_102_1_x.ipynb": "ours", "lovelaceada_101_2_x.ipynb": "mine"})
    found, problems = collect(source, GROUPS)
    assert texts(found) == {"ben": "ours"}
    assert found["ada"].status is CollectStatus.PROBLEM
    assert len(problems) == 2 and all("match ada, so none" in line for line in problems)


def test_a_hyphen_in_a_name_is_no_group(collect, download):
    roster = Roster((RosterEntry("am", name="Anne-Marie Curie"), RosterEntry("x", group="Anne")))
    name = "Anne-Marie Curie_4711_assignsubmission_file_x.ipynb"
    assert texts(collect(download({name: "mine"}), roster)[0]) == {"am": "mine"}


# Attempts


@pytest.mark.parametrize(
    ("paths", "taken"),
    [
        (("a_1_11_nb.ipynb", "a_1_12_nb-1.ipynb"), 1),
        (("a_1_11_nb.ipynb", "a_1_12_nb-1.ipynb", "a_1_13_nb-10.ipynb"), 2),
        (("a_1_11_nb.ipynb", "a_LATE_1_12_nb-1.ipynb.txt"), 1),
        ((f"a_1_12_{RELEASED}-1.ipynb", f"a_1_13_{RELEASED}-2.ipynb"), 1),
        (("a_1_11_w/nb.ipynb", "a_1_12_w-1/nb.ipynb"), 1),
        (("a_1_11_nb.ipynb", "a_1_12_nb.ipynb"), None),  # the same name, and no number
        (("a_1_11_part-1.ipynb", "a_1_12_part-2.ipynb"), None),
        (("a_1_12_nb.ipynb", "a_1_11_nb-1.ipynb"), None),  # the later attempt was uploaded first
        (("a_1_11_w/nb.ipynb", "a_1_11_w/other.ipynb"), None),
        (("a_1_11_w/a/nb.ipynb", "a_1_11_w/b/nb.ipynb"), None),
        ((f"a_1_11_w/a/{RELEASED}.ipynb", f"a_1_11_w/b/{RELEASED}.ipynb"), None),
        (("a_1_11_w/nb.ipynb", "a_1_12_w-1/other.ipynb"), None),
        (("a_7_assignsubmission_file/x/nb.ipynb", "a_7_assignsubmission_file/y/nb.ipynb"), None),
        (("a_7_assignsubmission_file_nb.ipynb", "a_7_assignsubmission_file_nb-1.ipynb"), None),
    ],
)
def test_two_notebooks_are_attempts_only_if_the_names_say_so(collect, download, paths, taken):
    members = {path: str(place) for place, path in enumerate(paths)}
    found, problems = collect(download(members), roster=None)
    assert not problems
    if taken is not None:
        assert texts(found) == {"a": str(taken)}
    else:
        assert texts(found) == {}
        assert f"{len(paths)} different notebooks" in found["a"].reason
        assert all(path in found["a"].reason for path in paths)


def test_a_number_at_the_end_of_the_released_name_is_no_attempt(tmp_path):
    names = ("a_1_11_week-1.ipynb", "a_1_12_week-1-1.ipynb", "a_1_13_week-2.ipynb")
    for name in names:
        (tmp_path / name).write_text(name)
    uploads = [read_name(name) for name in names]
    assert select_upload(uploads, tmp_path, "week-1").path == names[1]
    assert select_upload(uploads[:1], tmp_path, "week-1").path == names[0]
    assert select_upload(uploads[::2], tmp_path, "week-1").path == names[0]


def test_a_text_entry_in_canvas_is_told(collect, download):
    name = ADA.rpartition("_")[0]
    found, _ = collect(download({f"{name}_text.html": "<p>", f"{BEN}_x.ipynb": "ben"}))
    assert f"submitted {name}_text.html and no notebook" in found["ada"].reason
