"""nbgrader's configuration of the course."""

from datetime import datetime

import pytest
from nbgrader.apps.api import NbGraderAPI
from nbgrader.utils import as_timezone
from traitlets.config import Config

from autograder.gradebook.config import configure


@pytest.mark.parametrize(
    ("settings", "zone", "shown"),
    [
        ('time_zone = "America/Chicago"', "America/Chicago", "2026-11-30 18:00:00 CST"),
        ("", "UTC", "2026-12-01 00:00:00 UTC"),
        ('time_zone = "Mars"', "UTC", "2026-12-01 00:00:00 UTC"),
        (None, "UTC", "2026-12-01 00:00:00 UTC"),
    ],
)
def test_formgrader_shows_times_in_the_courses_zone(tmp_path, settings, zone, shown):
    if settings is not None:
        (tmp_path / "course.toml").write_text(settings, encoding="utf-8")
    config = Config()
    configure(config, tmp_path)
    api = NbGraderAPI(config=config)
    assert api.timezone == zone
    local = as_timezone(datetime(2026, 12, 1), api.timezone)
    assert local.strftime(api.timestamp_format) == shown
