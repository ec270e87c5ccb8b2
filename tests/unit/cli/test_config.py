"""`autograder config`: what is in force, and where it comes from."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder.cli.app import app

TEXT = """time_zone = "America/Chicago"
[limits]
memory = "3 GiB"
cell_seconds = 50
[late]
percent_per_day = 10
[weeks.tiny]
deadline = 2026-11-30
[weeks.tiny.limits]
cell_seconds = 20
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """run(*arguments) types `autograder config ...` in a course with the assignment tiny."""
    (tmp_path / "source" / "tiny").mkdir(parents=True)
    (tmp_path / "nbgrader_config.py").touch()
    (tmp_path / "course.toml").write_text(TEXT)
    monkeypatch.chdir(tmp_path)

    def type_it(*arguments):
        return CliRunner().invoke(app, ["config", *arguments], env={"COLUMNS": "200"})

    return type_it


def in_force(done):
    assert done.exit_code == 0, done.output
    return {name: (one["value"], one["from"]) for name, one in json.loads(done.stdout).items()}


def test_a_week(run):
    found = in_force(run("tiny", "--json"))
    assert found["time_zone"] == ("America/Chicago", "course.toml line 1")
    assert found["limits.memory"] == ("3 GiB", "course.toml line 3")
    assert found["limits.cell_seconds"] == (20, "course.toml line 10")
    assert found["limits.disk"] == ("512 MiB", "default")
    assert found["late.percent_per_day"] == (10, "course.toml line 6")
    assert found["late.cap"] == (100, "default")
    assert found["deadline"] == ("2026-11-30", "course.toml line 8")
    assert found["weights"] == ("retrain", "default")
    assert found["leaderboard"] == (True, "default")


def test_the_course(run):
    found = in_force(run("--json"))
    assert found["limits.cell_seconds"] == (50, "course.toml line 4")
    assert "deadline" not in found and "weights" not in found


def test_options(run):
    arguments = ("--device", "auto", "--deadline", "2026-12-01", "--late-days", "3")
    found = in_force(run("tiny", "--json", *arguments))
    assert found["device"] == ("auto", "command line")
    assert found["late.days"] == (3, "command line")
    assert found["deadline"] == ("2026-12-02T05:59:59+00:00", "command line")


def test_the_table(run):
    done = run("tiny")
    (line,) = [line for line in done.stdout.splitlines() if "limits.memory" in line]
    assert "3 GiB" in line and "course.toml line 3" in line


def test_the_packages(run):
    value, origin = in_force(run("--json"))["environment.packages"]
    assert origin == "default" and {"numpy", "torch", "wandb"} <= set(value)
    settings = Path("course.toml")
    settings.write_text('[environment]\npackages = ["numpy", "pandas"]\n')
    (line,) = [line for line in run("tiny").stdout.splitlines() if "environment" in line]
    assert "numpy, pandas" in line and "course.toml line 2" in line
    settings.write_text('\n[environment]\npackages = [\n  "numpy",\n  "not-there",\n]\n')
    done = run()
    assert done.exit_code == 1
    said = "course.toml, line 3: environment.packages: not installed here: not-there. Add it to"
    assert said in done.stderr and len(done.stderr.splitlines()) == 1


def test_what_is_wrong_is_one_line(run):
    done = run("tinny")
    assert done.exit_code == 2 and "no assignment 'tinny'" in done.stderr
    done = run("--deadline", "2026-12-01")
    assert done.exit_code == 2 and "name it" in done.stderr
