"""The autograder of one assignment in Classroom 50: runs the public checks on a submission.

`autograder publish --for classroom50` copies this file as `autograder.py` into the bundle, beside
the released notebook, its data, the students' wheel and `assignment.json`. Classroom 50's runner
starts it in a checkout of the student's repository, with the submission's names and addresses in
environment variables. It installs the wheel into a virtual environment, runs `autograder check` on
a copy of the notebook, and writes `result.json`, as `classroom50/result/v1` says, and
`release-body.md`.

Exit status 0: `result.json` holds the result, also where the student's notebook cannot be checked.
1: the machine, the network or the bundle has a fault; nothing is said about the student.

It runs before anything is installed, so it uses the standard library only.
"""

import json
import math
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

SCHEMA = "classroom50/result/v1"
RESULT, BODY, ASSIGNMENT = "result.json", "release-body.md", "assignment.json"
COPY, DATA = ".autograder", "data"  # where `autograder check` looks for what was released
# Classroom 50 stops the job after 15 minutes.
INSTALL_SECONDS, CHECK_SECONDS = 480.0, 330.0
REQUIRED = ("CLASSROOM", "ASSIGNMENT", "SUBMISSION_TAG", "COMMIT_URL", "RELEASE_URL")
MAX_LINE = 500  # characters of a message


class MachineFault(Exception):
    """Nothing can be said about the submission. One line: what is wrong, and what to do."""


class CannotCheck(Exception):
    """The student's notebook cannot be checked. One line for the student."""


@dataclass(frozen=True)
class Exercise:
    """One exercise in code: its points as an integer, which are 0 for a bonus."""

    name: str
    points: int
    bonus: bool


@dataclass(frozen=True)
class Assignment:
    """What the bundle's assignment.json says. `files` count beside the notebook, if they exist."""

    notebook: str
    files: tuple[str, ...]
    exercises: tuple[Exercise, ...]


@dataclass(frozen=True)
class Outcome:
    """What is written: an entry of `tests` per exercise, and the release's text in Markdown."""

    tests: tuple[dict[str, Any], ...]
    body: str


def main() -> int:
    """Check the submission in the working directory. Returns the exit status."""
    try:
        identity = read_identity(os.environ)
        for name in (RESULT, BODY):
            _remove(Path.cwd() / name)  # a student may have committed such a file
        here = Path(__file__).resolve().parent
        assignment = read_assignment(here / ASSIGNMENT)
        with tempfile.TemporaryDirectory(
            prefix="autograder-", dir=os.environ.get("RUNNER_TEMP") or None,
            ignore_cleanup_errors=True,
        ) as scratch:  # fmt: skip
            outcome = check(assignment, here, Path.cwd(), Path(scratch))
        write(identity, outcome, assignment, Path.cwd())
    except MachineFault as fault:
        print(f"::error::{one_line(fault)}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"::error::the machine has a fault: {one_line(error)}", file=sys.stderr)
        return 1
    return 0


def read_identity(environment: Mapping[str, str]) -> dict[str, str]:
    """The result's fields that name the submission. Raises MachineFault if a variable is missing.

    REVIEW_URL may be missing: the commit then stands for it.
    """
    given = {name: environment.get(name, "").strip() for name in (*REQUIRED, "REVIEW_URL")}
    if missing := [name for name in REQUIRED if not given[name]]:
        raise MachineFault(
            f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} not set: this program is "
            "started by Classroom 50's runner, which sets them"
        )
    return {
        "classroom": given["CLASSROOM"],
        "assignment": given["ASSIGNMENT"],
        "submission": given["SUBMISSION_TAG"],
        "commit": given["COMMIT_URL"],
        "release": given["RELEASE_URL"],
        "review": given["REVIEW_URL"] or given["COMMIT_URL"],
    }


