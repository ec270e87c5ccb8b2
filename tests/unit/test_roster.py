"""Class lists: the course's own, and the files that Canvas, Moodle and Excel write."""

from datetime import UTC, datetime

import pytest

from autograder.clock import Clock, read_zone
from autograder.errors import AutograderError
from autograder.roster import RosterEntry, read_roster

CHICAGO = Clock(read_zone("America/Chicago"))
CANVAS = RosterEntry(
    "ada@school",
    name="Lovelace, Ada",
    canvas_id="101",
    sis_user_id="s-1",
    sis_login_id="ada@school",
    section="Section 1",
)
GRADEBOOK = """\
Student,ID,SIS User ID,SIS Login ID,Section,Week 1 (12345)
,,,,,Manual Posting
"    Points Possible",,,,,50
"Lovelace, Ada",101,s-1,ada@school,Section 1,42
"Student, Test",999,,b5a1c0ffee,Section 1,
"""


@pytest.fixture
def read(tmp_path):
    """read(text or bytes) is the class list in a file with this content."""

    def roster(content):
        path = tmp_path / "roster.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_roster(path, CHICAGO)

    return roster


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_columns_may_be_separated_in_three_ways(read, sign):
    text = 'Student,Name,group,deadline\nada,"Lovelace, Ada;x",Group 1,2026-12-04\n'
    rows = [row.replace(",", sign) for row in text.split('"')[::2]]
    roster = read(f'{rows[0]}"Lovelace, Ada;x"{rows[1]}')
    due = datetime(2026, 12, 5, 5, 59, 59, tzinfo=UTC)
    assert roster.entries == (
        RosterEntry("ada", name="Lovelace, Ada;x", group="Group 1", deadline=due),
    )
    assert roster.problems == ()


@pytest.mark.parametrize(
    "content",
    [
        "student\tname\r\nada\tLovelace, Ada\r\n".encode("utf-16"),
        "\ufeffsep=;\r\nstudent;name\r\nada;Lovelace, Ada\r\n".encode(),
        '\n\nstudent,name\nada,"Lovelace, Ada"\n',
    ],
)
def test_what_excel_writes(read, content):
    assert read(content).entries == (RosterEntry("ada", name="Lovelace, Ada"),)


def test_a_canvas_gradebook(read):
    roster = read(GRADEBOOK)
    assert roster.entries == (CANVAS,)
    assert roster.problems == ()


def test_a_canvas_gradebook_with_two_name_columns_and_our_own(read):
    roster = read(
        "LastName,FirstName,ID,SIS Login ID,Section,repository,group\n"
        "    Points Possible,,,,,,\n"
        "Lovelace,Ada,101,,Section 1,https://host/ada,Group 1\n"
        "Student,Test,999,b5a1c0ffee,Section 1,,\n"
    )
    assert roster.entries == (
        RosterEntry(
            "101",
            "https://host/ada",
            name="Lovelace, Ada",
            canvas_id="101",
            section="Section 1",
            group="Group 1",
        ),
    )


def test_canvas_groups(read):
    (entry,) = read(
        "name,canvas_user_id,user_id,login_id,sections,group_name\n"
        "Ada Lovelace,101,s-1,ada,Section 1,Project Group 1\n"
    ).entries
    assert (entry.student, entry.canvas_id, entry.group) == ("ada", "101", "Project Group 1")
    assert (entry.name, entry.section) == ("Ada Lovelace", "Section 1")


@pytest.mark.parametrize(
    ("text", "student"),
    [
        (
            'First name,Last name,Email address,Groups\nAda,Lovelace,ada@school,"A, B"\n',
            "ada@school",
        ),
        ('"First name",Surname,"ID number",Groups\nAda,Lovelace,77,"A, B"\n', "77"),
        ("First name;Surname;Username;Email address;Group\nAda;Lovelace;al;a@b;A, B\n", "al"),
        ('Identifier,Full name,Email address,Groups\nP 4,"Lovelace, Ada",a@b,"A, B"\n', "a@b"),
        ('Full name,Email,student,group\n"Lovelace, Ada",a@b,ada,"A, B"\n', "ada"),
    ],
)
def test_moodle_exports(read, text, student):
    (entry,) = read(text).entries
    assert (entry.student, entry.name, entry.group) == (student, "Lovelace, Ada", "A, B")


def test_a_column_id_makes_no_canvas_gradebook(read):
    (entry,) = read("student,id,section\nada,7,Section 1\n").entries
    assert entry == RosterEntry("ada", section="Section 1")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("surname;vote\nada;1\n", "has no column 'student' in its first line, but surname, vote"),
        ("", "but nothing"),
        ("First name,Last name\nAda,Lovelace\n", "a Moodle participants export without 'username'"),
        ("student,name,name\nada,A,B\n", "has the column 'name' twice"),
        ("\n<!DOCTYPE html>", "is a web page: download the table as CSV"),
        (b"PK\3\4 workbook", "is an Excel workbook: save it as CSV"),
        ("student\nJosé".encode("latin-1"), "save it as CSV in UTF-8"),
    ],
)
def test_what_is_no_class_list_is_one_line_that_says_what_to_do(read, content, said):
    with pytest.raises(AutograderError) as caught:
        read(content)
    assert said in str(caught.value) and "\n" not in str(caught.value)


def test_rows_that_cannot_be_used_are_named(read):
    roster = read(
        "student,name,canvas_id,deadline\n"
        "ada,Lovelace, Ada,101,2026-12-04\n"  # the name's comma moves the id one column on
        "ben,,,tomorrow\n"
        "cleo,,,2026-11-30T18:00 CST\n"
        "dev,,,,,,\n"
        "dev,,,\n"
        "../eve,,,\n"
    )
    assert [entry.student for entry in roster.entries] == ["dev"]
    assert [line.partition(": ")[0] for line in roster.problems] == [
        f"roster.csv, line {number}" for number in (2, 3, 4, 6, 7)
    ]
    assert "put a name with a comma in quotes" in roster.problems[0]
    assert "'CST' is not a time zone" in roster.problems[2]


CLASSROOM50 = """\
username,first_name,last_name,email,section,github_id,role
Ada-99,Ada,Lovelace,ada@uni.edu,Lab 1,101,student
ben,Ben,Sample,,,102,
tara,Tara,Assistant,,,103,ta
,Cleo,Sample,cleo@uni.edu,,,student
"""


def test_a_roster_of_classroom50(read):
    roster = read(CLASSROOM50)
    assert roster.entries == (
        RosterEntry("Ada-99", name="Lovelace, Ada", section="Lab 1"),
        RosterEntry("ben", name="Sample, Ben"),
    )
    assert roster.problems == (
        "roster.csv, line 5: it has no id of a student: fill it in, or delete the row",
    )


def test_an_older_roster_of_classroom50_with_our_columns_added(read):
    roster = read(
        "username,first_name,last_name,email,section,github_id,deadline,repository\n"
        "ada,Ada,Lovelace,,,101,2026-12-04,https://github.com/ours/other\n"
    )
    (ada,) = roster.entries
    assert ada.deadline == datetime(2026, 12, 5, 5, 59, 59, tzinfo=UTC)
    assert ada.repository == "https://github.com/ours/other"


def test_a_row_without_an_address_gets_one(read):
    roster = read("student,repository\nada,\nben,https://github.com/ours/own\n")
    found = roster.with_repositories("https://github.com/ours/{}".format)
    assert [entry.repository for entry in found.entries] == [
        "https://github.com/ours/ada",
        "https://github.com/ours/own",
    ]
