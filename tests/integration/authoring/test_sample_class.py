"""The sample class's course folder."""

from autograder.authoring.sample_class import prepare
from autograder.settings import read_settings


def test_it_has_the_courses_settings(repository, tmp_path):
    sample = prepare(repository, tmp_path / "demo")
    assert read_settings(sample.root) == read_settings(repository.root)