def read_assignment(path: Path) -> Assignment:
    """The bundle's description of the assignment. Raises MachineFault if it is damaged."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        exercises = tuple(
            Exercise(one["name"], 0 if one["bonus"] else whole(one["points"]), bool(one["bonus"]))
            for one in data["exercises"]
            if not one["written"]
        )
        return Assignment(str(data["notebook"]), tuple(map(str, data["files"])), exercises)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MachineFault(
            f"{path} cannot be read ({one_line(error)}): copy the whole bundle again"
        ) from None


def whole(points: float) -> int:
    """Points as the integer that Classroom 50 takes: rounded, a half up, and at least 1."""
    return max(1, math.floor(points + 0.5)) if points > 0 else 0


def one_line(text: object) -> str:
    """A text without line breaks and other control characters, which could look like commands."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", str(text)).strip()[:MAX_LINE]


def check(assignment: Assignment, bundle: Path, checkout: Path, scratch: Path) -> Outcome:
    """Run the public checks on a checkout's notebook. `scratch` is an empty folder to work in.

    Raises MachineFault if they could not run for a reason that is not the student's.
    """
    try:
        place = _copy_submission(assignment, bundle, checkout, scratch / "week")
        python = _install(bundle, scratch / "venv")
        report, summary = _run_checks(python, place, scratch, CHECK_SECONDS)
    except CannotCheck as reason:
        return not_checked(assignment, one_line(reason))
    return Outcome(tuple(tests_of(assignment, report)), summary)


def find_notebook(checkout: Path, released: str) -> Path:
    """The notebook to check: the one with the released name, or else the only one.

    Raises CannotCheck if there is none, or several. Links and hidden folders are not followed.
    """
    found = []
    for folder, below, names in os.walk(checkout):
        below[:] = sorted(name for name in below if not name.startswith("."))
        paths = (Path(folder) / name for name in sorted(names) if name.endswith(".ipynb"))
        found += [path for path in paths if stat.S_ISREG(path.lstat().st_mode)]
    named = [path for path in found if path.name == released]
    top = [path for path in named if path.parent == checkout]
    chosen = top or named or found
    if not chosen:
        raise CannotCheck(f"your repository has no notebook: add {released}, commit and push")
    if len(chosen) > 1:
        some = ", ".join(str(path.relative_to(checkout)) for path in chosen[:3])
        raise CannotCheck(
            f"your repository has several notebooks ({some}): name the one that counts {released}, "
            "in the repository's first folder"
        )
    return chosen[0]


def _copy_submission(assignment: Assignment, bundle: Path, checkout: Path, place: Path) -> Path:
    """The copy of the student's notebook, with the course's own release and data beside it."""
    own = find_notebook(checkout, assignment.notebook)
    (place / COPY).mkdir(parents=True)
    for name in assignment.files:
        beside = own.with_name(name)
        if beside.exists() and stat.S_ISREG(beside.lstat().st_mode):
            shutil.copyfile(beside, place / name)
    copy = place / assignment.notebook
    shutil.copyfile(own, copy)
    try:
        shutil.copyfile(bundle / assignment.notebook, place / COPY / assignment.notebook)
        if (bundle / DATA).is_dir():
            shutil.copytree(bundle / DATA, place / DATA)
    except OSError as error:
        raise MachineFault(f"the bundle is not complete ({error}): copy it again") from None
    return copy


