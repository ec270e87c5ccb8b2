"""Building source and release from worked notebooks: what is built, and what is refused."""

import json
import shutil
from dataclasses import replace

import jupytext
import nbformat
import pytest

from autograder.authoring.build import build, check, leaked_lines, verify
from autograder.authoring.directives import (
    DEVICE_LINE,
    read_directive,
    solution_lines,
    source_notebook,
)
from autograder.errors import AutograderError
from autograder.grading.hidden_tests import collect
from autograder.notebook.cells import grade_id, handed_in_files
from autograder.settings import Weights

WORKED = f"""# %%
#| setup
import torch
{DEVICE_LINE}

# %%
#| exercise: double
def double(x):
    \"\"\"Return twice x.\"\"\"
    ### BEGIN SOLUTION
    twice = x + x
    return twice
    ### END SOLUTION

# %%
#| check: double
assert double(2) == 4, "twice two is four"

# %%
#| instructor
print("for the instructor")

# %% [markdown]
# #| written: why, points: 3
# ### BEGIN SOLUTION
# because
# ### END SOLUTION

# %%
double(3)
"""
HIDDEN = '''from autograder.testing import points


@points(2)
def test_two(student):
    """Twice two is four."""
    assert student.double(2) == 4
'''


@pytest.fixture
def week(tmp_path, repository):
    """A small assignment of its own, whose files a test may change."""
    shutil.copy(repository.root / "nbgrader_config.py", tmp_path)
    for path, text in {
        "solutions/week0/first.py": WORKED,
        "tests/hidden/week0/test_double.py": HIDDEN,
    }.items():
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(text)
    return type(repository)(tmp_path).assignment("week0")


def edit(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def cells(notebook):
    return {grade_id(cell): cell for cell in notebook.cells if grade_id(cell)}


def test_the_release_is_a_stub_with_locked_checks(week):
    released = cells(build(week).release)
    assert list(released) == ["setup", "double", "double-check", "why"]
    assert released["double"].source == (
        "# Exercise: double (2 points)\ndef double(x):\n"
        '    """Return twice x."""\n    # YOUR CODE HERE\n    raise NotImplementedError()'
    )
    assert released["why"].source == "YOUR ANSWER HERE"
    flags = {name: cell.metadata.nbgrader for name, cell in released.items()}
    assert flags["double-check"].points == 2
    assert flags["why"].points == 3
    assert [name for name, note in flags.items() if note.locked] == ["setup", "double-check"]
    assert [name for name, note in flags.items() if note.solution] == ["double", "why"]
    assert [name for name, note in flags.items() if note.grade] == ["double-check", "why"]


FOLDED = {"jupyter": {"source_hidden": True}, "cellView": "form"}


def folding(cell):
    """What folds a cell in Jupyter and in Colab. Its output must stay visible."""
    assert "outputs_hidden" not in cell.metadata.get("jupyter", {})
    return {key: cell.metadata[key] for key in FOLDED if key in cell.metadata}


def test_checks_and_cells_with_a_title_are_folded(week):
    edit(week.solutions / "first.py", "double(3)\n", "#@title A drawing\ndouble(3)\n")
    edit(week.solutions / "first.py", "assert double", "# @title Mine\nassert double")
    built = build(week)
    for notebook in (built.source, built.release):
        by_id = cells(notebook)
        assert by_id["double-check"].source.split("\n") == [
            "#@title Check: double",
            'assert double(2) == 4, "twice two is four"',
        ]
        drawing = notebook.cells[-1]
        assert drawing.source.startswith("#@title A drawing\n")
        assert folding(by_id["double-check"]) == folding(drawing) == FOLDED
        assert folding(by_id["setup"]) == folding(by_id["double"]) == {}
        assert folding(by_id["why"]) == {}


RUBRIC = """
# %% [markdown]
# #| rubric: why
# * 2 points: names the cause,
#   in any words
# * 1 point: names an effect
"""


def add_rubric(week, rubric=RUBRIC):
    path = week.solutions / "first.py"
    path.write_text(path.read_text() + rubric)


def test_a_rubric_is_in_no_built_file_and_changes_none(week):
    without = build(week)
    assert without.warnings == (
        "week0: the question why has no rubric: add a cell '#| rubric: why'",
    )
    add_rubric(week)
    built = build(week)
    assert built.files == without.files
    assert built.warnings == ()


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("rubric: why", "rubric: what", "what has a rubric but no question: add '#| written: what"),
        ("* 2 points", "* 3 points", "the rubric of why adds up to 4 points, and the question is"),
        ("* 1 point:", "* one point:", "cannot read '* one point: names an effect' in the rubric"),
        ("* 1 point:", "* 1 point", "write '* 1 point: WHAT IT IS FOR'"),
        ("* 1 point:", "* 0 points:", "gives 0 points in '* 0 points: names an effect'"),
        (
            "* 2 points",
            "A good answer:\n# * 2 points",
            "cannot read 'A good answer:' in the rubric",
        ),
        (RUBRIC[RUBRIC.index("# * 2") :], "", "the rubric of why is empty"),
        (" [markdown]\n# #| rubric", "\n#| rubric", "must be a Markdown cell"),
        (RUBRIC, RUBRIC + RUBRIC, "'#| rubric' is repeated for why"),
    ],
)
def test_a_rubric_that_cannot_be_used_is_refused_in_one_line(week, old, new, complaint):
    assert old in RUBRIC
    add_rubric(week, RUBRIC.replace(old, new))
    with pytest.raises(AutograderError) as told:
        build(week)
    assert complaint in str(told.value)
    assert "\n" not in str(told.value)


