"""The commands for written answers in a spreadsheet."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.console import complain, out
from autograder.cli.options import CourseOption, Week
from autograder.course import Assignment, find_course
from autograder.errors import AutograderError, UsageError
from autograder.gradebook.manual import enter
from autograder.gradebook.totals import require_rows
from autograder.grading.rubrics import rubrics_of
from autograder.locks import held
from autograder.reports import freshness
from autograder.text import counted
from autograder.written.agreement import Agreement, agreements_of
from autograder.written.answers import Question, answers_of, chosen_questions, questions_of
from autograder.written.bank import bank_text
from autograder.written.blind import pseudonyms, students_behind
from autograder.written.export import default_folder, make_sheet, write_sheets
from autograder.written.plan import plan_import
from autograder.written.sheet import Sheet, read_sheet

Files = Annotated[list[Path], typer.Argument(help="The CSV files, as exported and filled in.")]


def written() -> None:
    """Grade written answers in a spreadsheet: one CSV file per question, out and in again.

    Example: autograder written export week1_mlp
    """


def export(
    week: Week,
    to: Annotated[
        Path | None, typer.Option("--to", help="The folder; by default reports/WEEK-written.")
    ] = None,
    blind: Annotated[
        bool, typer.Option("--blind", help="Write pseudonyms in place of students' ids.")
    ] = False,
    question: Annotated[
        list[str] | None,
        typer.Option("--question", help="Only this question; may be repeated."),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Overwrite sheets that are different from these.")
    ] = False,
    course: CourseOption = Path(),
) -> None:
    """Write one CSV file per question, with a row per answer and a column per rubric item.

    Fill in the rubric's columns or the score, and a comment, then run 'autograder written import'.
    The same student has the same pseudonym in every blind sheet of the course.

    Example: autograder written export week1_mlp --blind
    """
    found = find_course(course)
    assignment = found.assignment(week)
    questions = questions_of(assignment, rubrics_of(assignment))
    chosen = chosen_questions(questions, question or ())
    with _lock(assignment):
        rows = require_rows(found, assignment)
        answers = list(answers_of(assignment, questions, rows).values())
        names = pseudonyms(found, {answer.student for answer in answers}) if blind else None
        folder = to or default_folder(assignment)
        sheets = [
            make_sheet(week, one, answers, bank_text(one.name, rows), folder, names)
            for one in chosen
        ]
        new = write_sheets(sheets, replace)
    for sheet in sheets:
        done = "wrote" if sheet in new else "unchanged:"
        line = f"{done} {sheet.path}: {counted(sheet.answers, 'answer')}"
        if sheet.left_out:
            line += f"; {counted(sheet.left_out, 'student')} without an answer left out"
        if sheet.bank:
            line += f"; comments so far: {sheet.bank_path}"
        out.print(line, soft_wrap=True, markup=False, highlight=False)


def import_(
    week: Week,
    files: Files,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Also overwrite what was entered since the export."),
    ] = False,
    course: CourseOption = Path(),
) -> None:
    """Put scores and comments from exported sheets into the gradebook, all of them or none.

    An empty score or comment changes nothing. If any row does not fit, or if an answer was graded
    or has changed since the export, nothing is imported, and each such row is listed. A grader who
    fills in the column 'grader' can change a score and import the same sheet again. For two files
    of one question, the graders' agreement is shown, and nothing is imported. Exit status: 0 if
    everything is in the gradebook, 1 if nothing was imported, 2 for wrong usage.

    Example: autograder written import week1_mlp reports/week1_mlp-written/learning_rate.csv
    """
    found = find_course(course)
    assignment = found.assignment(week)
    questions = questions_of(assignment, rubrics_of(assignment))
    sheets = _read_sheets(files, week, questions)
    with _lock(assignment):
        answers = answers_of(assignment, questions, require_rows(found, assignment))
        students = students_behind(found, {student for student, _ in answers})
        if agreements := agreements_of(sheets, students):
            _show(agreements)
            raise AutograderError(
                "nothing was imported: import the file that counts, without the other ones of its "
                "question"
            )
        plan = plan_import(sheets, answers, students)
        _refuse(plan.problems, "correct these rows")
        if not replace:
            _refuse(plan.conflicts, "change these rows, or overwrite the gradebook with --replace")
        enter(found, assignment, plan.entries)
    scores = sum(entry.confirms for entry in plan.entries)
    out.print(
        f"{counted(len(plan.entries), 'answer')} changed in the gradebook "
        f"({counted(scores, 'score')}), {plan.unchanged} unchanged, "
        f"{counted(plan.empty, 'row')} without a score",
        soft_wrap=True,
        highlight=False,
    )
    if plan.entries:
        out.print(f"next: autograder report {week}")


def agreement(week: Week, files: Files, course: CourseOption = Path()) -> None:
    """Show how far graders of the same question agree, with each answer on which they differ.

    Shows the share of equal scores, the mean difference, and Cohen's kappa with quadratic weights,
    for each two files of a question. Imports nothing.

    Example: autograder written agreement week1_mlp ada.csv ben.csv
    """
    found = find_course(course)
    assignment = found.assignment(week)
    questions = questions_of(assignment, rubrics_of(assignment))
    sheets = _read_sheets(files, week, questions)
    rows = require_rows(found, assignment)
    agreements = agreements_of(sheets, students_behind(found, {row.student for row in rows.times}))
    if not agreements:
        raise UsageError("no two files are of the same question: name two sheets of one question")
    _show(agreements)


def _lock(assignment: Assignment) -> AbstractContextManager[None]:
    """One command at a time reads or writes scores, so that none of them sees half of a change."""
    return held(
        freshness.lock(assignment), f"another command writes the results of {assignment.name}"
    )


def _read_sheets(
    files: Sequence[Path], week: str, questions: Mapping[str, Question]
) -> list[Sheet]:
    """The sheets, each file once. Raises AutograderError if one has a problem."""
    paths = {path.resolve(): path for path in files}.values()
    sheets = [read_sheet(path, week, questions) for path in paths]
    _refuse([line for sheet in sheets for line in sheet.problems], "correct these rows")
    return sheets


def _refuse(lines: Sequence[str], what_to_do: str) -> None:
    """Print the lines and raise AutograderError, if there are any."""
    for line in lines:
        complain(line)
    if lines:
        raise AutograderError(f"nothing was imported: {what_to_do}")


def _show(agreements: Sequence[Agreement]) -> None:
    for one in agreements:
        for line in one.lines():
            out.print(line, soft_wrap=True, markup=False, highlight=False)