def _install(bundle: Path, folder: Path) -> Path:
    """The Python of a new virtual environment with the wheel and the packages of grading.

    What the machine's Python has in the right version, as in a container's image, is used.
    """
    try:
        venv.create(folder, with_pip=True, system_site_packages=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise MachineFault(
            f"Python cannot make a virtual environment ({one_line(error)}): use a Python that has "
            "the modules venv and ensurepip"
        ) from None
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--requirement", str(bundle / "requirements.txt")]
    try:
        done = subprocess.run(
            command, cwd=bundle, capture_output=True, text=True, timeout=INSTALL_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise MachineFault(
            f"pip did not finish in {INSTALL_SECONDS:.0f} s: run the workflow again, or publish "
            "with --index"
        ) from None
    if done.returncode:
        errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        said = (errors or done.stderr.strip().splitlines() or ["it gives no reason"])[-1]
        raise MachineFault(
            f"pip cannot install requirements.txt ({one_line(said)}): check the network and the "
            "version of Python, and run the workflow again"
        )
    return python


def _run_checks(
    python: Path, notebook: Path, scratch: Path, seconds: float
) -> tuple[dict[str, Any], str]:
    """(the report of `autograder check`, its summary in Markdown). Raises CannotCheck."""
    summary, said, complaints = (scratch / name for name in ("summary.md", "report", "complaints"))
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("GITHUB_", "ACTIONS_"))}
    environment |= {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}
    command = [str(python), "-m", "autograder", "check", notebook.name, "--json"]
    with said.open("wb") as out, complaints.open("wb") as err:
        process = subprocess.Popen(
            command, cwd=notebook.parent, env=environment, stdin=subprocess.DEVNULL, stdout=out,
            stderr=err, start_new_session=True,
        )  # fmt: skip
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise CannotCheck(
                f"your notebook did not finish within {seconds:.0f} s and was stopped: run "
                "'autograder check' on it, which names the slow cells"
            ) from None
        finally:
            _end(process)
    try:
        report = json.loads(said.read_text(encoding="utf-8"))
    except ValueError:
        lines = complaints.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        raise MachineFault(
            f"the checks ended with status {process.returncode} and without a report "
            f"({one_line((lines or ['no message'])[-1])}): run the workflow again"
        ) from None
    if "error" in report:
        raise CannotCheck(report["error"])
    return report, summary.read_text(encoding="utf-8")


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the checks, and the processes that they left in their group."""
    try:
        os.killpg(process.pid, signal.SIGKILL) if hasattr(os, "killpg") else process.kill()
    except ProcessLookupError:
        return  # nothing was left
    finally:
        process.wait()


def tests_of(assignment: Assignment, report: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """An entry of `tests` for each exercise in code. The report's words are kept as `message`."""
    found = {one["exercise"]: one for one in report["exercises"]}
    for exercise in assignment.exercises:
        one = found.get(exercise.name)
        if one is None:
            raise MachineFault(
                f"the report lacks the exercise {exercise.name}: the bundle's files do not belong "
                "together; publish again, and copy the whole bundle"
            )
        yield _test(exercise, one["state"] == "passed", one_line(one["message"]))


def _test(exercise: Exercise, passed: bool, message: str) -> dict[str, Any]:
    return {
        "test-name": exercise.name + (" (bonus)" if exercise.bonus else ""),
        "passed": passed,
        "score": exercise.points if passed else 0,
        "max-score": exercise.points,
        "message": message,
    }


def not_checked(assignment: Assignment, reason: str) -> Outcome:
    """The outcome of a submission without a notebook that can be checked: no points."""
    quoted = reason.replace("`", "'")  # a file's name may hold anything: shown as it is
    body = f"### The notebook could not be checked\n\n```text\n{quoted}\n```\n"
    tests = (_test(exercise, passed=False, message=reason) for exercise in assignment.exercises)
    return Outcome(tuple(tests), body)


def write(
    identity: Mapping[str, str], outcome: Outcome, assignment: Assignment, checkout: Path
) -> None:
    """Write result.json and release-body.md, and the step's outputs `status` and `summary`."""
    score = sum(test["score"] for test in outcome.tests)
    most = sum(test["max-score"] for test in outcome.tests)
    result = {
        "schema": SCHEMA,
        **identity,
        "datetime": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "score": score,
        "max-score": most,
        "tests": list(outcome.tests),
    }
    _replace(checkout / RESULT, json.dumps(result, indent=2, ensure_ascii=False) + "\n")
    _replace(checkout / BODY, outcome.body)
    needed = [
        test["passed"]
        for test, exercise in zip(outcome.tests, assignment.exercises, strict=True)
        if not exercise.bonus
    ]
    said = f"{score}/{most} points ({sum(needed)}/{len(needed)} exercises pass their checks)"
    if output := os.environ.get("GITHUB_OUTPUT"):
        with Path(output).open("a", encoding="utf-8") as file:
            file.write(f"status={'success' if all(needed) else 'failure'}\nsummary={said}\n")
    print(said)
    for test in outcome.tests:
        print(f"  {'passed' if test['passed'] else 'not yet'}  {test['test-name']}")


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _replace(path: Path, text: str) -> None:
    """Write a file in the place of whatever has its name; a link is not followed."""
    _remove(path)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    Path(name).chmod(0o644)
    Path(name).replace(path)


if __name__ == "__main__":
    sys.exit(main())
