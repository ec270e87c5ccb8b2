"""`autograder collect`: what is put where, what stays, what is said, what the gradebook knows."""

import fcntl
import json
import os
import subprocess
import zipfile
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import nbformat
import pytest
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from support.collecting import DUE, NOTEBOOK, WEEK, files, grade, hours

from autograder.collect.store import install
from autograder.gradebook.scores import Writer
from autograder.notebook.cells import graded_cells
from autograder.settings import COURSE_ID

DEADLINE = DUE.isoformat()


# The command


@pytest.fixture
def repositories(tmp_path):
    """repositories(student, text, when) commits; the repository's address."""

    def commit(student, text, when):
        folder = tmp_path / "repositories" / student
        stamp = when.isoformat()
        environment = {
            **os.environ,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_AUTHOR_DATE": stamp,
            "GIT_COMMITTER_DATE": stamp,
        }

        def git(*arguments):
            subprocess.run(
                ["git", "-c", "user.name=S", "-c", "user.email=s@x", *arguments],
                cwd=folder,
                env=environment,
                check=True,
            )

        if not folder.exists():
            folder.mkdir(parents=True)
            git("init", "-q", "-b", "main")
        if text is not None:
            (folder / NOTEBOOK).write_text(text)
            git("add", ".")
            git("commit", "-q", "-m", "work")
        return folder

    return commit


def write_roster(course, *rows, columns="student,repository,deadline"):
    (course.root / "roster.csv").write_text("\n".join([columns, *rows]) + "\n")


def lines(done, *starts):
    return [line for line in done.stdout.splitlines() if line.startswith(starts)]


def test_a_class_with_every_kind_of_row(course, assignment, run, repositories, tmp_path):
    write_roster(
        course,
        f"ada,{repositories('ada', 'on time', DUE - hours(5))},",
        f"ben,{repositories('ben', 'late', DUE + hours(30))},",
        f"cleo,{repositories('cleo', 'extended', DUE + hours(30))},{(DUE + hours(24)).isoformat()}",
        f"dev,{repositories('dev', None, DUE)},",
        "eve,,",
        f"finn,{tmp_path / 'nowhere'},",
        "gus,ext::touch it,",
        "hal,https://host.invalid/hal,",
        f"ada,{tmp_path},",
        "../iva,,",
    )
    done = run("--from", "git", "--deadline", DEADLINE, "--late-days", 1)
    assert done.exit_code == 0, done.stderr
    assert sorted(assignment.students()) == ["ada", "cleo"]
    table = {row.split("│")[1].strip(): row for row in done.stdout.splitlines() if "│" in row}
    assert "new" in table["ada"] and " h" not in table["ada"]
    assert "new" in table["cleo"] and "6 h" in table["cleo"]
    assert "missing" in table["ben"] and "missing" in table["dev"]
    for student in ("eve", "finn", "gus", "hal"):
        assert "problem" in table[student]
        (line,) = lines(done, f"{student}: ")
    (line,) = lines(done, "ben: ")
    assert "only after the deadline" in line and "--late-days 2" in line
    assert "empty" in lines(done, "dev: ")[0]
    twice, odd = lines(done, "problem: ")
    assert "'ada' is listed twice" in twice and "'../iva'" in odd
    assert lines(done, "missing: ") == ["missing: ben, dev, eve, finn, gus, hal"]
    assert done.stdout.splitlines()[-1] == "grade with 'autograder grade week1_mlp'"
    assert not (tmp_path / "iva").exists()


def test_the_same_as_json_and_again(course, run, repositories):
    address = repositories("ada", "work", DUE + hours(2))
    write_roster(course, f"ada,{address},", "ben,,")
    arguments = ("--from", "git", "--deadline", DEADLINE, "--late-days", "3", "--json")
    data = json.loads(run(*arguments).stdout)
    ada, ben = data["students"]
    assert (ada["student"], ada["what"], ada["late_seconds"]) == ("ada", "new", 7200.0)
    assert ada["time"] == (DUE + hours(2)).isoformat()
    assert len(ada["commit"]) == 40
    assert (ben["what"], ben["late_seconds"]) == ("problem", None)
    assert (data["from"], data["deadline"], data["missing"]) == ("git", DEADLINE, ["ben"])
    again = json.loads(run(*arguments).stdout)
    assert again["students"][0] == {**ada, "what": "unchanged"}


