"""A class for the benchmarks: right and wrong answers, composed from the sample answers."""

from pathlib import Path

import nbformat
from support.submissions import without_demonstrations

from autograder.authoring.sample_class import compose, prepare
from autograder.course import Assignment, Course
from autograder.files import remove
from autograder.notebook.cells import exercise_cells


def make_class(
    course: Course, week: str, root: Path, students: int, short: bool = False
) -> Assignment:
    """An assignment in a course at `root` with that many submissions.

    The first student hands in the solution, the second the release. Each further one has written
    every exercise in a correct way of their own, and every second of them one exercise wrong. With
    `short`, the notebooks lack the cells that only show something.
    """
    root.mkdir(parents=True)
    assignment = prepare(course, root).assignment(week)
    remove(root / "submitted")
    released = nbformat.read(assignment.release_notebook, as_version=4)
    solved = exercise_cells(nbformat.read(assignment.source_notebook, as_version=4))
    folder = course.root / "tests" / "submissions" / week
    right = {name: sorted((folder / "alternatives").glob(f"{name}-*.py")) for name in solved}
    wrong = {name: sorted((folder / "mutants").glob(f"{name}-*.py")) for name in solved}
    for number in range(students):
        code = dict(solved)
        if number == 1:
            code = {}
        elif number > 1:
            for name, paths in right.items():
                if paths:
                    code[name] = paths[number % len(paths)].read_text(encoding="utf-8")
            if number % 2:
                name = list(solved)[number // 2 % len(solved)]
                code[name] = wrong[name][number % len(wrong[name])].read_text(encoding="utf-8")
        notebook = compose(released, code, {})
        if short:
            notebook = without_demonstrations(notebook)
        submitted = assignment.submitted(f"student{number:04}")
        submitted.mkdir(parents=True)
        # A text of their own, so that no two submissions are the same.
        notebook.cells.append(nbformat.v4.new_markdown_cell(f"Sample student {number}."))
        nbformat.write(notebook, submitted / assignment.release_notebook.name)
    return assignment