def test_instructor_cells_are_in_no_built_file(week):
    built = build(week)
    for content in built.files.values():
        assert b"for the instructor" not in content
        nbformat.validate(nbformat.reads(content.decode(), as_version=4))


def test_the_same_input_gives_the_same_bytes(week):
    first = build(week)
    assert build(week).files == first.files
    assert first.write() == list(first.files)
    assert build(week).stale() == []
    assert build(week).write() == []


def test_a_changed_solution_makes_what_was_built_stale(week):
    build(week).write()
    edit(week.solutions / "first.py", "double(3)", "double(4)")
    assert {path.parent for path in build(week).stale()} == {week.source, week.release}
    edit(week.solutions / "first.py", "double(4)", "double(3)")
    edit(week.hidden_tests / "test_double.py", "points(2)", "points(5)")
    assert build(week).stale()  # points come from the hidden tests


def test_a_release_says_whether_handed_in_weights_count(week):
    build(week).write()
    submitted = replace(week, weights=Weights.SUBMITTED)
    assert {path.parent for path in build(submitted).stale()} == {week.source, week.release}
    build(submitted).write()
    released = nbformat.read(week.release_notebook, as_version=4)
    assert handed_in_files(released) == submitted.artifacts
    assert build(week).write()
    assert handed_in_files(nbformat.read(week.release_notebook, as_version=4)) == ()


def test_building_never_overwrites_edits(week):
    build(week).write()
    (notebook,) = week.release.glob("*.ipynb")
    edit(notebook, "YOUR ANSWER HERE", "An answer that took an evening.")
    edit(week.solutions / "first.py", "double(3)", "double(4)")
    before = notebook.read_text(), week.source_notebook.read_text()
    with pytest.raises(AutograderError, match="was edited since it was built"):
        build(week).write()
    assert (notebook.read_text(), week.source_notebook.read_text()) == before


def add_data(week, content=b"A\tC\n"):
    (week.solutions / "data").mkdir(exist_ok=True)
    (week.solutions / "data" / "chr1.txt").write_bytes(content)


def test_data_is_copied_unchanged_to_source_and_release(week):
    add_data(week, bytes(range(256)))
    (week.solutions / "make_data.py").write_text("# for the instructor\n")
    build(week).write()
    for folder in (week.source, week.release):
        assert (folder / "data" / "chr1.txt").read_bytes() == bytes(range(256))
        assert sorted(path.name for path in folder.iterdir()) == ["data", "first.ipynb"]
    assert build(week).stale() == []
    add_data(week, b"other")
    assert {path.name for path in build(week).stale()} == {"first.ipynb", "chr1.txt"}
    build(week).write()
    assert (week.release / "data" / "chr1.txt").read_bytes() == b"other"


def test_data_that_is_no_longer_made_is_removed(week):
    add_data(week)
    build(week).write()
    (week.solutions / "data" / "chr1.txt").rename(week.solutions / "data" / "chr2.txt")
    build(week).write()
    assert [path.name for path in (week.release / "data").iterdir()] == ["chr2.txt"]


@pytest.mark.parametrize("name", ["chr1.txt", "mine.txt"])
def test_building_never_changes_data_that_it_did_not_write(week, name):
    add_data(week)
    build(week).write()
    (week.release / "data" / name).write_bytes(b"measured by hand")
    add_data(week, b"other")
    with pytest.raises(AutograderError, match="not from a build"):
        build(week).write()
    assert (week.release / "data" / name).read_bytes() == b"measured by hand"
    assert (week.source / "data" / "chr1.txt").read_bytes() == b"A\tC\n"