def test_a_stopped_run_goes_on(course, assignment, run, repositories, monkeypatch):
    rows = [f"{s},{repositories(s, s, DUE)}," for s in ("ada", "ben", "cleo")]
    write_roster(course, *rows)
    placed = []

    def stop_after_one(*arguments):
        if placed:
            raise KeyboardInterrupt
        placed.append(install(*arguments))
        return placed[0]

    with monkeypatch.context() as patched:
        patched.setattr("autograder.collect.run.install", stop_after_one)
        done = run("--from", "git")
    assert done.exit_code == 130
    assert "the same command continues from there" in done.stderr
    assert assignment.students() == [placed[0].student]
    data = json.loads(run("--from", "git", "--json").stdout)
    whats = {one["student"]: one["what"] for one in data["students"]}
    assert whats.pop(placed[0].student) == "unchanged"
    assert set(whats.values()) == {"new"}


def test_what_was_graded_is_kept_and_replaced_on_request(course, assignment, run, repositories):
    write_roster(course, f"ada,{repositories('ada', 'first', DUE - hours(9))},")
    run("--from", "git")
    grade(assignment, "ada")
    repositories("ada", "second", DUE - hours(1))
    done = run("--from", "git")
    assert done.exit_code == 0
    assert "graded already" in lines(done, "ada: ")[0]
    assert (assignment.submitted("ada") / NOTEBOOK).read_text() == "first"
    done = run("--from", "git", "--replace")
    assert (assignment.submitted("ada") / NOTEBOOK).read_text() == "second"
    assert b"first" in files(course.root / ".collect" / WEEK / "earlier").values()


def test_what_came_before_there_was_a_deadline_stays_and_is_told(
    course, assignment, run, repositories, tmp_path
):
    write_roster(course, f"ada,{repositories('ada', 'late', DUE + hours(3))},", "ben,,")
    run("--from", "git")
    done = run("--from", "git", "--deadline", DEADLINE)
    assert done.exit_code == 0
    (line,) = lines(done, "ada: ")
    assert "only after the deadline" in line
    assert line.endswith("the version collected before stays in submitted/ada/week1_mlp")
    (row,) = [row for row in done.stdout.splitlines() if "│ ada" in row]
    assert "kept" in row and "3 h" in row
    assert lines(done, "missing: ") == ["missing: ben"]
    assert (assignment.submitted("ada") / NOTEBOOK).read_text() == "late"
    write_roster(course, f"ada,{tmp_path / 'nowhere'},")
    data = json.loads(run("--from", "git", "--json").stdout)
    assert data["students"][0]["what"] == "problem"
    assert "stays in submitted/ada/week1_mlp" in data["students"][0]["reason"]


def test_only_the_students_who_are_named(course, assignment, run, repositories):
    rows = [f"{s},{repositories(s, s, DUE)}," for s in ("ada", "ben", "cleo")]
    write_roster(course, *rows)
    done = run("--from", "git", "--student", "ada", "--student", "cleo")
    assert assignment.students() == ["ada", "cleo"]
    assert not lines(done, "missing: ")
    done = run("--from", "git", "--student", "zoe")
    assert done.exit_code == 2
    assert "no student 'zoe' in" in done.stderr


