"""The course's settings, right and wrong."""

import re
import tomllib

import pytest

from autograder.clock import MACHINE_CLOCK
from autograder.course import Course
from autograder.errors import AutograderError
from autograder.late import LatePolicy
from autograder.limits import Limits
from autograder.published import Published
from autograder.settings import (
    FILE_NAME,
    Canvas,
    Classroom50,
    EnvironmentSettings,
    LateSettings,
    LimitSettings,
    Settings,
    Week,
    Weights,
    read_settings,
)


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
        (
            '# zone\n\ntimezone = "UTC"\n',
            3,
            "no setting 'timezone': did you mean time_zone?",
        ),
        ('time_zone = "UTC"\n[limit]\nseconds = 3\n', 2, "no setting 'limit'"),
        (
            "[limits]\nseconds = 3\n",
            2,
            "no setting 'limits.seconds': did you mean cell_seconds?",
        ),
        ("[weeks.tiny.limits]\nx = 3\n", 2, "'weeks.tiny.limits.x': the settings are cell_seconds"),
        ("version = 2\nrubric = 1\n", 1, "for a newer autograder (version = 2, this one reads 1)"),
        ("rubric = 1\n", 1, "no setting 'rubric': the settings are version, name"),
        ("cap = 50\n", 1, "no setting 'cap': write it below the line [late]"),
        ('deadline = "2026-11-30"\n', 1, "write it below the line [weeks.NAME]"),
        ("[weeks.tiny]\ncap = 50\n", 2, "write it below the line [weeks.tiny.late]"),
        ('course_id = "GENE 1"\n', 1, "course_id: 'GENE 1' is not an id (letters, digits"),
        ("[late]\ncap = 5\n\ncap = 6\n", 4, "an earlier line sets the same): remove one"),
        ("[late]\ncap = 5\n[late]\ndays = 6\n", 3, "below one such line"),
        ("\nrubric = 1\n", 2, "if the file was written for a newer autograder, update"),
        (
            "[limits]\nmemory = 4\n",
            2,
            "limits.memory: 4 is not an amount: write a number and a unit",
        ),
        ('[limits]\nmemory = "4 KiB"\n', 2, 'or equal to 268435456: write memory = "4 GiB"'),
        ("limits.cell_seconds = inf\n", 1, "a finite number: write cell_seconds = 60"),
        ("limits.cell_seconds = -1\n", 1, "greater than or equal to 1: write cell_seconds = 60"),
        ('limits.cell_seconds = "60"\n', 1, "valid number: write cell_seconds = 60"),
        (
            "[weeks.tiny.limits]\nnotebook_seconds = 20\n",
            2,
            "cell_seconds is 60 and notebook_seconds is 20: raise notebook_seconds or lower",
        ),
        ("[limits]\n\ncall_seconds = 91\n", 3, "raise exercise_seconds or lower call_seconds"),
        ("[late]\ndays = true\n", 2, "late.days: Input should be a valid integer: write days = 2"),
        ("[late]\npercent_per_day = 101\n", 2, "less than or equal to 100: write percent_per_day"),
        ("late = 3\n", 1, "late: Input should be a valid dictionary: write a table [late]"),
        ('[weeks.tiny]\ndeadline = "2026-13-01"\n', 2, "weeks.tiny.deadline: '2026-13-01' is not"),
        ("[weeks.tiny]\ndeadline = 3\n", 2, 'valid string: write deadline = "2026-11-30T18:00"'),
        ('[weeks.tiny]\ndeadline = " "\n', 2, "weeks.tiny.deadline is empty: leave it out"),
        ('device = "tpu"\n', 1, "'cpu', 'cuda' or 'auto': write device = \"auto\""),
        ('[environment]\npackages = ["numpy>=1"]\n', 2, "'numpy>=1' is not the name of a package"),
        ('[environment]\npackages = ["a-b", "A_b"]\n', 2, "a-b is there twice: keep one"),
        ("environment.packages = []\n", 1, "environment.packages: the list is empty: name the"),
        ('\n[environment]\npackages = "numpy"\n', 3, 'write packages = ["numpy", "torch"]'),
        (
            '[environment]\npackages = [\n  "a",\n  3,\n]\n',
            2,
            'write packages = ["numpy", "torch"]',
        ),
        ('course_id = "a b"\n', 1, 'write course_id = "gene46100"'),
        ('leaderboard = "no"\n', 1, "a valid boolean: write leaderboard = false"),
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
            "'weeks.tiny.weight': did you mean weights?",
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
            "classroom50.classroom: 'Gene 1' is not a short name .*: write classroom = ",
        ),
        (
            '[classroom50]\nclass = "o"\norganization = "o"\nclassroom = "gene"\n',
            2,
            "no setting 'classroom50.class': did you mean classroom",
        ),
        ("classroom50 = 3\n", 1, r"classroom50: .*: write a table \[classroom50\]"),
    ],
)
def test_wrong_settings_of_classroom50(tmp_path, text, line, said):
    (tmp_path / FILE_NAME).write_text(text)
    with pytest.raises(AutograderError, match=f"line {line}: .*{said}"):
        read_settings(tmp_path)