def test_a_solution_line_in_the_release_is_refused(week):
    edit(week.solutions / "first.py", "double(3)", "x = 1\ntwice = x + x")
    with pytest.raises(AutograderError, match=r"a line of a solution.*twice = x \+ x"):
        build(week)


def test_every_line_of_every_solution_is_searched_for(repository):
    assignment = repository.assignment("week1_mlp")
    source = nbformat.read(assignment.source_notebook, as_version=4)
    secret = {line for cell in source.cells for line in solution_lines(cell.source)}
    assert len(secret) > 60
    assert leaked_lines(source, nbformat.read(assignment.release_notebook, as_version=4)) == []
    assert set(leaked_lines(source, source)) == {line for line in secret if line != "pass"}


def test_a_check_that_fails_on_the_solution_is_found(week):
    built = build(week)
    built.write()
    verify(week, built)
    edit(week.solutions / "first.py", "== 4, ", "== 5, ")
    with pytest.raises(AutograderError, match=r"Check: double.*fails on the solution.*twice two"):
        verify(week, build(week))


def test_a_solution_that_would_lose_points_is_found(week):
    edit(week.hidden_tests / "test_double.py", "student.double(2) == 4", "student.double(3) == 4")
    build(week).write()
    with pytest.raises(AutograderError) as told:
        verify(week, build(week))
    assert str(told.value) == (
        "week0: the solution of double fails its hidden test test_two, so the test may be at "
        "fault: AssertionError: assert 6 == 4 (test_double.py, line 7)"
    )


@pytest.mark.parametrize(
    ("test", "what"),
    [
        ("assert student.duoble(2) == 4", "MissingName"),
        ("assert student.double() == 4", "TypeError"),
        ("assert len(student.double(2)) == 4", "TypeError: object of type 'int' has no len"),
        ("import no_such_module", "ModuleNotFoundError: No module named 'no_such_module'"),
    ],
)
def test_a_test_that_raises_an_error_on_the_solution_is_named_with_its_line(week, test, what):
    edit(week.hidden_tests / "test_double.py", "assert student.double(2) == 4", test)
    build(week).write()
    with pytest.raises(AutograderError) as told:
        verify(week, build(week))
    said = str(told.value)
    assert what in said and said.endswith("(test_double.py, line 7)")
    assert "\n" not in said and "Twice two is four" not in said


def test_a_folder_without_a_worked_notebook_says_what_it_lacks(week):
    worked = week.solutions / "first.py"
    edit(worked, "#| ", "# ")
    with pytest.raises(AutograderError, match=r"no notebook with directives: first\.py needs"):
        build(week)
    worked.rename(worked.with_suffix(".txt"))
    with pytest.raises(AutograderError, match="has no worked notebook: write"):
        build(week)


def test_a_folder_without_a_test_is_told_in_words(week):
    (week.hidden_tests / "test_double.py").write_text("def double(): ...\n")
    with pytest.raises(AutograderError, match="there is no test: write test_EXERCISE"):
        build(week)


def test_a_notebook_without_directives_is_not_none(week):
    (week.solutions / "first.py").write_text("x = 1\n")
    with pytest.raises(AutograderError, match=r"has no notebook with directives: first.py needs"):
        build(week)


@pytest.mark.filterwarnings("error")
def test_cells_without_ids_are_no_cause_for_a_warning(week):
    notebook = jupytext.reads(WORKED, fmt="py:percent")
    notebook.nbformat_minor = 5
    for cell in notebook.cells:
        cell.pop("id", None)
    (week.solutions / "first.py").unlink()
    (week.solutions / "first.ipynb").write_text(json.dumps(notebook))
    assert list(cells(build(week).release)) == ["setup", "double", "double-check", "why"]


