"""The comparison with nbgrader on hostile and damaged submissions, without grading any."""

import json
import re
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.errors import AutograderError

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

import security  # noqa: E402
from damaged import DAMAGES  # noqa: E402
from hostile import ENDS_A_RUN, NOT_TRIED, Kind, cases  # noqa: E402


@pytest.fixture(scope="module")
def found(repository):
    """Every case, by its name in the tables, which has its week."""
    return {
        (week, case.name): case
        for week in security.WEEKS
        for case in cases(repository.assignment(week))
    }


def test_the_cases_exist_and_honest_ones_come_first(found):
    for week in security.WEEKS:
        kinds = [list(Kind).index(case.kind) for (of, _), case in found.items() if of == week]
        assert kinds == sorted(kinds) and kinds[0] == list(Kind).index(Kind.HONEST)
    assert {*NOT_TRIED, *ENDS_A_RUN} < {name for _, name in found}


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.name)
def test_a_damage_changes_the_file_and_not_what_it_is_given(damage, repository):
    path = repository.assignment("week1_mlp").source_notebook
    notebook = json.loads(nbformat.writes(nbformat.read(path, as_version=4)))
    before = json.dumps(notebook)
    assert damage.file(notebook) != before.encode()
    assert json.dumps(notebook) == before


def test_the_readme_has_the_tables_of_all_cases(found):
    text = security.README.read_text(encoding="utf-8")
    assert text.count(security.BEGIN) == text.count(security.END) == 1
    tables = text.partition(security.BEGIN)[2].partition(security.END)[0]
    names = [
        (heading.split(", ")[1], name)
        for heading, rows in re.findall(r"\*\*(.+, \w+)\*\*\n\n((?:\|.*\n)+)", tables)
        for name in re.findall(r"^\| `(\w+)` \|", rows, re.MULTILINE)
    ]
    assert sorted(names) == sorted(found)


def test_the_courses_readme_has_the_same_summary():
    """Not an older run's."""
    whole, short = (
        path.read_text(encoding="utf-8").partition(security.BEGIN)[2].partition(security.END)[0]
        for path in (security.README, security.COURSE_README)
    )
    assert short.strip() and whole.startswith(short.rstrip())


def test_only_what_is_between_the_markers_is_replaced(tmp_path):
    path = tmp_path / "README.md"
    path.write_text(f"before\n{security.BEGIN}\nold\n{security.END}\nafter\n")
    security.write_readme(["", "new", ""], path)
    assert path.read_text() == f"before\n{security.BEGIN}\n\nnew\n\n{security.END}\nafter\n"
    path.write_text(f"before\n{security.BEGIN}\n")
    with pytest.raises(AutograderError, match="add the lines"):
        security.write_readme(["new"], path)
