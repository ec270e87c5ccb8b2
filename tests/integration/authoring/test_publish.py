"""The repository that students get: complete, without secrets; it never overwrites work."""

import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
import yaml

from autograder.authoring.build import leaked_lines
from autograder.authoring.directives import solution_lines
from autograder.authoring.repository import MANIFEST, repository_files, write_repository
from autograder.course import Assignment
from autograder.errors import AutograderError
from autograder.notebook.packages import grading_packages
from autograder.published import Published

PLACE = Published("my-course/week")
WEEKS = ("week1_mlp", "week3a_tf_binding")


@pytest.fixture(scope="module")
def published(repository):
    """Week -> the files of its repository."""
    return {
        week: repository_files(replace(repository.assignment(week), published=PLACE))
        for week in WEEKS
    }


def test_it_holds_what_a_student_needs(published):
    for week, notebook in zip(
        WEEKS,
        ("hands-on-introduction_to_deep_learning.ipynb", "tf-binding-prediction-starter.ipynb"),
        strict=True,
    ):
        files = published[week]
        wheel = next(name for name in files if name.endswith(".whl"))
        first, *pins = files["requirements.txt"].decode().splitlines()
        assert first == f"./{wheel}"
        assert "torch==2.13.0" in pins
        assert [f"{p.name}=={p.version}" for p in grading_packages().promised] == pins
        page = files["environment.md"].decode()
        assert all(f"| {' | '.join(pin.split('=='))} | `" in page for pin in pins)
        assert files[notebook] == files[f".autograder/{notebook}"]
        assert {"README.md", ".gitignore", ".github/workflows/feedback.yml"} <= set(files)
        container = json.loads(files[".devcontainer/devcontainer.json"])
        assert container["customizations"]["codespaces"]["openFiles"] == [notebook]
        steps = yaml.safe_load(files[".github/workflows/feedback.yml"])["jobs"]["check"]["steps"]
        assert steps[-1]["env"]["NOTEBOOK"] == notebook
        readme = files["README.md"].decode()
        page = f"https://colab.research.google.com/github/my-course/week/blob/main/{notebook}"
        assert f"]({page})" in readme
        has_data = any(name.startswith("data/") for name in files)
        assert ("and fetches the data" in readme) == has_data
        assert "@NOTEBOOK@" not in "".join(f.decode("utf-8", "replace") for f in files.values())
    assert "data/chr1_sequences.txt.gz" in published["week3a_tf_binding"]
    assert "| `in_silico_mutagenesis` | 4 |" in readme
    assert not any(name.startswith("data/") for name in published["week1_mlp"])


def test_another_address_of_colab_and_none_at_all(repository):
    assignment = repository.assignment("week1_mlp")
    ours = replace(assignment, published=Published("our/weeks", "trunk", "week1"))
    readme = repository_files(ours, "https://hub.example.edu/open/")["README.md"].decode()
    place = "our/weeks/blob/trunk/week1/hands-on-introduction_to_deep_learning.ipynb"
    assert f"https://hub.example.edu/open/{place}" in readme
    for week, upload in (("week1_mlp", False), ("week3a_tf_binding", True)):
        nowhere = replace(repository.assignment(week), published=None)
        readme = repository_files(nowhere)["README.md"].decode()
        assert "Open in Colab" not in readme
        assert ("Upload the folder `data` first" in readme) == upload


def test_no_solution_and_no_hidden_test_is_in_it(published, repository):
    for week, files in published.items():
        assignment = repository.assignment(week)
        source = nbformat.read(assignment.source_notebook, as_version=4)
        name = assignment.source_notebook.name
        for place in (name, f".autograder/{name}"):
            released = nbformat.reads(files[place].decode(), as_version=4)
            assert leaked_lines(source, released) == []
        secret = {line for cell in source.cells for line in solution_lines(cell.source)}
        telling = {line for line in secret if len(line) > 30}
        assert len(telling) > 20
        hidden = [path.name for path in assignment.hidden_tests.glob("test_*.py")]
        assert len(hidden) > 5
        for place, content in texts(files):
            found = [line for line in telling if line in content]
            assert found == [], place
            assert not any(Path(place).name == test for test in hidden), place


def test_a_stale_page_of_packages_is_not_published(repository, monkeypatch):
    def stale():
        raise AutograderError("stale: environment.md")

    monkeypatch.setattr("autograder.authoring.environment.check", stale)
    with pytest.raises(AutograderError, match=r"environment\.md"):
        repository_files(repository.assignment("week1_mlp"))


def texts(files):
    """(path, text) of all files, and of those in the wheel."""
    for place, content in files.items():
        if place.endswith(".whl"):
            with zipfile.ZipFile(io.BytesIO(content)) as wheel:
                for name in wheel.namelist():
                    yield name, wheel.read(name).decode("utf-8", "replace")
        elif not place.endswith(".gz"):
            yield place, content.decode("utf-8", "replace")


def test_the_wheel_is_small_and_the_same_each_time(published):
    wheels = [
        content
        for files in published.values()
        for name, content in files.items()
        if name.endswith(".whl")
    ]
    assert wheels[0] == wheels[1]
    assert len(wheels[0]) < 400_000
    with zipfile.ZipFile(io.BytesIO(wheels[0])) as wheel:
        metadata = next(n for n in wheel.namelist() if n.endswith("METADATA"))
        text = wheel.read(metadata).decode()
        folders = {Path(name).parent.as_posix() for name in wheel.namelist()}
    packages = {folder for folder in folders if "dist-info" not in folder}
    parts = ("check", "cli", "notebook", "probe", "results")
    assert packages == {"autograder", *(f"autograder/{part}" for part in parts)}
    needed = [line for line in text.splitlines() if line.startswith("Requires-Dist")]
    always = [line for line in needed if "extra ==" not in line]
    assert any("jupyterlab" in line for line in always)
    assert not re.search(r"nbgrader|papermill|pytest", "".join(always))


