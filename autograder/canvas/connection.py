"""Finds the course and assignment that course.toml names, and says in one line what is wrong."""

import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import requests
from canvasapi.assignment import Assignment as CanvasAssignment
from canvasapi.course import Course as CanvasCourse
from canvasapi.exceptions import (
    BadRequest,
    CanvasException,
    Conflict,
    Forbidden,
    InvalidAccessToken,
    RateLimitExceeded,
    ResourceDoesNotExist,
    Unauthorized,
    UnprocessableEntity,
)

from autograder.canvas.session import PatientRequester
from autograder.course import Assignment
from autograder.errors import AutograderError, UsageError
from autograder.log import quiet_logger
from autograder.roster import Roster, RosterEntry
from autograder.settings import FILE_NAME, Settings
from autograder.text import one_line

TOKEN = "CANVAS_TOKEN"
# It logs what it sends and gets: students' data, and the end of the token.
quiet_logger("canvasapi").setLevel(logging.CRITICAL)
REFUSED = (BadRequest, Conflict, UnprocessableEntity)
# The last ones: canvasapi meets an answer without the fields that it expects.
UNREADABLE = (
    requests.RequestException, CanvasException, ValueError, AttributeError, KeyError, TypeError
)  # fmt: skip


@dataclass(frozen=True)
class Connection:
    """An assignment in Canvas, and what sends requests."""

    requester: PatientRequester
    assignment: Any  # canvasapi's objects have no types

    def submissions(self, *include: str) -> list[Any]:
        """The submissions of all students, with these further fields. Reads all pages."""
        with one_line_errors("the submissions"):
            return list(self.assignment.get_submissions(include=["user", *include]))


def connect(
    settings: Settings, assignment: Assignment, wait: Callable[[float], object] = time.sleep
) -> Connection:
    """The week's assignment. Raises UsageError if a setting or the token is missing."""
    canvas, number = settings.canvas, settings.week(assignment.name).canvas_assignment
    if canvas is None:
        raise UsageError(
            f"{FILE_NAME} does not say where Canvas is: add a table [canvas] with "
            'url = "https://canvas.example.edu" and course = NUMBER (from the course\'s address)'
        )
    if number is None:
        raise UsageError(
            f"{FILE_NAME} does not say which assignment in Canvas this is: add canvas_assignment = "
            f"NUMBER (from its address) to [weeks.{assignment.name}]"
        )
    requester = PatientRequester(canvas.url, _token(), wait)
    with one_line_errors(f"course {canvas.course}"):
        answer = requester.request("GET", f"courses/{canvas.course}")
        course = CanvasCourse(requester, answer.json())
    with one_line_errors(f"assignment {number} in course {canvas.course}"):
        found: CanvasAssignment = course.get_assignment(number, include=["overrides"])
    return Connection(requester, found)


def _token() -> str:
    token = os.environ.get(TOKEN, "").strip()
    if not token:
        raise UsageError(
            f"set the environment variable {TOKEN}: make a token in Canvas, Account > Settings > "
            "New Access Token"
        )
    if not (token.isascii() and token.isprintable()) or " " in token:
        raise UsageError(
            f"the value of the environment variable {TOKEN} is not a token, which has letters, "
            "digits and signs only: copy it from Canvas again"
        )
    return token


class NoAnswer(AutograderError):
    """Canvas did not say what became of a request: it may have done what was asked."""


@contextmanager
def one_line_errors(what: str) -> Iterator[None]:
    """Raise AutograderError for what Canvas refuses, and NoAnswer if it does not say so."""
    try:
        yield
    except (InvalidAccessToken, Unauthorized):
        raise AutograderError(
            f"Canvas does not accept the token in {TOKEN}: it may have expired or been revoked; "
            "make a new one in Canvas, Account > Settings"
        ) from None
    except RateLimitExceeded:
        raise AutograderError(
            "Canvas accepts no more requests for now: try again in some minutes"
        ) from None
    except Forbidden:
        raise AutograderError(
            f"Canvas does not let you use {what}: the token's owner must be a teacher or TA of the "
            "course"
        ) from None
    except ResourceDoesNotExist:
        raise AutograderError(
            f"Canvas has no {what}: compare the numbers in {FILE_NAME} with the page's address"
        ) from None
    except REFUSED as error:
        raise AutograderError(f"Canvas refuses the request for {what} ({_short(error)})") from None
    except UNREADABLE as error:
        raise NoAnswer(f"Canvas gives no answer for {what} ({_short(error)})") from None


def _short(error: Exception) -> str:
    """An error without the address, which may carry a key."""
    if isinstance(error, requests.Timeout):
        return "it took too long"
    if isinstance(error, requests.ConnectionError):
        request = error.request
        host = urlsplit(str(request.url)).netloc if request is not None else "Canvas"
        return f"{host} cannot be reached, or ended the connection"
    if isinstance(error, requests.HTTPError) and error.response is not None:
        return f"status {error.response.status_code}"
    if isinstance(error, CanvasException):
        # Canvas, or what stands before it, may repeat what it was sent.
        said = str(error).replace(os.environ.get(TOKEN, "").strip() or TOKEN, "...")
        return one_line(said)[:120] or type(error).__name__
    return f"the answer is not what it should be: {type(error).__name__}"


def with_canvas_ids(roster: Roster, submissions: list[Any]) -> Roster:
    """The class list, in which each student whom Canvas knows has their Canvas id."""
    ids = {
        entry.student: number
        for submission in submissions
        if (number := str(submission.user_id))
        and (entry := entry_of(roster, number, getattr(submission, "user", {})))
    }
    return Roster(
        tuple(_with_id(entry, ids.get(entry.student, "")) for entry in roster.entries),
        roster.problems,
    )


def entry_of(roster: Roster, number: str, user: dict[str, Any]) -> RosterEntry | None:
    """The row of a Canvas user: by Canvas id, else SIS id, else login; None if there is none."""
    for key, value in (
        ("canvas_id", number),
        ("sis_user_id", user.get("sis_user_id")),
        ("sis_login_id", user.get("login_id")),
        ("student", user.get("login_id")),
    ):
        found = [e for e in roster.entries if value and getattr(e, key) == str(value)]
        if len(found) == 1 and found[0].canvas_id in ("", number):
            return found[0]
    return None


def _with_id(entry: RosterEntry, number: str) -> RosterEntry:
    return replace(entry, canvas_id=number) if number else entry
