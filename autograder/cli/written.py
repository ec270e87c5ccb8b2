"""The commands for written answers in a spreadsheet."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.console import complain, out
from autograder.cli.options import CourseOption, Week
from autograder.course import find_course
from autograder.errors import AutograderError
from autograder.gradebook.manual import enter
from autograder.gradebook.totals import require_rows
from autograder.grading.rubrics import rubrics_of
from autograder.locks import held
from autograder.reports import freshness
from autograder.written.answers import answers_of, chosen_questions, questions_of
from autograder.written.blind import pseudonyms, students_behind
from autograder.written.export import default_folder, make_sheet, write_sheets
from autograder.written.plan import plan_import
from autograder.written.sheet import read_sheet


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
    answers = list(answers_of(assignment, questions, require_rows(found, assignment)).values())
    names = pseudonyms(found, {answer.student for answer in answers}) if blind else None
    folder = to or default_folder(assignment)
    sheets = [make_sheet(week, one, answers, folder, names) for one in chosen]
    new = write_sheets(sheets, replace)
    for sheet in sheets:
        done = "wrote" if sheet in new else "unchanged:"
        line = f"{done} {sheet.path}: {sheet.answers} answers"
        if sheet.left_out:
            line += f"; {sheet.left_out} students wrote nothing and have no row"
        out.print(line, soft_wrap=True, markup=False, highlight=False)


def import_(
    week: Week,
    files: Annotated[list[Path], typer.Argument(help="The CSV files, one per question.")],
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Also overwrite what was entered since the export."),
    ] = False,
    course: CourseOption = Path(),
) -> None:
    """Put scores and comments from exported sheets into the gradebook, all of them or none.

    An empty score or comment changes nothing. If any row does not fit, or if an answer was graded
    or has changed since the export, nothing is imported, and each such row is listed. Exit status:
    0 if everything is in the gradebook, 1 if nothing was imported, 2 for wrong usage.

    Example: autograder written import week1_mlp reports/week1_mlp-written/learning_rate.csv
    """
    found = find_course(course)
    assignment = found.assignment(week)
    questions = questions_of(assignment, rubrics_of(assignment))
    sheets = [read_sheet(path, week, questions) for path in files]
    with held(freshness.lock(assignment), f"another command writes the results of {week}"):
        answers = answers_of(assignment, questions, require_rows(found, assignment))
        students = {student for student, _ in answers}
        plan = plan_import(sheets, answers, students_behind(found, students))
        for line in plan.problems:
            complain(line)
        if plan.problems:
            raise AutograderError("nothing was imported: correct these rows")
        if plan.conflicts and not replace:
            for line in plan.conflicts:
                complain(line)
            raise AutograderError(
                "nothing was imported: change these rows, or overwrite the gradebook with --replace"
            )
        enter(found, assignment, plan.entries)
    scores = sum(entry.after.score is not None for entry in plan.entries)
    out.print(
        f"{len(plan.entries)} answers changed in the gradebook ({scores} scores), "
        f"{plan.unchanged} unchanged, {plan.empty} rows without a score",
        highlight=False,
    )
    if plan.entries:
        out.print(f"next: autograder report {week}")
