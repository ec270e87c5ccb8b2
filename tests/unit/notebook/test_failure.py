"""Why a kernel ended by itself."""

import pytest

from autograder.notebook.failure import how_python_ended

CRASHED = "it crashed, perhaps out of memory"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (None, "it crashed, or was told to exit"),
        (0, "it was told to exit"),
        (3, "it was told to exit"),
        (255, "it was told to exit"),
        (-9, CRASHED),
        (137, CRASHED),
        (0xC0000005, CRASHED),
    ],
)
def test_its_exit_code_tells(code: int | None, reason: str) -> None:
    assert how_python_ended(code) == reason
