"""Lists of weeks come from the folders: a new week needs no change of code."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
WEEKS = sorted(path.name for path in (ROOT / "solutions").iterdir() if path.is_dir())
SEARCHED = (
    "Makefile", ".github/**/*", "autograder/**/*.py", "nbgrader_config.py", "tests/calibrate.py",
    "tests/benchmarks/*.py",
)  # fmt: skip
CHOICE = "hostile.py"  # chooses some of the attacks, and names the weeks that they are in
# A week may stand for any other in the example of a command.
EXAMPLE = re.compile(r"Examples?: autograder |epilog=|^    \.venv/bin/python ")


def test_no_code_and_no_workflow_names_a_week():
    named = []
    for pattern in SEARCHED:
        for path in ROOT.glob(pattern):
            if not path.is_file() or path.name == CHOICE:
                continue
            for line in path.read_text(encoding="utf-8").splitlines():
                if any(week in line for week in WEEKS) and not EXAMPLE.search(line):
                    named.append(f"{path.relative_to(ROOT)}: {line.strip()}")
    assert len(WEEKS) >= 4
    assert named == []


def test_the_readme_lists_every_week():
    rows = re.findall(r"^\| `(\w+)` \| `[\w-]+` \|", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert rows == WEEKS


def test_a_new_weeks_setup_is_that_of_the_other_notebooks():
    setup = (ROOT / "autograder/authoring/templates/new_week/setup.txt").read_text()
    for worked in ROOT.glob(f"solutions/{WEEKS[0]}/*.py"):
        assert setup in worked.read_text()


def test_every_week_with_a_table_of_calibration_can_be_calibrated_again():
    code = {path.stem: path.read_text() for path in ROOT.glob("tests/calibrations/*.py")}
    tables = {path.parent.name for path in ROOT.glob("tests/hidden/*/CALIBRATION.md")}
    assert code.keys() == tables <= set(WEEKS)
    for week, text in code.items():
        (file,) = re.findall(r'file="(\w+)"', text)
        assert (ROOT / "tests" / "hidden" / week / f"{file}.py").is_file()
        assert "def measure(model)" in text