def test_where_nothing_can_be_read_the_exit_status_says_so(course, run):
    write_roster(course, "ada,https://host.invalid/ada,", "ben,https://host.invalid/ben,")
    done = run("--from", "git")
    assert done.exit_code == 1
    assert len(lines(done, "ada: ", "ben: ")) == 2
    assert "error: nothing could be collected" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ([], 2, "--from git, --from canvas, --from zip or --from exchange"),
        (["--from", "mail"], 2, "--from git, --from canvas, --from zip or --from exchange"),
        (["--from", "git"], 1, "roster.csv does not exist"),
        (["--from", "git", "other.csv"], 1, "other.csv does not exist"),
        (["--from", "zip"], 2, "name the zip"),
        (["--from", "zip", "nothing.zip"], 2, "nothing.zip does not exist"),
        (["--from", "exchange", "nowhere"], 1, "name the exchange's folder"),
        (["--from", "git", "--deadline", "tomorrow"], 2, "'tomorrow' is not a time"),
    ],
)
def test_errors_are_one_line(run, arguments, status, said):
    done = run(*arguments)
    assert done.exit_code == status
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("error: ") and said in line


def test_late_days_need_a_deadline(course, run):
    write_roster(course, "ada,,")
    done = run("--from", "git", "--late-days", "1")
    assert done.exit_code == 2
    assert "add --deadline" in done.stderr


@pytest.mark.parametrize(
    ("day", "hours_of_next_day"), [("2026-10-31", 25), ("2026-03-07", 23), ("2026-11-29", 24)]
)
def test_a_late_day_is_one_of_the_courses_calendar(
    course, assignment, run, repositories, day, hours_of_next_day
):
    """It ends when the day ends, also where clocks are changed."""
    (course.root / "course.toml").write_text('time_zone = "America/Chicago"\n')
    last = datetime.fromisoformat(f"{day}T23:59:59").replace(tzinfo=ZoneInfo("America/Chicago"))
    last = last.astimezone(UTC) + hours(hours_of_next_day)
    write_roster(
        course,
        f"ada,{repositories('ada', 'late', last)},",
        f"ben,{repositories('ben', 'too late', last + timedelta(seconds=1))},",
    )
    done = run("--from", "git", "--deadline", day, "--late-days", 1)
    assert assignment.students() == ["ada"]
    assert "--late-days 2 collects it" in lines(done, "ben: ")[0]


