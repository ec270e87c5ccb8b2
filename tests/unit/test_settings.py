"""The course's settings, right and wrong."""

import re

import pytest

from autograder.clock import MACHINE_CLOCK
from autograder.course import Course
from autograder.errors import AutograderError
from autograder.published import Published
from autograder.settings import FILE_NAME, Settings, Weights, read_settings


def test_a_course_without_the_file_uses_this_machines_zone(tmp_path):
    assert read_settings(tmp_path) == Settings()
    assert read_settings(tmp_path).clock == MACHINE_CLOCK


def test_the_time_zone(tmp_path):
    (tmp_path / FILE_NAME).write_text('# ours\ntime_zone = "America/Chicago"  # here\n')
    assert read_settings(tmp_path).clock.name == "America/Chicago"


def test_this_courses_own_file_is_valid(repository):
    assert read_settings(repository.root).time_zone == "America/Chicago"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('# zone\n\ntimezone = "UTC"\n', 3, "no setting 'timezone': the settings are time_zone"),
        ('time_zone = "UTC"\n[limits]\nseconds = 3\n', 2, "no setting 'limits'"),
        (
            '# time_zone = "x"\ntime_zone = "Chicago"\n',
            2,
            "time_zone: 'Chicago' is not a time zone: write",
        ),
        ('time_zone = ""\n', 1, "'' is not a time zone"),
        ("time_zone = 6\n", 1, 'time_zone: Input should be a valid string: write time_zone = "'),
        (
            '\n\ntime_zone = ["UTC"]\n',
            3,
            'time_zone: Input should be a valid string: write time_zone = "',
        ),
        ("\ntime_zone = America/Chicago\n", 2, "not valid TOML"),
        ('time_zone = "UTC"\ntime_zone = "UTC"\n', 2, "not valid TOML"),
        (
            '[weeks.tiny]\nweight = "submitted"\n',
            2,
            "'weeks.tiny.weight': the settings are weights",
        ),
        (
            '[weeks.tiny]\n\nweights = "Submitted"\n',
            3,
            "'submitted': write weights = \"submitted\"",
        ),
        (
            '\nrepository = "https://github.com/OWNER/NAME"\n',
            2,
            "repository: 'https://github.com/OWNER/NAME' would be the same for all weeks: write",
        ),
        (
            'repository = "OWNER/{week}"\n',
            1,
            "repository: 'OWNER/{week}' is not the address of a folder on GitHub: write one like",
        ),
        (
            '[weeks.tiny]\nrepository = "https://gitlab.com/a/b"\n',
            2,
            "weeks.tiny.repository: 'https://gitlab.com/a/b' is not the address of a folder",
        ),
        ("repository = 1\n", 1, 'Input should be a valid string: write repository = "https://git'),
        ("# x\nweeks.tiny.weights = true\n", 2, "'retrain' or 'submitted': write weights = \""),
        ('\n[weeks]\ntiny = "submitted"\n', 3, "weeks.tiny: Input should be a valid dictionary: w"),
        ('weeks = "tiny"\n', 1, "write a table [weeks.NAME] for each week"),
        ('[weeks]\ntiny = { weights = "all" }\n', 2, "weeks.tiny.weights: Input should be"),
        ('x\ntime_zone = "UTC', 1, "not valid TOML"),
        ('# one\ntime_zone = """UTC', 2, "not valid TOML"),
    ],
)
def test_what_is_wrong_is_one_line_with_the_files_line(tmp_path, text, line, said):
    (tmp_path / FILE_NAME).write_text(text)
    with pytest.raises(AutograderError) as caught:
        read_settings(tmp_path)
    message = str(caught.value)
    assert re.match(rf"^\S+{FILE_NAME}, line {line}: ", message)
    assert said in message and "\n" not in message


def test_a_file_that_is_no_text(tmp_path):
    (tmp_path / FILE_NAME).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AutograderError, match="save it in UTF-8"):
        read_settings(tmp_path)


@pytest.fixture
def course(tmp_path):
    """A course with the assignments tiny and large."""
    for name in ("tiny", "large"):
        (tmp_path / "source" / name).mkdir(parents=True)
    return Course(tmp_path)


