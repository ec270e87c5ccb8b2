"""The workflows: linted, and their steps run here, against bare repositories in a folder.

What GitHub's own actions do (a checkout, artifacts) is done by a few lines of Python below; every
`run:` step is run as it stands. `sudo` and `pip install` are replaced by programs that note how
they were called, so that a test does not install anything.
"""

import base64
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import yaml

from autograder.authoring.repository import repository_files, write_repository
from autograder.notebook.cells import exercise_cells

WEEK = "week1_mlp"
NOTEBOOK = "hands-on-introduction_to_deep_learning.ipynb"
TOKEN = "a-token-that-no-student-sees"
BIN = Path(sys.executable).parent
NOTING = '#!/bin/sh\necho "$(basename "$0") $*" >> "$CALLS"\n'
PYTHON = f"""#!/bin/sh
if [ "$2" = pip ]; then echo "python $*" >> "$CALLS"; else exec {sys.executable} "$@"; fi
"""


@pytest.fixture
def workflow(repository):
    return repository.root / ".github" / "workflows" / "grade.yml"


@pytest.fixture(scope="module")
def student_files(repository):
    return repository_files(repository.assignment(WEEK), None)


@pytest.fixture
def workflows(workflow, student_files, tmp_path):
    """The workflows of this repository and of the students', as files of a repository."""
    folder = tmp_path / "linted" / ".github" / "workflows"
    folder.mkdir(parents=True)
    for path in workflow.parent.glob("*.yml"):
        shutil.copy(path, folder)
    (folder / "feedback.yml").write_bytes(student_files[".github/workflows/feedback.yml"])
    return folder


