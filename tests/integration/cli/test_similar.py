"""`autograder similar`: what it prints, where its page is, and one line for what is wrong."""

import json
import os
import subprocess
import sys

import nbformat
import pytest
from support.tiny import hand_in, make_course, notebook
from typer.testing import CliRunner

from autograder.cli.app import app
from autograder.course import CONFIG

COPY = """
def double(x):
    rows = [[min(i * j, 7) for j in range(9)] for i in range(5)]
    total = sum(max(row) - min(row) for row in rows) % 13
    best = sorted(rows, key=lambda row: (-row[total % 3], len(row)))[: total + 2]
    return x + x if best or rows[2][3] > 1 else abs(x) * len(rows[0])
"""


@pytest.fixture
def course(tmp_path):
    made = make_course(tmp_path / "course")
    (made.root / CONFIG).write_text("c = get_config()\n")
    return made


def similar(course, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "autograder", "similar", "tiny", *map(str, arguments)],
        cwd=course.root,
        env={**os.environ, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_pairs_of_this_year_and_of_an_earlier_one(course, tmp_path):
    old = tmp_path / "2025" / "cleo" / "tiny"
    old.mkdir(parents=True)
    nbformat.write(notebook(COPY), old / "hw.ipynb")
    (tmp_path / "2025" / "gus.ipynb").write_text("{")
    hand_in(course, "ada", notebook(COPY))
    hand_in(course, "ben", notebook())
    done = similar(course, "--against", tmp_path / "2025")
    assert done.returncode == 0, done.stderr
    page = course.root / "reports" / "tiny-similar.html"
    assert "ada and 2025/cleo" in done.stdout
    assert "problem: 2025/gus is not compared: gus.ipynb is broken JSON" in done.stdout
    assert "2 submissions, 1 notebook of earlier years: 1 pair listed" in done.stdout
    assert "This is not an accusation" in done.stdout
    assert done.stdout.rstrip().endswith(f"open {page}")
    assert "This page is not an accusation." in page.read_text(encoding="utf-8")


def test_pairs_as_json(course):
    for student in ("ada", "ben"):
        hand_in(course, student, notebook(COPY))
    hand_in(course, "cleo", notebook())
    (course.submitted("cleo") / "tiny.ipynb").write_text("{")
    done = CliRunner().invoke(app, ["similar", "tiny", "--json", "--course", str(course.root)])
    assert done.exit_code == 0, done.stderr
    data = json.loads(done.stdout)
    (pair,) = data["pairs"]
    assert pair["students"] == ["ada", "ben"] and pair["score"] >= 10
    assert pair["alike"] == ["double"]
    assert pair["answers"][0] == {"name": "double", "kind": "code", "score": pair["score"]}
    assert data["submissions"] == 2 and data["earlier"] == 0
    assert "cleo is not compared" in data["problems"][0]
    assert data["note"].startswith("This is not an accusation")
    assert (course.root / "reports" / "tiny-similar.html").samefile(data["page"])


def test_members_of_one_group_are_no_pair(course):
    hand_in(course, "ada", notebook(COPY))
    hand_in(course, "ben", notebook(COPY))
    hand_in(course, "cleo", notebook())
    assert "ada and ben" in similar(course).stdout
    (course.root / "roster.csv").write_text("student,group\nada,1\nben,1\ncleo,\n")
    done = similar(course)
    assert done.returncode == 0
    assert "2 submissions, 0 notebooks of earlier years: 0 pairs listed" in done.stdout


def test_what_is_wrong_is_one_line(course, tmp_path):
    done = similar(course)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "error: nothing is submitted yet: run 'autograder collect tiny' first"
    ]
    hand_in(course, "ada", notebook())
    done = similar(course, "--against", tmp_path / "nowhere")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "nowhere: name a folder with notebooks" in done.stderr
