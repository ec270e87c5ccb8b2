"""Names that stand for students in a blind sheet: the same student always has the same one."""

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from autograder.course import Course


def key_file(course: Course) -> Path:
    """The file with the course's key, which is needed to import a blind sheet."""
    return course.root / ".collect" / "blind-key"


def pseudonyms(course: Course, students: Iterable[str]) -> dict[str, str]:
    """Student -> pseudonym. Makes the course's key if there is none."""
    path = key_file(course)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.is_file():
        new = path.with_name(f"{path.name}-{os.getpid()}")
        new.write_text(secrets.token_hex(32), encoding="ascii")
        new.chmod(0o600)
        with suppress(FileExistsError):  # another command was faster: its key counts
            os.link(new, path)
        new.unlink()
    key = path.read_bytes()
    return {student: _pseudonym(key, student) for student in students}


def students_behind(course: Course, students: Iterable[str]) -> dict[str, str]:
    """Pseudonym -> student; empty if the course never had a blind sheet."""
    if not key_file(course).is_file():
        return {}
    return {name: student for student, name in pseudonyms(course, students).items()}


def _pseudonym(key: bytes, student: str) -> str:
    digest = hmac.digest(key, student.encode(), hashlib.sha256)
    return f"anon-{base64.b32encode(digest[:5]).decode().lower()}"
