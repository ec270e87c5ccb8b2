"""`autograder build --watch`: builds a week again whenever one of its files changes."""

import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from watchfiles import watch

from autograder.authoring.build import build
from autograder.cli.console import complain, err, out
from autograder.course import Course
from autograder.errors import AutograderError
from autograder.notebook.rubrics import WORKED

WATCHED = ("solutions", "tests/hidden")
DEBOUNCE_MS = 400  # an editor may write a file in several steps
KINDS = (*WORKED, ".toml")


def build_while_edited(course: Course, weeks: Sequence[str] | None = None) -> None:
    """Build the changed weeks, one line per build, until Ctrl-C. An error does not end it.

    `weeks` are the weeks to build; by default all of the course, and those that are added.
    """
    folders = [course.root / name for name in WATCHED if (course.root / name).is_dir()]
    err.print(f"watching {', '.join(WATCHED)}: Ctrl-C ends it")
    for changes in watch(*folders, debounce=DEBOUNCE_MS, raise_interrupt=False):
        names = changed_weeks(course.root, (Path(path) for _, path in changes))
        for name in sorted(names if weeks is None else names & set(weeks)):
            rebuild(course, name)


def rebuild(course: Course, name: str) -> bool:
    """Build one week and print one line. Returns whether that worked."""
    started = time.monotonic()
    try:
        built = build(course.assignment(name))
        written = built.write()
    except AutograderError as error:
        complain(f"{name}: {error}")
        return False
    seconds = time.monotonic() - started
    said = f"{len(written)} files written" if written else "nothing changed"
    warned = f"; {len(built.warnings)} warnings" if built.warnings else ""
    out.print(f"{time.strftime('%H:%M:%S')} {name}: built in {seconds:.1f} s, {said}{warned}")
    return True


def changed_weeks(root: Path, paths: Iterable[Path]) -> set[str]:
    """The weeks that the paths belong to, which still have solutions.

    Leaves out what editors, Python and tests keep beside the files: hidden files and folders, and
    caches.
    """
    names: set[str] = set()
    for path in paths:
        for folder in (root / name for name in WATCHED):
            if not path.is_relative_to(folder):
                continue
            week, *rest = path.relative_to(folder).parts or ("",)
            kept = rest and not any(p.startswith((".", "__")) or p.endswith("~") for p in rest)
            in_data = len(rest) > 1 and rest[0] == "data"
            if kept and (path.suffix in KINDS or in_data) and (root / "solutions" / week).is_dir():
                names.add(week)
    return names