def test_a_week_overrides_the_course_and_the_course_the_defaults(course):
    (course.root / FILE_NAME).write_text(
        'time_zone = "America/Chicago"\nleaderboard = false\n'
        '[limits]\ncell_seconds = 50\nmemory = "1.5 GiB"\n'
        "[late]\ndays = 2\npercent_per_day = 10\n"
        "[weeks.tiny]\ndeadline = 2026-11-30\nleaderboard = true\n"
        '[weeks.tiny.limits]\ncell_seconds = 20\ndisk = "1 MB"\n'
        "[weeks.tiny.late]\npercent_per_day = 5.5\ncap = 40\n"
    )
    tiny, large = course.assignment("tiny"), course.assignment("large")
    memory = 3 * 2**29
    assert tiny.limits == Limits(cell_seconds=20, memory_bytes=memory, disk_bytes=10**6)
    assert large.limits == Limits(cell_seconds=50, memory_bytes=memory)
    assert tiny.late == LatePolicy(days=2, percent_per_day=5.5, cap=40)
    assert large.late == LatePolicy(days=2, percent_per_day=10)
    assert tiny.has_leaderboard and not large.has_leaderboard
    settings = read_settings(course.root)
    assert settings.deadline_of("tiny").isoformat() == "2026-12-01T05:59:59+00:00"
    assert settings.deadline_of("large") is None


def test_given_limits_replace_those_of_the_file(course):
    (course.root / FILE_NAME).write_text("[limits]\ncell_seconds = 50\n")
    given = Course(course.root, Limits(cell_seconds=7))
    assert given.assignment("tiny").limits == Limits(cell_seconds=7)


def test_this_courses_file_shows_every_setting_with_its_default(repository):
    """With its comments switched on, the part for the course says what holds without it."""
    text = (repository.root / FILE_NAME).read_text()
    tables = {"limits", "late", "weeks", "environment", "canvas", "classroom50"}
    environment = EnvironmentSettings
    for table in (
        Settings, Week, LimitSettings, LateSettings, environment, Canvas, Classroom50,
    ):  # fmt: skip
        for key in table.model_fields.keys() - tables:
            assert re.search(rf"^(# )?{key} = ", text, re.MULTILINE), key
    shown = re.sub(
        r"^# (?=\[[le]|\w+ = |  \"|\])", "", text.partition("# A table per week")[0], flags=re.M
    )
    settings = Settings.model_validate(tomllib.loads(shown))
    assert settings.limits_of("any") == Limits()
    assert settings.late_policy_of("any") == LatePolicy()
    assert settings.limits.model_fields_set == LimitSettings.model_fields.keys()
    assert (settings.device, settings.leaderboard) == (Settings().device, Settings().leaderboard)
    project = tomllib.loads((repository.root / "pyproject.toml").read_text())["project"]
    promised = [
        re.match("[a-z-]+", line)[0] for line in project["optional-dependencies"]["notebooks"]
    ]
    assert list(settings.environment.packages) == promised
    assert (settings.name, settings.course_id) == (Settings().name, Settings().course_id)
