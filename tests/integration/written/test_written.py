"""Written answers out into a spreadsheet and in again, with nbgrader's own gradebook."""

import csv
import io
import shutil
import threading

import pytest
from nbconvert import HTMLExporter
from nbgrader.api import Gradebook
from support.written import WEEK, grade, make_class
from traitlets.config import Config
from typer.testing import CliRunner

from autograder.cli.app import app
from autograder.course import Course
from autograder.errors import AutograderError
from autograder.gradebook.config import configure
from autograder.gradebook.database import open_gradebook
from autograder.gradebook.manual import Entry, enter
from autograder.gradebook.rows import Entered, SheetRow
from autograder.gradebook.totals import read_totals
from autograder.locks import held
from autograder.reports import freshness

MOON = '=MOON()\nand, as "they" say; tides é'
ANSWERS = {
    "ada": {"essay": MOON, "why": "- because"},
    "ben": {"essay": "![a plot](attachment:plot.png)", "why": "no idea"},
    "cleo": {},
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    return make_class(tmp_path_factory.mktemp("class"), ANSWERS)


@pytest.fixture
def course(graded, tmp_path):
    shutil.copytree(graded.root, tmp_path / "course")
    return Course(tmp_path / "course")


def run(course, *words):
    done = CliRunner().invoke(app, ["written", *map(str, words), "--course", str(course.root)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, " ".join((done.output + done.stderr).split())


def sheet(course, question="essay"):
    return course.root / "reports" / "tiny-written" / f"{question}.csv"


def export(course, *words):
    code, said = run(course, "export", WEEK, *words)
    assert code == 0, said
    return said


def rows_of(path):
    text = path.read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def fill(path, **students):
    """Write cells into the rows of students: ada={"score": "2"}."""
    rows = rows_of(path)
    for row in rows:
        row |= students.get(row["student"].replace("-", "_"), {})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def marks(course, student, question="essay"):
    """(manual score, comment, needs grading) as nbgrader says."""
    with Gradebook(course.gradebook_url) as gradebook:
        place = (question, "tiny", WEEK, student)
        row, comment = gradebook.find_grade(*place), gradebook.find_comment(*place)
        return row.manual_score, comment.manual_comment, row.needs_manual_grade


def formgrader(course, student, score, comment=None):
    """What formgrader does when a person enters a score."""
    with open_gradebook(course) as gradebook:
        place = ("essay", "tiny", WEEK, student)
        row = gradebook.find_grade(*place)
        row.manual_score, row.needs_manual_grade = score, False
        gradebook.find_comment(*place).manual_comment = comment
        gradebook.db.commit()


def test_a_sheet_per_question_with_each_answer_and_its_pictures(course):
    said = export(course)
    assert "essay.csv: 2 answers; 1 student without an answer left out" in said
    ada, ben = rows_of(sheet(course))
    assert ada["student"] == "ada"
    assert ada["answer"] == f"'{MOON}"
    assert "1. 2 points: names the moon, in any words" in ada
    assert ben["attachments"] == "attachments/essay/ben-1.png"
    assert (sheet(course).parent / ben["attachments"]).read_bytes() == b"\x89PNG\r\n\x1a\n"
    assert rows_of(sheet(course, "why"))[0]["answer"] == "'- because"


def test_what_is_entered_is_in_the_gradebook_as_formgrader_would_write_it(course):
    export(course)
    path = fill(
        sheet(course),
        ada={
            "1. 2 points: names the moon, in any words": "1,5",
            "2. 1 point: names the tides": "1",
        },
        ben={"score": "0", "comment": "'=Look again\nat the plot"},
    )
    before = read_totals(course, course.assignment(WEEK)).students
    code, said = run(course, "import", WEEK, path)
    assert code == 0
    assert "2 answers changed in the gradebook (2 scores), 0 unchanged, 0 rows without" in said
    assert marks(course, "ada") == (2.5, None, False)
    assert marks(course, "ben") == (0.0, "=Look again\nat the plot", False)
    assert marks(course, "ben", "why")[2]
    after = read_totals(course, course.assignment(WEEK)).students
    assert after["ada"].points == before["ada"].points + 2.5 == 4.5
    with Gradebook(course.gradebook_url) as gradebook:
        assert gradebook.find_submission(WEEK, "ada").score == 4.5


def test_the_same_file_again_changes_nothing(course):
    export(course)
    path = fill(sheet(course), ada={"score": "2.5", "comment": "two\nlines"}, ben={"score": "1"})
    run(course, "import", WEEK, path)
    database = (course.root / "gradebook.db").read_bytes()
    code, said = run(course, "import", WEEK, path)
    assert (code, "0 answers changed in the gradebook (0 scores), 2 unchanged" in said) == (0, True)
    assert (course.root / "gradebook.db").read_bytes() == database


def test_nothing_is_imported_if_one_row_does_not_fit(course):
    export(course)
    good = fill(sheet(course, "why"), ada={"score": "1"})
    bad = fill(sheet(course), ada={"score": "2"}, ben={"score": "lots", "student": "nobody"})
    code, said = run(course, "import", WEEK, good, bad)
    assert code == 1
    assert "essay.csv, row 3: the score is 'lots', which is not a number" in said
    assert "nothing was imported" in said
    fill(bad, nobody={"score": "1"})
    code, said = run(course, "import", WEEK, good, bad)
    assert code == 1
    assert "essay.csv, row 3: there is no graded submission of 'nobody'" in said
    assert marks(course, "ada") == (None, None, True)
    assert marks(course, "ada", "why") == (None, None, True)


def test_what_a_person_entered_since_the_export_stays(course):
    export(course)
    path = fill(sheet(course), ada={"score": "2"}, ben={"score": "1"})
    formgrader(course, "ada", 3.0, "fine")
    code, said = run(course, "import", WEEK, path)
    assert code == 1
    assert (
        "essay.csv, row 2: ada: changed since the export: the gradebook has the score 3 and the "
        "comment 'fine', and this row says the score 2" in said
    )
    assert "ben" not in said
    assert marks(course, "ada") == (3.0, "fine", False)
    assert marks(course, "ben") == (None, None, True)
    code, _ = run(course, "import", WEEK, path, "--replace")
    assert code == 0
    assert marks(course, "ada") == (2.0, "fine", False)
    assert marks(course, "ben") == (1.0, None, False)


def test_an_answer_that_changed_since_the_export_is_not_scored_unseen(course):
    export(course)
    path = fill(sheet(course), ada={"score": "2"})
    grade(course, "ada", essay="something else", why="- because")
    code, said = run(course, "import", WEEK, path)
    assert code == 1
    assert "essay.csv, row 2: ada: the answer has changed since the export" in said


def test_an_answer_that_changed_after_grading_is_scored_again(course):
    formgrader(course, "ada", 2.0)
    grade(course, "ada", essay=MOON, why="- because")
    grade(course, "ada", essay="something else", why="- because")
    assert marks(course, "ada") == (2.0, None, True)
    export(course)
    assert rows_of(sheet(course))[0]["score"] == ""
    code, said = run(course, "import", WEEK, fill(sheet(course), ada={"score": "2"}))
    assert code == 0, said
    assert marks(course, "ada") == (2.0, None, False)


def test_a_comment_without_a_score_leaves_the_answer_to_be_graded(course):
    export(course)
    run(course, "import", WEEK, fill(sheet(course), ada={"comment": "see me"}))
    assert marks(course, "ada") == (None, "see me", True)


def test_a_sheet_with_scores_in_it_is_not_overwritten(course):
    export(course)
    assert "unchanged:" in export(course)
    fill(sheet(course), ada={"score": "2"})
    sheet(course, "why").unlink()
    code, said = run(course, "export", WEEK)
    assert code == 1
    assert "essay.csv is there already, and may hold scores" in said
    assert rows_of(sheet(course))[0]["score"] == "2"
    assert not sheet(course, "why").exists()
    export(course, "--replace")
    assert rows_of(sheet(course))[0]["score"] == ""


def test_a_blind_sheet_names_no_student_and_comes_back_to_the_right_ones(course):
    export(course, "--blind")
    text = sheet(course).read_text(encoding="utf-8-sig")
    assert "ada" not in text
    assert "ben" not in text
    by_answer = {row["answer"]: row["student"] for row in rows_of(sheet(course))}
    assert list(by_answer.values()) == sorted(by_answer.values())
    ada = by_answer[f"'{MOON}"]
    export(course, "--blind", "--question", "why", "--to", course.root / "again")
    why = {row["answer"]: row["student"] for row in rows_of(course.root / "again" / "why.csv")}
    assert why["'- because"] == ada
    assert not (course.root / "again" / "essay.csv").exists()
    path = fill(sheet(course), **{ada.replace("-", "_"): {"score": "3"}})
    formgrader(course, "ada", 1.0)
    code, said = run(course, "import", WEEK, path)
    assert code == 1
    assert f"{ada}: changed since the export" in said
    assert "row 2: ada" not in said
    run(course, "import", WEEK, path, "--replace")
    assert marks(course, "ada")[0] == 3.0
    assert marks(course, "ben")[0] is None
    # Without the key, it says nothing about the student.
    (course.root / ".collect" / "blind-key").unlink()
    code, said = run(course, "import", WEEK, path)
    assert code == 1
    assert f"there is no graded submission of '{ada}'" in said


def test_two_people_at_once_and_formgrader_in_between(course):
    export(course)
    path = fill(sheet(course), ada={"score": "2"})
    with held(freshness.lock(course.assignment(WEEK)), "busy"):
        code, said = run(course, "import", WEEK, path)
    assert code == 1
    assert "another command writes the results of tiny" in said
    formgrader(course, "ada", 3.0)  # after the import read the gradebook
    stale = [
        Entry("ben", "essay", Entered(), SheetRow("v", Entered(1.0))),
        Entry("ada", "essay", Entered(), SheetRow("v", Entered(2.0))),
    ]
    with pytest.raises(AutograderError, match="somebody graded essay of ada in this moment"):
        enter(course, course.assignment(WEEK), stale)
    assert marks(course, "ben") == (None, None, True)
    assert marks(course, "ada") == (3.0, None, False)


def test_while_scores_are_written_nobody_else_writes(course):
    """Two imports of different scores at the same moment: one wins, and the other one says so."""
    outcomes = []

    def write(score):
        entry = Entry("ada", "essay", Entered(), SheetRow("v", Entered(score)))
        try:
            enter(course, course.assignment(WEEK), [entry])
            outcomes.append(score)
        except AutograderError:
            outcomes.append(None)

    threads = [threading.Thread(target=write, args=(score,)) for score in (1.0, 2.0)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count(None) == 1
    assert marks(course, "ada")[0] == max(outcomes, key=lambda score: score or 0)


def test_without_a_gradebook_or_with_a_wrong_name_it_says_what_to_do(course, tmp_path):
    code, said = run(course, "export", WEEK, "--question", "poem")
    assert (code, "no written answer 'poem'; there are: essay, why" in said) == (2, True)
    code, said = run(course, "import", WEEK, tmp_path / "none.csv")
    assert (code, "autograder written export tiny" in said) == (1, True)
    (course.root / "gradebook.db").unlink()
    code, said = run(course, "export", WEEK)
    assert (code, "run 'autograder grade tiny'" in said) == (1, True)


MOON_COLUMN, TIDES_COLUMN = (
    "1. 2 points: names the moon, in any words",
    "2. 1 point: names the tides",
)


def test_a_grader_may_change_a_score_and_import_the_same_sheet_again(course):
    export(course)
    path = fill(sheet(course), ada={"score": "2", "grader": "dan"}, ben={"score": "1"})
    run(course, "import", WEEK, path)
    fill(path, ada={"score": "2.5"}, ben={"score": "1.5"})
    code, said = run(course, "import", WEEK, path)
    assert code == 1  # ben's row has no grader, so it may be another person's
    assert "essay.csv, row 3: ben: changed since the export" in said
    assert "ada" not in said
    fill(path, ben={"score": "1"})
    code, said = run(course, "import", WEEK, path)
    assert (code, marks(course, "ada")[0]) == (0, 2.5)
    # Another grader's copy of the sheet does not overwrite it, nor does the first one after that.
    copy = course.root / "copy.csv"
    shutil.copy(path, copy)
    code, said = run(course, "import", WEEK, fill(copy, ada={"score": "0", "grader": "eve"}))
    assert (code, marks(course, "ada")[0]) == (1, 2.5)
    formgrader(course, "ada", 3.0)
    code, said = run(course, "import", WEEK, fill(path, ada={"score": "1"}))
    assert (code, marks(course, "ada")[0]) == (1, 3.0)


def test_the_rubric_s_points_and_the_grader_are_there_in_the_next_export(course):
    export(course)
    cells = {MOON_COLUMN: "1.5", TIDES_COLUMN: "1", "grader": "dan", "comment": "good"}
    run(course, "import", WEEK, fill(sheet(course), ada=cells))
    export(course, "--replace")
    ada, ben = rows_of(sheet(course))
    assert {name: ada[name] for name in cells} == cells
    assert ada["score"] == "2.5"
    assert not any(ben[name] for name in cells)
    # The same total with other points is a change, too, and the next import leaves it.
    fill(sheet(course), ada={MOON_COLUMN: "2", TIDES_COLUMN: "0.5"})
    assert "1 answer changed" in run(course, "import", WEEK, sheet(course))[1]
    assert "0 answers changed" in run(course, "import", WEEK, sheet(course))[1]
    formgrader(course, "ada", 2.0)
    export(course, "--replace")
    ada = rows_of(sheet(course))[0]
    assert (ada["score"], ada[MOON_COLUMN], ada["grader"]) == ("2", "", "")


def test_two_graders_of_one_question_are_compared_and_nothing_is_imported(course):
    export(course)
    other = course.root / "other.csv"
    shutil.copy(sheet(course), other)
    mine = fill(sheet(course), ada={"score": "2", "grader": "dan"}, ben={"score": "1"})
    fill(other, ada={"score": "2.5", "grader": "eve"}, ben={"score": "1"})
    code, said = run(course, "import", WEEK, mine, other)
    assert code == 1
    assert (
        "essay, dan and eve: 2 answers with two scores, 1 the same (50%); eve minus dan is +0.25 "
        "on average; weighted kappa 0.86 ada: 2 from dan, 2.5 from eve" in said
    )
    assert "nothing was imported: import the file that counts" in said
    assert marks(course, "ada")[0] is None
    code, said = run(course, "agreement", WEEK, mine, other)
    assert (code, "weighted kappa 0.86" in said) == (0, True)
    code, said = run(course, "agreement", WEEK, mine, mine)
    assert (code, "no two files are of the same question" in said) == (2, True)
    code, said = run(course, "import", WEEK, mine, mine)  # one file, named twice
    assert (code, marks(course, "ada")[0]) == (0, 2.0)


def test_a_blind_sheet_is_compared_with_an_open_one(course):
    export(course, "--to", course.root / "open", "--question", "essay")
    export(course, "--blind", "--question", "essay")
    blind = rows_of(sheet(course))
    scores = {row["student"].replace("-", "_"): {"score": "1"} for row in blind}
    mine = fill(sheet(course), **scores)
    theirs = fill(course.root / "open" / "essay.csv", ada={"score": "1"}, ben={"score": "0"})
    said = run(course, "agreement", WEEK, mine, theirs)[1]
    assert "2 answers with two scores, 1 the same (50%)" in said
    assert "ben" not in said


def test_the_comment_bank_counts_what_was_written(course):
    assert "comments so far" not in export(course)
    for student in ("ada", "ben"):
        formgrader(course, student, 1.0, "=Name the moon\r\nfirst ")
    formgrader(course, "cleo", 0.0, "Empty")
    said = export(course, "--replace")
    assert "comments so far" in said
    bank = sheet(course).parent / "comments" / "essay.csv"
    assert [(row["times"], row["comment"]) for row in rows_of(bank)] == [
        ("2", "'=Name the moon\nfirst"),
        ("1", "Empty"),
    ]
    assert not bank.with_name("why.csv").exists()


def test_formgraders_page_and_no_other_offers_the_comments_that_were_written(course):
    for student, comment in (("ada", "<b>Name</b> the moon"), ("ben", "<b>Name</b> the moon")):
        formgrader(course, student, 1.0, comment)
    config = Config()
    configure(config, course.root)
    exporter = HTMLExporter(config=config)
    path = str(course.assignment(WEEK).autograded("cleo") / "tiny.ipynb")
    page, _ = exporter.from_filename(path, {"submission_id": "1", "assignment_id": WEEK})
    assert "Comments on essay, most frequent first" in page and "Comments on why" not in page
    assert "2 times" in page
    assert "&lt;b&gt;Name&lt;/b&gt; the moon" in page and "<b>Name</b>" not in page
    for_students, _ = exporter.from_filename(path, {"assignment_id": WEEK})
    assert "the moon" not in for_students
