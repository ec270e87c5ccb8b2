"""Files that other people write: any bytes give a value, or an error of one line."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.mutations import assert_one_line, changed_bytes, encodings, value_or_error

from autograder.clock import Clock, read_zone
from autograder.errors import AutograderError
from autograder.published import read_published
from autograder.roster import STUDENT, Roster, read_roster
from autograder.settings import Settings, read_settings

CLOCK = Clock(read_zone("America/Chicago"))


def in_file(name, data, read):
    """What `read` makes of a folder that holds the file, or its error."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(data)
        return value_or_error(lambda: read(Path(folder)), AutograderError)


# ---- course.toml

TOML = b"""# The course
time_zone = "America/Chicago"
repository = "https://github.com/OWNER/{week}"
device = "auto"
limits.memory = "4 GiB"
[late]
days = 2
percent_per_day = 12.5
[weeks.week1_mlp]
weights = "submitted"
deadline = 2026-11-30T18:00:00
[weeks.week1_mlp.limits]
cell_seconds = 30
[weeks."week 2"]
repository = 'https://github.com/OWNER/NAME/tree/main/week2'
"""
TOML_PARTS = (
    b"[", b"]", b"[[", b"{", b"}", b"=", b"'''", b'"""', b"\\u0000", b'"\\ud800"', b"[weeks]\n",
    b"[weeks.week1_mlp.weights]\n", b"weeks = 1\n", b"x.y.z = 1\n", b"\x1b[31m", b"time_zone = ",
    b"[limits]\n", b"[weeks.week1_mlp.late]\n", b"days = ", b"disk = ", b"deadline = ",
    b"version = ", b'"9 GiB"', b"1979-05-27", b"07:32:00", b"-1", b"9" * 400,
    b"2026-13-45", b"1e400", b"0xff", b"inf", b'"\\n"', b"[" * 3000, b"{a=" * 3000, b"a." * 3000,
)  # fmt: skip


@given(changed_bytes(TOML, TOML_PARTS) | encodings(TOML))
@example(b"x = " + b"[" * 5000)  # RecursionError
@example(b"x = " + b"9" * 5000)  # ValueError: more digits than Python converts
@example(b'time_zone = "a\\nb"')
@example(b'"a\\nb" = 1')
@example(b"[weeks.'\x1b[2J']\nweights = 1")
@example(b'repository = "{week}' + b"/a" * 5000 + b'"')
@example(b'time_zone = "' + b"a/" * 5000 + b'"')
def test_settings_are_read_or_refused_with_one_line(data):
    found = in_file("course.toml", data, lambda folder: read_settings(folder, {"week1_mlp"}))
    assert isinstance(found, Settings | AutograderError)
    if isinstance(found, Settings):  # what was accepted can be used
        for week in ("week1_mlp", "another"):
            assert found.limits_of(week).cell_seconds <= found.limits_of(week).notebook_seconds
            assert 0 <= found.late_policy_of(week).penalty(3, 20.0, 10.0) <= 10.0
            found.deadline_of(week)


# ---- the class list

ROSTERS = (
    b"student,repository,deadline,group,name\n"
    b'ada,https://github.com/o/ada,2026-11-30T18:00,"A, B","Lovelace, Ada"\n'
    b"ben,,2026-11-30 America/Chicago,,Ben\n",
    b"Student,ID,SIS User ID,SIS Login ID,Section,Week 1\n    Points Possible,,,,,10\n"
    b'"Lovelace, Ada",17,u1,ada,A,9\n"Student, Test",18,,,A,\n',
    b"First name,Last name,Email address,Groups\nAda,Lovelace,ada@x.edu,Group A\n",
    b"sep=;\r\nstudent;repository\r\nada;/srv/ada\r\n",
)
CSV_PARTS = (
    b",", b";", b"\t", b'"', b'""', b"\r\n", b"\n\n", b"sep=,\n", b'sep="\n', b"sep=\r\r\n",
    b"student", b"STUDENT", b"id,", b"deadline,", b"ada", b"../x", b"PK", b"<html>", b"a" * 200_000,
)  # fmt: skip


