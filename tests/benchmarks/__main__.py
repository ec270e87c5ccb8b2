"""Compares ways to run a class, and measures how grading grows with the class.

    make bench                                               everything; hours
    .venv/bin/python tests/benchmarks compare --weeks week1_mlp --rounds 3
    .venv/bin/python tests/benchmarks growth --sizes 10 100 1000
    .venv/bin/python tests/benchmarks attacked --weeks week1_mlp
    .venv/bin/python tests/benchmarks security --write-readme

`compare` appends to compare.csv beside this file, `growth` to growth.csv. `report` prints their
tables and draws compare.svg. `security` compares what hostile and damaged submissions do to
nbgrader and to this package, and writes its tables into README.md with `--write-readme`. Give the
machine nothing else to do.
"""

import argparse
import csv
import datetime
import os
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT), str(ROOT / "tests")]

import attacked  # noqa: E402
import security  # noqa: E402
from growth import measure  # noqa: E402
from methods import METHODS  # noqa: E402
from report import show  # noqa: E402
from samples import make_class  # noqa: E402

from autograder.course import find_course  # noqa: E402

WEEKS = [assignment.name for assignment in find_course(ROOT).assignments()]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="*", default=["compare", "growth", "report"])
    parser.add_argument("--weeks", nargs="+", default=WEEKS, choices=WEEKS)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--students", type=int, default=12)
    parser.add_argument("--methods", nargs="+", default=list(METHODS), choices=list(METHODS))
    parser.add_argument("--sizes", nargs="+", type=int, default=[10, 100, 1000])
    parser.add_argument("--write-readme", action="store_true")
    given = parser.parse_args()
    if "compare" in given.what:
        compare(given.weeks, given.rounds, given.students, given.methods)
    if "growth" in given.what:
        grow(given.sizes)
    if "attacked" in given.what:
        for week in given.weeks:
            found = attacked.measure(find_course(ROOT), week)
            append("attacked.csv", {"date": today(), "cores": os.cpu_count()} | found)
    if "security" in given.what:
        compare_security(
            [week for week in given.weeks if week in security.WEEKS], given.write_readme
        )
    if "report" in given.what:
        show(HERE)


def compare(weeks: list[str], rounds: int, students: int, methods: list[str]) -> None:
    """Run each week's class by each method, one method after another in each round."""
    course = find_course(ROOT)
    for number in range(1, rounds + 1):
        for week in weeks:
            for name in methods:
                with tempfile.TemporaryDirectory(prefix="bench-") as folder:
                    assignment = make_class(course, week, Path(folder) / "course", students)
                    found = METHODS[name](assignment)
                row = {"date": today(), "cores": os.cpu_count(), "week": week, "method": name}
                append("compare.csv", row | {"round": number, "students": students} | found)


def grow(sizes: list[int]) -> None:
    """Grade classes of different sizes, then grade each again with nothing changed."""
    course = find_course(ROOT)
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            assignment = make_class(course, WEEKS[0], Path(folder) / "course", size, short=True)
            append("growth.csv", {"date": today(), "cores": os.cpu_count()} | measure(assignment))


def compare_security(weeks: list[str], into_readme: bool) -> None:
    """Print a line per case and then the tables, and write them into README.md if asked to."""
    everything = []
    for compared in security.compare(find_course(ROOT), weeks):
        print(security.row(compared), flush=True)
        everything.append(compared)
    lines = security.tables(everything)
    print("\n".join(lines))
    if into_readme:
        security.write_readme(lines)
        security.write_readme([*security.head(everything), ""], security.COURSE_README)


def append(name: str, row: dict[str, object]) -> None:
    """Add a row to a table, and print it."""
    path = HERE / name
    is_new = not path.exists()
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(row), lineterminator="\n")
        if is_new:
            writer.writeheader()
        writer.writerow(row)
    print(", ".join(f"{key} {value}" for key, value in row.items()), flush=True)


def today() -> str:
    return datetime.date.today().isoformat()


if __name__ == "__main__":
    main()