def test_a_notebook_that_cannot_be_read_is_refused_in_one_line(week):
    (week.solutions / "first.py").rename(week.solutions / "first.ipynb")
    with pytest.raises(AutograderError, match=r"first\.ipynb is not a notebook") as told:
        build(week)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("#| check: double", "# no check", "double has no check"),
        ("#| exercise: double", "# none", "double has a check but no exercise"),
        ("### BEGIN SOLUTION\n    twice", "twice", "needs its own ### END SOLUTION"),
        ("    twice = x + x\n    return twice\n", "", "double has no ### BEGIN SOLUTION"),
        ("#| exercise: double", "#| exercise double", "cannot read the directive"),
        ("#| exercise: double", "#| excercise: double", "cannot read the directive"),
        ("    ### END SOLUTION\n", "", "needs its own ### END SOLUTION"),
        ("twice = x + x", "twice = x + + * x", "is not valid Python"),
        (", points: 3", "", "has no points: write '#| written: why, points: N'"),
        ("exercise: double", "exercise: double, points: 2", "worth its hidden tests' @points"),
        ("#| check: double", "#| check: double, points: 2", "must not have points"),
        ("points: 3", "points: many", "cannot read the points"),
        ("#| exercise: double", "#| exercise: __init__", "is reserved"),
        (DEVICE_LINE, "device = 'cpu'", "needs a '#| setup' cell with the line"),
        ("double\ndef double", "double\n#@title Yours\ndef double", "would be folded"),
        ("[markdown]\n# #| written", "\n#| written", "must be a Markdown cell"),
    ],
)
def test_a_mismatch_is_reported_in_one_line(week, old, new, complaint):
    edit(week.solutions / "first.py", old, new)
    with pytest.raises(AutograderError) as told:
        build(week)
    assert complaint in str(told.value)
    assert "\n" not in str(told.value)


def test_what_nbgrader_refuses_is_said_with_its_reason(week):
    edit(
        week.solutions / "first.py", "assert double(2)", "### BEGIN HIDDEN TESTS\nassert double(2)"
    )
    with pytest.raises(AutograderError, match=r"release of first: .*hidden test") as told:
        build(week)
    assert "traceback" not in str(told.value) and "\n" not in str(told.value)


def test_an_exercise_without_hidden_tests_is_refused(week):
    extra = WORKED[WORKED.index("# %%\n#| exercise") : WORKED.index("# %%\n#| instructor")]
    path = week.solutions / "first.py"
    path.write_text(
        path.read_text() + "\n" + extra.replace("double", "triple").replace("twice", "t")
    )
    with pytest.raises(AutograderError, match="triple has no hidden test"):
        build(week)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("@points(2)\n", "", "has no @points"),
        ("@points(2)", "@points(2, form=True)", "has tests of form alone"),
        ('    """Twice two is four."""\n', "", "has no docstring"),
        ("import points", "import nothing", "ImportError"),
        ("def test_two", "def check_two", "there is no test: write test_EXERCISE.py"),
    ],
)
def test_hidden_tests_that_could_not_grade_are_refused(week, old, new, complaint):
    edit(week.hidden_tests / "test_double.py", old, new)
    with pytest.raises(AutograderError, match=complaint):
        collect(week.hidden_tests)


def test_a_check_that_passed_is_not_repeated_until_something_changes(week, monkeypatch):
    ran = []
    monkeypatch.setattr("autograder.authoring.build.verify", lambda *_: ran.append("solution"))
    build(week).write()
    for _ in range(2):
        check(week, again=False)
    assert len(ran) == 1
    edit(week.hidden_tests / "test_double.py", "double(2) == 4", "double(3) == 6")
    check(week, again=False)
    assert len(ran) == 2
    check(week)
    assert len(ran) == 3


def test_a_course_may_keep_its_solutions_as_ipynb(week):
    first = build(week)
    notebook = jupytext.read(week.solutions / "first.py")
    (week.solutions / "first.py").unlink()
    nbformat.write(notebook, week.solutions / "first.ipynb")
    assert build(week).files == first.files


def test_ids_follow_from_names_and_order(week):
    notebook = source_notebook(jupytext.read(week.solutions / "first.py"), {"double": 2.0})
    ids = [cell.id for cell in notebook.cells]
    assert ids == ["setup", "double", "double-check", "why", "cell-004"]


def test_the_setup_cell_installs_in_colab_what_course_toml_adds(week):
    install = 'if "google.colab" in sys.modules:\n    %pip install -q logomaker\n    pass\n'
    edit(week.solutions / "first.py", "import torch\n", f"import torch\nimport sys\n{install}")
    assert "    %pip install -q logomaker\n" in build(week).release.cells[0].source
    (week.root / "course.toml").write_text('[environment]\npackages = ["numpy", "platformdirs"]\n')
    assert "    %pip install -q logomaker platformdirs\n" in build(week).release.cells[0].source


@pytest.mark.parametrize(
    "name", ["value", "file", "put", "define", "close", "request", "run_script", "_private"]
)
def test_an_exercise_may_have_any_name_but_a_special_one(name):
    assert read_directive(f"#| exercise: {name}").name == name
    with pytest.raises(AutograderError, match="is reserved"):
        read_directive(f"#| exercise: __{name}__")


def test_ordinary_comments_are_not_directives():
    assert read_directive("# a comment\nx = 1") is None
    assert read_directive("") is None


def test_what_is_committed_is_what_is_built(repository):
    for assignment in repository.assignments():
        assert build(assignment).stale() == []