@given(st.sampled_from(ROSTERS).flatmap(lambda d: changed_bytes(d, CSV_PARTS) | encodings(d)))
@example(b'sep="\nstudent"repository\nada"x\n')  # not a delimiter, since Python 3.13
@example(b"sep=\r\r\nstudent\nada\n")
@example(b'"a\nb",c\nada,1\n')
@example(b'student,deadline\nada,"2026\n-01"\n"b\nc",\n')
@example(b"student\n" + b"a" * 200_000)
@example(b"student,deadline\nada,0001-01-01\nben,9999-12-31T23:59-12:00\ncleo,2026-W01-1\n")
def test_a_class_list_is_read_or_refused_with_one_line(data):
    found = in_file("roster.csv", data, lambda folder: read_roster(folder / "roster.csv", CLOCK))
    if isinstance(found, Roster):
        ids = [entry.student for entry in found.entries]
        assert len(ids) == len(set(ids)) and all(map(STUDENT.fullmatch, ids))
        for line in found.problems:
            assert_one_line(line)
        assert all(entry.deadline is None or entry.deadline.tzinfo for entry in found.entries)


@pytest.mark.parametrize("name", ["con", "NUL", "aux.txt", "lpt1", "COM3.a", "ada.", "..", ".git"])
def test_an_id_that_is_no_folder_on_every_system_is_refused(name):
    data = f"student\n{name}\ncontact\n".encode()
    found = in_file("r.csv", data, lambda folder: read_roster(folder / "r.csv"))
    assert [entry.student for entry in found.entries] == ["contact"]
    assert f"'{name}' is not a valid id" in found.problems[0]


def test_ids_that_differ_in_case_only_are_one_folder_on_many_computers():
    """On macOS and Windows, submitted/Ada and submitted/ada are the same folder."""
    found = in_file("r.csv", b"student\nada\nAda\n", lambda folder: read_roster(folder / "r.csv"))
    assert [entry.student for entry in found.entries] == ["ada"]
    assert "'Ada' is listed twice" in found.problems[0]


# ---- times and addresses

times = st.one_of(
    changed_bytes(b"2026-11-30T18:00:00-06:00", [b" America/Chicago", b"Z", b"W", b"T24:00"]),
    changed_bytes(b"2026-11-01T01:30 America/Chicago", [b"\t", b"/" * 300, b"../..", b"posix/"]),
).map(lambda data: data.decode("latin-1"))


@given(times)
@example("2026-11-30 Africa")  # a folder of time zones
@example("2026-11-30 " + "a" * 5000)
@example("2026-11-30 A/../../../etc/passwd")
@example("0001-01-01T00:00+14:00")
@example("9999-12-31T23:59:59")
@example("2026-11-30\n\n America/Chicago")
@example(" " * 20_000 + "x" + " " * 20_000 + "!")
def test_a_time_is_read_or_refused(text):
    found = value_or_error(lambda: CLOCK.read(" ".join(text.split())), ValueError)
    if not isinstance(found, ValueError | None):
        assert CLOCK.read(found.isoformat()) == found
        assert_one_line(CLOCK.show(found))


@given(
    changed_bytes(b"https://github.com/OWNER/NAME/tree/main/a/{week}", [b"/", b"..", b"@", b"?"])
)
@example(b"https://github.com/" + b"a" * 50_000)
@example(b"https://github.com/a/" + b"a." * 50_000 + b"/")
@example(b"https://github.com/a/b/tree/" + b"/" * 50_000 + b"!")
def test_the_address_of_a_published_folder_is_read_or_refused(data):
    try:
        found = read_published(data.decode("latin-1"), "week1")
    except ValueError:
        return
    assert found.page("a b.ipynb").startswith("https://colab.research.google.com/github/")