def test_what_counts_of_a_trained_model_is_set_for_each_week(course):
    (course.root / FILE_NAME).write_text('[weeks.tiny]\nweights = "submitted"\n[weeks.large]\n')
    assert course.assignment("tiny").artifacts == ("model_weights.pt", "predict.py")
    assert course.assignment("tiny").weights is Weights.SUBMITTED
    assert course.assignment("large").artifacts == ()
    (course.root / FILE_NAME).unlink()
    assert course.assignment("tiny").weights is Weights.RETRAIN


@pytest.mark.parametrize(
    ("address", "repository", "branch", "folder"),
    [
        ("https://github.com/ours/{week}", "ours/tiny", "main", ""),
        ("https://github.com/ours/{week}-2026.git", "ours/tiny-2026", "main", ""),
        ("https://github.com/ours/dl/tree/autumn/{week}/", "ours/dl", "autumn", "tiny"),
        ("https://github.com/ours/dl/tree/main/release/{week}", "ours/dl", "main", "release/tiny"),
    ],
)
def test_where_students_find_a_week(course, address, repository, branch, folder):
    (course.root / FILE_NAME).write_text(f'repository = "{address}"\n')
    place = course.assignment("tiny").published
    assert place == Published(repository, branch, folder)
    below = f"{branch}/{folder}".rstrip("/")
    assert place.raw == f"https://raw.githubusercontent.com/{repository}/{below}"
    opened = f"https://colab.research.google.com/github/{repository}/blob/{below}/my%20work.ipynb"
    assert place.page("my work.ipynb") == opened


def test_a_week_can_have_an_address_of_its_own(course):
    assert course.assignment("tiny").published is None
    (course.root / FILE_NAME).write_text(
        'repository = "https://github.com/ours/{week}"\n'
        '[weeks.tiny]\nrepository = "https://github.com/ours/first"\n'
    )
    assert course.assignment("tiny").published == Published("ours/first")
    assert course.assignment("large").published == Published("ours/large")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[weeks.tiny]\n[weeks.tinny]\nweights = "submitted"\n', 2),
        ('\n\nweeks.tinny.weights = "retrain"\n', 3),
        ('[weeks]\ntinny = {weights = "retrain"}\n', 2),
    ],
)
def test_a_week_for_which_there_is_no_assignment(course, text, line):
    (course.root / FILE_NAME).write_text(text)
    with pytest.raises(AutograderError) as caught:
        course.assignment("tiny")
    assert f"line {line}: there is no assignment 'tinny': the assignments are large, tiny" in str(
        caught.value
    )


def test_repositories_of_classroom50(tmp_path):
    text = '[classroom50]\norganization = "Our-Org"\nclassroom = "gene46100"\n'
    (tmp_path / FILE_NAME).write_text(text + '[weeks.week2_dna_cnn]\nassignment = "dna"\n')
    settings = read_settings(tmp_path)
    address = settings.classroom50_repository("week1_mlp", "Ada-99")
    assert address == "https://github.com/Our-Org/gene46100-week1-mlp-ada-99"
    address = settings.classroom50_repository("week2_dna_cnn", "ben")
    assert address == "https://github.com/Our-Org/gene46100-dna-ben"
    assert Settings().classroom50_repository("week1_mlp", "ada") == ""


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('\n[classroom50]\norganization = "o"\n', 2, "classroom50.classroom: Field required"),
        (
            '[classroom50]\norganization = "o"\nclassroom = "Gene 1"\n',
            3,
            'classroom50.classroom: String should match pattern .*: write classroom = "gene46100"',
        ),
        (
            '[classroom50]\nclass = "o"\norganization = "o"\nclassroom = "gene"\n',
            2,
            "no setting 'classroom50.class': the settings are organization, classroom, server",
        ),
        ("classroom50 = 3\n", 1, r"classroom50: .*: write a table \[classroom50\]"),
    ],
)
def test_wrong_settings_of_classroom50(tmp_path, text, line, said):
    (tmp_path / FILE_NAME).write_text(text)
    with pytest.raises(AutograderError, match=f"line {line}: .*{said}"):
        read_settings(tmp_path)
