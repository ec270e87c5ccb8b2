"""What grading promises, as the repository says it: one list, one version of each, up to date."""

import shutil
import tomllib
from importlib import metadata
from pathlib import PurePath

import pytest

from autograder.authoring import environment
from autograder.authoring.wheel import PROJECT
from autograder.errors import AutograderError
from autograder.notebook.packages import FILE, grading_packages

PROMISED = {
    "numpy", "pandas", "matplotlib", "scipy", "scikit-learn", "seaborn", "plotnine", "tqdm",
    "einops", "torchmetrics", "logomaker", "biopython", "ipywidgets", "wandb", "torch",
}  # fmt: skip


@pytest.fixture
def project(tmp_path):
    """A copy of the files that a promise is made from, and of those that say it."""
    for path in ("pyproject.toml", "constraints.txt", environment.PAGE, FILE.relative_to(PROJECT)):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PROJECT / path, tmp_path / path)
    return tmp_path


def edit(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_the_repositorys_files_are_up_to_date():
    environment.check()


def test_the_page_names_packages_versions_and_imports():
    page = (PROJECT / environment.PAGE).read_text()
    packages = {package.name: package for package in grading_packages().promised}
    assert set(packages) >= PROMISED
    assert packages["scikit-learn"].imports == ("sklearn",)
    assert "Bio" in packages["biopython"].imports
    pins = (PROJECT / "constraints.txt").read_text().splitlines()
    for package in packages.values():
        assert f"{package.name}=={package.version}" in pins
        assert f"| {package.name} | {package.version} | `" in page


def test_the_extra_grade_brings_them():
    extras = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"][
        "optional-dependencies"
    ]
    assert "gene46100-autograder[notebooks]" in extras["grade"]


def test_a_new_version_makes_both_files_stale_until_they_are_written(project):
    edit(project / "constraints.txt", "seaborn==0.13.2", "seaborn==0.14.0")
    with pytest.raises(AutograderError, match=r"stale: environment.md, .*packages.json; run 'auto"):
        environment.check(project)
    assert environment.write(project) == [
        project / "environment.md",
        project / FILE.relative_to(PROJECT),
    ]
    assert "| seaborn | 0.14.0 | `seaborn` |" in (project / "environment.md").read_text()
    environment.check(project)
    assert environment.write(project) == []


@pytest.mark.parametrize("name", ["environment.md", "autograder/notebook/packages.json"])
def test_an_edited_file_is_not_overwritten(project, name):
    edit(project / name, "seaborn", "seaborn and more")
    before = (project / name).read_text()
    with pytest.raises(AutograderError, match=r"was edited since it was built"):
        environment.write(project)
    assert (project / name).read_text() == before
    (project / "environment.md").unlink()
    assert project / name in environment.write(project)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"einops>=0.8"', '"not-there"', "no one version of not-there .* run 'make lock'"),
        ('"einops>=0.8"', '"colorama"', "no one version of colorama"),  # Windows only
    ],
)
def test_a_promise_without_a_version_is_an_error(project, old, new, says):
    edit(project / "pyproject.toml", old, new)
    with pytest.raises(AutograderError, match=says):
        environment.write(project)


def test_the_list_of_course_toml_counts_instead(project):
    listed = ["torch", "numpy", "pytest-cov", "platformdirs"]
    (project / "course.toml").write_text(f"[environment]\npackages = {listed}\n")
    edit(project / "constraints.txt", "pytest-cov==", "another==")  # installed by hand
    found = {package.name: package for package in environment.current_packages(project).promised}
    assert list(found) == ["numpy", "platformdirs", "pytest-cov", "torch"]
    assert found["pytest-cov"].version == metadata.version("pytest-cov")
    environment.write(project)
    page = (project / "environment.md").read_text()
    assert "| platformdirs |" in page and "seaborn" not in page
    data = (project / "autograder/notebook/packages.json").read_text()
    assert "seaborn" not in data and "sklearn" not in data and '"nbformat"' in data
    assert environment.beyond_default(listed, project) == ["pytest-cov", "platformdirs"]
    assert environment.beyond_default(None, project) == []


def test_a_listed_package_that_is_not_installed_is_an_error(project):
    (project / "course.toml").write_text('\n[environment]\npackages = ["numpy", "not-there"]\n')
    with pytest.raises(AutograderError, match=r"course.toml, line 3: .* not installed here: not-t"):
        environment.check(project)


def test_a_promise_that_is_not_installed_is_an_error(project):
    edit(project / "pyproject.toml", '"einops>=0.8"', '"not-there"')
    edit(project / "constraints.txt", "einops==", "not-there==")
    with pytest.raises(AutograderError, match="not-there is not installed here: run 'make build'"):
        environment.write(project)


def test_a_pin_counts_if_it_holds_everywhere():
    pins = """# a comment
Plain_Name==1.0
both==1 ; python_full_version >= '3.14' or sys_platform != 'emscripten'
old==2 ; python_full_version < '3.12'
linux==3 ; sys_platform == 'linux'
"""
    assert environment.pinned_versions(pins) == {"plain-name": "1.0", "both": "1"}


def test_import_names_are_modules_packages_and_parts_of_shared_folders():
    files = (
        "one.py", "native.so", "_hidden.py", "package/__init__.py", "package/inner/x.py",
        "google/protobuf/__init__.py", "google/api/http_pb2.py", "../../bin/tool.py",
        "share/doc.txt", "__pycache__/one.cpython-311.pyc", "name-1.0.dist-info/METADATA",
    )  # fmt: skip
    assert environment.import_names(map(PurePath, files)) == {
        "one", "native", "package", "google.protobuf", "google.api.http_pb2",
    }  # fmt: skip
