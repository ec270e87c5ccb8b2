"""Collects from a bulk download of Canvas or Moodle, zipped or unpacked to a folder."""

from collections.abc import Generator, Sequence
from pathlib import Path

from autograder.artifacts import ARTIFACTS
from autograder.clock import MACHINE_CLOCK, Clock
from autograder.collect.lms_attempts import select_artifact
from autograder.collect.lms_forms import Upload
from autograder.collect.lms_names import SortedUploads, sort_uploads
from autograder.collect.model import Batch, Candidate, Collected, CollectError, CollectStatus
from autograder.collect.notebooks import stem
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
    clock: Clock = MACHINE_CLOCK,
) -> Batch:
    """The notebook of each student in a download, which is unpacked into `staging`.

    Raises AutograderError for a download that cannot be read at all, or that is anonymous.
    """
    if not source.exists():
        raise UsageError(f"{source} does not exist: name the zip file from Canvas or Moodle")
    unpacker = Unpacker(
        staging / "unpacked",
        bounds or ZipBounds(),
        clock,
        takes_artifacts=bool(assignment.artifacts),
    )
    with bars(f"unpacking {source.name}", 1) as step:
        unpacker.extract(source)
        step(1)
    released = stem(assignment.release_notebook.name)
    uploads = sort_uploads(sorted(unpacker.paths), unpacker.folder, roster, released)
    total = len(uploads.selected) + len(uploads.refused) + len(uploads.contested)
    problems = (*unpacker.problems, *uploads.problems)
    return Batch(total, _entries(source, unpacker, uploads), problems, uploads.contested)


def _entries(
    source: Path, unpacker: Unpacker, uploads: SortedUploads
) -> Generator[Candidate | Collected, None, None]:
    for student in uploads.contested:
        reason = "different people submitted under this name"
        yield Collected(student, CollectStatus.PROBLEM, reason)
    for student, reason in uploads.refused.items():
        yield Collected(student, CollectStatus.PROBLEM, reason)
    for student, (upload, owner, own) in uploads.selected.items():
        beside, remarks = _beside(unpacker.artifacts, upload, own)
        origin = {"from": "zip", "file": str(source.resolve()), "path": upload.path}
        # A group's submission may have another member's id the next time.
        origin |= {"group": owner.group} if owner.group else {"person": upload.number}
        yield Candidate(
            student,
            (unpacker.folder / upload.path).read_bytes(),
            origin,
            # Moodle dates a file by its submission, and Canvas by the download.
            time=None if upload.canvas_id else unpacker.times.get(upload.path),
            marked_late=upload.late,
            remark="; ".join(remarks),
            beside=beside,
        )


def _beside(
    folder: Path, notebook: Upload, uploads: Sequence[Upload]
) -> tuple[dict[str, bytes], list[str]]:
    """The files in `folder` that count beside a notebook, and a line for each unclear one."""
    beside, remarks = {}, []
    for name in ARTIFACTS:
        try:
            if upload := select_artifact(uploads, folder, name, notebook):
                beside[name] = (folder / upload.path).read_bytes()
        except CollectError as error:
            remarks.append(str(error))
    return beside, remarks
