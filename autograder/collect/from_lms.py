"""Collecting from a bulk download of Canvas or Moodle, through nbgrader's own zip_collect.

It runs on a course folder of its own, with an extractor that trusts no archive and a collector
that knows the names which these two give to files.
"""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from nbgrader.apps import ZipCollectApp
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins import FileNameCollectorPlugin

from autograder.collect.lms_names import Sorted, sort_out
from autograder.collect.store import Batch, Collected, HandIn, What, time_in_place
from autograder.collect.unpack import Unpacker, ZipBounds
from autograder.course import Assignment
from autograder.errors import AutograderError, UsageError
from autograder.log import quiet_logger
from autograder.roster import Roster
from autograder.workers import Bars

LOG = quiet_logger(__name__)


class Listed(FileNameCollectorPlugin):
    """Answers zip_collect's question, whose is this file, from a list that is made beforehand."""

    files: Mapping[str, dict[str, str]] = {}

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        return self.files.get(submitted_file)


def collect_zip(
    assignment: Assignment,
    source: Path,
    staging: Path,
    roster: Roster | None,
    bars: Bars,
    bounds: ZipBounds | None = None,
) -> Batch:
    """What a zip, or a folder of what was in one, holds of each student.

    Raises AutograderError for a download that cannot be read at all.
    """
    if not source.exists():
        raise UsageError(f"{source} does not exist: name the zip that Canvas or Moodle gave you")
    app = ZipCollectApp(log=LOG, extractor_plugin=Unpacker, collector_plugin=Listed)
    app.coursedir = CourseDirectory(
        parent=app,
        root=str(staging),
        assignment_id=assignment.name,
        release_directory=str(assignment.root / "release"),
    )
    app.init_plugins()
    unpacker, listed = app.extractor_plugin_inst, app.collector_plugin_inst
    unpacker.bounds = bounds or ZipBounds()
    archive = staging / app.downloaded_directory / assignment.name / app.archive_directory
    archive.mkdir(parents=True)
    (archive / source.resolve().name).symlink_to(source.resolve())
    with bars(f"unpacking {source.name}", 1) as step:
        app.extract_archive_files()
        step(1)
    paths = {path: unpacker.place / path for path in unpacker.paths}
    digests = {path: _digest(file) for path, file in paths.items() if file.is_file()}
    released = assignment.release_notebook
    found = sort_out(sorted(paths), digests, roster, released.stem)
    listed.files = {
        str(paths[upload.path]): {"student_id": student, "file_id": released.name}
        # Of a file's date only Moodle's tells when it was handed in; Canvas's when it was packed.
        | ({} if upload.canvas_id else _timestamp(unpacker, upload.path))
        for student, upload in found.chosen.items()
    }
    try:
        app.process_extracted_files()
    except SystemExit:  # how nbgrader's programs fail
        raise AutograderError(f"nbgrader's zip_collect refused {source}") from None
    problems = (*unpacker.problems, *found.problems)
    total = len(found.chosen) + len(found.refused)
    return Batch(total, _entries(assignment, source, staging, found), problems)


def _entries(
    assignment: Assignment, source: Path, staging: Path, found: Sorted
) -> Iterator[HandIn | Collected]:
    for student, reason in found.refused.items():
        yield Collected(student, What.PROBLEM, reason)
    for student, upload in found.chosen.items():
        folder = staging / "submitted" / student / assignment.name
        yield HandIn(
            student,
            (folder / f"{assignment.release_notebook.stem}{Path(upload.path).suffix}").read_bytes(),
            {"from": "zip", "file": str(source.resolve()), "path": upload.path},
            time_in_place(folder),
            marked_late=upload.late,
        )


def _timestamp(unpacker: Unpacker, path: str) -> dict[str, str]:
    time = unpacker.times.get(path)
    return {"timestamp": time.isoformat(" ")} if time else {}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