def test_a_students_clone_installs_the_wheel_and_checks(published, tmp_path):
    """With the wheel alone in sight, not the repository: none of its modules is missing."""
    write_repository(published["week1_mlp"], tmp_path / "week")
    wheel = next((tmp_path / "week" / "wheels").glob("*.whl"))
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile"]
    subprocess.run([*command, "--target", tmp_path / "site", wheel], check=True)
    program = "import sys; sys.argv[0] = 'autograder'; from autograder.cli.app import app; app()"
    notebook = "hands-on-introduction_to_deep_learning.ipynb"
    done = subprocess.run(
        [sys.executable, "-c", program, "check", notebook, "--json"],
        cwd=tmp_path / "week", capture_output=True, text=True, timeout=300,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PYTHONPATH": str(tmp_path / "site")},
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    found = json.loads(done.stdout)
    assert {exercise["state"] for exercise in found["exercises"]} == {"unwritten"}
    assert found["max_points"] == 38.0
    for arguments, code, says in (
        (["--help"], 0, "check"),
        (["grade", "week1_mlp"], 2, "'grade' is not in the package for students"),
        (["no_such_command"], 2, "No such command"),
    ):
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments],
            cwd=tmp_path / "week", capture_output=True, text=True, timeout=60,
            env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path),
                 "PYTHONPATH": str(tmp_path / "site")},
        )  # fmt: skip
        assert done.returncode == code, done.stderr
        assert says in done.stdout + done.stderr
        assert "audit" not in done.stdout


def test_a_folder_that_holds_work_is_left_as_it_is(published, tmp_path):
    files = published["week1_mlp"]
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(AutograderError, match=r"holds work .*notes\.txt"):
        write_repository(files, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    with pytest.raises(AutograderError, match="is a file"):
        write_repository(files, tmp_path / "notes.txt")


def test_publishing_again_updates_unchanged_files(published, tmp_path):
    files = published["week1_mlp"]
    place = tmp_path / "week"
    subprocess.run(["git", "init", "--quiet", place], check=True)
    assert set(write_repository(files, place)) == set(files)
    assert write_repository(files, place) == []
    newer = {**files, "README.md": b"newer"}
    del newer[".gitignore"]
    assert write_repository(newer, place) == ["README.md"]
    assert (place / "README.md").read_bytes() == b"newer"
    assert not (place / ".gitignore").exists()


@pytest.mark.parametrize("how", ["edits", "adds", "forges"])
def test_publishing_again_stops_at_the_first_sign_of_work(published, tmp_path, how):
    files = published["week1_mlp"]
    place = tmp_path / "week"
    write_repository(files, place)
    name = "hands-on-introduction_to_deep_learning.ipynb"
    if how == "edits":
        (place / name).write_bytes(files[name].replace(b"YOUR CODE HERE", b"my code"))
    elif how == "adds":
        (place / "more.ipynb").write_text("{}")
    else:
        (place / MANIFEST).write_text("[]")
    before = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    with pytest.raises(AutograderError, match="holds work"):
        write_repository({**files, name: b"newer"}, place)
    assert before == {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}


def test_the_command_says_what_comes_next_and_refuses_a_stale_release(
    repository, tmp_path, published
):
    def publish(course, *arguments):
        command = [sys.executable, "-m", "autograder", "publish", *map(str, arguments)]
        return subprocess.run(
            [*command, "--course", str(course)], capture_output=True, text=True, timeout=300
        )

    done = publish(repository.root, "week1_mlp", tmp_path / "new")
    assert done.returncode == 0, done.stderr
    assert "Template repository" in done.stdout
    assert (tmp_path / "new" / "README.md").is_file()
    course = tmp_path / "course"
    course.mkdir()
    shutil.copy(repository.root / "nbgrader_config.py", course)
    for part in ("solutions", "source", "release", "tests/hidden"):
        shutil.copytree(repository.root / part / "week1_mlp", course / part / "week1_mlp")
    worked = next((course / "solutions" / "week1_mlp").glob("*.py"))
    worked.write_text(worked.read_text().replace("# Week 1", "# Week one", 1))
    done = publish(course, "week1_mlp", tmp_path / "other")
    assert done.returncode == 1
    assert "autograder build week1_mlp" in done.stderr
    assert not (tmp_path / "other").exists()
    done = publish(course, "week1_mlp", tmp_path / "other", "--force")
    assert done.returncode == 0, done.stderr
    assert "published all the same, with --force" in done.stderr
    assert (tmp_path / "other" / "README.md").is_file()


def test_a_week_whose_handed_in_weights_count_says_so(repository, tmp_path, published):
    week = "week3a_tf_binding"
    shutil.copytree(repository.root / "release" / week, tmp_path / "release" / week)
    assignment = Assignment(week, tmp_path)
    notebook = nbformat.read(assignment.release_notebook, as_version=4)
    notebook.metadata["autograder"]["weights"] = "submitted"
    nbformat.write(notebook, assignment.release_notebook)
    readme = repository_files(assignment)["README.md"].decode()
    add = f"git add {assignment.release_notebook.name}"
    assert f"    {add} model_weights.pt predict.py\n" in readme
    assert "`model_weights.pt` and `predict.py`" in readme
    usual = published[week]["README.md"].decode()
    assert f"    {add}\n" in usual and "model_weights.pt" not in usual
