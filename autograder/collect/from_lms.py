"""Collects from a bulk download of Canvas or Moodle, zipped or unpacked to a folder."""

from collections.abc import Generator
from pathlib import Path

from autograder.collect.lms_names import SortedUploads, sort_uploads
from autograder.collect.model import Batch, Candidate, Collected, CollectStatus
from autograder.collect.unpack import Unpacker, ZipBounds
from autograder.course import Assignment
from autograder.errors import UsageError
from autograder.roster import Roster
from autograder.workers import Bars


def collect_zip(
    assignment: Assignment,
    source: Path,
    staging: Path,
    roster: Roster | None,
    bars: Bars,
    bounds: ZipBounds | None = None,
) -> Batch:
    """The notebook of each student in a download, which is unpacked into `staging`.

    Raises AutograderError for a download that cannot be read at all.
    """
    if not source.exists():
        raise UsageError(f"{source} does not exist: name the zip file from Canvas or Moodle")
    unpacker = Unpacker(staging / "unpacked", bounds or ZipBounds())
    with bars(f"unpacking {source.name}", 1) as step:
        unpacker.extract(source)
        step(1)
    uploads = sort_uploads(
        sorted(unpacker.paths), unpacker.folder, roster, assignment.release_notebook.stem
    )
    problems = (*unpacker.problems, *uploads.problems)
    total = len(uploads.selected) + len(uploads.refused)
    return Batch(total, _entries(source, unpacker, uploads), problems)


def _entries(
    source: Path, unpacker: Unpacker, uploads: SortedUploads
) -> Generator[Candidate | Collected, None, None]:
    for student, reason in uploads.refused.items():
        yield Collected(student, CollectStatus.PROBLEM, reason)
    for student, upload in uploads.selected.items():
        yield Candidate(
            student,
            (unpacker.folder / upload.path).read_bytes(),
            {"from": "zip", "file": str(source.resolve()), "path": upload.path},
            # Moodle dates a file by its submission, and Canvas by the download.
            time=None if upload.canvas_id else unpacker.times.get(upload.path),
            marked_late=upload.late,
        )
