"""The files of a trained model that a student may hand in beside the notebook."""

import os
from pathlib import Path

from autograder.files import read_plain

ARTIFACTS = ("model_weights.pt", "predict.py")
MAX_ARTIFACT = 64 * 2**20  # bytes
TOO_LARGE = f"is larger than {MAX_ARTIFACT / 2**20:g} MB"
LARGE_FILE = b"version https://git-lfs.github.com/spec/"  # how a pointer of Git LFS starts


class NotTaken(ValueError):
    """Why a file cannot be taken, in words that follow its name."""


def require_content(content: bytes) -> bytes:
    """The content of a file, as it is. Raises NotTaken if it only stands for the file."""
    if content.startswith(LARGE_FILE):
        raise NotTaken("is kept in Git LFS: submit the file itself")
    return content


def read_artifact(folder: Path, name: str) -> bytes | None:
    """The content of a file in a submission's folder, or None if there is no such file.

    Raises NotTaken for a file that is too large, and for what is no file.
    """
    if not os.path.lexists(folder / name):
        return None
    try:
        content = read_plain(folder, name, MAX_ARTIFACT)
    except ValueError:
        raise NotTaken(TOO_LARGE) from None
    if content is None:
        raise NotTaken("is not a file that can be read")
    return require_content(content)
