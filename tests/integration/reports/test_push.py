"""Feedback on a branch of the students' repositories, which are bare ones in a folder here."""

import os
import subprocess
import sys

import pytest
from support.results import TOTAL, result_of

from autograder.course import Assignment
from autograder.git.process import Git
from autograder.reports.feedback import feedback_text
from autograder.reports.push import push_feedback
from autograder.roster import RosterEntry

WEEK, NOTEBOOK = "week1_mlp", "week.ipynb"


def git(folder, *arguments):
    identity = {"NAME": "Sample", "EMAIL": "sample@localhost"}
    env = {f"GIT_{who}_{k}": v for who in ("AUTHOR", "COMMITTER") for k, v in identity.items()}
    command = ["git", "-C", str(folder), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **env})
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def classroom(tmp_path):
    """classroom(student) is (their bare repository, a working copy of it), both with one commit."""
    (tmp_path / "course" / "release" / WEEK).mkdir(parents=True)
    (tmp_path / "course" / "release" / WEEK / NOTEBOOK).write_text("{}")

    def make(student):
        bare, work = tmp_path / f"{student}.git", tmp_path / f"{student}-work"
        git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(bare))
        git(tmp_path, "clone", "--quiet", str(bare), str(work))
        git(work, "checkout", "--quiet", "-B", "main")
        (work / NOTEBOOK).write_text(student)
        git(work, "add", ".")
        git(work, "commit", "--quiet", "-m", "work")
        git(work, "push", "--quiet", "origin", "main")
        return bare, work

    return make


@pytest.fixture
def assignment(tmp_path):
    return Assignment(WEEK, tmp_path / "course")


def graded(assignment, student, page="<p>page</p>", **about):
    assignment.feedback(student).mkdir(parents=True, exist_ok=True)
    (assignment.feedback(student) / "week.html").write_text(page)
    text = feedback_text(result_of(student, **about), TOTAL, "week.html")
    (assignment.feedback(student) / "README.md").write_text(text)


def test_the_branch_holds_the_page_and_a_readme_and_main_is_as_it_was(classroom, assignment):
    bare, _ = classroom("ada")
    main = git(bare, "rev-parse", "main")
    graded(assignment, "ada")
    (returned,) = push_feedback(assignment, [RosterEntry("ada", str(bare))])
    assert returned.problem == ""
    assert returned.commit == git(bare, "rev-parse", "feedback")
    assert git(bare, "ls-tree", "-r", "--name-only", "feedback").split() == [
        f"{WEEK}/README.md", f"{WEEK}/week.html",
    ]  # fmt: skip
    assert git(bare, "show", f"feedback:{WEEK}/week.html") == "<p>page</p>"
    readme = git(bare, "show", f"feedback:{WEEK}/README.md")
    assert readme.startswith("# week1\\_mlp: 5.5 of 9 points\n")
    assert "| mse\\_loss | 1 | 3 |\n| learning\\_rate | 4.5 | 6 |" in readme
    assert "Compare with the formula." in readme
    assert "SECRET" not in readme
    assert git(bare, "rev-parse", "main") == main


def test_again_pushes_only_what_changed_on_top_of_what_is_there(classroom, assignment):
    bare, work = classroom("ada")
    entries = [RosterEntry("ada", str(bare))]
    graded(assignment, "ada")
    (first,) = push_feedback(assignment, entries)
    (again,) = push_feedback(assignment, entries)
    assert (again.commit, again.problem) == ("", "")
    git(work, "fetch", "--quiet", "origin", "feedback:feedback")
    git(work, "checkout", "--quiet", "feedback")
    (work / "my-notes.md").write_text("mine")
    git(work, "add", "my-notes.md")
    git(work, "commit", "--quiet", "-m", "notes")
    git(work, "push", "--quiet", "origin", "feedback")
    graded(assignment, "ada", page="<p>with your written answers</p>")
    (newer,) = push_feedback(assignment, entries)
    assert newer.commit not in ("", first.commit)
    assert git(bare, "show", "feedback:my-notes.md") == "mine"
    assert git(bare, "show", f"feedback:{WEEK}/week.html") == "<p>with your written answers</p>"
    assert git(bare, "rev-list", "--count", "feedback") == "3"


def test_who_cannot_be_reached_is_named_and_the_others_get_theirs(classroom, assignment, tmp_path):
    bare, _ = classroom("ada")
    for student in ("ada", "ben", "cleo"):
        graded(assignment, student)
    entries = [
        RosterEntry("ada", str(bare)),
        RosterEntry("ben", str(tmp_path / "nowhere.git")),
        RosterEntry("cleo", "ext::sh -c id"),
        RosterEntry("dev", str(bare)),  # nothing graded
    ]
    returned = {one.student: one for one in push_feedback(assignment, entries)}
    assert set(returned) == {"ada", "ben", "cleo"}
    assert returned["ada"].commit
    assert "there is no repository" in returned["ben"].problem
    assert "is not an address" in returned["cleo"].problem


@pytest.mark.parametrize(
    ("hook", "said"),
    [
        ("echo 'GH006: Protected branch update failed.' >&2; echo >&2; exit 1", "GH006: Protected"),
        ("exit 1", "pre-receive hook declined"),
    ],
)
def test_a_remote_that_refuses_a_push_is_quoted(hook, said, classroom, assignment):
    bare, _ = classroom("ada")
    (bare / "hooks" / "pre-receive").write_text(f"#!/bin/sh\n{hook}\n")
    (bare / "hooks" / "pre-receive").chmod(0o755)
    graded(assignment, "ada")
    (returned,) = push_feedback(assignment, [RosterEntry("ada", str(bare))])
    assert f"refused the push, and said: {said}" in returned.problem
    assert "\n" not in returned.problem


def test_a_page_that_nbgrader_made_alone_is_named(classroom, assignment):
    bare, _ = classroom("ada")
    graded(assignment, "ada")
    (assignment.feedback("ada") / "README.md").unlink()
    (returned,) = push_feedback(assignment, [RosterEntry("ada", str(bare))])
    assert (returned.commit, returned.problem) == (
        "", "the feedback page has no README.md next to it: run 'autograder report' first"
    )  # fmt: skip


def test_the_command_names_a_student_who_is_not_listed(repository, tmp_path):
    roster = tmp_path / "roster.csv"
    roster.write_text("student,repository\nada,/nowhere\nada,/twice\n")
    command = [sys.executable, "-m", "autograder", "return", WEEK, "--roster", str(roster)]
    command += ["--student", "zoe", "--course", str(repository.root)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 2
    assert "'zoe' is not in the class list" in done.stderr
    assert "problem: roster.csv, line 3: 'ada' is listed twice" in done.stdout


def test_what_was_pushed_is_not_fetched_again(classroom, assignment, monkeypatch):
    """One question to the repository is enough; where its branch was changed, it is fetched."""
    bare, _ = classroom("ada")
    entries = [RosterEntry("ada", str(bare))]
    graded(assignment, "ada")
    list(push_feedback(assignment, entries))
    asked = []
    online = Git.online
    monkeypatch.setattr(Git, "online", lambda *args: asked.append(args[1]) or online(*args))
    (again,) = push_feedback(assignment, entries)
    assert (again.commit, again.problem, asked) == ("", "", ["ls-remote"])
    git(bare, "update-ref", "refs/heads/feedback", "refs/heads/main")
    (restored,) = push_feedback(assignment, entries)
    assert restored.commit == git(bare, "rev-parse", "feedback")
    assert asked == ["ls-remote", "ls-remote", "fetch", "push"]