@pytest.mark.parametrize("linter", [["actionlint"], ["zizmor", "--offline", "--persona=pedantic"]])
def test_the_linters_find_nothing(workflows, linter):
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"  # actionlint looks for shellcheck there, too
    command = [shutil.which(linter[0], path=path), *linter[1:]]
    assert command[0], f"{linter[0]} is not installed: run 'make test', which installs it"
    paths = sorted(map(str, workflows.glob("*.yml")))
    assert [Path(path).name for path in paths] == [
        "ci.yml",
        "feedback.yml",
        "grade.yml",
        "vulnerabilities.yml",
    ]
    env = {**os.environ, "PATH": path}
    done = subprocess.run([*command, *paths], capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    spoilt = workflows / "feedback.yml"
    text = spoilt.read_text()
    spoilt.write_text(text.replace('check "$NOTEBOOK"', "check ${{ github.head_ref }}"))
    done = subprocess.run([*command, *paths], capture_output=True, text=True, env=env)
    assert done.returncode != 0  # it does look


def test_actions_are_pinned_by_commit_with_their_version(workflows):
    """A tag can be moved to other code. Dependabot updates the commit and the comment together."""
    used = [
        line.strip()
        for path in workflows.glob("*.yml")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.match(r"\s*(- )?uses:", line)
    ]
    assert len(used) > 15
    pinned = re.compile(r"(?:- )?uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    assert [line for line in used if not pinned.fullmatch(line)] == []
    versions = {}
    for line in used:
        action, _, commit = line.removeprefix("- ").partition("@")
        assert versions.setdefault(action, commit) == commit  # one version everywhere


class Runner:
    """Runs a workflow's jobs one after another, each in a folder and a home of its own."""

    def __init__(self, tmp_path, values, checkout):
        self.tmp_path, self.values, self.checkout = tmp_path, values, checkout
        self.calls = tmp_path / "calls"
        self.programs = tmp_path / "programs"
        self.programs.mkdir()
        for name, text in (("sudo", NOTING), ("python", PYTHON)):
            (self.programs / name).write_text(text)
            (self.programs / name).chmod(0o755)
        self.environments = {}

    def run(self, path):
        """Job -> what its steps printed."""
        document = yaml.safe_load(path.read_text())
        printed = {}
        for name, job in document["jobs"].items():
            if not self.value(job.get("if", True)):
                continue
            folder, home = self.tmp_path / "jobs" / name, self.tmp_path / "homes" / name
            home.mkdir(parents=True)
            env = {"HOME": str(home), "CALLS": str(self.calls), "GITHUB_ACTIONS": "true"}
            env["PATH"] = os.pathsep.join((str(self.programs), str(BIN), os.environ["PATH"]))
            for file in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT"):
                env[file] = str(home / file)
            env |= {k: str(self.value(v)) for k, v in document.get("env", {}).items()}
            steps = [step for step in job["steps"] if self.value(step.get("if", True))]
            printed[name] = "".join(self.step(step, folder, env) for step in steps)
        return printed

    def step(self, step, folder, env):
        if "uses" in step:
            self.use(step, folder)
            return ""
        env = env | {k: str(self.value(v)) for k, v in step.get("env", {}).items()}
        self.environments[step["name"]] = env
        assert "${{" not in step["run"]  # an expression in a script is an injection
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
        said = done.stdout + done.stderr
        assert done.returncode == self.values.get(f"status of {step['name']}", 0), said
        return said

    def use(self, step, folder):
        action, given = step["uses"].split("@")[0], step.get("with", {})
        artifact = self.tmp_path / "artifacts" / str(self.value(given.get("name", "")))
        if action == "actions/checkout":
            assert given == {"persist-credentials": False}
            self.checkout(folder)
        elif action == "actions/upload-artifact":
            for place in given["path"].split():
                if (folder / place).is_dir():
                    shutil.copytree(folder / place, artifact / place)
                elif (folder / place).exists():
                    shutil.copy(folder / place, artifact / place)
        elif action == "actions/download-artifact":
            shutil.copytree(artifact, folder, dirs_exist_ok=True)
        else:
            assert action == "actions/setup-python"

    def value(self, given):
        """A setting with its expressions replaced; one that nobody foresaw is an error."""
        if not isinstance(given, str):
            return given
        if re.fullmatch(r"\$\{\{ (.*?) \}\}", given):
            return self.values[given[4:-3]]
        return re.sub(r"\$\{\{ (.*?) \}\}", lambda found: str(self.values[found[1]]), given)


def git(folder, *arguments):
    identity = ["-c", "user.name=Sample", "-c", "user.email=sample@localhost"]
    command = ["git", *identity, "-C", str(folder), *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def student_repository(tmp_path, student_files, repository):
    """student_repository(student, solved) is a bare repository made from the published files."""
    assignment = repository.assignment(WEEK)
    right = exercise_cells(nbformat.read(assignment.source_notebook, as_version=4))

    def make(student, solved):
        bare, work = tmp_path / f"{student}.git", tmp_path / student
        write_repository(student_files, work)
        notebook = nbformat.read(work / NOTEBOOK, as_version=4)
        for cell in notebook.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            if name in solved:
                cell.source = right[name]
        nbformat.write(notebook, work / NOTEBOOK)
        git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(bare))
        git(work, "init", "--quiet", "--initial-branch=main")
        git(work, "add", ".")
        git(work, "commit", "--quiet", "-m", "My answers")
        git(work, "push", "--quiet", str(bare), "main")
        return bare

    return make


def test_a_class_is_collected_graded_and_given_its_feedback(
    tmp_path, workflow, repository, student_repository, needs_sandbox
):
    ada = student_repository("ada", {"predict_linear", "mse_loss"})
    roster = f"student,repository\nada,{ada}\nben,{tmp_path}/nowhere.git\n"

    def checkout(folder):
        for part in ("source", "release", "tests/hidden"):
            shutil.copytree(repository.root / part / WEEK, folder / part / WEEK)
        for name in ("nbgrader_config.py", "constraints.txt", ".github/apparmor/bwrap"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(repository.root / name, folder / name)
        (folder / "roster.csv").write_text(roster)

    values = {
        "inputs.week": WEEK,
        "inputs.deadline": "2100-01-01T12:00-06:00",
        "inputs.gpu": False,
        "!inputs.gpu": True,
        "inputs.gpu && 'cuda' || ''": "",
        "inputs.return_feedback": True,
        "!cancelled()": True,
        "secrets.STUDENTS_TOKEN": TOKEN,
        "vars.PIP_EXTRA_INDEX_URL": "",
        "!inputs.gpu && vars.PIP_EXTRA_INDEX_URL || ''": "",
    }
    runner = Runner(tmp_path, values, checkout)
    printed = runner.run(workflow)
    assert list(printed) == ["collect", "grade", "return_feedback"]
    assert "ben" in printed["collect"]
    assert "ada: pushed" in printed["return_feedback"]
    readme = git(ada, "show", f"feedback:{WEEK}/README.md")
    assert "4 of 50 points" in readme
    page = git(ada, "show", f"feedback:{WEEK}/{NOTEBOOK.replace('.ipynb', '.html')}")
    assert "predict_linear: 2 of 2 points" in page
    graded = tmp_path / "artifacts" / f"graded-{WEEK}"
    result = json.loads((graded / "autograded" / "ada" / WEEK / "result.json").read_text())
    assert (result["score"], result["sandboxed"]) == (4.0, True)
    assert (graded / "reports" / f"{WEEK}.html").is_file()
    # The token is where git is asked for it, and nowhere in the job that runs student code.
    holders = {name for name, env in runner.environments.items() if TOKEN in env.values()}
    assert holders == {"Collect", "Return the feedback"}
    kept = [path for path in (tmp_path / "homes").rglob("*") if path.is_file()]
    everything = "".join(path.read_text(errors="replace") for path in kept)
    assert TOKEN not in everything + "".join(printed.values())
    calls = runner.calls.read_text()
    assert calls.count(".[grade]") == 3
    assert "sudo install -m 0644 .github/apparmor/bwrap /etc/apparmor.d/bwrap" in calls
    assert "sudo apparmor_parser --replace /etc/apparmor.d/bwrap" in calls


def test_git_asks_the_helper_that_the_workflow_sets_for_the_token(workflow, tmp_path):
    jobs = yaml.safe_load(workflow.read_text())["jobs"]
    steps = [s for job in jobs.values() for s in job["steps"] if "credential" in s.get("run", "")]
    assert len(steps) == 2
    env = {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    for step in steps:
        subprocess.run(["bash", "-ec", step["run"]], env=env, check=True)
        asked = subprocess.run(
            ["git", "credential", "fill"], input="protocol=https\nhost=github.com\n\n",
            env={**env, "STUDENTS_TOKEN": TOKEN, "GIT_TERMINAL_PROMPT": "0"},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert f"password={TOKEN}" in asked.stdout.splitlines()
        elsewhere = subprocess.run(
            ["git", "credential", "fill"], input="protocol=https\nhost=example.org\n\n",
            env={**env, "STUDENTS_TOKEN": TOKEN, "GIT_TERMINAL_PROMPT": "0"},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert TOKEN not in elsewhere.stdout


def test_a_push_of_a_student_is_checked(tmp_path, student_repository):
    bare = student_repository("ada", {"predict_linear", "mse_loss"})

    def checkout(folder):
        git(tmp_path, "clone", "--quiet", str(bare), str(folder))

    values = {
        "!github.event.repository.is_template": True,
        "vars.PIP_EXTRA_INDEX_URL": "",
        "status of Check the notebook": 1,  # most of it is unwritten
    }
    runner = Runner(tmp_path, values, checkout)
    printed = runner.run(tmp_path / "ada" / ".github" / "workflows" / "feedback.yml")
    assert "looks right so far" in printed["check"]
    home = tmp_path / "homes" / "check"
    assert "**4 of 38** points" in (home / "GITHUB_STEP_SUMMARY").read_text()
    (line,) = (home / "GITHUB_OUTPUT").read_text().splitlines()
    result = json.loads(base64.b64decode(line.removeprefix("result=")))
    assert sum(test["score"] for test in result["tests"]) == 4.0
    assert result["max_score"] == 38.0
    assert "--requirement requirements.txt" in runner.calls.read_text()


@pytest.mark.parametrize(
    ("notebook", "passes_at"), [("Check a solved notebook", 0), ("Check an unsolved notebook", 1)]
)
def test_ci_takes_the_exit_status_of_a_check_for_what_it_means(
    workflow, tmp_path, notebook, passes_at
):
    """Of `autograder check`: 0 all done, 1 something is left to write, any other a failure."""
    jobs = yaml.safe_load((workflow.parent / "ci.yml").read_text())["jobs"]
    (step,) = [step for step in jobs["student"]["steps"] if step["name"] == notebook]
    program = tmp_path / "autograder"
    for status in (0, 1, 2, 3):
        program.write_text(f'#!/bin/sh\ntest -f "$2" || exit 9\nexit {status}\n')
        program.chmod(0o755)
        done = subprocess.run(
            ["bash", "-ec", step["run"]],
            cwd=workflow.parents[2],
            env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        )
        assert (done.returncode == 0) == (status == passes_at), status