def test_two_at_a_time_are_one_too_many(course, run):
    write_roster(course, "ada,,")
    folder = course.root / ".collect" / WEEK
    folder.mkdir(parents=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = run("--from", "git")
    assert done.exit_code == 1
    assert "another command collects" in done.stderr


def test_a_zip_and_who_is_missing_in_it(course, assignment, run, tmp_path):
    write_roster(course, 'ada,"Lovelace, Ada"', "ben,Ben B", "cleo,Cleo P", columns="student,name")
    with zipfile.ZipFile(tmp_path / "submissions.zip", "w") as archive:
        archive.writestr("lovelaceada_LATE_1_2_x.ipynb", "ada")
        archive.writestr("bben_3_4_x.ipynb", "ben")
        archive.writestr("\x1b[2J\nhomework.ipynb", "whose?")
    done = run("--from", "zip", tmp_path / "submissions.zip")
    assert done.exit_code == 0, done.stderr
    assert assignment.students() == ["ada", "ben"]
    table = {row.split("│")[1].strip(): row for row in done.stdout.splitlines() if "│" in row}
    assert "marked late" in table["ada"] and "marked late" not in table["ben"]
    assert "missing" in table["cleo"]
    assert lines(done, "missing: ") == ["missing: cleo"]
    (line,) = lines(done, "problem: ")
    assert "?[2J?homework.ipynb" in line
    assert "\x1b[2J" not in done.stdout
    assert not (course.root / ".collect" / WEEK / "staging").exists()


# What the gradebook knows


@pytest.fixture
def book(course):
    """book() is the course's gradebook, opened."""
    return lambda: Gradebook(course.gradebook_url, COURSE_ID)


def test_the_gradebook_knows_deadline_and_extension_for_good(
    course, assignment, run, repositories, book
):
    extended = DUE + hours(48)
    write_roster(
        course,
        f"ada,{repositories('ada', 'ada', DUE + hours(2))},",
        f"ben,{repositories('ben', 'ben', DUE + hours(50))},{extended.isoformat()}",
        f"cleo,{repositories('cleo', None, DUE)},{extended.isoformat()}",
    )
    run("--from", "git", "--deadline", DEADLINE, "--late-days", "1")

    def check():
        with book() as gradebook:
            assert gradebook.find_assignment(WEEK).duedate == DUE.replace(tzinfo=None)
            assert gradebook.find_submission(WEEK, "ben").extension == hours(48)
            with pytest.raises(MissingEntry):  # formgrader would list it
                gradebook.find_submission(WEEK, "cleo")

    check()
    cells = graded_cells(nbformat.read(assignment.release_notebook, as_version=4))
    cells = {name: cell for name, cell in cells.items() if cell.cell_type == "markdown"}
    with Writer(course, assignment) as writer:
        for student in ("ada", "ben"):
            writer.write(grade(assignment, student), cells)
    check()
    with book() as gradebook:
        late = {
            s.student.id: s.total_seconds_late for s in gradebook.find_assignment(WEEK).submissions
        }
    assert late == {"ada": 7200.0, "ben": 7200.0}
    api = NbGraderAPI(CourseDirectory(root=str(course.root), course_id=COURSE_ID))
    assert api.get_assignment(WEEK)["duedate"] == DUE.replace(tzinfo=None).isoformat()
    assert api.get_autograded_students(WEEK) == {"ada", "ben"}
    shown = {each["student"]: each["timestamp"] for each in api.get_submissions(WEEK)}
    assert shown["ada"] == (DUE + hours(2)).replace(tzinfo=None).isoformat()


def test_a_submission_row_before_grading_has_all_its_cells(
    course, assignment, run, repositories, book
):
    """Else nothing could be written into it when it is graded."""
    later = (DUE + hours(48)).isoformat()
    write_roster(course, f"ada,{repositories('ada', 'ada', DUE)},{later}")
    run("--from", "git", "--deadline", DEADLINE)
    with book() as gradebook:
        (notebook,) = gradebook.find_submission(WEEK, "ada").notebooks
        assert {"train-check", "learning_rate"} <= {grade.name for grade in notebook.grades}


def test_a_deadline_is_remembered(course, assignment, run, repositories):
    address = repositories("ada", "in time", DUE - hours(1))
    write_roster(course, f"ada,{address},")
    run("--from", "git", "--deadline", DEADLINE)
    repositories("ada", "late", DUE + hours(1))
    data = json.loads(run("--from", "git", "--json").stdout)
    assert data["deadline"] == DEADLINE
    assert data["students"][0]["what"] == "unchanged"
    run("--from", "git", "--deadline", (DUE + hours(2)).isoformat())
    assert (assignment.submitted("ada") / NOTEBOOK).read_text() == "late"


def test_an_extension_that_was_granted_in_nbgrader_counts(
    course, assignment, run, repositories, book
):
    write_roster(course, f"ada,{repositories('ada', 'first', DUE - hours(1))},{DEADLINE}")
    run("--from", "git", "--deadline", DEADLINE)
    write_roster(course, f"ada,{repositories('ada', 'second', DUE + hours(5))},")
    with book() as gradebook:
        gradebook.grant_extension(WEEK, "ada", hours=6)
    run("--from", "git")
    assert (assignment.submitted("ada") / NOTEBOOK).read_text() == "second"
    with book() as gradebook:
        assert gradebook.find_submission(WEEK, "ada").extension == hours(6)


def test_without_a_deadline_no_gradebook_is_made(course, run, repositories):
    write_roster(course, f"ada,{repositories('ada', 'work', DUE)},{DEADLINE}")
    assert run("--from", "git").exit_code == 0
    assert not (course.root / "gradebook.db").exists()


def test_help_has_examples(run):
    shown = " ".join(run("--help").stdout.split())
    for source in ("git", "zip", "exchange"):
        assert f"Example: autograder collect week1_mlp --from {source}" in shown


def test_a_class_of_classroom50(course, assignment, run, repositories, tmp_path):
    """Its own roster, and repositories at the addresses that follow from its names."""
    repositories("our-org/gene46100-week1-mlp-ada", "ada's", DUE - hours(5))
    repositories("our-org/gene46100-week1-mlp-ben", "ben's", DUE - hours(4))
    repositories("elsewhere", "cleo's", DUE - hours(3))
    (course.root / "course.toml").write_text(
        '[classroom50]\norganization = "our-org"\nclassroom = "gene46100"\n'
        f'server = "{tmp_path}/repositories"\n'
    )
    roster = tmp_path / "classroom50-roster.csv"
    roster.write_text(
        "username,first_name,last_name,email,section,github_id,role,repository\n"
        "Ada,Ada,Sample,,,101,student,\n"
        "ben,Ben,Sample,,,102,student,\n"
        f"cleo,Cleo,Sample,,,103,student,{tmp_path}/repositories/elsewhere\n"
        "dev,Dev,Sample,,,104,student,\n"
        "tara,Tara,Sample,,,105,ta,\n"
        ",Eve,Sample,eve@uni.edu,,,student,\n"
    )
    done = run("--from", "git", roster, "--deadline", DEADLINE)
    assert done.exit_code == 0, done.output
    for student, text in (("Ada", "ada's"), ("ben", "ben's"), ("cleo", "cleo's")):
        assert (assignment.submitted(student) / NOTEBOOK).read_text() == text
    assert not assignment.submitted("tara").exists()
    (dev,) = lines(done, "dev:")
    assert "gene46100-week1-mlp-dev: there is no repository at this address" in dev
    assert "line 7: it has no id of a student" in done.stdout


# The deadline of course.toml


def set_deadline(course, time, more=""):
    (course.root / "course.toml").write_text(
        f'{more}[weeks.{WEEK}]\ndeadline = "{time.isoformat()}"\n'
    )


def collected(run, *arguments):
    """(the deadline, where it comes from, the remark) of a collection from git."""
    data = json.loads(run("--from", "git", "--json", *arguments).stdout)
    return data["deadline"], data["deadline_from"], data["remark"]


def test_the_deadline_of_the_settings_is_recorded_and_may_change(course, run, repositories, book):
    write_roster(course, f"ada,{repositories('ada', 'work', DUE - hours(1))},")
    set_deadline(course, DUE)
    assert collected(run) == (DEADLINE, "course.toml", "")
    later = DUE + hours(24)
    set_deadline(course, later)
    due, origin, remark = collected(run)
    assert (due, origin) == (later.isoformat(), "course.toml")
    assert remark.startswith("the deadline in course.toml has changed: the gradebook, which had ")
    with book() as gradebook:
        assert gradebook.find_assignment(WEEK).duedate == later.replace(tzinfo=None)
    assert collected(run) == (later.isoformat(), "course.toml", "")


def test_a_deadline_that_a_person_entered_is_not_overwritten(course, run, repositories, book):
    write_roster(course, f"ada,{repositories('ada', 'work', DUE - hours(1))},")
    set_deadline(course, DUE)
    run("--from", "git")
    entered = DUE + hours(5)
    with book() as gradebook:
        gradebook.update_or_create_assignment(WEEK, duedate=entered)
    due, origin, remark = collected(run)
    assert (due, origin) == (entered.isoformat(), "the gradebook")
    assert "that was entered into the gradebook counts; course.toml has" in remark
    assert collected(run, "--deadline", DEADLINE) == (DEADLINE, "--deadline", "")
    assert collected(run) == (DEADLINE, "course.toml", "")


def test_the_policys_late_days_are_collected_unless_an_option_says_otherwise(
    course, assignment, run, repositories
):
    write_roster(course, f"ada,{repositories('ada', 'late', DUE + hours(30))},")
    set_deadline(course, DUE, "[late]\ndays = 2\n")
    run("--from", "git", "--late-days", "0")
    assert not assignment.submitted("ada").exists()
    run("--from", "git")
    assert (assignment.submitted("ada") / NOTEBOOK).read_text() == "late"
